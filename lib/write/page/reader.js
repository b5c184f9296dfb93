/* An interview in full: its words with lines of the codes' colours under them, and why each was coded. */

const TURNS_AT_ONCE = 150;

/* Rejected segments stay in the files and are not shown here. */
function itemsOf(interview) {
    return interview.proposals
        .filter((one) => one.state !== 'rejected')
        .map((one) => itemOfProposal(one, interview))
        .sort((a, b) => a.from - b.from || a.to - b.to || ui.run.place(a.code) - ui.run.place(b.code));
}

function itemsByTurn(interview, items) {
    const found = interview.turns.map(() => []);
    for (const item of items)
        for (
            let i = interview.turnAt(item.from);
            i < interview.turns.length && interview.turns[i].ranges[0][0] < item.to;
            i++
        )
            found[i].push(item);
    return found;
}

function marksOf(items) {
    return items.flatMap((item) =>
        item.pieces.map(([start, end]) => ({
            start,
            end,
            colour: ui.run.code(item.code).colour,
            sure: item.state !== 'proposed',
            open: item === ui.item,
            item,
        })),
    );
}

/* The button of a segment: with the code's name, or where several of one code stand together its mark alone. */
function makeChip(item, isShort) {
    const code = ui.run.code(item.code),
        state = STATES[item.state];
    const chip = make(
        'button',
        {
            type: 'button',
            class: `chip ${item.state}`,
            title: spelt(code.name),
            'aria-current': item === ui.item ? 'true' : null,
            'data-key': item.key,
            on: {click: () => choose(item)},
        },
        make('span', {class: 'mark', 'aria-hidden': 'true'}, state.mark),
        isShort ? make('span', {class: 'unseen'}, spelt(code.name)) : nameOf(code.name),
        make('span', {class: 'unseen'}, `, ${state.words}: ${shortened(ui.interview.words(item.from, item.to), 60)}`),
    );
    chip.style.setProperty('--code', code.colour);
    return chip;
}

function makeChips(items) {
    const byCode = new Map();
    for (const item of items) byCode.has(item.code) ? byCode.get(item.code).push(item) : byCode.set(item.code, [item]);
    return [...byCode].map(([id, together]) => {
        if (together.length === 1) return makeChip(together[0], false);
        const code = ui.run.code(id),
            group = make(
                'div',
                {class: 'chip-group'},
                make('span', {class: 'chip-name', title: spelt(code.name)}, nameOf(code.name)),
                make(
                    'span',
                    {class: 'row'},
                    together.map((item) => makeChip(item, true)),
                ),
            );
        group.style.setProperty('--code', code.colour);
        return group;
    });
}

function fillTurn(index) {
    const turn = ui.interview.turns[index],
        items = ui.byTurn[index];
    fill(
        ui.elements[index],
        make(
            'div',
            {class: 'who'},
            turn.speaker ? nameOf(turn.speaker) : null,
            make(
                'span',
                {class: 'soft'},
                [turn.time ? turn.time.replace(/\.\d+$/, '') : '', `line ${ui.interview.line(turn.ranges[0][0])}`]
                    .filter(Boolean)
                    .join(' · '),
            ),
        ),
        makeSpeech(ui.interview, turn, marksOf(items)),
        make('div', {class: 'chips'}, makeChips(items)),
    );
}

/* Turns are put on the page a part at a time, so that the first can be read at once. */
function putTurns(until) {
    const part = document.createDocumentFragment();
    while (ui.elements.length < Math.min(until, ui.interview.turns.length)) {
        const index = ui.elements.length,
            turn = ui.interview.turns[index];
        ui.elements.push(
            make('section', {
                class: `turn ${turn.role || 'nobody'}`,
                tabindex: '-1',
                'aria-label': [`Turn ${turn.number}`, turn.speaker, turn.role].filter(Boolean).map(spelt).join(', '),
            }),
        );
        fillTurn(index);
        part.append(ui.elements[index]);
    }
    byId('turns').append(part);
}

function putTheRest(interview) {
    if (ui.interview !== interview || !byId('turns') || ui.elements.length >= interview.turns.length) return;
    putTurns(ui.elements.length + TURNS_AT_ONCE);
    window.setTimeout(putTheRest, 0, interview);
}

function scrollToTurn(index, from, to) {
    putTurns(index + 1);
    const box = (rangeOf(ui.elements[index], from, to) || ui.elements[index]).getBoundingClientRect();
    window.scrollBy({top: box.top - window.innerHeight / 3, behavior: 'instant'});
}

/* Makes a segment the one that the card tells about. */
function choose(item) {
    const before = ui.item;
    ui.item = item;
    for (const one of [before, item])
        for (
            let i = one ? ui.interview.turnAt(one.from) : Infinity;
            i < ui.elements.length && ui.interview.turns[i].ranges[0][0] < one.to;
            i++
        )
            fillTurn(i);
    putCard();
    const index = ui.interview.turnAt(item.from);
    ui.elements[index]?.querySelector(`[data-key="${CSS.escape(item.key)}"]`)?.focus({preventScroll: true});
    highlight(
        'matched',
        matchesOf(item)
            .map(([, from, to]) => rangeOf(ui.elements[index], from, to))
            .filter(Boolean),
    );
}

