/* The report at work: its figures are those of the command line, and everything in it leads to the words. */
import os from 'node:os';
import {assert, axe, fact, fs, inPlace, newVisitor, open, path, proveAll, put, qcode, shared} from './browser.mjs';

put(
    'anna.txt',
    'Respondent group: Residents\n\nINT: Is the park safe?\n\nP01: I do not feel safe on the path. The lights are off. They watch us.\n\nINT: What of patrols?\n\n' +
        'P01: There were two officers on foot last week. It was good.\n',
);
put(
    'bert.txt',
    'Respondent group: Traders\n\nINT: And you?\n\nP02: Officers came once. I felt unsafe when officers on foot left.\n',
);
put('carl.txt', 'Respondent group: Traders\n\nINT: And you?\n\nP03: Nobody came. Trade is slow.\n');
put(
    'park.yaml',
    'title: Parks\nversion: 1.2.0\ncodes:\n  - id: safety\n    name: Feeling safe, or not\n    definition: Talk of fear and safety.\n    terms: [safe*, unsafe]\n' +
        '  - id: police\n    terms: [constable]\n  - id: patrols\n    parent: police\n    rules:\n      - id: people\n        terms: [officer*, "on foot"]\n',
);
put('tone.yaml', 'title: Tone\nexperimental: yes\ncodes:\n  - id: praise\n    terms: [good]\n');
put(
    'anna.jsonl',
    '{"act":"accept","document":"bert.txt","code":"patrols","start":50,"end":71,"text":"Officers came once.","by":"ANNA","on":"2026-01-02T03:04:05Z","reason":"they were there"}\n',
);
qcode(
    'code',
    '-q',
    '--no-report',
    '-c',
    'park.yaml',
    '-c',
    'tone.yaml',
    'anna.txt',
    'bert.txt',
    'carl.txt',
    '--with',
    'anna.jsonl',
    '-o',
    'coded',
);
qcode('report', '-q', 'coded', '-o', 'report.html');
const table = JSON.parse(qcode('table', 'codes', 'coded', '--format', 'json', '-q'));
const rows = table.table ?? table.rows ?? table;

const visitor = await newVisitor();
const page = await open(visitor, 'report.html');

/* To a part, as a person goes there. */
async function part(name, from = page) {
    await from.locator('#parts a', {hasText: name}).click();
    await from.locator('#main h2').waitFor();
}

fact('the page says on top that it is the working copy, and how much of it a person has reviewed', async () => {
    assert.match(await page.textContent('.working'), /Working copy/);
    assert.match(await page.textContent('#progress'), /1 of \d+ segments reviewed by a person/);
});

fact('the heat map has the figures of qcode table codes', async () => {
    const shown = await page.evaluate(() =>
        [...document.querySelectorAll('tr[data-code]')].flatMap((row) =>
            [...row.querySelectorAll('td')].map((cell) => [row.dataset.code, cell.textContent.replace(/\s*\+.*$/, '')]),
        ),
    );
    assert.deepEqual(
        shown,
        rows.map((row) => [row.code, `${row.raised_by} of ${row.of}`]),
    );
    assert.ok(
        shown.some(([code, words]) => code === 'police' && words === '2 of 3'),
        'a parent counts those under it',
    );
    assert.ok(!shown.some(([code]) => code === 'praise'), 'nothing experimental is counted');
});

fact('no word of the page says that somebody agreed', async () => {
    for (const name of ['Overview', 'Respondents', 'Together']) {
        await part(name);
        assert.ok(!/\bagree/i.test(await page.innerText('body')));
    }
});

fact('a cell leads to its quotes, and a quote to its place', async () => {
    await part('Overview');
    await page.locator('tr[data-code="police"] button').nth(1).click();
    await page.locator('.quote').first().waitFor();
    const row = rows.find((one) => one.code === 'police' && one.group === 'Traders');
    assert.equal(await page.locator('.quote').count(), row.segments);
    await page.locator('.quote .link').first().click();
    assert.match(await page.textContent('#main h2'), /bert\.txt/);
    assert.match(await page.textContent('#card'), /accepted by ANNA, 2026-01-02/);
    assert.match(await page.textContent('#card'), /they were there/);
    assert.match(await page.textContent('#card'), /patrols\/people: Officers/);
});

