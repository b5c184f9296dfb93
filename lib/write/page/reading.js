/* The open interview: its heading, its turns with the codes beside them, and what is selected in it. */

const ui = {
    run: null,
    keep: null,
    interview: null,
    items: [],
    unplaced: [],
    byTurn: new Map(),
    current: null,
    elements: [],
    shown: 'all',
};

/* All lines that hold: the person's and those that were loaded or came with the page. */
function linesNow() {
    return ui.keep.all();
}

function isOpen(item) {
    return item.state === 'proposed';
}

/* What the reader wants to see beside the text. */
const SHOWN = {
    all: () => true,
    undecided: isOpen,
    decided: (item) => !isOpen(item),
    none: () => false,
};

function marksOf(items) {
    return items
        .filter((item) => item.state !== 'rejected')
        .flatMap((item) =>
            item.pieces.map(([start, end]) => ({
                start,
                end,
                colour: ui.run.code(item.code).colour,
                sure: item.state !== 'proposed',
                open: item === ui.current,
            })),
        );
}

function itemsOfTurn(index) {
    return (ui.byTurn.get(index) || []).filter((item) => SHOWN[ui.shown](item) || item === ui.current);
}

/* The segments of each turn, by its place. */
function sortByTurn(interview, items) {
    const found = new Map();
    for (const item of items) {
        const turns = new Set();
        for (const [start, end] of item.pieces)
            for (
                let i = interview.turnAt(start);
                i < interview.turns.length && interview.turns[i].ranges[0][0] < end;
                i++
            )
                turns.add(i);
        for (const turn of turns) found.has(turn) ? found.get(turn).push(item) : found.set(turn, [item]);
    }
    return found;
}

/* The button of a segment: with the code's name, or where several of one code stand together its mark alone. */
function chipOf(item, turn, isShort) {
    const code = ui.run.code(item.code),
        state = STATES[item.state];
    const begun = item.from < turn.ranges[0][0] ? ', begun before' : '';
    const words = isShort ? `: ${shortened(ui.interview.words(item.from, item.to), 60)}` : '';
    const heard = `, ${state.words}${begun}${words}`;
    const chip = make(
        'button',
        {
            type: 'button',
            class: `chip ${item.state}`,
            'data-key': item.key,
            title: isShort ? null : spelt(code.name),
            'aria-current': item === ui.current ? 'true' : null,
            on: {click: () => choose(item)},
        },
        make('span', {class: 'mark', 'aria-hidden': 'true'}, state.mark),
        isShort ? make('span', {class: 'unseen'}, spelt(code.name)) : nameOf(code.name),
        make('span', {class: 'unseen'}, heard),
    );
    chip.style.setProperty('--code', code.colour);
    return chip;
}

function chipsOf(items, turn) {
    const byCode = new Map();
    for (const item of items) byCode.has(item.code) ? byCode.get(item.code).push(item) : byCode.set(item.code, [item]);
    return [...byCode].map(([id, together]) => {
        if (together.length === 1) return chipOf(together[0], turn, false);
        const code = ui.run.code(id);
        const group = make(
            'div',
            {class: 'chip-group'},
            make('span', {class: 'chip-name', title: spelt(code.name)}, nameOf(code.name)),
            make(
                'span',
                {class: 'row'},
                together.map((item) => chipOf(item, turn, true)),
            ),
        );
        group.style.setProperty('--code', code.colour);
        return group;
    });
}

function turnLabel(turn) {
    return [`Turn ${turn.number}`, turn.speaker, turn.role].filter(Boolean).map(spelt).join(', ');
}

function fillTurn(element, index) {
    const turn = ui.interview.turns[index],
        items = itemsOfTurn(index),
        marks = marksOf(items);
    const head = make(
        'div',
        {class: 'who'},
        turn.speaker ? nameOf(turn.speaker) : null,
        make(
            'span',
            {class: 'soft'},
            [turn.time ? turn.time.replace(/\.\d+$/, '') : '', `#${turn.number}`].filter(Boolean).join(' · '),
        ),
    );
    fill(element, head, makeSpeech(ui.interview, turn, marks), make('div', {class: 'chips'}, chipsOf(items, turn)));
}

function makeTurn(turn, index) {
    const element = make('section', {
        class: `turn ${turn.role || 'nobody'}`,
        tabindex: index ? '-1' : '0',
        'data-turn': index,
        'aria-label': turnLabel(turn),
    });
    fillTurn(element, index);
    return element;
}

