/* What the person did: kept in the browser from act to act, with undo and redo. */

/* RFC 3339, UTC, whole seconds. */
function moment(milliseconds) {
    return new Date(milliseconds).toISOString().slice(0, 19) + 'Z';
}

class Keep {
    constructor(run, coder) {
        this.key = `qcode review ${run} ${coder}`;
        this.coder = coder;
        this.lines = new Map(); /* by subject: of this coder, and of others whose file was loaded */
        this.exported = ''; /* when the file was last saved: what was done until then may be elsewhere */
        this.unsaved = 0; /* acts since then */
        this.done = [];
        this.undone = [];
        this.works = true; /* the browser keeps what is stored */
        this.load();
    }

    load() {
        try {
            const kept = JSON.parse(window.localStorage.getItem(this.key) || 'null');
            window.localStorage.setItem(`${this.key} tried`, '1');
            window.localStorage.removeItem(`${this.key} tried`);
            if (kept) {
                this.exported = kept.exported;
                this.unsaved = kept.unsaved;
                this.merge(kept.lines);
            }
        } catch {
            this.works = false;
        }
    }

    store() {
        try {
            const kept = {exported: this.exported, unsaved: this.unsaved, lines: [...this.lines.values()]};
            window.localStorage.setItem(this.key, JSON.stringify(kept));
            this.works = true;
        } catch {
            this.works = false;
        }
    }

    /* Takes lines in; answers how many were new or later. */
    merge(lines) {
        let taken = 0;
        for (const line of lines) {
            const subject = subjectOf(line),
                other = this.lines.get(subject);
            if (other && (!isLater(line, other) || lineText(line) === lineText(other))) continue;
            this.lines.set(subject, line);
            taken++;
        }
        return taken;
    }

    /* Later than all that was said about the subject. */
    now(subject) {
        const other = this.lines.get(subject),
            now = moment(Date.now());
        return other && other.on >= now ? moment(Date.parse(other.on) + 1000) : now;
    }

    /* Lines as one act, which one undo takes back. A line without `on` gets the time. */
    act(label, lines) {
        const changes = lines.map((line) => {
            const made = {...line, by: this.coder};
            made.on ??= this.now(subjectOf({...made, on: ''}));
            const subject = subjectOf(made);
            return {subject, before: this.lines.get(subject), after: made};
        });
        for (const change of changes) this.lines.set(change.subject, change.after);
        this.done.push({label, changes});
        this.undone = [];
        this.unsaved++;
        this.store();
        return changes;
    }

    /* Puts a line in the place of another. What may be in a file already is not forgotten but marked as taken back. */
    replace(subject, line, by) {
        const isElsewhere = line && line.on <= this.exported;
        if (by) {
            const on = line && line.act !== 'memo' ? this.now(subject) : by.on;
            this.lines.set(subject, isElsewhere ? {...by, on} : by);
        } else if (isElsewhere) {
            this.lines.set(subject, {...line, on: line.act === 'memo' ? line.on : this.now(subject), undone: true});
        } else {
            this.lines.delete(subject);
        }
    }

    /* Takes the last act back; answers it, or undefined when there is none. */
    undo() {
        const act = this.done.pop();
        if (!act) return undefined;
        for (const change of act.changes.slice().reverse())
            this.replace(change.subject, this.lines.get(change.subject), change.before);
        this.undone.push(act);
        this.unsaved++;
        this.store();
        return act;
    }

    redo() {
        const act = this.undone.pop();
        if (!act) return undefined;
        for (const change of act.changes) {
            const isMemo = change.after.act === 'memo',
                was = this.lines.get(change.subject);
            if (!isMemo || was) change.after = {...change.after, on: this.now(isMemo ? '' : change.subject)};
            change.subject = subjectOf(change.after);
            this.lines.set(change.subject, change.after);
        }
        this.done.push(act);
        this.unsaved++;
        this.store();
        return act;
    }

    saved() {
        this.exported = moment(Date.now());
        this.unsaved = 0;
        this.store();
    }

    all() {
        return [...this.lines.values()];
    }
}