fact('quotes are filtered by speaker, state, question, words and another code', async () => {
    await part('Quotes');
    await page.locator('#by-text').waitFor();
    const count = async () => {
        await page.waitForTimeout(250);
        return page.locator('.quote').count();
    };
    await page.selectOption('#by-person', {label: 'P02 (bert.txt)'});
    assert.equal(await count(), 3);
    await page.selectOption('#by-state', {label: 'accepted by a person'});
    assert.equal(await count(), 1);
    await page.selectOption('#by-state', {label: 'all that stand'});
    await page.selectOption('#by-also', {label: 'Feeling safe, or not'});
    assert.equal(await count(), 2);
    await page.selectOption('#by-also', {label: 'anything'});
    await page.selectOption('#by-person', {label: 'all'});
    await page.fill('#by-question', 'WHAT OF');
    assert.equal(await count(), 1);
    await page.fill('#by-question', '');
    await page.fill('#by-text', 'the path');
    assert.equal(await count(), 1);
    assert.equal(await page.textContent('.quote mark'), 'the path');
});

fact('a strip is walked along and opened without a mouse', async () => {
    await part('Overview');
    await page.locator('.strip').first().focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('.strip').first().getAttribute('aria-valuetext'), /1 of 2: Feeling safe/);
    await page.keyboard.press('Enter');
    assert.match(await page.textContent('#main h2'), /anna\.txt/);
    assert.match(await page.textContent('#card'), /Feeling safe, or not/);
});

fact('a strip that is pressed leads to the place', async () => {
    await part('Overview');
    const box = await page.locator('.strip').nth(1).boundingBox();
    await page.mouse.click(box.x + box.width * 0.6, box.y + 5);
    assert.match(await page.textContent('#main h2'), /bert\.txt/);
    assert.match(await page.textContent('#card'), /patrols/);
});

fact('respondents and codes are those of qcode table respondents', async () => {
    await part('Respondents');
    const whole = JSON.parse(qcode('table', 'respondents', 'coded', '--format', 'json', '-q'));
    const wanted = (whole.table ?? whole.rows ?? whole).map((row) =>
        [row.respondent, row.interviews, row.words, row.safety, row.police, row.patrols].map(String),
    );
    const shown = await page.evaluate(() =>
        [...document.querySelectorAll('tbody tr:not(.group-row)')].map((row) =>
            [...row.children].map((cell) => cell.textContent),
        ),
    );
    assert.deepEqual(shown, wanted);
});

fact('the trail names who decided what, and the files by their hashes', async () => {
    await part('Trail');
    const words = await page.textContent('#main');
    assert.match(words, /ANNA/);
    assert.match(words, /segments\.jsonl/);
    assert.match(words, /[0-9a-f]{64}/);
});

fact('hostile texts stay text', async () => {
    const folder = path.join(shared, 'hostile', 'text');
    if (!fs.existsSync(folder)) return 'skipped';
    put(
        'book.yaml',
        'title: "<img src=x onerror=alert(1)>"\ncodes:\n  - id: all\n    name: "<script>alert(2)</script>"\n    definition: "\\"><svg onload=alert(3)>"\n    terms: ["*a*", the]\n',
    );
    const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
    files.push(path.join(shared, 'hostile', 'unicode', 'transcript.txt'));
    files.push(
        put(
            'own.txt',
            'Respondent group: </script><img src=x onerror=alert(9)>\n\nINT<b>: Hey </script><script>alert(4)</script>?\n\n<img src=x onerror=alert(5)>: a <!-- \u202e the \u0007 "onclick=alert(6)"\n',
        ),
    );
    try {
        qcode('code', '-q', '-k', '--no-report', '-c', 'book.yaml', ...files, '-o', 'hostile');
    } catch (error) {
        assert.equal(error.status, 3, 'only files that are no transcripts are refused');
    }
    qcode('report', '-q', 'hostile', '-o', 'hostile.html');
    const bad = await open(await newVisitor(), 'hostile.html');
    const strangers = () =>
        bad.evaluate(
            () =>
                document.querySelectorAll(
                    'img, iframe, object, embed, video, audio, link, main svg:not(.strip), a[href]:not(.skip, #parts a)',
                ).length,
        );
    for (const name of ['Overview', 'Quotes', 'Respondents', 'Together', 'Trail']) {
        await part(name, bad);
        await bad.waitForTimeout(300);
        assert.equal(await strangers(), 0);
        assert.ok(
            !/[\u202a-\u202e\u2066-\u2069\u0007]/.test(
                await bad.evaluate(() => document.querySelector('main').innerText),
            ),
            name,
        );
    }
    await part('Interviews', bad);
    const count = await bad.locator('#which option').count();
    assert.ok(count > 10);
    for (let i = 0; i < count; i++) {
        await bad.selectOption('#which', String(i));
        await bad.waitForTimeout(50);
        assert.equal(await strangers(), 0);
    }
    assert.deepEqual(bad.faults, []);
    return undefined;
});

