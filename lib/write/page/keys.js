/* What can be done with the keyboard, and the help that says so: one table for both. */

const settings = {keys: true};

const KEYS = [
    ['n', 'the next undecided segment', () => nextUndecided()],
    ['p', 'the undecided segment before', () => nextUndecided(-1)],
    ['a', 'accept the segment and go on', () => decideAndGoOn('accept')],
    ['r', 'reject the segment and go on', () => decideAndGoOn('reject')],
    ['e', 'move the boundaries of the segment', () => startEdit()],
    ['m', 'memos', () => openMemos(ui.current ? memoTarget(ui.current) : undefined)],
    ['j', 'the next turn', () => moveTurn(1)],
    ['k', 'the turn before', () => moveTurn(-1)],
    ['s', 'select the sentence', () => pickSentence()],
    ['t', 'select the turn', () => pickTurn()],
    [
        'f',
        'filter the codes',
        () => {
            openDrawer('codes');
            byId('filter').focus();
        },
    ],
    ['c', 'a new code', () => openNewCode('')],
    ['i', 'a new code in the selected words (in vivo)', () => makeInVivo()],
    [
        '/',
        'search',
        () => {
            openDrawer('interviews');
            byId('search').focus();
        },
    ],
    ['u', 'undo', () => undoAct(-1)],
    ['U', 'redo', () => undoAct(1)],
    ['?', 'this help', () => openHelp()],
];

const MORE_KEYS = [
    ['1 – 9', 'give the code with this number to the selected words'],
    ['← →', 'in a turn: select the word before or behind'],
    ['Shift ← →', 'in a turn: more or fewer words'],
    ['Esc', 'forget the selection; leave a field'],
    ['Ctrl Z, Ctrl Shift Z', 'undo, redo'],
    ['Ctrl S', 'save decisions.jsonl'],
];

function openHelp() {
    const keys = make('input', {
        type: 'checkbox',
        id: 'single-keys',
        checked: settings.keys,
        on: {change: () => setKeys(keys.checked)},
    });
    const rows = [...KEYS.map(([key, words]) => [key, words]), ...MORE_KEYS];
    openDialog('Help', [
        make(
            'p',
            {},
            'Read an interview, select words and give them a code; accept, reject or move what rules proposed. ',
            'Your work is kept in this browser as you go. ',
            'Save it as decisions.jsonl when you stop: qcode code --with decisions.jsonl applies it, ',
            'and Load goes on from it, here or on another computer.',
        ),
        make(
            'p',
            {},
            'A dashed line under words is a proposal, a whole line with a tint is judged or coded by a person. ',
            'The name of each segment stands beside its turn; press it to see why it is there.',
        ),
        make('label', {}, keys, ' Keys of one letter do something'),
        make(
            'table',
            {class: 'keys'},
            make(
                'thead',
                {},
                make('tr', {}, make('th', {scope: 'col'}, 'Key'), make('th', {scope: 'col'}, 'What it does')),
            ),
            make(
                'tbody',
                {},
                rows.map(([key, words]) =>
                    make('tr', {}, make('th', {scope: 'row'}, make('kbd', {}, key)), make('td', {}, words)),
                ),
            ),
        ),
        make(
            'p',
            {class: 'soft'},
            'With a screen reader, switch to its focus mode in the interview, so that arrow keys and letters reach the ',
            `page. Everything is also a button. Made by qcode ${ui.run.qcode}; this page loads nothing and sends nothing.`,
        ),
    ]);
}

function setKeys(on) {
    settings.keys = on;
    remember('keys', on ? 'on' : 'off');
}

function pressWithControl(event) {
    const key = event.key.toLowerCase();
    if (key === 's') saveFile();
    else if (key === 'z') undoAct(event.shiftKey ? 1 : -1);
    else if (key === 'y') undoAct(1);
    else return;
    event.preventDefault();
}

function pressKey(event) {
    const isField = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (byId('dialog')?.open || isField || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
        pressWithControl(event);
        return;
    }
    if (event.key === 'Escape') {
        if (editing) endEdit();
        else forgetPick();
        closeDrawers();
        return;
    }
    if (
        (event.key === 'ArrowLeft' || event.key === 'ArrowRight') &&
        moveWord(event.key === 'ArrowRight' ? 1 : -1, event.shiftKey)
    ) {
        event.preventDefault();
        return;
    }
    if (!settings.keys) return;
    const digit = /^[1-9]$/.test(event.key) ? palette.shown[Number(event.key) - 1] : null;
    const known = KEYS.find(([key]) => key === event.key);
    if (digit) give(digit);
    else if (known) known[2]();
    else return;
    event.preventDefault();
}
