/* Tables of the run on the page: the figures are those of the command line, and are not counted again here. */

/* The rows of a table that came with the page, as objects; null when it did not. */
function tableOf(name) {
    return dataOf(name, 0)[0] ?? null;
}

/* A table that scrolls sideways where it is wide; keys reach it there. */
function scrolling(label, ...children) {
    return make(
        'div',
        {class: 'wide', tabindex: '0', role: 'region', 'aria-label': label},
        make('table', {}, ...children),
    );
}

function heading(words) {
    return make('h2', {tabindex: '-1'}, words);
}

/* The name of a code as the head of a row, under the one that it stands under. */
function codeHead(code) {
    const head = make(
        'th',
        {scope: 'row', title: code.definition ? shortened(code.definition, 400) : null},
        swatch(code.colour),
        nameOf(code.name),
    );
    head.style.setProperty('--depth', String(ui.run.depth(code)));
    return head;
}

/* A cell with a shade from 0 to 1; the words in it say the same. */
function shaded(share, name, ...children) {
    const cell = make('td', {class: `heat${share > 0 ? '' : ' none'}${name ? ` ${name}` : ''}`}, ...children);
    cell.style.setProperty('--share', String(Math.min(1, share)));
    return cell;
}

function countedCodes() {
    return ui.run.codes.filter((code) => !code.left_out);
}

/* What is not in the figures, in words. */
function leftOut() {
    const out = ui.run.codes.filter((code) => code.left_out);
    return out.length
        ? make(
              'p',
              {class: 'soft'},
              'Not counted, because their codebook says it is experimental: ',
              out.map((code, i) => [i ? ', ' : '', nameOf(code.name)]),
              '. Their passages are among the quotes and in the transcripts.',
          )
        : null;
}

function respondentRow(row, codes, most) {
    const person = ui.run.people.findIndex((one) => one.name === row.respondent && (one.group || null) === row.group);
    return make(
        'tr',
        {},
        make('th', {scope: 'row'}, nameOf(row.respondent)),
        make('td', {class: 'heat'}, String(row.interviews)),
        make('td', {class: 'heat'}, String(row.words)),
        codes.map((code) =>
            row[code.id]
                ? shaded(
                      0.15 + (0.85 * row[code.id]) / most,
                      '',
                      button(String(row[code.id]), () => openQuotes({code: code.id, person: String(person)}), {
                          'aria-label': `${spelt(code.name)}, ${spelt(row.respondent)}: ${plural(row[code.id], 'segment')}; show them`,
                      }),
                  )
                : shaded(0, '', '0'),
        ),
    );
}

/* Respondents by codes, group by group. */
function makeRespondents() {
    const rows = tableOf('respondents'),
        codes = countedCodes(),
        body = [];
    const most = Math.max(1, ...rows.flatMap((row) => codes.map((code) => row[code.id])));
    let group;
    for (const row of rows) {
        if (row.group !== group)
            body.push(
                make(
                    'tr',
                    {class: 'group-row'},
                    make(
                        'th',
                        {scope: 'rowgroup', colspan: codes.length + 3},
                        row.group === null ? 'No group is known' : nameOf(row.group),
                    ),
                ),
            );
        group = row.group;
        body.push(respondentRow(row, codes, most));
    }
    return [
        heading('Respondents and codes'),
        make(
            'p',
            {class: 'soft'},
            'Segments of each respondent; those of a code count in the one that it stands under. 0: not found by the rules and, until a person has looked, unread. Silence is not dissent.',
        ),
        leftOut(),
        scrolling(
            'Respondents and codes',
            make(
                'thead',
                {},
                make(
                    'tr',
                    {},
                    make('th', {scope: 'col'}, 'Respondent'),
                    make('th', {scope: 'col'}, 'Interviews'),
                    make('th', {scope: 'col'}, 'Words'),
                    codes.map((code) =>
                        make(
                            'th',
                            {scope: 'col'},
                            make('div', {class: 'upright'}, swatch(code.colour), nameOf(code.name)),
                        ),
                    ),
                ),
            ),
            make('tbody', {}, body),
        ),
    ];
}

/* Codes by codes: below the diagonal how many sentences have both. */
function makeTogether() {
    const rows = tableOf('together'),
        codes = countedCodes();
    const pairs = new Map(rows.map((row) => [`${row.first} ${row.second}`, row]));
    const pairOf = (a, b) => pairs.get(`${a.id} ${b.id}`) ?? pairs.get(`${b.id} ${a.id}`);
    const cell = (code, other) => {
        const pair = pairOf(code, other);
        if (!pair)
            return make(
                'td',
                {class: 'heat none', title: 'a code and one that it stands under always go together'},
                '–',
            );
        const words = `${spelt(code.name)} and ${spelt(other.name)}: ${pair.together} of ${pair.units} sentences, ${pair.expected.toFixed(1)} expected`;
        return pair.together
            ? shaded(
                  Math.min(1, (pair.ratio ?? 0) / 4),
                  '',
                  button(String(pair.together), () => openQuotes({code: code.id, also: other.id}), {
                      title: words,
                      'aria-label': `${words}; show quotes`,
                  }),
              )
            : shaded(0, '', make('span', {title: words}, '0'));
    };
    return [
        heading('Codes that go together'),
        make(
            'p',
            {class: 'soft'},
            'Sentences of respondents that have both codes. The shade is how many times more they are than chance would give if the codes had nothing to do with each other: none up to four times and beyond. Rules that look for the same words go together because of that.',
        ),
        leftOut(),
        scrolling(
            'Codes that go together',
            make(
                'thead',
                {},
                make(
                    'tr',
                    {},
                    make('th', {scope: 'col'}, 'Code'),
                    codes
                        .slice(0, -1)
                        .map((code, i) =>
                            make(
                                'th',
                                {scope: 'col'},
                                make('span', {'aria-hidden': 'true'}, String(i + 1)),
                                make('span', {class: 'unseen'}, spelt(code.name)),
                            ),
                        ),
                ),
            ),
            make(
                'tbody',
                {},
                codes.map((code, i) =>
                    make(
                        'tr',
                        {},
                        put1(codeHead(code), ` (${i + 1})`),
                        codes.slice(0, -1).map((other, k) => (k < i ? cell(code, other) : make('td', {}))),
                    ),
                ),
            ),
        ),
    ];
}

function put1(element, words) {
    element.append(make('span', {class: 'soft'}, words));
    return element;
}

/* Any table, column by column. */
function plainTable(label, rows) {
    const names = rows.length ? Object.keys(rows[0]).filter((name) => rows.some((row) => row[name] !== null)) : [];
    return scrolling(
        label,
        make(
            'thead',
            {},
            make(
                'tr',
                {},
                names.map((name) => make('th', {scope: 'col'}, name.replaceAll('_', ' '))),
            ),
        ),
        make(
            'tbody',
            {},
            rows.map((row) =>
                make(
                    'tr',
                    {},
                    names.map((name) => make('td', {dir: 'auto'}, row[name] === null ? '' : spelt(String(row[name])))),
                ),
            ),
        ),
    );
}

function makeStatements() {
    return [heading('Statements'), plainTable('Statements', tableOf('statements'))];
}
