/* The run that the page was made of: small facts at once, an interview when it is opened. */

function dataOf(kind, number) {
    return [...document.querySelectorAll(`script[data-${kind}="${number}"]`)].map((block) =>
        JSON.parse(block.textContent),
    );
}

class Run {
    constructor() {
        const about = dataOf('run', 0)[0];
        Object.assign(this, about);
        this.codes = about.codes.map((code, i) => ({...code, colour: colourOf(code, i)}));
        this.byId = new Map(this.codes.map((code) => [code.id, code]));
        this.numbers = new Map(about.documents.map((facts, i) => [facts.document, i]));
        this.rules = new Map(this.codes.flatMap((code) => (code.rules || []).map((rule) => [rule.id, rule.text])));
        this.given = dataOf('decisions', 0)[0] || [];
        this.opened = new Map(); /* the last few, by number */
        this.undecidedOf = new Map();
        this.total = about.documents.reduce((sum, facts) => sum + facts.segments, 0);
    }

    /* Whether the browser has come to an interview yet: it reads on while the first one is open. */
    has(number) {
        return (
            document.readyState !== 'loading' || document.querySelector(`script[data-document="${number}"]`) !== null
        );
    }

    /* Goes on when the interview is there. */
    whenThere(number, goOn) {
        if (this.has(number)) goOn();
        else document.addEventListener('DOMContentLoaded', goOn, {once: true});
    }

    /* An interview with what was proposed in it. */
    open(number) {
        let found = this.opened.get(number);
        if (!found) {
            found = new Interview(dataOf('document', number)[0], number);
            found.proposals = dataOf('segments', number).flat();
            if (this.opened.size > 3) this.opened.delete(this.opened.keys().next().value);
            this.opened.set(number, found);
        }
        return found;
    }

    /* The proposals of an interview that nobody had judged when the page was made, by their places. */
    undecided(number) {
        const known = this.undecidedOf.get(number);
        if (known) return known;
        const proposals = this.opened.get(number)?.proposals ?? dataOf('segments', number).flat();
        const keys = new Set(
            proposals
                .filter((one) => (one.state ?? 'proposed') === 'proposed')
                .map((one) => keyOf(one.start, one.end, one.code)),
        );
        this.undecidedOf.set(number, keys);
        return keys;
    }

    /* The text alone, for the search. */
    textOf(number) {
        return this.opened.get(number)?.text ?? dataOf('document', number)[0].text;
    }

    depth(code) {
        let depth = 0;
        for (let above = this.byId.get(code.parent); above && depth < 20; above = this.byId.get(above.parent)) depth++;
        return depth;
    }

    /* Where a code stands in the codebooks. */
    place(id) {
        return this.codes.findIndex((code) => code.id === id);
    }

    /* A code by its id; one that neither the codebook nor a line defines still has its id for a name. */
    code(id) {
        return this.byId.get(id) || {id, name: id, definition: '', colour: '#777777', rules: []};
    }

    /* Codes made by hand join those of the codebook, and go again when they are taken back. */
    setMade(lines) {
        for (const code of this.codes.filter((known) => known.made)) this.byId.delete(code.id);
        this.codes = this.codes.filter((known) => !known.made);
        for (const line of lines) {
            if (this.byId.has(line.code)) continue;
            const code = {
                id: line.code,
                name: line.name || line.code,
                definition: line.definition || '',
                parent: '',
                color: '',
                rules: [],
                made: line,
            };
            code.colour = colourOf(code, this.codes.length);
            this.codes.push(code);
            this.byId.set(code.id, code);
        }
    }
}
