/* The colour of each code: its own, or one of a row that people who see colours differently can tell apart
 * (Okabe and Ito). */

const COLOURS = [
    '#0072b2',
    '#e69f00',
    '#009e73',
    '#cc79a7',
    '#56b4e9',
    '#d55e00',
    '#8c6bb1',
    '#999933',
    '#117733',
    '#aa4499',
];

function colourOf(code, place) {
    return /^#[0-9a-f]{6}$/i.test(code.color || '') ? code.color : COLOURS[place % COLOURS.length];
}

/* A small square of a code's colour; the name beside it says the same. */
function swatch(colour) {
    const square = make('span', {class: 'swatch', 'aria-hidden': 'true'});
    square.style.setProperty('--code', colour);
    return square;
}
