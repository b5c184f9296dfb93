/* The review page at work: what a person does on it is kept, can be taken back, and reaches the command line. */
import {
    assert,
    axe,
    downloaded,
    fact,
    fs,
    inPlace,
    newVisitor,
    open,
    proveAll,
    put,
    qcode,
    qcodeKnows,
} from './browser.mjs';

put(
    'anna.txt',
    'Respondent group: Residents\n\nINT: Is the park safe?\n\nP01: I do not feel safe on the path 🌳🌳. The lights are off. They watch us, ' +
        'always.\n\nINT: Has anything changed?\n\nP01: There were two officers on foot last week. Wardens were there, too.\n\nP01: They came\nback on foot.\n',
);
put('bert.txt', 'INT: And you?\n\nP02: Officers came once. I felt unsafe.\n');
put(
    'park.yaml',
    'title: Parks\nversion: 1.2.0\ncodes:\n  - id: safety\n    name: Feeling safe, or not\n    definition: Talk of fear and safety.\n    terms: [safe*, unsafe]\n' +
        '  - id: patrols\n    rules:\n      - id: people\n        terms: [officer*, "on foot"]\n      - regex: \'\\bwardens? (?:was|were)\\b\'\n',
);
qcode('code', '-q', '--no-report', '-c', 'park.yaml', 'anna.txt', 'bert.txt', '-o', 'coded');
qcode('review', 'coded', '-o', 'review.html', '--coder', 'ANNA');
qcode('review', 'coded', '-o', 'blind.html', '--coder', 'CARL', '--blind');
const documents = fs
    .readFileSync(inPlace('coded/documents.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function linesOf(text) {
    return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
}

function quoted(line) {
    return Array.from(documents.find((one) => one.document === line.document).text)
        .slice(line.start, line.end)
        .join('');
}

/* Drags the mouse over words of the transcript. */
async function select(page, words) {
    const box = await page.evaluate((wanted) => {
        for (const run of document.querySelectorAll('#turns .run')) {
            const at = run.textContent.indexOf(wanted);
            if (at < 0) continue;
            run.scrollIntoView({block: 'center'});
            const range = document.createRange();
            range.setStart(run.firstChild, at);
            range.setEnd(run.firstChild, at + wanted.length);
            const rects = range.getClientRects(),
                first = rects[0],
                last = rects[rects.length - 1];
            return {
                x: first.left + 1,
                y: first.top + first.height / 2,
                toX: last.right - 1,
                toY: last.top + last.height / 2,
            };
        }
        throw new Error(`nobody says ${wanted}`);
    }, words);
    await page.mouse.move(box.x, box.y);
    await page.mouse.down();
    await page.mouse.move(box.toX, box.toY, {steps: 4});
    await page.mouse.up();
    await page.locator('.picked').waitFor();
}

const visitor = await newVisitor();
const page = await open(visitor, 'review.html');
let saved = '';

async function save(from = page) {
    return downloaded(from, () => from.click('#save'));
}

async function chip(state, name) {
    return page.locator(`.chip.${state}`, {hasText: name}).count();
}

fact('the page shows the interviews, what was proposed, and why', async () => {
    assert.equal(await page.locator('.interview').count(), 2);
    assert.equal(await page.locator('.chip.proposed').count(), 4);
    assert.match(await page.textContent('#progress'), /ANNA · 0 of 6 segments reviewed · 0 of 2 interviews finished/);
    await page.keyboard.press('n');
    assert.match(await page.textContent('#card'), /Feeling safe, or not/);
    await page.keyboard.press('n');
    await page.locator('.chip', {hasText: 'patrols'}).first().click();
    const why = await page.textContent('#card');
    assert.match(why, /patrols\/people: officers, on foot/);
    assert.match(why, /terms: \[officer\*, "on foot"\]/);
});

fact('words selected with the mouse get a code by its number', async () => {
    await select(page, 'The lights are off.');
    await page.keyboard.press('1');
    assert.equal(await chip('added', 'Feeling safe'), 1);
    assert.equal(await page.locator('.picked').count(), 0);
    assert.equal(await page.locator('.chip[aria-current]').count(), 1);
    assert.equal(await page.locator('.run.open').count(), 1);
});

fact('words selected with the keyboard get a code that is looked for by name', async () => {
    await page.locator('.turn').nth(3).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowRight');
    assert.equal(await page.textContent('.picked'), 'were two officers');
    await page.keyboard.press('f');
    await page.keyboard.type('safe');
    await page.keyboard.press('Enter');
    assert.equal(await chip('added', 'Feeling safe'), 2);
    assert.ok(
        await page.evaluate(() => document.activeElement.classList.contains('turn')),
        'the keyboard is back in the turn',
    );
});

fact('a code is made in vivo, in the words that were said', async () => {
    await select(page, 'They watch us');
    await page.keyboard.press('i');
    assert.equal(await page.inputValue('#new-name'), 'They watch us');
    await page.fill('#new-definition', 'Being looked at by others.');
    await page.click('#dialog-done');
    assert.equal(await chip('added', 'They watch us'), 1);
    assert.match(await page.textContent('#code-list'), /They watch us new/);
});

fact('what rules proposed is accepted and rejected, and the next undecided comes up', async () => {
    await page.locator('.chip.proposed').first().click();
    await page.keyboard.press('a');
    assert.equal(await chip('accepted', 'Feeling safe'), 1);
    assert.equal(await page.locator('.chip[aria-current]').count(), 1);
    await page.keyboard.press('r');
    assert.equal(await page.locator('.chip.rejected').count(), 1);
    assert.match(await page.textContent('#progress'), /2 of 6 segments reviewed/);
});

fact('an act is taken back and done again', async () => {
    await page.click('#undo');
    assert.equal(await page.locator('.chip.rejected').count(), 0);
    await page.click('#redo');
    assert.equal(await page.locator('.chip.rejected').count(), 1);
    await page.keyboard.press('u');
    assert.equal(await page.locator('.chip.rejected').count(), 0);
    await page.keyboard.press('U');
    assert.equal(await page.locator('.chip.rejected').count(), 1);
});

fact('the boundaries of a proposal are moved word by word', async () => {
    await page.locator('.chip.proposed', {hasText: 'patrols'}).last().click();
    await page.click('#edit');
    await page.click('[aria-label="Start one word later"]');
    await page.click('#save-edit');
    assert.equal(await page.locator('.chip.edited').count(), 1);
    await page.locator('.chip.edited').click();
    await page.click('#accept');
    await page.locator('.interview').first().click();
    assert.equal(await page.locator('.chip.edited').count(), 1, 'to accept it keeps the boundaries');
    await page.click('#undo');
});

fact('a memo is kept and found again', async () => {
    await page.click('#memos-button');
    await page.selectOption('#memo-kind', 'reflexive');
    await page.fill('#memo-words', 'I know this park.');
    await page.click('#dialog-done');
    await page.click('#memos-button');
    await page.fill('#memo-search', 'know THIS');
    assert.equal(await page.locator('#memo-list li').count(), 1);
    assert.match(await page.textContent('#memo-list'), /reflexive memo on anna.txt · ANNA/);
    await page.click('#dialog-close');
});

fact('an interview is said to be finished', async () => {
    await page.click('#finished');
    assert.match(await page.textContent('#progress'), /1 of 2 interviews finished/);
});

fact('the file that is saved has code points, the words, and the keys of the contract in their order', async () => {
    saved = await save();
    const lines = linesOf(saved);
    const acts = lines.map((line) => line.act).sort();
    assert.deepEqual(acts, ['accept', 'add', 'add', 'add', 'code', 'edit', 'finished', 'memo', 'reject']);
    for (const line of lines.filter((one) => one.text))
        assert.equal(quoted(line).replace(/\s+/g, ' '), line.text.replace(/\s+/g, ' '));
    const added = lines.find((line) => line.text === 'The lights are off.');
    assert.deepEqual(Object.keys(added), [
        'act',
        'document',
        'code',
        'start',
        'end',
        'text',
        'before',
        'after',
        'by',
        'on',
        'codebook',
    ]);
    assert.equal(added.before, 'k safe?\n\nP01: I do not feel safe on the path 🌳🌳. '.slice(-added.before.length));
    assert.equal(Array.from(added.before).length, 40);
    assert.equal(added.codebook, '1.2.0');
    const made = lines.find((line) => line.act === 'code');
    assert.equal(made.name, 'They watch us');
    assert.equal(made.origin, 'inductive');
    assert.equal(made.definition, 'Being looked at by others.');
    const order = lines.map((line) => [line.document ?? '', line.start ?? 0]);
    assert.deepEqual(
        order,
        order.slice().sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1])),
    );
});

