/* The codes to give: a list that narrows as one types, number keys for the first nine, and codes made while reading. */

const palette = {filter: '', shown: [], active: 0};

/* Some words of what is selected, and what can be done with it. */
function putPick() {
    const place = byId('pick');
    if (!place) return;
    const words = pickedWords();
    byId('card').hidden = Boolean(words) && !editing;
    fill(
        place,
        words
            ? [
                  make('p', {class: 'picked', dir: 'auto'}, shortened(words, 240)),
                  make(
                      'div',
                      {class: 'row'},
                      button('In vivo code', makeInVivo, {title: 'i', id: 'in-vivo'}),
                      button('Forget selection', forgetPick, {title: 'Esc'}),
                  ),
              ]
            : make('p', {class: 'soft'}, 'Select words in the interview, then choose a code.'),
    );
}

function putPalette() {
    const place = byId('palette');
    if (!place.firstChild) {
        const filter = make('input', {
            id: 'filter',
            type: 'text',
            role: 'combobox',
            autocomplete: 'off',
            'aria-expanded': 'true',
            'aria-controls': 'code-list',
            'aria-autocomplete': 'list',
            placeholder: 'Filter codes',
            'aria-label': 'Filter codes; Enter gives the code to the selected words',
            on: {
                input: () => {
                    palette.filter = filter.value;
                    palette.active = 0;
                    putCodes();
                },
                keydown: filterKey,
            },
        });
        put(
            place,
            make('h2', {id: 'palette-title'}, 'Codes'),
            make('div', {id: 'pick'}),
            filter,
            make('ul', {id: 'code-list', role: 'listbox', 'aria-labelledby': 'palette-title'}),
            make(
                'div',
                {class: 'row'},
                button('New code…', () => openNewCode(''), {id: 'new-code', title: 'c'}),
                button('Save new codes as YAML', savePatch, {id: 'save-patch'}),
            ),
        );
        putPick();
    }
    byId('save-patch').hidden = !ui.run.codes.some((code) => code.made);
    putCodes();
}

function codesShown() {
    const wanted = palette.filter.trim().toLowerCase();
    return ui.run.codes.filter(
        (code) => !wanted || `${code.name} ${code.id} ${code.definition}`.toLowerCase().includes(wanted),
    );
}

function putCodes() {
    palette.shown = codesShown();
    palette.active = Math.max(0, Math.min(palette.active, palette.shown.length - 1));
    const counts = new Map();
    for (const item of ui.items) if (item.state !== 'rejected') counts.set(item.code, (counts.get(item.code) || 0) + 1);
    fill(
        byId('code-list'),
        palette.shown.map((code, i) => codeOption(code, i, counts.get(code.id) || 0)),
    );
    byId('filter').setAttribute(
        'aria-activedescendant',
        palette.filter && palette.shown.length ? `code-${palette.active}` : '',
    );
    if (!palette.shown.length)
        byId('code-list').append(
            make(
                'li',
                {class: 'soft', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'},
                'No code like this',
            ),
        );
}

function codeOption(code, i, count) {
    const details = [
        code.definition,
        code.include && `Include: ${code.include}`,
        code.exclude && `Exclude: ${code.exclude}`,
    ]
        .filter(Boolean)
        .map(spelt)
        .join('\n');
    const option = make(
        'li',
        {
            id: `code-${i}`,
            role: 'option',
            class: 'code',
            title: details || null,
            'aria-selected': String(Boolean(palette.filter) && i === palette.active),
            on: {click: () => give(code)},
        },
        make('kbd', {class: i < 9 ? '' : 'unseen-key', 'aria-hidden': 'true'}, i < 9 ? String(i + 1) : ''),
        swatch(code.colour),
        make(
            'span',
            {class: 'code-name'},
            nameOf(code.name),
            code.made ? make('span', {class: 'soft'}, ' new') : null,
            code.definition
                ? make('span', {class: 'definition soft', dir: 'auto'}, shortened(code.definition, 160))
                : null,
        ),
        make(
            'span',
            {class: 'soft count'},
            count ? String(count) : '',
            make('span', {class: 'unseen'}, count ? ' in this interview' : ''),
        ),
    );
    option.style.setProperty('--depth', String(ui.run.depth(code)));
    return option;
}

function filterKey(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
        event.preventDefault();
        palette.active += step;
        palette.filter ||= ' ';
        putCodes();
        byId(`code-${palette.active}`)?.scrollIntoView({block: 'nearest'});
    } else if (event.key === 'Enter' && palette.shown[palette.active]) {
        event.preventDefault();
        give(palette.shown[palette.active]);
    } else if (event.key === 'Escape') {
        event.preventDefault();
        palette.filter = event.target.value = '';
        putCodes();
        backToText();
    }
}

/* Puts the keyboard back to where the words are. */
function backToText() {
    const unit = hasPick() ? pick.from : ui.current ? ui.current.from : null;
    if (unit !== null) turnElement(ui.interview.turnAt(unit)).focus({preventScroll: true});
}

/* Whether somebody speaks here who is not to be coded. */
function isLeftOut(from, to) {
    for (
        let i = ui.interview.turnAt(from);
        i < ui.interview.turns.length && ui.interview.turns[i].ranges[0][0] < to;
        i++
    )
        if (ui.interview.speakers.get(ui.interview.turns[i].speaker)?.withheld === 'all') return true;
    return false;
}

