/* The segment that the person is at: why it was proposed, and what they make of it. */

let editing = null; /* the segment whose boundaries are being moved */

/* A judgement on a segment as it stands, or with other boundaries. */
function judge(act, item, more = {}) {
    const passage = passageOf(ui.interview, item.from, item.to);
    return {act, ...passage, code: item.code, codebook: ui.run.codebook, ...more};
}

/* Accepting or rejecting is about the span that was proposed, whatever somebody made of it since. */
function asProposed(item) {
    const {start, end} = subjectSpan(item);
    return {...item, from: ui.interview.places.toUnit(start), to: ui.interview.places.toUnit(end)};
}

/* A segment with other boundaries than were proposed. */
function edited(item, from, to) {
    const {start, end} = subjectSpan(item),
        was = asProposed(item);
    return {
        act: 'edit',
        ...passageOf(ui.interview, from, to),
        was_start: start,
        was_end: end,
        was_text: ui.interview.words(was.from, was.to),
        code: item.code,
        codebook: ui.run.codebook,
    };
}

function decide(act, item = ui.current, reason = '') {
    if (!item) return say('Choose a segment first: with a click on its name, or with n.');
    if (act === 'reject' && !item.proposal && item.lines.every((line) => line.by === ui.keep.coder)) {
        commit(
            'taking a code off',
            item.lines.map((line) => ({...line, on: undefined, undone: true})),
        );
        return say(`${ui.run.code(item.code).name}: taken off these words.`);
    }
    const was = asProposed(item);
    commit(act === 'accept' ? 'accepting' : 'rejecting', [
        act === 'accept' && item.state === 'edited' ? edited(item, item.from, item.to) : judge(act, was, {reason}),
    ]);
    return say(`${ui.run.code(item.code).name}: ${act === 'accept' ? 'accepted' : 'rejected'}.`);
}

function decideAndGoOn(act) {
    const item = ui.current;
    if (!item) return decide(act);
    decide(act, item);
    return nextUndecided();
}

function startEdit(item = ui.current) {
    if (!item) return say('Choose a segment first.');
    editing = item;
    pick.anchor = null;
    setPick(item.from, item.to, true);
    putCard();
    byId('save-edit').focus();
    return say('Select other words, or move the ends word by word; then save the boundaries.');
}

function endEdit() {
    editing = null;
    forgetPick();
    putCard();
}

function saveEdit() {
    const item = editing,
        {from, to} = pick,
        {start, end} = subjectSpan(item),
        {places} = ui.interview;
    const isPicked = hasPick() && (from !== item.from || to !== item.to);
    endEdit();
    if (!isPicked) return say('The boundaries are as they were.');
    const isBack = places.toPoint(from) === start && places.toPoint(to) === end;
    commit('moving boundaries', [
        isBack ? judge(item.proposal ? 'accept' : 'add', asProposed(item)) : edited(item, from, to),
    ]);
    say('The boundaries are saved.');
    return choose(ui.items.find((one) => one.key === item.key));
}

function editTools() {
    const ends = [
        ['Start', 'from'],
        ['End', 'to'],
    ].map(([name, end]) =>
        make(
            'div',
            {class: 'row', role: 'group', 'aria-label': name},
            `${name} `,
            button('← word', () => nudge(end, -1), {'aria-label': `${name} one word earlier`}),
            button('word →', () => nudge(end, 1), {'aria-label': `${name} one word later`}),
        ),
    );
    return make(
        'div',
        {class: 'edit'},
        ends,
        make(
            'div',
            {class: 'row'},
            button('Save boundaries', saveEdit, {id: 'save-edit', class: 'main'}),
            button('Cancel', endEdit),
        ),
    );
}

function judgementsOf(item) {
    const lines = item.lines.filter((line) => !ui.run.blind || line.by === ui.keep.coder);
    return lines.length
        ? make(
              'ul',
              {class: 'trail'},
              lines.map((line) =>
                  make(
                      'li',
                      {},
                      make('strong', {}, spelt(line.by)),
                      ` ${STATES[STATE_OF_ACT[line.act]].words}, `,
                      make('time', {datetime: line.on}, line.on.replace('T', ' ').slice(0, 16)),
                      line.reason ? [': ', make('q', {dir: 'auto'}, spelt(line.reason))] : null,
                  ),
              ),
          )
        : null;
}

/* The words a person may add to a judgement. */
function askReason(item) {
    const words = make(
        'textarea',
        {id: 'reason', rows: '3'},
        item.lines.find((line) => line.by === ui.keep.coder)?.reason || '',
    );
    openDialog('Why is it rejected?', [make('label', {for: 'reason'}, 'Reason'), words], 'Reject', () => {
        decide('reject', item, words.value.trim());
        return true;
    });
    words.focus();
}

function putCard() {
    const item = ui.current,
        place = byId('card');
    highlight('matched', []);
    if (!item)
        return fill(
            place,
            make(
                'p',
                {class: 'soft'},
                ui.run.blind
                    ? 'Choose one of your segments to see it here.'
                    : 'Choose a segment to see why it was proposed. Keys: n next, a accept, r reject, ? help.',
            ),
        );
    const code = ui.run.code(item.code),
        state = STATES[item.state];
    const where = turnElement(ui.interview.turnAt(item.from));
    highlight(
        'matched',
        matchesOf(item)
            .map(([, from, to]) => rangeOf(where, from, to))
            .filter(Boolean),
    );
    return fill(
        place,
        make('h2', {}, swatch(code.colour), nameOf(code.name)),
        make('p', {class: `state ${item.state}`}, make('span', {'aria-hidden': 'true'}, `${state.mark} `), state.words),
        make('blockquote', {dir: 'auto'}, shortened(ui.interview.words(item.from, item.to), 400)),
        editing === item
            ? editTools()
            : make(
                  'div',
                  {class: 'row'},
                  button('Accept', () => decideAndGoOn('accept'), {
                      id: 'accept',
                      hidden: item.state === 'added' && item.lines.some((line) => line.by === ui.keep.coder),
                      class: item.state === 'accepted' ? 'done' : 'main',
                      title: 'a',
                  }),
                  button(
                      item.proposal ? 'Reject' : 'Take off',
                      () => (item.proposal ? decideAndGoOn('reject') : decide('reject')),
                      {id: 'reject', class: item.state === 'rejected' ? 'done' : '', title: 'r'},
                  ),
                  button('Reject because…', () => askReason(item), {hidden: !item.proposal}),
                  button('Boundaries…', () => startEdit(item), {id: 'edit', title: 'e'}),
                  button('Memo…', () => openMemos(memoTarget(item)), {title: 'm'}),
              ),
        judgementsOf(item),
        ui.run.blind ? null : [make('h3', {}, 'Why'), whyOf(item)],
        code.definition
            ? [make('h3', {}, 'The code'), make('p', {class: 'soft', dir: 'auto'}, spelt(code.definition))]
            : null,
    );
}
