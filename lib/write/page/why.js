/* Why a segment of the open interview is there. */

/* [rule, from, to] of what the rules matched, in units. */
function matchesOf(item) {
    const {places} = ui.interview;
    return (item.proposal?.matches || []).map(([rule, start, end]) => [rule, places.toUnit(start), places.toUnit(end)]);
}

/* Which rules matched which words, and what a score is the sum of. */
function whyOf(item) {
    const {proposal} = item;
    if (!proposal || proposal.origin === 'person')
        return make('p', {class: 'soft'}, `Coded by hand${item.by ? `, by ${spelt(item.by)}` : ''}.`);
    const rules = new Map();
    for (const [rule, from, to] of matchesOf(item)) {
        const words = ui.interview.words(from, to);
        rules.has(rule) ? rules.get(rule).push(words) : rules.set(rule, [words]);
    }
    const list = make(
        'ul',
        {class: 'rules'},
        [...rules].map(([rule, words]) =>
            make(
                'li',
                {},
                make('code', {}, spelt(rule)),
                ': ',
                [...new Set(words)].map((word, i) => [
                    i ? ', ' : '',
                    make('mark', {dir: 'auto'}, shortened(word, 120)),
                ]),
                ui.run.rules.get(rule)
                    ? make(
                          'details',
                          {},
                          make('summary', {}, 'the rule'),
                          make('pre', {}, spelt(ui.run.rules.get(rule))),
                      )
                    : null,
            ),
        ),
    );
    const basis = {
        question: 'by the question it answers',
        carried: 'by the topic of before',
        neighbour: 'by the sentences around',
    }[proposal.basis];
    return [
        rules.size ? list : make('p', {class: 'soft'}, 'No words of its own.'),
        basis ? make('p', {class: 'soft'}, `Not in so many words: ${basis}.`) : null,
        proposal.status ? make('p', {class: 'soft'}, `Meant as: ${proposal.status}.`) : null,
        typeof proposal.score === 'number'
            ? make(
                  'p',
                  {},
                  `Score ${proposal.score}`,
                  proposal.shares
                      ? make(
                            'span',
                            {class: 'soft'},
                            ` = ${Object.entries(proposal.shares)
                                .map(([share, value]) => `${share.replaceAll('_', ' ')} ${value}`)
                                .join(' + ')}`,
                        )
                      : null,
              )
            : null,
    ];
}
