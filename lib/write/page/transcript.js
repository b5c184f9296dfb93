/* An interview on the page: turns, their words as runs that know their place in the text, and the marks of codes on
 * them. */

/* What may stand for words that may not be quoted. */
const MASK = '\u2588';

/* What a run shows otherwise than it stands in the text: masked words and hidden characters. */
const OPAQUE = new RegExp(`(${MASK}+(?:\\s+${MASK}+)*)|(${HIDDEN.source})`, 'g');

/* An interview as the page holds it, its ranges in UTF-16 units. */
class Interview {
    constructor(line, index) {
        this.index = index;
        this.name = line.document;
        this.text = line.text;
        this.attributes = line.attributes || {};
        this.speakers = new Map((line.speakers || []).map((speaker) => [speaker.name, speaker]));
        this.places = new Places(line.text);
        this.turns = line.turns.map(([speaker, time, question, ...ends], i) => {
            const ranges = [];
            for (let at = 0; at < ends.length; at += 2)
                ranges.push([this.places.toUnit(ends[at]), this.places.toUnit(ends[at + 1])]);
            return {number: i + 1, speaker, time, question, role: this.speakers.get(speaker)?.role, ranges};
        });
    }

    /* The place of the turn that a unit of the text is in, or that ends before it. */
    turnAt(unit) {
        let low = 0,
            high = this.turns.length;
        while (high - low > 1) {
            const middle = (low + high) >> 1;
            if (this.turns[middle].ranges[0][0] <= unit) low = middle;
            else high = middle;
        }
        return low;
    }

    /* The speech under a hull, in units. */
    pieces(start, end) {
        const found = [];
        for (let i = this.turnAt(start); i < this.turns.length && this.turns[i].ranges[0][0] < end; i++)
            for (const [from, to] of this.turns[i].ranges)
                if (from < end && to > start) found.push([Math.max(from, start), Math.min(to, end)]);
        return found;
    }

    /* The words under a hull as they are read: a soft line end or a gap is one space, a paragraph's end a line feed. */
    words(start, end) {
        const pieces = this.pieces(start, end);
        let words = '';
        pieces.forEach(([from, to], i) => {
            if (i) words += /\n[ \t]*\n/.test(this.text.slice(pieces[i - 1][1], from)) ? '\n' : ' ';
            words += this.text.slice(from, to).replace(/[ \t]*\n[ \t]*/g, ' ');
        });
        return words;
    }

    /* The line of the text that a unit stands on, from 1. */
    line(unit) {
        if (!this.lines) this.lines = Array.from(this.text.matchAll(/\n/g), (found) => found.index);
        return 1 + Places.before(this.lines.length, (i) => this.lines[i], unit);
    }

    respondent(name) {
        const speaker = this.speakers.get(name);
        return speaker && speaker.role === 'respondent' ? speaker.case || speaker.name : '';
    }
}

/* Which units of the text a run shows, and whether it shows something in their stead. */
const runPlaces = new WeakMap();

function makeRun(text, start, end, kind, shown, marks) {
    const run = make('span', {class: kind ? `run ${kind}` : 'run'}, shown ?? text.slice(start, end));
    runPlaces.set(run, {start, end, opaque: shown !== undefined});
    if (marks.length) paint(run, marks);
    return run;
}

/* Lines of the codes' colours under a run: whole where a person has judged, dashed where a rule proposes. */
function paint(run, marks) {
    const layers = marks.slice(0, 4).map((mark, i) => {
        const line = mark.sure
            ? `linear-gradient(${mark.colour}, ${mark.colour})`
            : `repeating-linear-gradient(90deg, ${mark.colour} 0 4px, transparent 4px 7px)`;
        return `${line} 0 calc(100% - ${i * 3}px) / 100% 2px no-repeat`;
    });
    run.style.setProperty('--code', marks[0].colour);
    run.style.background = layers.join(', ');
    run.classList.add('coded');
    if (marks.some((mark) => mark.sure)) run.classList.add('sure');
    if (marks.some((mark) => mark.open)) run.classList.add('open');
}