function questionOf(interview, index) {
    const {question} = interview.turns[index];
    return question
        ? interview.turns[question - 1].ranges.map(([from, to]) => interview.words(from, to)).join(' ')
        : '';
}

function putCard() {
    const place = byId('card'),
        {item} = ui;
    if (!item)
        return fill(
            place,
            make(
                'p',
                {class: 'soft'},
                'Lines under words are codes: whole where a person has judged, dashed where a rule proposes. Press a code beside a turn, or the words, to see why.',
            ),
        );
    const code = ui.run.code(item.code),
        state = STATES[item.state],
        question = questionOf(ui.interview, ui.interview.turnAt(item.from));
    return fill(
        place,
        make('h3', {}, swatch(code.colour), nameOf(code.name)),
        make(
            'p',
            {},
            make('span', {'aria-hidden': 'true'}, `${state.mark} `),
            state.words,
            item.by ? ` by ${spelt(item.by)}` : null,
            item.on ? make('span', {class: 'soft'}, `, ${item.on.slice(0, 10)}`) : null,
        ),
        item.proposal.reason ? make('p', {dir: 'auto'}, make('q', {}, spelt(item.proposal.reason))) : null,
        make('h4', {}, 'Why'),
        whyOf(item),
        question
            ? [make('h4', {}, 'The question'), make('p', {class: 'soft', dir: 'auto'}, shortened(question, 400))]
            : null,
        code.definition
            ? [make('h4', {}, 'The code'), make('p', {class: 'soft', dir: 'auto'}, spelt(code.definition))]
            : null,
        make(
            'p',
            {},
            button('All quotes of this code', () => openQuotes({code: code.id}), {class: 'link'}),
        ),
    );
}

/* The segment under words that are pressed: the shortest that has them. */
function pressWords(event) {
    const place = runPlaces.get(event.target.closest?.('.run.coded'));
    if (!place || String(window.getSelection())) return;
    const here = ui.byTurn[ui.interview.turnAt(place.start)].filter((item) =>
        item.pieces.some(([from, to]) => from <= place.start && to >= place.end),
    );
    const next = here[(here.indexOf(ui.item) + 1) % here.length]; /* pressed again, the next of those that overlap */
    if (next) choose(next);
}

function attributesOf(interview) {
    const facts = Object.entries(interview.attributes).map(([name, value]) => `${name}: ${value}`);
    for (const speaker of interview.speakers.values())
        for (const [name, value] of Object.entries(speaker.attributes || {}))
            facts.push(`${speaker.name}, ${name}: ${value}`);
    return facts.map(spelt).join(' · ');
}

/* The part with interview `number` open, at a code point of its text when one is given. */
function makeReader(number, point) {
    ui.interview = ui.run.open(number);
    Object.assign(ui, {item: null, elements: []});
    ui.items = itemsOf(ui.interview);
    ui.byTurn = itemsByTurn(ui.interview, ui.items);
    const choice = make(
        'select',
        {id: 'which', 'aria-label': 'Interview', on: {change: () => openInterview(Number(choice.value))}},
        ui.run.documents.map((facts, i) => make('option', {value: i, selected: i === number}, spelt(facts.document))),
    );
    const {documents} = ui.run;
    const step = (words, to) => button(words, () => openInterview(to), {disabled: to < 0 || to >= documents.length});
    byId('main').replaceChildren(
        make(
            'section',
            {},
            make('h2', {tabindex: '-1'}, nameOf(ui.interview.name)),
            make('p', {class: 'soft'}, attributesOf(ui.interview)),
            make(
                'div',
                {class: 'row reader-tools'},
                step('← Before', number - 1),
                choice,
                step('Next →', number + 1),
                make('span', {class: 'soft'}, plural(ui.items.length, 'segment')),
            ),
            make('div', {class: 'panel'}, makeStrip(documents[number], number, null)),
            make(
                'div',
                {class: 'reader'},
                make('div', {id: 'turns', on: {click: pressWords}}),
                make('aside', {id: 'card', tabindex: '0', 'aria-label': 'Why it was coded'}),
            ),
        ),
    );
    if (!ui.interview.turns.length)
        byId('turns').append(make('p', {class: 'soft'}, 'Nothing is said in this interview.'));
    putTurns(TURNS_AT_ONCE);
    window.setTimeout(putTheRest, 0, ui.interview);
    putCard();
    if (point === undefined || !ui.interview.turns.length) return;
    const unit = ui.interview.places.toUnit(point),
        index = ui.interview.turnAt(unit);
    const item = ui.items.find((one) => one.from <= unit && one.to > unit);
    putTurns(index + 1);
    if (item) choose(item);
    else ui.elements[index].focus({preventScroll: true});
    scrollToTurn(index, unit, unit + 1);
}
