/* The words that the person has selected, by mouse or word by word with the keyboard. */

const pick = {from: 0, to: 0, anchor: null, byKeys: false};

function hasPick() {
    return pick.to > pick.from;
}

function pickedWords() {
    return hasPick() ? ui.interview.words(pick.from, pick.to) : '';
}

function setPick(from, to, byKeys) {
    [pick.from, pick.to] = trimmed(ui.interview.text, from, to);
    pick.byKeys = Boolean(byKeys);
    const range = hasPick() && rangeOf(byId('turns'), pick.from, pick.to);
    highlight('pick', range ? [range] : []);
    putPick();
    if (hasPick()) openDrawer('codes');
}

function forgetPick() {
    Object.assign(pick, {from: 0, to: 0, anchor: null, byKeys: false});
    highlight('pick', []);
    if (ui.interview) putPick();
}

/* What the browser has selected, as a pick. */
function pickSelection() {
    const selection = window.getSelection(),
        turns = byId('turns');
    if (!turns || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!turns.contains(range.commonAncestorContainer) && range.commonAncestorContainer !== turns) return;
    const from = unitAt(range.startContainer, range.startOffset, turns, true);
    const to = unitAt(range.endContainer, range.endOffset, turns, false);
    if (from === null || to === null || from >= to) return;
    pick.anchor = null;
    setPick(from, to, false);
}

/* A click on a marked word chooses its segment, and at the next click the next one of those that overlap there. */
function chooseAt(event) {
    if (!window.getSelection().isCollapsed) return;
    const place = runPlaces.get(event.target);
    if (!place) return;
    const here = itemsOfTurn(ui.interview.turnAt(place.start)).filter(
        (item) =>
            item.state !== 'rejected' && item.pieces.some(([start, end]) => start <= place.start && end >= place.end),
    );
    if (here.length) choose(here[(here.indexOf(ui.current) + 1) % here.length]);
    else if (hasPick() && !editing) forgetPick();
}

function turnAtFocus() {
    const element = document.activeElement?.closest?.('.turn');
    return element ? Number(element.dataset.turn) : null;
}

/* The words of a turn as places in the whole text; those of the last turn asked for are kept. */
const lastWords = {interview: null, index: 0, words: []};

function wordsOfTurn(index) {
    const {turns, text} = ui.interview;
    if (lastWords.interview !== ui.interview || lastWords.index !== index)
        Object.assign(lastWords, {interview: ui.interview, index, words: wordsIn(turns[index], text)});
    return lastWords.words;
}

function wordsIn(turn, text) {
    return turn.ranges.flatMap(([start, end]) =>
        wordsOf(text.slice(start, end)).map(([a, b]) => [start + a, start + b]),
    );
}

function announcePick() {
    const words = pickedWords();
    byId('said').textContent = `Selected: ${shortened(words, 200)}`;
}

/* Moves over words: to the next one or the one before, or with `extend` the end of what is selected. */
function moveWord(direction, extend) {
    const index = turnAtFocus();
    if (index === null) return false;
    const words = wordsOfTurn(index);
    if (!words.length) return true;
    const isHere =
        hasPick() &&
        pick.from < ui.interview.turns[index].ranges.at(-1)[1] &&
        pick.to > ui.interview.turns[index].ranges[0][0];
    if (!isHere || !pick.anchor) {
        const first = isHere ? words.findIndex(([, end]) => end > pick.from) : direction > 0 ? 0 : words.length - 1;
        const last = isHere ? words.findLastIndex(([start]) => start < pick.to) : first;
        pick.anchor = {fixed: first, moving: isHere ? last : first};
        if (!isHere) return pickWords(words);
    }
    const {anchor} = pick;
    anchor.moving = Math.max(0, Math.min(words.length - 1, anchor.moving + direction));
    if (!extend) anchor.fixed = anchor.moving;
    return pickWords(words);
}

function pickWords(words) {
    const {anchor} = pick;
    const [first, last] = [anchor.fixed, anchor.moving].sort((a, b) => a - b);
    setPick(words[first][0], words[last][1], true);
    announcePick();
    keepInView();
    return true;
}

function keepInView() {
    const box = rangeOf(byId('turns'), pick.to - 1, pick.to)?.getBoundingClientRect();
    if (box && (box.bottom > window.innerHeight - 20 || box.top < 120))
        window.scrollBy({top: box.top - window.innerHeight / 2, behavior: 'instant'});
}

/* Selects the sentence that the selected words are in, or the turn's first; or all of the turn. */
function pickSentence() {
    const index = turnAtFocus() ?? (hasPick() ? ui.interview.turnAt(pick.from) : null);
    if (index === null) return;
    const {ranges} = ui.interview.turns[index];
    const [start, end] =
        ranges.find(([, last]) => hasPick() && last > pick.from && pick.from >= ranges[0][0]) || ranges[0];
    const [from, to] = sentenceAt(
        ui.interview.text.slice(start, end),
        Math.max(0, Math.min(pick.from - start, end - start - 1)) || 0,
    );
    pick.anchor = null;
    setPick(start + from, start + to, true);
    announcePick();
}

function pickTurn() {
    const index = turnAtFocus() ?? (hasPick() ? ui.interview.turnAt(pick.from) : null);
    if (index === null) return;
    const {ranges} = ui.interview.turns[index];
    pick.anchor = null;
    setPick(ranges[0][0], ranges.at(-1)[1], true);
    announcePick();
}

/* Moves an end of what is selected by a word, across turns. */
function nudge(end, direction) {
    const at = end === 'from' ? pick.from : pick.to;
    const around = ui.interview.turnAt(at);
    const words = [around - 1, around, around + 1]
        .filter((i) => i >= 0 && i < ui.interview.turns.length)
        .flatMap(wordsOfTurn);
    const found =
        end === 'from'
            ? direction < 0
                ? words.findLast(([start]) => start < at)
                : words.find(([start]) => start > at)
            : direction < 0
              ? words.findLast(([, stop]) => stop < at)
              : words.find(([, stop]) => stop > at);
    if (!found) return;
    const from = end === 'from' ? found[0] : pick.from,
        to = end === 'to' ? found[1] : pick.to;
    if (from < to) {
        setPick(from, to, true);
        announcePick();
    }
}

/* To the turn before or behind, with the keyboard. */
function moveTurn(direction) {
    const at = turnAtFocus(),
        from = at ?? (ui.current ? ui.interview.turnAt(ui.current.from) : firstTurnInView());
    const next = at === null ? from : Math.max(0, Math.min(ui.interview.turns.length - 1, from + direction));
    if (!ui.interview.turns.length) return;
    const element = turnElement(next);
    byId('turns').querySelector('.turn[tabindex="0"]')?.setAttribute('tabindex', '-1');
    element.setAttribute('tabindex', '0');
    element.focus({preventScroll: true});
    scrollToTurn(element, null);
}

function firstTurnInView() {
    const found = ui.elements.findIndex((element) => element.getBoundingClientRect().bottom > 120);
    return Math.max(0, found);
}

function watchSelection() {
    let timer;
    document.addEventListener('selectionchange', () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(pickSelection, 120);
    });
    byId('reading').addEventListener('mouseup', () => window.setTimeout(pickSelection, 0));
    byId('reading').addEventListener('click', chooseAt);
    byId('reading').addEventListener('focusin', (event) => {
        const turn = event.target.classList?.contains('turn') && event.target;
        if (!turn || turn.getAttribute('tabindex') === '0') return;
        byId('turns').querySelector('.turn[tabindex="0"]')?.setAttribute('tabindex', '-1');
        turn.setAttribute('tabindex', '0');
    });
}