/* Turns are put on the page a part at a time, so that the first can be read at once. */
const TURNS_AT_ONCE = 150;

function putTurns(until) {
    const place = byId('turns'),
        part = document.createDocumentFragment();
    while (ui.elements.length < Math.min(until, ui.interview.turns.length)) {
        const index = ui.elements.length;
        ui.elements.push(makeTurn(ui.interview.turns[index], index));
        part.append(ui.elements[index]);
    }
    place.append(part);
}

function putTheRest(interview) {
    if (ui.interview !== interview || ui.elements.length >= interview.turns.length) return;
    putTurns(ui.elements.length + TURNS_AT_ONCE);
    window.setTimeout(putTheRest, 0, interview);
}

function turnElement(index) {
    putTurns(index + 1);
    return ui.elements[index];
}

/* Draws the turns anew that a span touches. */
function redraw(from, to) {
    for (let i = ui.interview.turnAt(from); i < ui.elements.length && ui.interview.turns[i].ranges[0][0] < to; i++)
        fillTurn(ui.elements[i], i);
}

function attributesOf(interview) {
    const facts = Object.entries(interview.attributes).map(([name, value]) => `${name}: ${value}`);
    for (const speaker of interview.speakers.values())
        for (const [name, value] of Object.entries(speaker.attributes || {}))
            facts.push(`${speaker.name}, ${name}: ${value}`);
    return facts.map(spelt).join(' · ');
}

function isFinished(name) {
    return linesNow().some(
        (line) => line.act === 'finished' && line.document === name && line.by === ui.keep.coder && !line.undone,
    );
}

function finish() {
    const name = ui.interview.name;
    const lines = linesNow().filter(
        (line) => line.act === 'finished' && line.document === name && line.by === ui.keep.coder,
    );
    const done = isFinished(name);
    commit(done ? 'not finished after all' : 'finished', [
        {
            ...lines[0],
            act: 'finished',
            document: name,
            on: undefined,
            codebook: ui.run.codebook,
            undone: done ? true : undefined,
        },
    ]);
    say(done ? 'This interview is open again.' : 'Finished with this interview.');
}

function putUnplaced() {
    const place = byId('unplaced');
    fill(
        place,
        ui.unplaced.length
            ? make(
                  'details',
                  {class: 'note'},
                  make(
                      'summary',
                      {},
                      `${plural(ui.unplaced.length, 'decision')} on words that this text does not have there`,
                  ),
                  make(
                      'p',
                      {class: 'soft'},
                      'They stay in the file. qcode code --with moves them to where the words are now.',
                  ),
                  make(
                      'ul',
                      {},
                      ui.unplaced.map((line) =>
                          make(
                              'li',
                              {},
                              `${line.act} `,
                              nameOf(ui.run.code(line.code).name),
                              ` (${spelt(line.by)}): `,
                              make('q', {}, shortened(line.text || '', 160)),
                          ),
                      ),
                  ),
              )
            : null,
    );
}

function putHeading() {
    const {interview} = ui;
    const open = ui.items.filter(isOpen).length;
    const finished = isFinished(interview.name);
    fill(
        byId('reading-head'),
        make('h2', {tabindex: '-1', id: 'reading-title'}, nameOf(interview.name)),
        make('p', {class: 'soft'}, attributesOf(interview)),
        make(
            'div',
            {class: 'row'},
            button(finished ? '✓ Finished with this interview' : 'Finished with this interview', finish, {
                'aria-pressed': String(finished),
                class: finished ? 'done' : '',
                id: 'finished',
            }),
            button('Memo on this interview', () => openMemos({document: interview.name})),
            ui.run.blind ? null : make('label', {class: 'soft'}, 'Show ', showChoice()),
            make(
                'span',
                {class: 'soft'},
                ui.run.blind
                    ? plural(ui.items.filter((item) => item.state !== 'rejected').length, 'segment')
                    : `${open} undecided of ${plural(ui.items.length, 'segment')}`,
            ),
        ),
    );
}

function showChoice() {
    const names = {all: 'all segments', undecided: 'the undecided', decided: 'the decided', none: 'the text alone'};
    const select = make(
        'select',
        {
            id: 'show',
            on: {
                change: () => {
                    ui.shown = select.value;
                    redraw(0, Infinity);
                },
            },
        },
        Object.entries(names).map(([value, words]) => make('option', {value, selected: ui.shown === value}, words)),
    );
    return select;
}

