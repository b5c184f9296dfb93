/* Whose page it is, saving to a file and loading one, and what to say when the browser keeps nothing. */

function saveFile() {
    const lines = ui.keep.all();
    if (!lines.length) return say('There is nothing to save yet.');
    download('decisions.jsonl', 'application/x-ndjson', fileText(lines));
    ui.keep.saved();
    putProgress();
    return say(`Saved as decisions.jsonl: ${plural(lines.length, 'line')}.`);
}

/* Takes the lines of a file in. In a blind page those of others stay outside. */
function loadText(text) {
    let lines;
    try {
        lines = readLines(text);
    } catch (error) {
        return warn(`This file was not loaded: ${error.message}.`);
    }
    const own = ui.run.blind ? lines.filter((line) => line.by === ui.keep.coder) : lines;
    const taken = ui.keep.merge(own);
    ui.keep.done = [];
    ui.keep.undone = [];
    ui.keep.exported = own.reduce((last, line) => (line.on > last ? line.on : last), ui.keep.exported);
    ui.keep.store();
    refresh(null);
    warnWhenNotKept();
    const left = lines.length - own.length;
    return say(
        `Loaded: ${plural(taken, 'line')} new or later than what was here` +
            (left ? `; ${left} of others left out, as the page is blind.` : '.'),
    );
}

function loadFile() {
    const field = make('input', {
        type: 'file',
        accept: '.jsonl,application/x-ndjson',
        hidden: true,
        id: 'file',
        on: {
            change: async () => {
                if (field.files.length) loadText(await field.files[0].text());
                field.remove();
            },
        },
    });
    byId('file')?.remove();
    document.body.append(field);
    field.click();
}

function warn(text) {
    const place = byId('warning');
    place.textContent = text;
    place.hidden = !text;
}

function warnWhenNotKept() {
    if (!ui.keep.works)
        warn(
            'This browser does not keep what you do here (its storage is off or full). ' +
                'Save to a file before you close the page.',
        );
}

/* Asks whose page it is, and goes on. */
function askCoder(goOn) {
    const field = make('input', {
        id: 'coder-name',
        type: 'text',
        required: true,
        maxlength: '100',
        autocomplete: 'username',
    });
    const dialog = openDialog(
        'Who is coding?',
        [make('label', {for: 'coder-name'}, 'Your name, as it stands behind each decision'), field],
        'Begin',
        () => {
            const name = field.value.replace(/\s+/g, ' ').trim();
            if (name) {
                dialog.dataset.named = '1';
                goOn(name);
            }
            return Boolean(name);
        },
    );
    byId('dialog-close').remove();
    dialog.addEventListener('cancel', (event) => {
        if (!dialog.dataset.named) event.preventDefault();
    });
    field.focus();
}

function undoAct(direction) {
    const act = direction < 0 ? ui.keep.undo() : ui.keep.redo();
    if (!act) return say(direction < 0 ? 'Nothing to undo.' : 'Nothing to redo.');
    const number = ui.run.numbers.get(
        act.changes.map((change) => change.after.document).find((name) => ui.run.numbers.has(name)),
    );
    ui.run.whenThere(number ?? ui.interview.index, () => {
        if (number !== undefined && number !== ui.interview.index) openInterview(number, true);
        refresh(null);
    });
    return say(`${direction < 0 ? 'Undone' : 'Done again'}: ${act.label}.`);
}

/* Another window of this browser with the same page: what it does is taken in. */
function watchStorage() {
    window.addEventListener('storage', (event) => {
        if (event.key !== ui.keep.key || !event.newValue) return;
        if (ui.keep.merge(JSON.parse(event.newValue).lines)) refresh(null);
    });
    window.addEventListener('beforeunload', (event) => {
        if (ui.keep.unsaved && !ui.keep.works) event.preventDefault();
    });
}
