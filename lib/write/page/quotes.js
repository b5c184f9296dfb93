/* Quotes: every passage with a code, through filters. */

const QUOTES_AT_ONCE = 100;
const quotes = {all: null, wanted: {}, shown: QUOTES_AT_ONCE};

/* The passages of an interview, with what filters ask. */
function quotesOf(number) {
    const interview = ui.run.open(number),
        {people} = ui.run.documents[number];
    const place = new Map([...interview.speakers.keys()].map((name, i) => [name, people[i]]));
    return itemsOf(interview)
        .concat(rejectedOf(interview))
        .map((item) => {
            const index = interview.turnAt(item.from),
                turn = interview.turns[index];
            return {
                number,
                code: item.code,
                state: item.state,
                start: item.start,
                end: item.end,
                matches: item.proposal.matches,
                claim: item.proposal.status ?? '',
                guide: item.proposal.guide ?? '',
                words: interview.words(item.from, item.to),
                question: questionOf(interview, index),
                line: interview.line(item.from),
                speaker: turn?.speaker ?? '',
                person: place.get(turn?.speaker) ?? null,
                basis: item.proposal.basis ?? 'own',
            };
        });
}

function rejectedOf(interview) {
    return interview.proposals.filter((one) => one.state === 'rejected').map((one) => itemOfProposal(one, interview));
}

function pause() {
    return new Promise((go) => {
        window.setTimeout(go, 0);
    });
}

/* All passages, read interview by interview so that the page never stands still. */
async function gatherQuotes(tell) {
    if (quotes.all) return quotes.all;
    const found = [];
    for (let number = 0; number < ui.run.documents.length; number++) {
        await new Promise((go) => {
            ui.run.whenThere(number, go);
        });
        found.push(...quotesOf(number));
        if (number % 4 === 3) {
            tell(`Reading interview ${number + 1} of ${ui.run.documents.length} …`);
            await pause();
        }
    }
    quotes.also = new Map(); /* codes of the passages of each interview, by place */
    for (const one of found)
        quotes.also.has(one.number) ? quotes.also.get(one.number).push(one) : quotes.also.set(one.number, [one]);
    quotes.all = found;
    return found;
}

function isUnder(code, ancestor) {
    for (let at = ui.run.code(code), depth = 0; at && depth < 64; at = ui.run.byId.get(at.parent), depth++)
        if (at.id === ancestor) return true;
    return false;
}

/* Whether words of the passage have another code, too. */
function alsoHas(quote, code) {
    return quotes.also
        .get(quote.number)
        .some(
            (other) =>
                other.state !== 'rejected' &&
                other.start < quote.end &&
                other.end > quote.start &&
                isUnder(other.code, code),
        );
}

const STATE_CHOICES = {
    standing: (state) => state !== 'rejected',
    reviewed: (state) => ['accepted', 'edited', 'added'].includes(state),
    proposed: (state) => state === 'proposed',
    rejected: (state) => state === 'rejected',
};

/* What each filter asks of a quote; the values are those of its field. */
const FILTERS = {
    code: (quote, id) => isUnder(quote.code, id),
    also: alsoHas,
    group: (quote, group) => quote.person !== null && ui.run.people[quote.person].group === group,
    person: (quote, person) => quote.person === Number(person),
    state: (quote, state) => STATE_CHOICES[state](quote.state),
    claim: (quote, claim) => quote.claim === claim,
    guide: (quote, guide) => String(quote.guide) === guide,
    question: (quote, pattern) => pattern.test(quote.question),
    text: (quote, pattern) => pattern.test(quote.words),
};

/* Words in any case, white space of any kind. */
function wordsPattern(words) {
    return new RegExp(
        words
            .trim()
            .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
            .replace(/\s+/g, '\\s+'),
        'iu',
    );
}

/* The quotes that are wanted; a passage that a code and one under it have is there once. */
function wantedQuotes() {
    const tests = Object.entries(quotes.wanted)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [FILTERS[name], ['question', 'text'].includes(name) ? wordsPattern(value) : value]);
    const seen = new Set();
    return quotes.all
        .filter(
            (quote) =>
                (quotes.wanted.code || !ui.run.code(quote.code).left_out) &&
                tests.every(([test, value]) => test(quote, value)),
        )
        .filter((quote) => {
            const key = quotes.wanted.code
                ? `${quote.number} ${quote.start} ${quote.end}`
                : `${quote.number} ${quote.start} ${quote.end} ${quote.code}`;
            return !seen.has(key) && seen.add(key);
        });
}

function markedWords(words) {
    const pattern = quotes.wanted.text ? wordsPattern(quotes.wanted.text) : null,
        found = pattern && pattern.exec(words);
    const masked = (part) =>
        part
            .split(/(\u2588+(?:\s+\u2588+)*)/)
            .map((piece, i) =>
                i % 2 ? make('span', {class: 'withheld'}, '[words withheld: no consent to quote]') : spelt(piece),
            );
    return found && found[0]
        ? [
              masked(words.slice(0, found.index)),
              make('mark', {}, masked(found[0])),
              masked(words.slice(found.index + found[0].length)),
          ]
        : masked(words);
}