/* Opens an interview and draws it from the beginning. */
function openInterview(number, quietly) {
    ui.interview = ui.run.open(number);
    ui.current = null;
    ui.elements = [];
    forgetPick();
    refreshSegments();
    fill(byId('reading'), make('div', {id: 'reading-head'}), make('div', {id: 'unplaced'}), make('div', {id: 'turns'}));
    if (!ui.interview.turns.length)
        byId('turns').append(make('p', {class: 'soft'}, 'Nothing is said in this interview.'));
    putTurns(TURNS_AT_ONCE);
    window.setTimeout(putTheRest, 0, ui.interview);
    refreshAround();
    window.scrollTo(0, 0);
    byId('reading').scrollTop = 0;
    if (!quietly) {
        byId('reading-title').focus({preventScroll: true});
        closeDrawers();
    }
}

function refreshSegments() {
    const current = ui.current && ui.current.key;
    Object.assign(ui, segmentsOf(ui.interview, linesNow()));
    ui.byTurn = sortByTurn(ui.interview, ui.items);
    ui.current = ui.items.find((item) => item.key === current) || null;
}

/* Everything beside the text. */
function refreshAround() {
    putHeading();
    putUnplaced();
    putInterviews();
    putProgress();
    putCard();
    putPalette();
    putHistory();
}

/* After an act, an undo or a file that was loaded: only the turns that changed are drawn anew. */
function refresh(touched) {
    const before = ui.items,
        focused = document.activeElement?.dataset?.key;
    ui.run.setMade(linesNow().filter((line) => line.act === 'code' && !line.undone));
    refreshSegments();
    const changed = touched
        ? [...before, ...ui.items].filter((item) => touched.has(item.key))
        : [{from: 0, to: Infinity}];
    for (const item of changed) redraw(item.from, item.to);
    refreshAround();
    if (focused)
        byId('turns')
            .querySelector(`[data-key="${CSS.escape(focused)}"]`)
            ?.focus({preventScroll: true});
}

function keysOf(lines) {
    return new Set(
        lines
            .filter((line) => isJudgement(line) && line.document === ui.interview.name)
            .map((line) => keyOf(line.was_start ?? line.start, line.was_end ?? line.end, line.code)),
    );
}

/* Does an act of the person's, keeps it, and shows it. */
function commit(label, lines) {
    const changes = ui.keep.act(label, lines);
    refresh(lines.some((line) => line.act === 'code') ? null : keysOf(changes.map((change) => change.after)));
    warnWhenNotKept();
}

/* Makes a segment the one that keys and the card are about. */
function choose(item) {
    if (editing && editing !== item) endEdit();
    const before = ui.current;
    ui.current = item;
    for (const one of [before, item]) if (one) redraw(one.from, one.to);
    putCard();
    if (!item) return;
    const index = ui.interview.turnAt(item.from),
        element = turnElement(index);
    element.querySelector(`[data-key="${CSS.escape(item.key)}"]`)?.focus({preventScroll: true});
    scrollToTurn(element, item);
    openDrawer('codes');
}

function scrollToTurn(element, item) {
    const range = item && rangeOf(element, item.from, item.to);
    const box = (range || element).getBoundingClientRect();
    const top = document.querySelector('.bar').getBoundingClientRect().bottom + 40;
    if (box.top < top || box.bottom > window.innerHeight - 40)
        element.ownerDocument.defaultView.scrollBy({top: box.top - window.innerHeight / 3, behavior: 'instant'});
}

/* The next segment without a judgement: in this interview behind the current one, then in the ones that follow. */
function nextUndecided(direction = 1) {
    const open = ui.items.filter(isOpen);
    const at = ui.current ? ui.current : {from: direction > 0 ? -1 : Infinity, to: 0};
    const isBeyond = (item) =>
        item !== ui.current &&
        (item.from - at.from || item.to - at.to || ui.items.indexOf(item) - ui.items.indexOf(at)) * direction > 0;
    const found = direction > 0 ? open.find(isBeyond) : open.findLast(isBeyond);
    if (found) return choose(found);
    const count = ui.run.documents.length;
    for (let step = 1; step <= count; step++) {
        const number = (ui.interview.index + direction * step + count * step) % count;
        if (!ui.run.documents[number].segments || openCount(number) === 0) continue;
        return ui.run.whenThere(number, () => {
            openInterview(number, true);
            const there = ui.items.filter(isOpen);
            choose(direction > 0 ? there[0] : there.at(-1));
        });
    }
    return say('Nothing is left undecided.');
}
