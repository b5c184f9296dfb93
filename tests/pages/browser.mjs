/* What tests of pages share: qcode, a browser that nothing leaves, and pages in which every fault is remembered. */
import {createRequire} from 'node:module';
import {execFileSync} from 'node:child_process';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const {QCODE, MODULES, PLACE, REPOSITORY, CHROMIUM} = process.env;
const require = createRequire(path.join(MODULES, 'package.json'));
const {chromium} = require('playwright-core');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export {assert, fs, path, PLACE, REPOSITORY};
export const shared = path.join(REPOSITORY, '..', 'shared');

export function inPlace(name) {
    return path.join(PLACE, name);
}

export function put(name, text) {
    fs.mkdirSync(path.dirname(inPlace(name)), {recursive: true});
    fs.writeFileSync(inPlace(name), text);
    return inPlace(name);
}

export function qcode(...words) {
    return execFileSync(QCODE, words, {
        cwd: PLACE,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'],
    });
}

export function qcodeKnows(command, option) {
    return qcode(command, '--help').includes(option);
}

const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
    ],
});

/* A browser of its own, in which storage begins empty. */
export async function newVisitor(options = {}) {
    return browser.newContext({viewport: {width: 1440, height: 900}, acceptDownloads: true, ...options});
}

/* Opens a page; `faults` of it collects console errors, exceptions, dialogs and requests to anywhere. */
export async function open(visitor, file) {
    const page = await visitor.newPage();
    page.setDefaultTimeout(60000);
    page.faults = [];
    page.on(
        'console',
        (message) => ['error', 'warning'].includes(message.type()) && page.faults.push(`console: ${message.text()}`),
    );
    page.on('pageerror', (error) => page.faults.push(`exception: ${error.stack}`));
    page.on('dialog', (dialog) => {
        page.faults.push(`dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on('request', (request) => {
        if (!request.url().startsWith('blob:') && request.url() !== `file://${inPlace(file)}`)
            page.faults.push(`request: ${request.url()}`);
    });
    await page.goto(`file://${inPlace(file)}`);
    return page;
}

/* Serious and critical findings of axe, one a line. */
export async function axe(page) {
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
    return found.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .flatMap((one) =>
            one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`),
        );
}

/* What a press on `what` lets the person keep. */
export async function downloaded(page, press) {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return fs.readFileSync(await download.path(), 'utf8');
}

const facts = [];

/* A test; its name is the fact it proves. */
export function fact(name, prove) {
    facts.push({name, prove});
}

export async function proveAll() {
    let failed = 0;
    for (const {name, prove} of facts) {
        try {
            const said = await prove();
            console.log(`${said === 'skipped' ? 'skipped' : 'so it is'}: ${name}`);
        } catch (error) {
            failed++;
            console.log(`NOT SO: ${name}\n${error.stack}`);
        }
    }
    await browser.close();
    process.exit(failed ? 1 : 0);
}
