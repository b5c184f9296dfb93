/* Who interviews: what the user says, else what the label says, else who asks. */
#include "model/cast.h"
#include "base/error.h"
#include "model/cases.h"
#include "model/guide.h"
#include "model/consent.h"
#include "model/roles.h"

typedef struct role_of {
    qcode_role role;
    bool told;                                    /* by the user */
    bool guessed;
    size_t turns, asked, first_turn, first_asked; /* turn numbers; 0: none */
} role_of;

typedef struct casting {
    qcode_transcript *talk;
    const char *source;
    const qcode_read_options *options;
    qcode_notes *notes;
    role_of *of; /* for each speaker */
    size_t count;
    qc_folder folder;
} casting;

/* Whether the turn's last words are a question: a question mark, perhaps in quotes or before a bracketed remark. */
static bool asks(const qcode_transcript *talk, const qcode_turn *turn)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    const qcode_range *last = &turn->ranges[turn->range_count - 1];
    size_t end = last->end;
    if (end > last->start && (text[end - 1] == ']' || text[end - 1] == ')')) {
        char open = text[end - 1] == ']' ? '[' : '(';
        size_t at = end;
        while (at > last->start && end - at < 40 && text[at - 1] != open)
            at--;
        end = at > last->start && text[at - 1] == open ? at - 1 : end;
    }
    while (end > last->start && strchr(" \"')*_", text[end - 1]))
        end--;
    static const char *const marks[] = {
        "?", "\xEF\xBC\x9F", "\xD8\x9F", "?\xE2\x80\x9D", "?\xE2\x80\x99", "?\xC2\xA0\xC2\xBB", "?\xC2\xBB"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (end - last->start >= size && memcmp(text + end - size, marks[i], size) == 0)
            return true;
    }
    return false;
}

