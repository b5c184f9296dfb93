/* Light or dark, and what a browser keeps of such choices. */

function remember(name, value) {
    try {
        window.localStorage.setItem(`qcode review ${name}`, value);
    } catch {
        /* then it holds for this visit */
    }
}

function recall(name) {
    try {
        return window.localStorage.getItem(`qcode review ${name}`);
    } catch {
        return null;
    }
}

const THEMES = ['system', 'light', 'dark'];

function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    byId('theme').textContent = `Theme: ${theme}`;
    remember('theme', theme);
}

function nextTheme() {
    setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]);
}
