/* A segment as the run has it, with its places in the text. */

const STATES = {
    proposed: {mark: '○', words: 'proposed'},
    accepted: {mark: '✓', words: 'accepted'},
    edited: {mark: '↔', words: 'accepted with other boundaries'},
    added: {mark: '+', words: 'coded by hand'},
    rejected: {mark: '✕', words: 'rejected'},
};

function keyOf(start, end, code) {
    return `${start} ${end} ${code}`;
}

function setSpan(item, interview, start, end) {
    item.start = start;
    item.end = end;
    item.from = interview.places.toUnit(start);
    item.to = interview.places.toUnit(end);
    item.pieces = interview.pieces(item.from, item.to);
}

function itemOfProposal(proposal, interview) {
    const isPerson = proposal.origin === 'person';
    const item = {
        code: proposal.code,
        key: keyOf(proposal.start, proposal.end, proposal.code),
        proposal,
        state: isPerson && (proposal.state ?? 'accepted') === 'accepted' ? 'added' : proposal.state || 'proposed',
        by: proposal.decided_by || '',
        on: proposal.decided_on || '',
        lines: [],
    };
    setSpan(item, interview, proposal.start, proposal.end);
    if (proposal.pieces)
        item.pieces = proposal.pieces.map(([start, end]) => [
            interview.places.toUnit(start),
            interview.places.toUnit(end),
        ]);
    return item;
}