fact('the codes that were made are a codebook that qcode takes', async () => {
    put('new-codes.yaml', await downloaded(page, () => page.click('#save-patch')));
    qcode('check', 'new-codes.yaml');
    assert.match(fs.readFileSync(inPlace('new-codes.yaml'), 'utf8'), /origin: inductive\n {4}note: "Made by ANNA on /);
});

fact('the work is there when the page is opened again', async () => {
    await page.reload();
    assert.match(await page.textContent('#progress'), /3 of 6 segments reviewed/);
    assert.equal(await page.locator('.chip.added').count(), 3);
    assert.equal(await save(), saved);
    await page.locator('.interview').nth(1).click();
    await page.keyboard.press('n');
    await page.keyboard.press('a');
    assert.equal(linesOf(await save()).length, linesOf(saved).length + 1);
});

fact('what was saved and is taken back says so in the next file', async () => {
    await page.click('#undo');
    const line = linesOf(await save()).find((one) => one.document === 'bert.txt');
    assert.equal(line.undone, true);
});

fact('another browser goes on from the file', async () => {
    const other = await newVisitor();
    const fresh = await open(other, 'review.html');
    assert.match(await fresh.textContent('#progress'), /0 of 6 segments reviewed/);
    const [chooser] = await Promise.all([fresh.waitForEvent('filechooser'), fresh.click('#load')]);
    await chooser.setFiles(put('decisions.jsonl', saved));
    await fresh.locator('.chip.added').nth(2).waitFor();
    assert.equal(await save(fresh), saved);
    const [again] = await Promise.all([fresh.waitForEvent('filechooser'), fresh.click('#load')]);
    await again.setFiles(put('wrong.jsonl', saved + '{"act":"bless"}\n'));
    await fresh.locator('#warning').waitFor();
    assert.match(await fresh.textContent('#warning'), /line 10 has no act that is known/);
    assert.deepEqual(fresh.faults, []);
    await other.close();
});

fact('a page that is made with the file begins with it', async () => {
    put('decisions.jsonl', saved);
    qcode('review', 'coded', '-o', 'with.html', '--coder', 'DORA', '--with', 'decisions.jsonl');
    const other = await newVisitor();
    const fresh = await open(other, 'with.html');
    assert.equal(await fresh.locator('.chip.added').count(), 3);
    await fresh.locator('.chip.accepted').first().click();
    assert.match(await fresh.textContent('#card'), /ANNA accepted/);
    assert.deepEqual(fresh.faults, []);
    await other.close();
});

fact('the command line takes the file', async () => {
    if (!qcodeKnows('code', '--with')) return 'skipped';
    qcode(
        'code',
        '-q',
        '--no-report',
        '-c',
        'park.yaml',
        '-c',
        'new-codes.yaml',
        'anna.txt',
        'bert.txt',
        '--with',
        'decisions.jsonl',
        '-o',
        'decided',
    );
    const segments = linesOf(fs.readFileSync(inPlace('decided/segments.jsonl'), 'utf8'));
    const ours = segments.filter((one) => one.decided_by === 'ANNA');
    assert.equal(ours.filter((one) => one.origin === 'person').length, 3);
    assert.equal(ours.filter((one) => one.state === 'edited').length, 1);
    qcode('review', 'decided', '-o', 'decided.html', '--coder', 'ANNA');
    const other = await newVisitor();
    const fresh = await open(other, 'decided.html');
    assert.match(await fresh.textContent('#progress'), /of \d+ segments reviewed/);
    assert.equal(await fresh.locator('.chip.edited').count(), 1);
    assert.deepEqual(fresh.faults, []);
    await other.close();
    return undefined;
});

fact('a blind page shows nothing of rules and others, and takes nothing of them from a file', async () => {
    const other = await newVisitor();
    const blind = await open(other, 'blind.html');
    assert.equal(await blind.locator('.chip').count(), 0);
    const [chooser] = await Promise.all([blind.waitForEvent('filechooser'), blind.click('#load')]);
    await chooser.setFiles(put('decisions.jsonl', saved));
    await blind.getByText('9 of others left out').first().waitFor();
    assert.equal(await blind.locator('.chip').count(), 0);
    await select(blind, 'The lights are off.');
    await blind.keyboard.press('2');
    assert.equal(await blind.locator('.chip.added').count(), 1);
    assert.deepEqual(blind.faults, []);
    await other.close();
});

fact('words are found in every interview', async () => {
    await page.fill('#search', 'officers');
    await page.locator('.hit').nth(1).waitFor();
    await page.locator('.hit').nth(1).click();
    assert.match(await page.textContent('#reading-title'), /bert\.txt/);
});

fact('nothing went wrong on the way, and nothing left the page', async () => {
    assert.deepEqual(page.faults, []);
});

for (const colorScheme of ['light', 'dark'])
    fact(`axe finds no serious fault in ${colorScheme}`, async () => {
        for (const viewport of [
            {width: 1440, height: 900},
            {width: 390, height: 800},
        ]) {
            const other = await newVisitor({colorScheme, viewport});
            const fresh = await open(other, 'with.html');
            await fresh.keyboard.press('n');
            assert.deepEqual(await axe(fresh), []);
            await fresh.keyboard.press('?');
            assert.deepEqual(await axe(fresh), []);
            await fresh.keyboard.press('Escape');
            await fresh.keyboard.press('m');
            assert.deepEqual(await axe(fresh), []);
            assert.deepEqual(fresh.faults, []);
            await other.close();
        }
    });

await proveAll();
