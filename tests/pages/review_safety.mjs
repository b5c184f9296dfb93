/* The review page under what strangers write, without storage, and with a hundred interviews. */
import {assert, fact, fs, inPlace, newVisitor, open, path, proveAll, put, qcode, shared} from './browser.mjs';

const book =
    'title: "<img src=x onerror=alert(1)>"\ncodes:\n  - id: all\n    name: "<script>alert(2)</script>"\n    definition: "\\"><svg onload=alert(3)>"\n    terms: ["*a*", the]\n';

/* The elements of a page that its own script never makes. */
async function strangers(page) {
    return page.evaluate(
        () =>
            document.querySelectorAll('img, svg, iframe, object, embed, video, audio, link, a[href]:not(.skip)').length,
    );
}

fact('hostile texts stay text', async () => {
    const folder = path.join(shared, 'hostile', 'text');
    if (!fs.existsSync(folder)) return 'skipped';
    put('book.yaml', book);
    const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
    files.push(path.join(shared, 'hostile', 'unicode', 'transcript.txt'));
    files.push(
        put(
            'own.txt',
            'INT<b>: Hey </script><script>alert(4)</script>?\n\n<img src=x onerror=alert(5)>: a <!-- \u202e the \u0007 "onclick=alert(6)" javascript:alert(7)\n',
        ),
    );
    try {
        qcode('code', '-q', '-k', '--no-report', '-c', 'book.yaml', ...files, '-o', 'hostile');
    } catch (error) {
        assert.equal(error.status, 3, 'only files that are no transcripts are refused');
    }
    qcode('review', 'hostile', '-o', 'hostile.html', '--coder', '"><script>alert(8)</script>');
    const page = await open(await newVisitor(), 'hostile.html');
    const count = await page.locator('.interview').count();
    assert.ok(count > 10);
    for (let i = 0; i < count; i++) {
        await page.locator('.interview').nth(i).click();
        await page.keyboard.press('n');
        assert.equal(await strangers(page), 0);
    }
    assert.ok((await page.textContent('#title')).includes('<img src=x onerror=alert(1)>'));
    const hidden = /[\u202a-\u202e\u2066-\u2069\u0007]/;
    assert.ok(!hidden.test(await page.evaluate(() => document.querySelector('.columns').innerText)));
    assert.deepEqual(page.faults, []);
    return undefined;
});

fact('a text of nothing but hidden characters opens', async () => {
    put('odd.txt', `INT: A?\n\nP1: The ${'\u202e\u2066 a '.repeat(2000)}one.\n`);
    put('odd.yaml', 'codes:\n  - id: the\n    terms: [the]\n');
    qcode('code', '-q', '--no-report', '-c', 'odd.yaml', 'odd.txt', '-o', 'odd');
    qcode('review', 'odd', '-o', 'odd.html', '--coder', 'ANNA');
    const page = await open(await newVisitor(), 'odd.html');
    await page.locator('.chip').first().waitFor();
    assert.equal(await page.locator('.hidden-character').count(), 4000);
    assert.deepEqual(page.faults, []);
});

fact('the page says so when the browser keeps nothing', async () => {
    put('a.txt', 'INT: A?\n\nP1: The one.\n');
    put('plain.yaml', 'codes:\n  - id: the\n    terms: [the]\n');
    qcode('code', '-q', '--no-report', '-c', 'plain.yaml', 'a.txt', '-o', 'small');
    qcode('review', 'small', '-o', 'small.html');
    const visitor = await newVisitor();
    await visitor.addInitScript(() => {
        Storage.prototype.setItem = () => {
            throw new DOMException('full', 'QuotaExceededError');
        };
    });
    const page = await open(visitor, 'small.html');
    await page.fill('#coder-name', 'ANNA');
    await page.click('#dialog-done');
    assert.match(await page.textContent('#warning'), /does not keep/);
    await page.keyboard.press('n');
    await page.keyboard.press('a');
    assert.equal(await page.locator('.chip.accepted').count(), 1);
    assert.deepEqual(page.faults, []);
});

fact('a hundred interviews of 150 kB open and answer', async () => {
    const sentences = [
        'We met the officers on the path and they said it would get better.',
        'Nobody told us anything, which is how it always was here.',
        'I feel safe in the day, not at night, and the lights are off.',
        'The council came once — with a plan — and went again.',
    ];
    const files = [];
    for (let i = 0; i < 100; i++) {
        let text = '';
        for (let turn = 0; text.length < 150000; turn++)
            text += `INT: And then, what about the ${turn}th time?\n\nP${i}: ${[1, 3, 1, turn % 8 ? 3 : 2, 1, turn % 9 ? 3 : 0].map((k) => sentences[k]).join(' ')}\n\n`;
        files.push(put(`many/T${String(i).padStart(3, '0')}.txt`, text));
    }
    put('many.yaml', 'codes:\n  - id: safe\n    terms: [safe]\n  - id: police\n    terms: [officer*]\n');
    qcode('code', '-q', '--no-report', '-c', 'many.yaml', ...files, '-o', 'many-coded');
    qcode('review', 'many-coded', '-o', 'many.html', '--coder', 'ANNA');
    const times = [],
        acts = [];
    for (let i = 0; i < 3; i++) {
        const visitor = await newVisitor();
        const page = await visitor.newPage();
        const begin = Date.now();
        await page.goto(`file://${inPlace('many.html')}`, {waitUntil: 'commit'});
        await page.locator('.chip').first().waitFor();
        await page.keyboard.press('n');
        await page.locator('.chip[aria-current]').waitFor();
        times.push(Date.now() - begin);
        const act = Date.now();
        await page.keyboard.press('a');
        await page.locator('.chip.accepted').first().waitFor();
        acts.push(Date.now() - act);
        await visitor.close();
    }
    console.log(
        `  ${Math.round(fs.statSync(inPlace('many.html')).size / 1e6)} MB: open and answering after ${times.join(', ')} ms; an act ${acts.join(', ')} ms`,
    );
});

await proveAll();