static void count_questions(casting *cast)
{
    const qcode_speaker *first = cast->count ? qcode_transcript_speaker(cast->talk, 0) : NULL;
    for (size_t i = 0; i < qcode_transcript_turn_count(cast->talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(cast->talk, i);
        if (!turn.speaker)
            continue;
        role_of *of = &cast->of[turn.speaker - first];
        bool question = asks(cast->talk, &turn);
        of->turns++;
        of->asked += question;
        of->first_turn = of->first_turn ? of->first_turn : turn.number;
        of->first_asked = question && !of->first_asked ? turn.number : of->first_asked;
    }
}

/* The line of a turn's first word. */
static size_t line_of(const casting *cast, size_t number)
{
    const qcode_turn turn = qcode_transcript_turn(cast->talk, number - 1);
    return qcode_transcript_place(cast->talk, turn.ranges[0].start).line;
}

static qc_case_walk lines_here(const casting *cast)
{
    return qc_cases_walk(cast->options->cases, qcode_transcript_name(cast->talk));
}

static const qc_case *line_everywhere(const casting *cast, size_t speaker)
{
    return qc_cases_everywhere(cast->options->cases, qc_speaker_label(cast->talk, speaker));
}

/* The speaker that a line names; QC_NOBODY when it names none, or none who speaks here. */
static size_t speaker_of(const casting *cast, const qc_case *line)
{
    return line->speaker ? qc_speaker_find_label(cast->talk, qc_cases_label(cast->options->cases, line)) : QC_NOBODY;
}

static void take_role(casting *cast, size_t speaker, const qc_case *line)
{
    qcode_role role = line->role == QCODE_ROLE_NONE && line->case_name ? QCODE_ROLE_RESPONDENT : line->role;
    if (role != QCODE_ROLE_NONE)
        cast->of[speaker].role = role, cast->of[speaker].told = true;
}

/* Roles that the study's cases give: of a line that names the speaker; one that names the document too comes last. */
static void take_roles_from_cases(casting *cast)
{
    const qc_case *line;
    for (size_t i = 0; i < cast->count; i++)
        if ((line = line_everywhere(cast, i)))
            take_role(cast, i, line);
    for (qc_case_walk walk = lines_here(cast); (line = qc_case_walk_next(&walk));) {
        size_t speaker = speaker_of(cast, line);
        if (speaker != QC_NOBODY)
            take_role(cast, speaker, line);
    }
}

static void take_roles_from_options(casting *cast)
{
    size_t found = 0;
    for (size_t i = 0; i < cast->options->interviewer_count; i++) {
        size_t speaker = qc_speaker_find(cast->talk, cast->options->interviewers[i]);
        if (speaker == QC_NOBODY)
            continue;
        found++;
        if (!cast->of[speaker].told)
            cast->of[speaker].role = QCODE_ROLE_INTERVIEWER, cast->of[speaker].told = true;
    }
    if (cast->options->interviewer_count && !found && cast->count)
        qc_note(cast->notes, QCODE_NOTE_WARNING, cast->source, 0, 0, "none of the interviewers named speaks here");
}

static size_t interviewers(const casting *cast)
{
    size_t count = 0;
    for (size_t i = 0; i < cast->count; i++)
        count += cast->of[i].role == QCODE_ROLE_INTERVIEWER;
    return count;
}

static bool take_roles_from_labels(casting *cast)
{
    for (size_t i = 0; i < cast->count; i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(cast->talk, i);
        const char *position =
            speaker->attribute_count ? qcode_transcript_value(cast->talk, speaker, "position") : NULL;
        qcode_role by_label, by_legend = QCODE_ROLE_NONE;
        if (!qc_role_of_words(&cast->folder, speaker->name, true, &by_label) ||
            (position && !qc_role_of_words(&cast->folder, position, false, &by_legend)))
            return false;
        if (!cast->of[i].told)
            cast->of[i].role = by_legend == QCODE_ROLE_NONE ? by_label : by_legend;
    }
    return true;
}

static void guess(casting *cast, size_t speaker)
{
    role_of *of = &cast->of[speaker];
    of->role = QCODE_ROLE_INTERVIEWER;
    of->guessed = true;
    qc_note(cast->notes, QCODE_NOTE_GUESS, cast->source, line_of(cast, of->first_turn), 0,
            "who first speaks here is taken for an interviewer, for asking in %zu of %zu turns", of->asked, of->turns);
}

static double share(const role_of *of)
{
    return of->turns ? (double)of->asked / (double)of->turns : 0;
}

/* Two people: who asks more, or, where that is not clear, who asks first. */
static bool guess_of_two(casting *cast, size_t a, size_t b)
{
    const role_of *of = cast->of;
    double lead = share(&of[a]) - share(&of[b]);
    if (lead < -0.1 || lead > 0.1) {
        guess(cast, lead > 0 ? a : b);
        return true;
    }
    size_t first = of[a].first_turn < of[b].first_turn ? a : b;
    if (!of[first].first_asked ||
        (of[a + b - first].first_asked && of[a + b - first].first_asked < of[first].first_asked))
        return false;
    guess(cast, first);
    return true;
}

/* Turns of an interviewer among several; speakers of whom several may interview; the most that are guessed. */
enum { FEWEST_TURNS = 3, MANY = 4, MOST_GUESSED = 16 };

/* Somebody whose role is open and who speaks often enough to be judged. */
static bool is_open(const role_of *of)
{
    return of->role == QCODE_ROLE_NONE && !of->told && of->turns >= FEWEST_TURNS;
}

/* The highest share of questions below `limit`, among those who speak often enough. */
static double next_share(const casting *cast, double limit)
{
    double best = -1;
    for (size_t i = 0; i < cast->count; i++)
        if (cast->of[i].turns >= FEWEST_TURNS && share(&cast->of[i]) < limit && share(&cast->of[i]) > best)
            best = share(&cast->of[i]);
    return best;
}

/* Several people: those who ask at least twice as often as all others do, in a fifth of their turns or more, when they
 * ask most of the questions and somebody is left to answer. */
static bool guess_of_many(casting *cast)
{
    size_t all = 0, asked = 0, open = 0;
    double least = next_share(cast, 2), below = next_share(cast, least);
    for (int steps = 0; below >= 0 && below * 2 > least && steps < MOST_GUESSED; steps++)
        least = below, below = next_share(cast, least);
    for (size_t i = 0; i < cast->count; i++) {
        if (below < 0 && cast->of[i].turns && cast->of[i].turns < FEWEST_TURNS)
            below = 0; /* somebody who says little is left */
        bool asker = is_open(&cast->of[i]) && share(&cast->of[i]) >= least;
        all += cast->of[i].asked;
        asked += asker ? cast->of[i].asked : 0;
        open += asker;
    }
    if (least < 0.2 || below < 0 || below * 2 > least || !open || open > MOST_GUESSED || asked * 10 < all * 7)
        return false;
    for (size_t i = 0; i < cast->count; i++)
        if (is_open(&cast->of[i]) && share(&cast->of[i]) >= least)
            guess(cast, i);
    return true;
}

/* Where a label names an interviewer among many speakers, others who ask in half of their turns help to ask. */
static void guess_helpers(casting *cast)
{
    size_t speakers = 0, guessed = 0;
    for (size_t i = 0; i < cast->count; i++)
        speakers += cast->of[i].turns > 0;
    for (size_t i = 0; i < cast->count && speakers >= MANY && guessed < MOST_GUESSED; i++)
        if (is_open(&cast->of[i]) && share(&cast->of[i]) >= 0.5)
            guess(cast, i), guessed++;
}

static void guess_roles(casting *cast)
{
    size_t open = 0, speakers = 0, last[2] = {0};
    for (size_t i = 0; i < cast->count; i++) {
        speakers += cast->of[i].turns > 0;
        if (cast->of[i].turns && cast->of[i].role == QCODE_ROLE_NONE)
            last[open++ % 2] = i;
    }
    bool found = speakers < 2; /* nobody to ask, or nobody to answer */
    if (speakers == 2 && open == 2)
        found = guess_of_two(cast, last[0], last[1]);
    else if (speakers == 2 && open == 1)
        found = (guess(cast, last[0]), true);
    else if (!found)
        found = guess_of_many(cast);
    if (!found)
        qc_note(cast->notes, QCODE_NOTE_GUESS, cast->source, 0, 0,
                "nobody here clearly asks the questions: all %zu speakers are taken for respondents", speakers);
}

static qcode_role_basis basis_of(const casting *cast, const role_of *of, bool is_left)
{
    if (of->told || of->guessed)
        return of->told ? QCODE_ROLE_TOLD : QCODE_ROLE_GUESS;
    if (of->role != QCODE_ROLE_NONE)
        return QCODE_ROLE_LABEL;
    return is_left || cast->count < 2 ? QCODE_ROLE_LEFT : QCODE_ROLE_GUESS;
}

static void settle_roles(casting *cast)
{
    bool is_left = interviewers(cast) > 0;
    for (size_t i = 0; i < cast->count; i++) {
        bool asks_here = cast->of[i].role == QCODE_ROLE_INTERVIEWER;
        qc_speaker_set_role(cast->talk, i, asks_here ? QCODE_ROLE_INTERVIEWER : QCODE_ROLE_RESPONDENT,
                            basis_of(cast, &cast->of[i], is_left));
    }
}

static bool decide_roles(casting *cast)
{
    count_questions(cast);
    take_roles_from_cases(cast);
    take_roles_from_options(cast);
    if (!interviewers(cast)) {
        if (!take_roles_from_labels(cast))
            return false;
        if (interviewers(cast))
            guess_helpers(cast);
        else
            guess_roles(cast);
    }
    settle_roles(cast);
    return true;
}

/* What a line of the cases says of one speaker. */
static bool apply_case(qcode_transcript *talk, size_t speaker, const qc_case *line)
{
    if (line->case_name && !qc_speaker_set_case(talk, speaker, line->case_name))
        return false;
    for (size_t i = 0; i < line->attribute_count; i++)
        if (!qc_speaker_attribute(talk, speaker, line->attributes[i].name, line->attributes[i].value))
            return false;
    return true;
}

/* Notes of an observation and documents are nobody's words, unless a line says whose. */
static bool is_nobodys(const qc_case *line)
{
    return !line->speaker && !line->case_name && line->source && !qc_consent_restricts(&line->consent) &&
           (strcmp(line->source, "observation") == 0 || strcmp(line->source, "document") == 0);
}

/* Attributes of a line for a text in which nobody answers. */
static bool apply_to_document(qcode_transcript *talk, const qc_case *line)
{
    bool done = qc_transcript_use_case(talk, line->index);
    for (size_t i = 0; done && i < line->attribute_count; i++)
        done = qc_transcript_set_attribute(talk, line->attributes[i].name, line->attributes[i].value);
    return done;
}

static bool apply_to_one(qcode_transcript *talk, size_t speaker, const qc_case *line)
{
    return apply_case(talk, speaker, line) && qc_transcript_use_case(talk, line->index);
}

/* A line without speaker holds for each respondent. */
static bool apply_to_all(qcode_transcript *talk, const qc_case *line)
{
    size_t respondents = 0;
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++)
        if (qcode_transcript_speaker(talk, i)->role == QCODE_ROLE_RESPONDENT) {
            respondents++;
            if (!apply_case(talk, i, line))
                return false;
        }
    if (!respondents && is_nobodys(line))
        return apply_to_document(talk, line);
    return !respondents || qc_transcript_use_case(talk, line->index);
}

