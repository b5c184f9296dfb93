/* The search: through all interviews, one after another, so that the page never stands still. */

const MOST_FOUND = 200;
const search = {number: 0, hits: []};

/* What is looked for: words in any case, white space of any kind. */
function patternOf(words) {
    return new RegExp(
        words
            .trim()
            .replace(/[\\^$.*+?()[\]{}|/-]/g, (mark) => (mark === '-' || mark === '/' ? mark : `\\${mark}`))
            .replace(/\s+/g, '\\s+'),
        'giu',
    );
}

function hitButton(hit) {
    const {text} = hit;
    const from = Math.max(0, hit.from - 40),
        to = Math.min(text.length, hit.to + 60);
    return make(
        'li',
        {},
        make(
            'button',
            {type: 'button', class: 'hit', on: {click: () => goToWords(hit)}},
            make('span', {class: 'soft'}, spelt(ui.run.documents[hit.number].document)),
            make(
                'span',
                {dir: 'auto'},
                from ? '…' : '',
                spelt(text.slice(from, hit.from).replace(/\s+/g, ' ')),
                make('mark', {}, spelt(text.slice(hit.from, hit.to))),
                spelt(text.slice(hit.to, to).replace(/\s+/g, ' ')),
                to < text.length ? '…' : '',
            ),
        ),
    );
}

/* Looks through one interview, then lets the page breathe. */
function searchOn(number, pattern, turn, list, status) {
    if (turn !== search.number) return;
    if (number === ui.run.documents.length || search.hits.length >= MOST_FOUND) {
        status.textContent =
            search.hits.length >= MOST_FOUND
                ? `The first ${MOST_FOUND} places.`
                : search.hits.length
                  ? `${plural(search.hits.length, 'place')}.`
                  : 'Nothing found.';
        return;
    }
    if (!ui.run.has(number)) {
        ui.run.whenThere(number, () => searchOn(number, pattern, turn, list, status));
        return;
    }
    const text = ui.run.textOf(number);
    for (const found of text.matchAll(pattern)) {
        if (search.hits.length === MOST_FOUND || !found[0]) break;
        const hit = {number, from: found.index, to: found.index + found[0].length, text};
        search.hits.push(hit);
        list.append(hitButton(hit));
    }
    window.setTimeout(searchOn, 0, number + 1, pattern, turn, list, status);
}

function startSearch(words) {
    search.number++;
    search.hits = [];
    const list = byId('found'),
        status = byId('found-status');
    fill(list);
    status.textContent = '';
    byId('interview-list').hidden = Boolean(words.trim());
    highlight('found', []);
    if (words.trim()) searchOn(0, patternOf(words), search.number, list, status);
}

function goToWords(hit) {
    goToNow(hit.number);
    const element = turnElement(ui.interview.turnAt(hit.from));
    const range = rangeOf(element, hit.from, hit.to);
    highlight('found', range ? [range] : []);
    element.focus({preventScroll: true});
    scrollToTurn(element, {from: hit.from, to: hit.to});
    closeDrawers();
}

/* To an interview, and to a code point of its text when one is given. */
function goTo(number, point) {
    ui.run.whenThere(number, () => goToNow(number, point));
}

function goToNow(number, point) {
    if (ui.interview.index !== number) openInterview(number);
    if (point === undefined) return;
    const unit = ui.interview.places.toUnit(point),
        element = turnElement(ui.interview.turnAt(unit));
    element.focus({preventScroll: true});
    scrollToTurn(element, {from: unit, to: unit + 1});
}
