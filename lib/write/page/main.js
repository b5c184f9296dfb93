/* The beginning: the page's parts, and the first interview. */

function isNarrow() {
    return window.matchMedia('(max-width: 60rem)').matches;
}

/* On narrow screens the sides lie over the text when they are called. */
function openDrawer(id) {
    if (!isNarrow()) return;
    closeDrawers();
    byId(id).classList.add('open');
    byId(`show-${id}`).setAttribute('aria-expanded', 'true');
}

function closeDrawers() {
    for (const id of ['interviews', 'codes']) {
        byId(id).classList.remove('open');
        byId(`show-${id}`).setAttribute('aria-expanded', 'false');
    }
}

function watchButtons() {
    const presses = {
        undo: () => undoAct(-1),
        redo: () => undoAct(1),
        next: () => nextUndecided(),
        save: saveFile,
        load: loadFile,
        theme: nextTheme,
        'help-button': openHelp,
        'memos-button': () => openMemos(),
        'show-interviews': () => openDrawer('interviews'),
        'show-codes': () => openDrawer('codes'),
    };
    for (const [id, press] of Object.entries(presses)) byId(id).addEventListener('click', press);
    document.addEventListener('keydown', pressKey);
}

function begin(run, coder) {
    ui.run = run;
    ui.keep = new Keep(run.run, coder);
    ui.keep.merge(run.given.filter((line) => !run.blind || line.by === coder));
    run.setMade(linesNow().filter((line) => line.act === 'code' && !line.undone));
    byId('next').hidden = run.blind || !run.total;
    put(
        byId('codes'),
        make('div', {class: 'drawer-head narrow-only'}, button('Close', closeDrawers)),
        make('section', {id: 'card', 'aria-label': 'The segment'}),
        make('section', {id: 'palette'}),
    );
    if (run.documents.length) openInterview(0, true);
    else put(byId('reading'), make('p', {}, 'This run holds no interviews.'));
    watchSelection();
    watchStorage();
    watchButtons();
    warnWhenNotKept();
}

function start() {
    const run = new Run();
    fill(byId('title'), nameOf(run.title));
    const theme = recall('theme');
    setTheme(THEMES.includes(theme) ? theme : 'system');
    settings.keys = recall('keys') !== 'off';
    if (run.coder) begin(run, run.coder);
    else askCoder((name) => begin(run, name));
}
