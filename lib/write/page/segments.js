/* The segments of an interview as they stand: what rules proposed, and what people made of it. */

const STATE_OF_ACT = {accept: 'accepted', reject: 'rejected', edit: 'edited', add: 'added'};

function sameWords(a, b) {
    return a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();
}

/* Whether the words that a person had before them still stand where the line says. */
function fits(line, interview) {
    if (line.end > interview.places.length) return false;
    const words = interview.words(interview.places.toUnit(line.start), interview.places.toUnit(line.end));
    return words !== '' && (!line.text || sameWords(line.text, words));
}

/* {items, unplaced}: segments by their places, and judgements on words that the text does not have there. */
function segmentsOf(interview, lines) {
    const items = new Map(),
        unplaced = [];
    for (const proposal of interview.proposals) {
        const item = itemOfProposal(proposal, interview);
        items.set(item.key, item);
    }
    const judgements = lines
        .filter((line) => isJudgement(line) && line.document === interview.name)
        .sort((a, b) => compareText(a.on, b.on));
    for (const line of judgements.filter((one) => !one.undone)) {
        if (!fits(line, interview)) {
            unplaced.push(line);
            continue;
        }
        const key = keyOf(line.was_start ?? line.start, line.was_end ?? line.end, line.code);
        const keyNow = keyOf(line.start, line.end, line.code);
        let item = items.get(key) || items.get(keyNow);
        if (item && line.act === 'edit' && item.key === keyNow) {
            /* the run was made with this edit: the segment goes by what was proposed */
            items.delete(item.key);
            item.key = key;
            items.set(key, item);
        }
        if (!item) {
            item = {code: line.code, key, proposal: null, lines: []};
            items.set(key, item);
        }
        item.state = STATE_OF_ACT[line.act];
        item.by = line.by;
        item.on = line.on;
        item.reason = line.reason || '';
        item.lines.push(line);
        setSpan(item, interview, line.start, line.end);
    }
    const sorted = [...items.values()].sort((a, b) => a.from - b.from || a.to - b.to || compareText(a.code, b.code));
    return {items: sorted, unplaced};
}

/* The span a segment had before anybody edited it; the subject of judgements on it. */
function subjectSpan(item) {
    const [start, end] = item.key.split(' ', 2).map(Number);
    return {start, end};
}

/* The lines that say what a person says of a span: its place, its words and what stands around them. */
function passageOf(interview, from, to) {
    const {places, text} = interview;
    const start = places.toPoint(from),
        end = places.toPoint(to);
    return {
        document: interview.name,
        start,
        end,
        text: interview.words(from, to),
        before: text.slice(places.toUnit(Math.max(0, start - CONTEXT)), from),
        after: text.slice(to, places.toUnit(Math.min(places.length, end + CONTEXT))),
    };
}
