/* The beginning: the parts of the report, and which of them is open. */

const ui = {run: null, interview: null, item: null, items: [], byTurn: [], elements: []};

const PARTS = [
    ['overview', 'Overview', makeOverview],
    ['interviews', 'Interviews', null],
    ['quotes', 'Quotes', null],
    ['respondents', 'Respondents', makeRespondents],
    ['together', 'Together', makeTogether],
    ['statements', 'Statements', makeStatements],
    ['trail', 'Trail', makeTrail],
];
const made = new Map(); /* parts that stay as they are */

function putParts(open) {
    fill(
        byId('parts'),
        PARTS.filter(([id]) => id !== 'statements' || tableOf('statements')).map(([id, words]) =>
            make('a', {href: `#${id}`, 'aria-current': id === open ? 'page' : null}, words),
        ),
    );
}

/* Where the page is, as the address says it: #overview, #interviews/3/1204, #quotes. */
function show() {
    const [id, ...rest] = window.location.hash.slice(1).split('/'),
        part = PARTS.find(([known]) => known === id) ?? PARTS[0];
    highlight('matched', []);
    putParts(part[0]);
    window.scrollTo(0, 0);
    if (part[0] === 'interviews') {
        const number = Math.min(Number(rest[0]) || 0, ui.run.documents.length - 1);
        if (number < 0) fill(byId('main'), make('p', {}, 'This run holds no interviews.'));
        else ui.run.whenThere(number, () => makeReader(number, rest[1] === undefined ? undefined : Number(rest[1])));
    } else if (part[0] === 'quotes') {
        makeQuotes(show.wanted);
        show.wanted = undefined;
    } else {
        if (!made.has(part[0])) made.set(part[0], make('section', {}, part[2]()));
        byId('main').replaceChildren(made.get(part[0]));
    }
    if (show.before !== undefined && (part[0] !== 'interviews' || rest[1] === undefined))
        byId('main').querySelector('h2')?.focus({preventScroll: true});
    show.before = id;
}

function go(address) {
    if (window.location.hash === address) show();
    else window.location.hash = address;
}

function openInterview(number, point) {
    go(`#interviews/${number}${point === undefined ? '' : `/${point}`}`);
}

function openQuotes(wanted) {
    show.wanted = wanted;
    go('#quotes');
}

function start() {
    ui.run = new Run();
    document.querySelector('.skip').addEventListener('click', (event) => {
        event.preventDefault();
        byId('main').focus();
    });
    fill(byId('title'), nameOf(ui.run.title));
    byId('progress').textContent = reviewedWords();
    const theme = recall('theme');
    setTheme(THEMES.includes(theme) ? theme : 'system');
    byId('theme').addEventListener('click', nextTheme);
    byId('print').addEventListener('click', () => window.print());
    window.addEventListener('hashchange', show);
    show();
}