/* Gives a code to the selected words. */
function give(code, lines = []) {
    if (!hasPick()) {
        say('Select words first: with the mouse, or with the arrow keys in a turn.');
        return false;
    }
    if (isLeftOut(pick.from, pick.to)) {
        say('Words of a respondent who is left out of the study cannot be coded.');
        return false;
    }
    const passage = passageOf(ui.interview, pick.from, pick.to);
    const key = keyOf(passage.start, passage.end, code.id);
    const item = ui.items.find(
        (one) => one.key === key || (one.start === passage.start && one.end === passage.end && one.code === code.id),
    );
    if (item && item.state !== 'rejected' && !isOpen(item)) {
        say('These words have this code already.');
        return false;
    }
    commit(`coding as ${code.name}`, [
        ...lines,
        {act: item?.proposal ? 'accept' : 'add', ...passage, code: code.id, codebook: ui.run.codebook},
    ]);
    const before = ui.current;
    ui.current = ui.items.find((one) => one.key === key) || before;
    const from = pick.from,
        byKeys = pick.byKeys;
    window.getSelection().removeAllRanges();
    forgetPick();
    refresh(new Set([key, before?.key]));
    if (byKeys || document.activeElement === byId('filter'))
        turnElement(ui.interview.turnAt(from)).focus({preventScroll: true});
    palette.filter = byId('filter').value = '';
    putCodes();
    say(`Coded as ${code.name}.`);
    return true;
}

/* An id made of a name: its letters and digits, and _ for the rest. */
function idFor(name) {
    const plain = name
        .normalize('NFC')
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
        .replace(/^[_\p{M}]+|_+$/gu, '');
    const base = Array.from(plain).slice(0, 40).join('').replace(/_+$/, '') || 'code';
    let id = base;
    for (let i = 2; ui.run.byId.has(id); i++) id = `${base}_${i}`;
    return id;
}

function makeInVivo() {
    if (hasPick()) openNewCode(shortened(pickedWords(), 80));
    else say('Select words first.');
}

/* The form for a code made while reading. */
function openNewCode(name) {
    const words = pickedWords();
    const nameField = make('input', {
        id: 'new-name',
        type: 'text',
        required: true,
        maxlength: '200',
        value: name,
        autocomplete: 'off',
    });
    const definition = make('input', {id: 'new-definition', type: 'text', maxlength: '500', autocomplete: 'off'});
    openDialog(
        name ? 'New code in the words that were said' : 'New code',
        [
            make('label', {for: 'new-name'}, 'Name'),
            nameField,
            make('label', {for: 'new-definition'}, 'Definition, in one line'),
            definition,
            make(
                'p',
                {class: 'soft', dir: 'auto'},
                words
                    ? `Its first passage: ${shortened(words, 160)}`
                    : 'No words are selected: the code is made without a first passage.',
            ),
        ],
        'Make the code',
        () => makeCode(nameField.value, definition.value),
    );
    (name ? definition : nameField).focus();
}

function makeCode(name, definition) {
    const clean = name.replace(/\s+/g, ' ').trim();
    if (!clean) return false;
    if (ui.run.codes.some((code) => code.name.toLowerCase() === clean.toLowerCase())) {
        say('There is a code of this name already.');
        return false;
    }
    const id = idFor(clean);
    const line = {
        act: 'code',
        code: id,
        name: clean,
        definition: definition.replace(/\s+/g, ' ').trim(),
        origin: 'inductive',
        codebook: ui.run.codebook,
    };
    if (hasPick() && !isLeftOut(pick.from, pick.to))
        return give({id, name: clean}, [{...passageOf(ui.interview, pick.from, pick.to), ...line}]);
    commit(`the code ${clean}`, [line]);
    say(`The code ${clean} is made.`);
    return true;
}

/* Text as a YAML scalar in double quotes; JSON's strings are YAML's. */
function yamlText(text) {
    return JSON.stringify(text).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff]/g,
        (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/* The codes made by hand, as a codebook to be used beside the other or to be put into it. */
function patchText(codes) {
    const rows = [
        '# Codes made while reading, as qcode code takes them beside the codebook: -c BOOK -c new-codes.yaml',
        `title: ${yamlText(`${ui.run.title}: codes made while reading`)}`,
        'codes:',
    ];
    for (const {made} of codes) {
        rows.push(`  - id: ${yamlText(made.code)}`, `    name: ${yamlText(made.name || made.code)}`);
        if (made.definition) rows.push(`    definition: ${yamlText(made.definition)}`);
        rows.push('    origin: inductive');
        const first = made.text ? ` Its first passage, in ${made.document}: ${made.text}` : '';
        rows.push(`    note: ${yamlText(`Made by ${made.by} on ${made.on.slice(0, 10)}.${first}`)}`);
    }
    return rows.join('\n') + '\n';
}

function savePatch() {
    download('new-codes.yaml', 'application/yaml', patchText(ui.run.codes.filter((code) => code.made)));
    say('The new codes are saved as new-codes.yaml.');
}
