/* Dialogs, and memos: on a segment, a code, an interview, a respondent or the study. */

/* One dialog at a time; `press` answers whether it is done. Without `label` there is only a way out. */
function openDialog(title, content, label, press) {
    const dialog =
        byId('dialog') ||
        make('dialog', {id: 'dialog', 'aria-labelledby': 'dialog-title', on: {close: () => dialog.remove()}});
    const form = make(
        'form',
        {
            method: 'dialog',
            on: {
                submit: (event) => {
                    event.preventDefault();
                    if (!press || press()) dialog.close();
                },
            },
        },
        make('h2', {id: 'dialog-title'}, title),
        content,
        make(
            'div',
            {class: 'row'},
            label ? make('button', {type: 'submit', class: 'main', id: 'dialog-done'}, label) : null,
            button(label ? 'Cancel' : 'Close', () => dialog.close(), {id: 'dialog-close'}),
        ),
    );
    fill(dialog, form);
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
    return dialog;
}

function memoTarget(item) {
    const {document: name, start, end, text, before, after} = passageOf(ui.interview, item.from, item.to);
    return {document: name, code: item.code, start, end, text, before, after};
}

/* What a memo is about, in words. */
function aboutOf(memo) {
    if (memo.on_study) return 'the study';
    const parts = [
        memo.respondent && `respondent ${memo.respondent}`,
        memo.code && `code ${ui.run.code(memo.code).name}`,
        memo.document,
        memo.text && `“${shortened(memo.text, 60)}”`,
    ].filter(Boolean);
    return parts.map(spelt).join(' · ');
}

/* What one may write about from here: a name for each. */
function memoChoices(given) {
    const choices = [];
    if (given && given.start !== undefined) choices.push([`this segment: ${ui.run.code(given.code).name}`, given]);
    if (hasPick()) {
        const {document: name, start, end, text, before, after} = passageOf(ui.interview, pick.from, pick.to);
        choices.push([
            `the selected words: “${shortened(text, 40)}”`,
            {document: name, start, end, text, before, after},
        ]);
    }
    choices.push([`this interview: ${ui.interview.name}`, {document: ui.interview.name}]);
    for (const name of new Set(
        [...ui.interview.speakers.keys()].map((one) => ui.interview.respondent(one)).filter(Boolean),
    ))
        choices.push([`respondent ${name}`, {respondent: name}]);
    choices.push(['the study', {on_study: true}]);
    for (const code of ui.run.codes) choices.push([`code ${code.name}`, {code: code.id}]);
    return choices;
}

function memos() {
    return linesNow()
        .filter((line) => line.act === 'memo' && !line.undone && (!ui.run.blind || line.by === ui.keep.coder))
        .sort((a, b) => compareText(b.on, a.on));
}

function memoItem(memo) {
    const number = ui.run.numbers.get(memo.document);
    return make(
        'li',
        {},
        make(
            'p',
            {class: 'soft'},
            `${memo.kind} memo on ${aboutOf(memo)} · `,
            nameOf(memo.by),
            ` · ${memo.on.replace('T', ' ').slice(0, 16)}`,
        ),
        make('p', {dir: 'auto', class: 'memo-words'}, spelt(memo.reason)),
        make(
            'div',
            {class: 'row'},
            number === undefined
                ? null
                : button('Go there', () => {
                      byId('dialog').close();
                      goTo(number, memo.start);
                  }),
            memo.by === ui.keep.coder
                ? button('Take back', () => {
                      commit('taking a memo back', [{...memo, undone: true}]);
                      openMemos();
                  })
                : null,
        ),
    );
}

function putMemoList(list, wanted) {
    const words = wanted.trim().toLowerCase();
    const found = memos().filter(
        (memo) => !words || `${memo.reason} ${memo.kind} ${memo.by} ${aboutOf(memo)}`.toLowerCase().includes(words),
    );
    fill(
        list,
        found.map(memoItem),
        found.length ? null : make('li', {class: 'soft'}, words ? 'No memo says this.' : 'No memos yet.'),
    );
}

/* The memos, and a form for one more, about `target` unless the person says otherwise. */
function openMemos(target) {
    const choices = memoChoices(target);
    const chosen = target
        ? Math.max(
              0,
              choices.findIndex(([, about]) => Object.entries(target).every(([key, value]) => about[key] === value)),
          )
        : 0;
    const about = make(
        'select',
        {id: 'memo-about'},
        choices.map(([words], i) => make('option', {value: String(i), selected: i === chosen}, spelt(words))),
    );
    const kind = make(
        'select',
        {id: 'memo-kind'},
        MEMO_KINDS.map((name) => make('option', {value: name}, name)),
    );
    const words = make('textarea', {id: 'memo-words', rows: '4'});
    const list = make('ul', {class: 'memos', id: 'memo-list'});
    const search = make('input', {
        id: 'memo-search',
        type: 'search',
        on: {input: () => putMemoList(list, search.value)},
    });
    openDialog(
        'Memos',
        [
            make(
                'div',
                {class: 'pair'},
                make('div', {}, make('label', {for: 'memo-about'}, 'About'), about),
                make('div', {}, make('label', {for: 'memo-kind'}, 'Kind'), kind),
            ),
            make('label', {for: 'memo-words'}, 'Memo'),
            words,
            make('label', {for: 'memo-search'}, 'Search the memos'),
            search,
            list,
        ],
        'Keep this memo',
        () => {
            if (!words.value.trim()) {
                say('A memo has words.');
                return false;
            }
            const line = {
                act: 'memo',
                ...choices[Number(about.value)][1],
                kind: kind.value,
                reason: words.value.trim(),
                codebook: ui.run.codebook,
            };
            const taken = new Set(linesNow().map((one) => one.on));
            let on = Date.now();
            while (taken.has(moment(on))) on += 1000;
            commit('a memo', [{...line, on: moment(on)}]);
            say('The memo is kept.');
            return true;
        },
    );
    putMemoList(list, '');
    words.focus();
}