function makeQuote(quote) {
    const code = ui.run.code(quote.code),
        person = quote.person === null ? null : ui.run.people[quote.person];
    const basis = {
        question: 'not in so many words: by the question',
        carried: 'not in so many words: by the topic of before',
        neighbour: 'not in so many words: by the sentences around',
    }[quote.basis];
    const element = make(
        'figure',
        {class: 'quote'},
        make('blockquote', {dir: 'auto'}, markedWords(quote.words)),
        make(
            'figcaption',
            {},
            make('span', {}, swatch(code.colour), nameOf(code.name)),
            make(
                'span',
                {},
                nameOf(person ? person.name : quote.speaker || '?'),
                person?.group ? [', ', nameOf(person.group)] : null,
            ),
            button(
                `${spelt(ui.run.documents[quote.number].document)}:${quote.line}`,
                () => openInterview(quote.number, quote.start),
                {class: 'link', title: 'in the transcript'},
            ),
            make('span', {}, `${STATES[quote.state].mark} ${STATES[quote.state].words}`),
            basis ? make('span', {}, basis) : null,
            quote.claim ? make('span', {}, quote.claim) : null,
            quote.question
                ? make(
                      'details',
                      {},
                      make('summary', {}, 'the question'),
                      make('span', {dir: 'auto'}, shortened(quote.question, 600)),
                  )
                : null,
        ),
    );
    element.style.setProperty('--code', code.colour);
    return element;
}

function putQuotes() {
    const list = byId('quote-list'),
        found = wantedQuotes();
    byId('quote-count').textContent =
        `${plural(found.length, 'quote')} of ${plural(new Set(found.map((one) => one.person)).size, 'speaker')} in ${plural(new Set(found.map((one) => one.number)).size, 'interview')}`;
    fill(list, found.slice(0, quotes.shown).map(makeQuote));
    byId('more').hidden = found.length <= quotes.shown;
}

function want(name, value) {
    quotes.wanted[name] = value === '' ? undefined : value;
    quotes.shown = QUOTES_AT_ONCE;
    putQuotes();
}

function choice(name, label, options) {
    const now = quotes.wanted[name],
        select = make(
            'select',
            {id: `by-${name}`, on: {change: () => want(name, options[select.selectedIndex][0])}},
            options.map(([value, words]) => make('option', {selected: value === now}, words)),
        );
    return make('label', {}, label, select);
}

function field(name, label) {
    let timer;
    const input = make('input', {
        id: `by-${name}`,
        type: 'search',
        value: quotes.wanted[name] ?? null,
        on: {
            input: () => {
                window.clearTimeout(timer);
                timer = window.setTimeout(() => want(name, input.value.trim()), 150);
            },
        },
    });
    return make('label', {}, label, input);
}

/* A filter for what some quote has. */
function choiceOfSeen(name, label, words) {
    const seen = [...new Set(quotes.all.map((one) => one[name]))]
        .filter((value) => value !== '')
        .sort((a, b) => (a < b ? -1 : 1));
    return seen.length
        ? choice(name, label, [[undefined, 'any'], ...seen.map((value) => [String(value), words(value)])])
        : null;
}

function makeFilters() {
    const codes = ui.run.codes.map((code) => [
        code.id,
        `${'\u2003'.repeat(ui.run.depth(code))}${spelt(code.name)}${code.left_out ? ' (experimental)' : ''}`,
    ]);
    const groups = [...new Set(ui.run.people.map((one) => one.group))];
    return make(
        'form',
        {class: 'panel filters', on: {submit: (event) => event.preventDefault()}},
        choice('code', 'Code', [[undefined, 'all'], ...codes]),
        choice('also', 'Also coded as', [[undefined, 'anything'], ...codes]),
        choice('group', 'Group', [
            [undefined, 'all'],
            ...groups.map((group) => [group, group ? spelt(group) : 'no group is known']),
        ]),
        choice('person', 'Speaker', [
            [undefined, 'all'],
            ...ui.run.people.map((one, i) => [String(i), spelt(one.name)]),
        ]),
        choice('state', 'State', [
            ['standing', 'all that stand'],
            ['reviewed', 'accepted by a person'],
            ['proposed', 'proposed, unread'],
            ['rejected', 'rejected'],
        ]),
        choiceOfSeen('claim', 'Meant as', spelt),
        choiceOfSeen('guide', 'Question of the guide', (number) => `question ${number}`),
        field('question', 'Words in the question'),
        field('text', 'Words in the quote'),
    );
}

/* The part; `wanted` narrows it from the beginning. */
async function makeQuotes(wanted) {
    const section = make(
        'section',
        {},
        heading('Quotes'),
        make('p', {id: 'quote-count', class: 'soft', role: 'status'}, 'Reading the interviews …'),
    );
    quotes.wanted = {state: 'standing', ...wanted};
    quotes.shown = QUOTES_AT_ONCE;
    byId('main').replaceChildren(section);
    await gatherQuotes((words) => {
        byId('quote-count') && (byId('quote-count').textContent = words);
    });
    if (!section.isConnected) return;
    byId('quote-count').before(makeFilters());
    section.append(
        make('div', {id: 'quote-list', class: 'quotes'}),
        make(
            'p',
            {class: 'more'},
            button(
                'More',
                () => {
                    quotes.shown += QUOTES_AT_ONCE;
                    putQuotes();
                },
                {id: 'more'},
            ),
        ),
    );
    putQuotes();
}