/* What kind of source it is holds for the document, whoever a line is about. */
static bool apply_source(qcode_transcript *talk, const qc_case *line)
{
    return !line->source || qc_transcript_set_attribute(talk, "source", line->source);
}

/* Lines of the document alone, then of the speaker alone, then of both: what comes last holds. */
static bool apply_cases(casting *cast)
{
    qcode_transcript *talk = cast->talk;
    const qc_case *line;
    for (qc_case_walk walk = lines_here(cast); (line = qc_case_walk_next(&walk));)
        if (!apply_source(talk, line) || (!line->speaker && !apply_to_all(talk, line)))
            return false;
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++)
        if ((line = line_everywhere(cast, i)) && !apply_to_one(talk, i, line))
            return false;
    for (qc_case_walk walk = lines_here(cast); (line = qc_case_walk_next(&walk));) {
        size_t speaker = speaker_of(cast, line);
        if (speaker != QC_NOBODY && !apply_to_one(talk, speaker, line))
            return false;
    }
    return true;
}

/* What lines of the cases call the one who answers in a text without speakers: the one speaker they name, else the case
 * or the document. NULL when no line is about this text. */
static const char *name_for_nobody(const casting *cast)
{
    const qc_case *line, *alone = NULL, *named = NULL;
    bool several = false;
    for (qc_case_walk walk = lines_here(cast); (line = qc_case_walk_next(&walk));) {
        if (!line->speaker && !is_nobodys(line))
            alone = line;
        if (!line->speaker || line->role == QCODE_ROLE_INTERVIEWER || speaker_of(cast, line) != QC_NOBODY)
            continue;
        several |= named && named->label != line->label;
        named = line;
    }
    if (named && !several)
        return named->speaker;
    if (!alone)
        return NULL;
    return alone->case_name ? alone->case_name : qcode_transcript_name(cast->talk);
}

