/* How the run came to be: what was used, what people decided, and the files by their hashes. */

function facts(pairs) {
    return make(
        'dl',
        {class: 'facts'},
        pairs
            .filter(([, value]) => value !== undefined && value !== null && value !== '')
            .map(([name, value]) => [
                make('dt', {}, name),
                make(
                    'dd',
                    {dir: 'auto'},
                    typeof value === 'string' || typeof value === 'number' ? spelt(String(value)) : value,
                ),
            ]),
    );
}

function bookWords(book) {
    return `${book.title || 'without title'} ${book.version || ''}`.trim();
}

function makeTrail() {
    const run = dataOf('json', 0)[0],
        books = [run.codebook, ...(run.further_codebooks ?? [])].filter(Boolean);
    const options = Object.entries(run.options ?? {}).filter(
        ([, value]) => value !== null && value !== false && !(Array.isArray(value) && !value.length),
    );
    const events = tableOf('trail');
    return [
        heading('How it came to be'),
        make(
            'div',
            {class: 'panel'},
            facts([
                ['Made with', `qcode ${run.qcode} (${run.engines})`],
                ['Reviewed', reviewedWords()],
                ...books.map((book) => [
                    'Codebook',
                    make('span', {}, nameOf(bookWords(book)), ' ', make('span', {class: 'hash'}, book.sha256)),
                ]),
                ...options.map(([name, value]) => [
                    `Option ${name.replaceAll('_', ' ')}`,
                    typeof value === 'object' ? JSON.stringify(value) : String(value),
                ]),
            ]),
        ),
        make('h3', {}, 'Changes, decisions and memos'),
        events.length > 1
            ? plainTable('Changes, decisions and memos', events)
            : make('p', {class: 'soft'}, 'Nobody has changed or decided anything that this run knows of.'),
        (run.notes ?? []).length
            ? [
                  make('h3', {}, 'What was noted when the run was made'),
                  plainTable(
                      'Notes',
                      run.notes.map(({kind, document, line, text}) => ({
                          kind,
                          document: document ?? null,
                          line: line || null,
                          note: text,
                      })),
                  ),
              ]
            : null,
        make('h3', {}, 'Files of the run'),
        plainTable(
            'Files',
            (run.files ?? []).map(({name, bytes, sha256}) => ({name, bytes: bytes ?? null, sha256})),
        ),
    ];
}
