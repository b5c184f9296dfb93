/* The list of interviews with how far each is, and what the bar above says. */

/* Proposals of an interview that somebody has judged: when the page was made, or since. */
function judgedOf(number, byDocument) {
    const facts = ui.run.documents[number],
        lines = byDocument.get(facts.document);
    if (!lines || !facts.segments) return facts.judged;
    const open = ui.run.undecided(number);
    return (
        facts.judged +
        new Set(
            lines
                .map((line) => keyOf(line.was_start ?? line.start, line.was_end ?? line.end, line.code))
                .filter((key) => open.has(key)),
        ).size
    );
}

function judgementsByDocument() {
    const found = new Map();
    for (const line of linesNow())
        if (isJudgement(line) && !line.undone)
            found.has(line.document) ? found.get(line.document).push(line) : found.set(line.document, [line]);
    return found;
}

function openCount(number) {
    return ui.run.documents[number].segments - judgedOf(number, judgementsByDocument());
}

function interviewButton(facts, number, byDocument) {
    const judged = judgedOf(number, byDocument),
        finished = isFinished(facts.document);
    const added = (byDocument.get(facts.document) || []).filter((line) => line.act === 'add').length;
    const words = [
        facts.segments ? `${judged} of ${facts.segments} reviewed` : '',
        added ? `${added} by hand` : '',
        !facts.segments && !added ? plural(facts.turns, 'turn') : '',
    ]
        .filter(Boolean)
        .join(', ');
    const meter = facts.segments ? make('span', {class: 'meter', 'aria-hidden': 'true'}, make('span', {})) : null;
    if (meter) meter.firstChild.style.setProperty('inline-size', `${(100 * judged) / facts.segments}%`);
    return make(
        'li',
        {},
        make(
            'button',
            {
                type: 'button',
                class: 'interview',
                'data-number': number,
                'aria-current': ui.interview.index === number ? 'page' : null,
                on: {click: () => ui.run.whenThere(number, () => openInterview(number))},
            },
            make('span', {class: 'name'}, nameOf(facts.document)),
            make('span', {class: 'soft'}, words, finished ? make('span', {class: 'finished'}, ' ✓ finished') : null),
            meter,
        ),
    );
}

function putInterviews() {
    const place = byId('interviews');
    if (!place.firstChild) {
        let timer;
        const field = make('input', {
            id: 'search',
            type: 'search',
            placeholder: 'Search all interviews',
            'aria-label': 'Search all interviews',
            on: {
                input: () => {
                    window.clearTimeout(timer);
                    timer = window.setTimeout(() => startSearch(field.value), 200);
                },
            },
        });
        put(
            place,
            make('div', {class: 'drawer-head narrow-only'}, button('Close', closeDrawers)),
            field,
            make('p', {id: 'found-status', class: 'soft', role: 'status'}),
            make('ol', {id: 'found'}),
            make('ol', {id: 'interview-list'}),
        );
    }
    const byDocument = judgementsByDocument(),
        focused = document.activeElement?.dataset?.number;
    fill(
        byId('interview-list'),
        ui.run.documents.map((facts, number) => interviewButton(facts, number, byDocument)),
    );
    if (focused !== undefined)
        byId('interview-list').querySelector(`[data-number="${focused}"]`)?.focus({preventScroll: true});
}

function putProgress() {
    const byDocument = judgementsByDocument();
    const judged = ui.run.documents.reduce((sum, _, number) => sum + judgedOf(number, byDocument), 0);
    const finished = ui.run.documents.filter((facts) => isFinished(facts.document)).length;
    const parts = [
        ui.run.total ? `${judged} of ${ui.run.total} segments reviewed` : '',
        `${finished} of ${plural(ui.run.documents.length, 'interview')} finished`,
        ui.run.blind ? 'blind' : '',
        ui.keep.unsaved ? `${plural(ui.keep.unsaved, 'act')} not saved to a file` : '',
    ];
    fill(byId('progress'), make('strong', {}, nameOf(ui.keep.coder)), ' · ', parts.filter(Boolean).join(' · '));
}

function putHistory() {
    const {done, undone} = ui.keep;
    byId('undo').disabled = !done.length;
    byId('redo').disabled = !undone.length;
    byId('undo').title = done.length ? `Undo: ${done.at(-1).label}` : '';
    byId('redo').title = undone.length ? `Redo: ${undone.at(-1).label}` : '';
}