/* A text without speakers that a line of the cases names is one respondent's. */
static bool name_the_nameless(casting *cast)
{
    size_t turns = qcode_transcript_turn_count(cast->talk), nameless = 0;
    for (size_t i = 0; i < turns; i++)
        nameless += !qcode_transcript_turn(cast->talk, i).speaker;
    const char *label = nameless ? name_for_nobody(cast) : NULL;
    for (size_t i = 0; i < cast->count; i++)
        if (cast->of[i].role != QCODE_ROLE_INTERVIEWER)
            label = NULL; /* somebody answers already */
    if (!label)
        return true;
    size_t speaker = qc_transcript_speaker(cast->talk, label, strlen(label));
    if (speaker == QC_NOBODY)
        return false;
    qc_speaker_set_role(cast->talk, speaker, QCODE_ROLE_RESPONDENT, QCODE_ROLE_TOLD);
    for (size_t i = 0; i < turns; i++)
        if (!qcode_transcript_turn(cast->talk, i).speaker)
            qc_turn_set_speaker(cast->talk, i, speaker);
    return true;
}

/* Gives every speaker a role and, from the study's cases, names and attributes. */
static bool cast_speakers(qcode_transcript *talk, const qcode_read_options *options, qcode_notes *notes,
                          qcode_error *err)
{
    static const qcode_read_options none;
    const qcode_memory *memory = qc_transcript_memory(talk);
    casting cast = {.talk = talk,
                    .source = qc_transcript_source(talk),
                    .options = options ? options : &none,
                    .notes = notes,
                    .count = qcode_transcript_speaker_count(talk),
                    .folder = qc_folder_init(memory)};
    qc_arena arena = qc_arena_init(memory);
    cast.of = qc_arena_take_array(&arena, cast.count, sizeof *cast.of);
    bool done = (cast.of && decide_roles(&cast) && name_the_nameless(&cast) && apply_cases(&cast) &&
                 qc_apply_consents(talk, cast.options->cases)) ||
                qc_no_memory(err);
    done = done && qc_check_consents(talk, cast.options->cases, err);
    qc_folder_clear(&cast.folder);
    qc_arena_clear(&arena);
    return done;
}

/* Links each answer to the question before it. */
static void link_questions(qcode_transcript *talk)
{
    size_t question = 0;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        if (turn.speaker && turn.speaker->role == QCODE_ROLE_INTERVIEWER)
            question = turn.number;
        else
            qc_turn_set_question(talk, i, question);
    }
}

bool qc_transcript_finish(qcode_transcript *talk, const qcode_read_options *options, qcode_notes *notes,
                          qcode_error *err)
{
    qc_transcript_settle(talk);
    bool done = cast_speakers(talk, options, notes, err) && qc_transcript_mask(talk, err);
    if (!qc_transcript_close(talk))
        done = done && qc_no_memory(err);
    if (done)
        link_questions(talk);
    if (done && options && options->guide)
        done = qc_guide_link(options->guide, talk) || qc_no_memory(err);
    return done;
}