/* What is not shown as it stands in [start, end): {from, to, kind, shown}, in order. */
function opaqueParts(text, start, end) {
    return Array.from(text.slice(start, end).matchAll(OPAQUE), (found) => {
        const from = start + found.index,
            to = from + found[0].length;
        return found[1]
            ? {from, to, kind: 'withheld', shown: '[words withheld: no consent to quote]'}
            : {from, to, kind: 'hidden-character', shown: speltCharacter(found[0])};
    });
}

/* The runs of [start, end): cut wherever a mark begins or ends, and around what is not shown as it is. */
function putRuns(place, text, start, end, marks) {
    const here = marks.filter((mark) => mark.start < end && mark.end > start);
    const opaque = opaqueParts(text, start, end);
    const ends = here
        .flatMap((mark) => [Math.max(mark.start, start), Math.min(mark.end, end)])
        .concat(start, end)
        .sort((a, b) => a - b);
    const cuts = new Set();
    let next = 0;
    for (const cut of ends) {
        /* none inside an opaque part */
        while (next < opaque.length && opaque[next].to <= cut) next++;
        if (next === opaque.length || opaque[next].from >= cut) cuts.add(cut);
    }
    for (const part of opaque) cuts.add(part.from).add(part.to);
    const at = [...cuts].sort((a, b) => a - b),
        parts = new Map(opaque.map((part) => [part.from, part]));
    for (let i = 0; i + 1 < at.length; i++) {
        const covering = here.filter((mark) => mark.start <= at[i] && mark.end >= at[i + 1]);
        const part = parts.get(at[i]);
        place.append(makeRun(text, at[i], at[i + 1], part?.kind, part?.shown, covering));
    }
}

/* What was said in a turn, as a paragraph or several. */
function makeSpeech(interview, turn, marks) {
    const speech = make('div', {class: 'speech', dir: 'auto'});
    let paragraph = make('p', {});
    turn.ranges.forEach(([start, end], i) => {
        if (i && /\n[ \t]*\n/.test(interview.text.slice(turn.ranges[i - 1][1], start))) {
            speech.append(paragraph);
            paragraph = make('p', {});
        } else if (i) {
            paragraph.append(' ');
        }
        putRuns(paragraph, interview.text, start, end, marks);
    });
    speech.append(paragraph);
    return speech;
}

/* The unit of the text at a boundary of the browser's: of what comes behind it, or before. */
function unitAt(node, offset, root, behind) {
    const run = node.nodeType === Node.TEXT_NODE && runPlaces.get(node.parentElement);
    if (run) return run.opaque ? (behind ? run.start : run.end) : run.start + offset;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, {
        acceptNode: (element) => (runPlaces.has(element) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP),
    });
    const child = node.nodeType === Node.ELEMENT_NODE ? node.childNodes[offset] : null;
    walker.currentNode = child || node;
    if (behind) {
        if (child && runPlaces.has(child)) return runPlaces.get(child).start;
        const next = walker.nextNode();
        return next ? runPlaces.get(next).start : null;
    }
    if (!child && node.lastChild && offset) {
        /* behind all that the element holds */
        let last = null;
        for (const found of node.querySelectorAll?.('.run') ?? []) last = found;
        if (last) return runPlaces.get(last).end;
    }
    const previous = walker.previousNode();
    return previous ? runPlaces.get(previous).end : null;
}

/* The browser's range of [start, end) inside an element; null when nothing of it is there. */
function rangeOf(root, start, end) {
    const range = document.createRange();
    let begun = false,
        ended = false;
    for (const run of root.querySelectorAll('.run')) {
        const place = runPlaces.get(run);
        if (place.end <= start || place.start >= end) continue;
        const node = run.firstChild;
        if (!begun) range.setStart(node, place.opaque ? 0 : Math.max(0, start - place.start));
        begun = ended = true;
        range.setEnd(node, place.opaque ? node.length : Math.min(place.end, end) - place.start);
    }
    return ended ? range : null;
}

/* Colours [start, end) by the name of a highlight of the style; without spans takes it away. */
function highlight(name, ranges) {
    if (typeof Highlight !== 'function' || !CSS.highlights) return;
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
}
