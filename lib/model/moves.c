/* Where words went when a text was changed at some places. */
#include "model/moves.h"

#include <string.h>

/* How many moves end at or before this place of the old text. */
static size_t ended_before(const qc_move *moves, size_t count, size_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moves[middle].old.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A place behind the first `done` moves. */
static size_t shifted(const qc_move *moves, size_t done, size_t at)
{
    return done ? at - moves[done - 1].old.end + moves[done - 1].now.end : at;
}

qcode_span qc_moved(const qc_move *moves, size_t count, qcode_span old)
{
    size_t done = ended_before(moves, count, old.start);
    bool cuts = done < count && moves[done].old.start < old.start;
    qcode_span now = {.start = cuts ? moves[done].now.start : shifted(moves, done, old.start)};
    done = ended_before(moves, count, old.end);
    while (done && moves[done - 1].old.start == old.end)
        done--; /* put in at the end */
    cuts = done < count && moves[done].old.start < old.end;
    now.end = cuts ? moves[done].now.end : shifted(moves, done, old.end);
    if (now.end < now.start)
        now.end = now.start;
    return now;
}

size_t qc_moved_from(const qc_move *moves, size_t count, size_t now)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moves[middle].now.start <= now)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return now;
    const qc_move *last = &moves[low - 1];
    return now < last->now.end ? last->old.start : now - last->now.end + last->old.end;
}

size_t qcode_moves_count(const qcode_moves *moves)
{
    return moves->count;
}

const qcode_moved_document *qcode_moves_at(const qcode_moves *moves, size_t index)
{
    return &moves->documents[index];
}

const qcode_moved_document *qcode_moves_find(const qcode_moves *moves, const char *old_sha256)
{
    for (size_t i = 0; i < moves->count; i++)
        if (strcmp(moves->documents[i].old_sha256, old_sha256) == 0)
            return &moves->documents[i];
    return NULL;
}

bool qcode_moved(const qcode_moved_document *document, qcode_span old, qcode_span *now)
{
    if (old.start >= old.end || old.end > document->old_length)
        return false;
    *now = qc_moved(document->moves, document->move_count, old);
    return now->start < now->end;
}

void qcode_moves_free(qcode_moves *moves)
{
    if (!moves)
        return;
    qc_arena arena = moves->arena; /* the moves live in the arena that ends here */
    qc_arena_clear(&arena);
}
