/* Reading a regex: the pieces that follow each other in it, and what is known of each. */
#ifndef QC_MATCH_PIECES_H
#define QC_MATCH_PIECES_H

#include "match/anchors.h"

enum {
    QC_MOST_LITERALS = 64, /* beginnings of one piece */
    QC_FAR_AWAY = 20,      /* words: from here on, a search of the turn is as good as one of a part of it */
    QC_MANY_WORDS = 1000   /* from here on: any number */
};

/* What a piece can begin with. Unknown when there are none; one may be empty. */
typedef struct qc_beginnings {
    const qc_literal *at;
    size_t count;
    bool exact; /* a match of the piece is one of them, without more */
} qc_beginnings;

/* Words one of which every match of a sequence holds. */
typedef struct qc_choice {
    qc_beginnings words; /* none: nothing is known */
    double cost;         /* how often they are met, and how much work that is */
    bool starts;         /* the match begins with it */
    size_t before;       /* words before it at most */
    qc_beginnings second;
    bool second_behind;
    size_t second_reach;
} qc_choice;

/* A piece: a character, a class, a group, with its quantifier; or something that takes no room. */
typedef struct qc_piece {
    bool zero;       /* takes no room */
    bool edge;       /* and lets a word character behind it begin a word: \b, ^ */
    bool bars_edge;  /* and does not: \B */
    bool optional;   /* may match nothing */
    bool ends_apart; /* what it matches ends with no word character, unless it is nothing */
    size_t words;    /* how many word ends it can hold at most, QC_MANY_WORDS for any number */
    qc_beginnings begins;
    bool begins_edge; /* a group that makes sure itself that what it begins with begins a word */
    qc_choice choice; /* of a group; with `before` from its start */
} qc_piece;

/* What is known of a sequence of pieces, as one piece. False when memory runs out. */
bool qc_join_pieces(const qc_piece *pieces, size_t count, const qc_frequencies *language, qc_arena *arena, qc_piece *joined);

/* Of two alternatives, as one piece. */
bool qc_either_piece(const qc_piece *one, const qc_piece *other, qc_arena *arena, qc_piece *either);

size_t qc_add_words(size_t a, size_t b);

#endif
