/* Elements made of data: a stranger's words only ever become text or the value of an attribute, never markup. */

/* make('button', {class: 'chip', 'aria-label': name, on: {click: press}}, 'text', child, null) */
function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name === 'on') {
            for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
        } else if (value === true) {
            element.setAttribute(name, '');
        } else if (value !== false && value !== null && value !== undefined) {
            element.setAttribute(name, value);
        }
    }
    put(element, ...children);
    return element;
}

/* Appends elements and text; null is passed over. */
function put(element, ...children) {
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) element.append(child);
}

function fill(element, ...children) {
    element.replaceChildren();
    put(element, ...children);
}

function byId(id) {
    return document.getElementById(id);
}

function button(label, press, attributes = {}) {
    return make('button', {type: 'button', ...attributes, on: {click: press}}, label);
}

/* "1 segment", "2 segments" */
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/* A name that may be written in any direction and of any length. */
function nameOf(text) {
    return make('bdi', {}, spelt(text));
}

/* Characters that hide or turn words round, spelt out as \x1b and \u{202e}: as every output of qcode shows them. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'g');

function speltCharacter(character) {
    const point = character.codePointAt(0);
    return point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16).padStart(4, '0')}}`;
}

function spelt(text) {
    return text.replace(ALL_HIDDEN, speltCharacter);
}

/* Some words of a long text, on one line. */
function shortened(text, most) {
    const line = spelt(text.replace(/\s+/g, ' ').trim());
    const points = Array.from(line);
    return points.length <= most
        ? line
        : points
              .slice(0, most - 1)
              .join('')
              .trimEnd() + '…';
}

/* Says something to people who hear the page, and shows it for a while. */
function say(text) {
    const place = byId('said');
    place.textContent = '';
    window.setTimeout(() => {
        place.textContent = text;
    }, 30);
    const toast = byId('toast');
    toast.textContent = text;
    toast.hidden = false;
    window.clearTimeout(say.timer);
    say.timer = window.setTimeout(() => {
        toast.hidden = true;
    }, 4000);
}

/* A file for the person to keep. */
function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], {type}));
    const link = make('a', {href: address, download: name, hidden: true});
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(address), 60000);
}
