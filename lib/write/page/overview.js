/* The first part: how much there is, who raised what, and where. */

function figure(number, words) {
    return make('li', {}, make('b', {}, String(number)), words);
}

/* What a person has to know before they believe a number. */
function standing() {
    const {run} = ui,
        kept = [
            [run.withdrawn, 'respondent', 'withdrawn, in no number here'],
            [run.unused, 'respondent', 'without consent to use, in no number here'],
            [run.unquoted, 'respondent', 'without consent to quote: counted, words withheld'],
            [run.refused, 'document', 'could not be coded and in no number here'],
        ]
            .filter(([count]) => count)
            .map(([count, noun, words]) => make('li', {}, `${plural(count, noun)} ${words}.`));
    return make(
        'div',
        {class: 'panel'},
        make(
            'p',
            {},
            make('strong', {}, reviewedWords()),
            run.reviewed < run.judged_of ? ' What nobody has reviewed is proposed by rules, and unread.' : null,
        ),
        kept.length ? make('ul', {}, kept) : null,
    );
}

function reviewedWords() {
    return `${ui.run.reviewed} of ${plural(ui.run.judged_of, 'segment')} reviewed by a person.`;
}

function heatCell(code, row, isAll) {
    const words = `${row.raised_by} of ${row.of}`,
        prompted = row.prompted ? make('small', {}, `+ ${row.prompted} prompted`) : null;
    const group = isAll ? null : (row.group ?? '');
    if (!row.segments) return shaded(0, isAll ? 'all' : '', make('span', {title: row.note}, words));
    return shaded(
        row.of ? row.raised_by / row.of : 0,
        isAll ? 'all' : '',
        button(words, () => openQuotes(isAll ? {code: code.id} : {code: code.id, group}), {
            'aria-label': `${spelt(code.name)}, ${isAll ? 'all groups' : spelt(row.group ?? 'no group')}: raised by ${words}; show the quotes`,
            title: plural(row.segments, 'segment'),
        }),
        prompted,
    );
}

/* Codes by groups, in the order of the table: its last row of each code is all of them, where there are several. */
function makeHeat() {
    const rows = tableOf('codes'),
        byCode = new Map(ui.run.codes.map((code) => [code.id, []]));
    for (const row of rows) byCode.get(row.code).push(row);
    const codes = ui.run.codes.filter((code) => byCode.get(code.id).length);
    if (!codes.length) return make('p', {}, 'Nothing is counted in this run.');
    const first = byCode.get(codes[0].id),
        isAll = (i) => first.length > 1 && i === first.length - 1;
    return [
        make(
            'p',
            {class: 'soft'},
            '“2 of 3”: two of the three respondents of the group have words of their own with the code; prompted ones have it from the question or the topic alone. Those of a code count in the one that it stands under. 0: not found by the rules and, until a person has looked, unread.',
        ),
        scrolling(
            'Who raised each code',
            make(
                'thead',
                {},
                make(
                    'tr',
                    {},
                    make('th', {scope: 'col'}, 'Raised by'),
                    first.map((row, i) =>
                        make(
                            'th',
                            {scope: 'col', class: isAll(i) ? 'all heat' : 'heat'},
                            isAll(i) ? 'all' : row.group === null ? 'no group' : nameOf(row.group),
                        ),
                    ),
                ),
            ),
            make(
                'tbody',
                {},
                codes.map((code) =>
                    make(
                        'tr',
                        {'data-code': code.id},
                        codeHead(code),
                        byCode.get(code.id).map((row, i) => heatCell(code, row, isAll(i))),
                    ),
                ),
            ),
        ),
    ];
}

function makeOverview() {
    const {run} = ui;
    const counted = run.documents.reduce((sum, _, number) => sum + stripSegments(number, null).length, 0);
    return [
        heading('Overview'),
        make(
            'ul',
            {class: 'figures'},
            figure(run.documents.length, run.documents.length === 1 ? 'interview' : 'interviews'),
            figure(tableOf('respondents').length, tableOf('respondents').length === 1 ? 'respondent' : 'respondents'),
            figure(countedCodes().length, countedCodes().length === 1 ? 'code' : 'codes'),
            figure(counted, counted === 1 ? 'segment' : 'segments'),
        ),
        standing(),
        make('h3', {}, 'Who raised what'),
        leftOut(),
        makeHeat(),
        make('h3', {}, 'Where it was said'),
        makeStrips(),
    ];
}
