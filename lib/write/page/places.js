/* Places in a text. Files count code points, browsers UTF-16 units: the two differ behind every character that takes
 * two units. */

class Places {
    constructor(text) {
        this.text = text;
        this.wide = []; /* the units where a character of two begins */
        for (const found of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) this.wide.push(found.index);
        this.length = text.length - this.wide.length; /* in code points */
    }

    /* How many characters of two units begin before a place; `at` says where the i-th begins. */
    static before(count, at, place) {
        let low = 0,
            high = count;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (at(middle) < place) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    toPoint(unit) {
        return unit - Places.before(this.wide.length, (i) => this.wide[i], unit);
    }

    toUnit(point) {
        return point + Places.before(this.wide.length, (i) => this.wide[i] - i, point);
    }
}

/* The words of a text as [start, end), as Unicode parts them. */
function wordsOf(text) {
    if (typeof Intl.Segmenter === 'function') {
        const words = [];
        for (const part of new Intl.Segmenter(undefined, {granularity: 'word'}).segment(text))
            if (part.isWordLike) words.push([part.index, part.index + part.segment.length]);
        return words;
    }
    return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}_]+(?:['’-][\p{L}\p{N}\p{M}_]+)*/gu), (found) => [
        found.index,
        found.index + found[0].length,
    ]);
}

/* The sentence around a place: [start, end). */
function sentenceAt(text, place) {
    if (typeof Intl.Segmenter !== 'function') return [0, text.length];
    const part = new Intl.Segmenter(undefined, {granularity: 'sentence'}).segment(text).containing(place);
    return part ? [part.index, part.index + part.segment.length] : [0, text.length];
}

/* [start, end) without the white space at its ends. */
function trimmed(text, start, end) {
    while (start < end && /\s/.test(text[start])) start++;
    while (end > start && /\s/.test(text[end - 1])) end--;
    return [start, end];
}