fact('nothing went wrong on the way, and nothing left the page', async () => {
    assert.deepEqual(page.faults, []);
});

for (const colorScheme of ['light', 'dark'])
    fact(`axe finds no serious fault in ${colorScheme}`, async () => {
        for (const viewport of [
            {width: 1280, height: 900},
            {width: 390, height: 800},
        ]) {
            const other = await newVisitor({colorScheme, viewport}),
                fresh = await open(other, 'report.html');
            for (const name of ['Overview', 'Interviews', 'Quotes', 'Respondents', 'Together', 'Trail']) {
                await part(name, fresh);
                await fresh.waitForTimeout(200);
                assert.deepEqual(await axe(fresh), [], name);
            }
            assert.deepEqual(fresh.faults, []);
            await other.close();
        }
    });

fact('a report of a hundred interviews is written in a second and answers a second after it is opened', async () => {
    const sentences = [
        'We met the officers on the path and they said it would get better.',
        'Nobody told us anything, which is how it always was here.',
        'I feel safe in the day, not at night, and the lights are off.',
        'The council came once — with a plan — and went again.',
    ];
    const files = [];
    for (let i = 0; i < 100; i++) {
        let text = `Respondent group: group ${i % 5}\n\n`;
        for (let turn = 0; text.length < 50000; turn++)
            text += `INT: And then, what about the ${turn}th time?\n\nP${i}: ${[1, 3, 1, turn % 4 ? 3 : 2, 1, turn % 5 ? 3 : 0].map((k) => sentences[k]).join(' ')}\n\n`;
        files.push(put(`many/T${String(i).padStart(3, '0')}.txt`, text));
    }
    qcode('code', '-q', '--no-report', '-c', 'park.yaml', ...files, '-o', 'many-coded');
    const begin = Date.now();
    qcode('report', '-q', 'many-coded', '-o', 'many.html');
    const written = Date.now() - begin,
        times = [],
        readings = [];
    for (let i = 0; i < 3; i++) {
        const other = await newVisitor(),
            many = await other.newPage(),
            opened = Date.now();
        await many.goto(`file://${inPlace('many.html')}`, {waitUntil: 'commit'});
        await many.locator('.strip').nth(99).waitFor();
        await many.locator('#parts a', {hasText: 'Interviews'}).click();
        await many.locator('.turn').first().waitFor();
        times.push(Date.now() - opened);
        const asked = Date.now();
        await many.locator('#parts a', {hasText: 'Quotes'}).click();
        await many.locator('.quote').first().waitFor();
        readings.push(Date.now() - asked);
        await other.close();
    }
    console.log(
        `  ${(fs.statSync(inPlace('many.html')).size / 1e6).toFixed(1)} MB: written in ${written} ms, open and answering after ${times.join(', ')} ms, all quotes after ${readings.join(', ')} ms`,
    );
    const busy = Math.max(1, os.loadavg()[0] / os.cpus().length); /* others at work on the machine */
    assert.ok(written < 1000 * busy, `${written} ms`);
    assert.ok(Math.min(...times) < 1000 * busy, `${times} ms`);
});

await proveAll();
