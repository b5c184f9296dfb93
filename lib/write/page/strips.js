/* Each interview as a strip, coloured by codes along its length. */

const STRIP_PARTS = 240;
const stripped = new Map(); /* the segments of each interview that stand */

function svg(tag, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

/* Segments of an interview that a strip shows: all that stand, of one code and those under it or of all that count. */
function stripSegments(number, only) {
    if (!stripped.has(number))
        stripped.set(
            number,
            dataOf('segments', number)
                .flat()
                .filter((one) => one.state !== 'rejected')
                .map(({code, start, end}) => ({code, start, end}))
                .sort((a, b) => a.start - b.start || a.end - b.end),
        );
    return stripped.get(number).filter((one) => (only ? isUnder(one.code, only) : !ui.run.code(one.code).left_out));
}

/* A path for each code: where several have a part of the strip, they share its height. */
function stripPaths(segments, length) {
    const parts = Array.from({length: STRIP_PARTS}, () => new Set());
    for (const {start, end, code} of segments) {
        const last = Math.min(STRIP_PARTS - 1, Math.floor((Math.max(start, end - 1) * STRIP_PARTS) / length));
        for (let at = Math.floor((start * STRIP_PARTS) / length); at <= last; at++) parts[at].add(code);
    }
    const paths = new Map();
    for (let at = 0, to; at < STRIP_PARTS; at = to) {
        const codes = [...parts[at]].sort(),
            key = codes.join(' ');
        for (to = at + 1; to < STRIP_PARTS && [...parts[to]].sort().join(' ') === key; to++);
        const high = 20 / codes.length;
        codes.forEach((code, i) =>
            paths.set(
                code,
                `${paths.get(code) ?? ''}M${at} ${(i * high).toFixed(2)}h${to - at}v${high.toFixed(2)}h${at - to}z`,
            ),
        );
    }
    return paths;
}

function stripWords(segments, at) {
    if (at < 0)
        return segments.length
            ? `${plural(segments.length, 'segment')}; arrow keys go from one to the next, Enter opens the place`
            : 'no segments';
    return `${at + 1} of ${segments.length}: ${spelt(ui.run.code(segments[at].code).name)}`;
}

/* A strip that is pressed anywhere, or walked along with arrow keys. */
function makeStrip(facts, number, only) {
    const segments = stripSegments(number, only),
        length = Math.max(1, facts.length),
        cursor = svg('rect', {class: 'cursor', y: 1, height: 18, visibility: 'hidden'});
    const strip = svg('svg', {
        class: 'strip',
        viewBox: `0 0 ${STRIP_PARTS} 20`,
        preserveAspectRatio: 'none',
        role: 'slider',
        tabindex: '0',
        'aria-label': `Codes along ${spelt(facts.document)}`,
        'aria-valuemin': '0',
        'aria-valuemax': String(segments.length),
        'aria-valuenow': '0',
        'aria-valuetext': stripWords(segments, -1),
    });
    for (const [code, path] of stripPaths(segments, length))
        strip.append(svg('path', {d: path, fill: ui.run.code(code).colour}));
    strip.append(cursor);
    let at = -1;
    const step = (to) => {
        at = Math.max(0, Math.min(segments.length - 1, to));
        const {start, end} = segments[at];
        cursor.setAttribute('x', (start * STRIP_PARTS) / length);
        cursor.setAttribute('width', Math.max(1, ((end - start) * STRIP_PARTS) / length));
        cursor.setAttribute('visibility', 'visible');
        strip.setAttribute('aria-valuenow', String(at + 1));
        strip.setAttribute('aria-valuetext', stripWords(segments, at));
    };
    strip.addEventListener('click', (event) => {
        const box = strip.getBoundingClientRect();
        openInterview(number, Math.floor(((event.clientX - box.left) / box.width) * length));
    });
    strip.addEventListener('keydown', (event) => {
        const to = {
            ArrowRight: at + 1,
            ArrowUp: at + 1,
            ArrowLeft: at - 1,
            ArrowDown: at - 1,
            Home: 0,
            End: segments.length - 1,
        }[event.key];
        if (to !== undefined && segments.length) step(to);
        else if (event.key === 'Enter') openInterview(number, at < 0 ? 0 : segments[at].start);
        else return;
        event.preventDefault();
    });
    return strip;
}

function stripRow(facts, number, only) {
    return make(
        'li',
        {},
        button(spelt(facts.document), () => openInterview(number), {class: 'link'}),
        make('div', {class: 'strip-place'}, makeStrip(facts, number, only)),
        make('span', {class: 'soft'}, plural(stripSegments(number, only).length, 'segment')),
    );
}

/* The strips, and the codes as the key to their colours: pressing one leaves the others out. */
function makeStrips() {
    const list = make('ol', {class: 'strips'}),
        legend = make('div', {class: 'legend', role: 'group', 'aria-label': 'Only one code'});
    let only = null;
    const draw = () => {
        fill(
            list,
            ui.run.documents.map((facts, number) => stripRow(facts, number, only)),
        );
        fill(
            legend,
            countedCodes().map((code) =>
                button(
                    [swatch(code.colour), nameOf(code.name)],
                    () => {
                        only = only === code.id ? null : code.id;
                        draw();
                        legend.querySelector(`[data-code="${CSS.escape(code.id)}"]`).focus();
                    },
                    {'aria-pressed': String(only === code.id), 'data-code': code.id},
                ),
            ),
        );
    };
    draw();
    return make('div', {class: 'panel'}, legend, list);
}
