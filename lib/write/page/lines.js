/* Lines of decisions.jsonl: their keys in one order, which takes the place of which, and how files of them are read
 * and written. */

const LINE_KEYS = [
    'act',
    'document',
    'code',
    'start',
    'end',
    'text',
    'before',
    'after',
    'was_start',
    'was_end',
    'was_text',
    'by',
    'on',
    'reason',
    'kind',
    'respondent',
    'on_study',
    'name',
    'definition',
    'origin',
    'codebook',
    'undone',
];
const ACTS = ['accept', 'reject', 'edit', 'add', 'memo', 'finished', 'code'];
const MEMO_KINDS = ['analytic', 'method', 'reflexive'];
const LINE_NUMBERS = new Set(['start', 'end', 'was_start', 'was_end']);
const LINE_FLAGS = new Set(['on_study', 'undone']);
const CONTEXT = 40; /* code points on either side of the quoted words */

function isJudgement(line) {
    return ACTS.indexOf(line.act) < 4;
}

/* What the line is about, a person and all: the later of two with one subject holds. */
function subjectOf(line) {
    const parts = [isJudgement(line) ? 'judgement' : line.act, line.by];
    if (line.act !== 'code') parts.push(line.document ?? '');
    if (line.act !== 'finished') parts.push(line.code ?? '');
    if (isJudgement(line)) parts.push(line.was_start ?? line.start, line.was_end ?? line.end);
    if (line.act === 'memo')
        parts.push(line.start ?? 0, line.end ?? 0, line.respondent ?? '', line.on_study ?? false, line.kind, line.on);
    return JSON.stringify(parts);
}

/* Whether `line` holds over `other`, which has the same subject. */
function isLater(line, other) {
    return line.on !== other.on ? line.on > other.on : Boolean(line.undone) >= Boolean(other.undone);
}

/* By code points, as bytes of UTF-8 are. */
function compareText(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
        if (a[i] === b[i]) continue;
        const lift = (unit) =>
            unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
        return lift(a.charCodeAt(i)) - lift(b.charCodeAt(i));
    }
    return a.length - b.length;
}

function compareLines(a, b) {
    return (
        compareText(a.document ?? '', b.document ?? '') ||
        (a.start ?? 0) - (b.start ?? 0) ||
        (a.end ?? 0) - (b.end ?? 0) ||
        compareText(a.code ?? '', b.code ?? '') ||
        compareText(a.on, b.on) ||
        compareText(a.by, b.by) ||
        ACTS.indexOf(a.act) - ACTS.indexOf(b.act) ||
        compareText(a.reason ?? '', b.reason ?? '')
    );
}

/* JSON as qcode writes it: what some readers take for a line end is escaped. */
function lineText(line) {
    const ordered = {};
    for (const key of LINE_KEYS)
        if (line[key] !== undefined && line[key] !== '' && line[key] !== false && line[key] !== null)
            ordered[key] = line[key];
    return JSON.stringify(ordered).replace(
        /[\u007f-\u009f\u2028\u2029]/g,
        (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function fileText(lines) {
    return lines
        .slice()
        .sort(compareLines)
        .map((line) => lineText(line) + '\n')
        .join('');
}

/* What is wrong with a line; '' when nothing is. */
function lineFault(line) {
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return 'is no object';
    if (!ACTS.includes(line.act)) return 'has no act that is known';
    for (const [key, value] of Object.entries(line)) {
        if (!LINE_KEYS.includes(key)) return 'has a key that no decision has';
        const wanted = LINE_NUMBERS.has(key)
            ? Number.isSafeInteger(value) && value >= 0
            : LINE_FLAGS.has(key)
              ? typeof value === 'boolean'
              : typeof value === 'string';
        if (!wanted) return `has a ${key} of another kind`;
    }
    if (!line.by || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(line.on ?? ''))
        return 'does not say by whom and on which day and time';
    if (isJudgement(line) && !(line.document && line.code && line.start < line.end))
        return 'does not name document, code, start and end';
    if (line.act === 'edit' && !(line.was_start < line.was_end)) return 'does not say what was edited';
    if (line.act === 'memo' && !(line.reason && MEMO_KINDS.includes(line.kind))) return 'has no words or no kind';
    return (line.act === 'finished' && !line.document) || (line.act === 'code' && !line.code)
        ? 'does not say of what'
        : '';
}

/* The lines of a file; throws with the number of the first that is no decision. */
function readLines(text) {
    const lines = [];
    text.replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .forEach((row, i) => {
            if (!row.trim()) return;
            let line;
            try {
                line = JSON.parse(row);
            } catch {
                throw new Error(`line ${i + 1} is no JSON`);
            }
            delete line?.why; /* of decisions-unplaced.jsonl: worked out anew each time */
            const fault = lineFault(line);
            if (fault) throw new Error(`line ${i + 1} ${fault}`);
            lines.push(line);
        });
    return lines;
}
