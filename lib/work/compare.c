/* The whole comparison of codings: what it is about, each code, all together, and where coders differ. */
#include "base/error.h"
#include "model/table.h"
#include "work/comparing.h"

#include <inttypes.h>
#include <string.h>

static void add_fact(qc_comparing *c, qcode_table *about, const char *what)
{
    const char *value = qc_buffer_text(&c->scratch);
    if (c->scratch.length) {
        qc_table_add_text(about, what);
        qc_table_add_text(about, value ? value : "");
    }
    c->scratch.length = 0;
}

static void tell_coders(qc_comparing *c)
{
    for (size_t i = 0; i < c->coder_count; i++)
        qc_buffer_print(&c->scratch, "%s%s", i ? ", " : "", qc_comparing_coder(c, i));
}

/* Each document in scope by name, and how many there are beside them. */
static void tell_scope(qc_comparing *c)
{
    size_t documents = qcode_coders_document_count(c->coders), listed = 0;
    qc_buffer_print(&c->scratch, "%zu of %zu document%s, those that %s: ", c->cluster_count, documents,
                    documents == 1 ? "" : "s",
                    c->job->any_scope ? "two coders or more looked at" : "every coder looked at");
    for (size_t i = 0; i < documents; i++)
        if (c->in_scope[i])
            qc_buffer_print(&c->scratch, "%s%s", listed++ ? ", " : "",
                            qcode_transcript_name(qcode_coders_document(c->coders, i)));
}

static void tell_units(qc_comparing *c)
{
    size_t count = 0;
    for (size_t i = 0; i < qc_units_count(&c->units); i++)
        count += c->in_scope[qc_units_at(&c->units, i)->document];
    const char *whose = c->job->everybody ? "anybody says" : "respondents say";
    if (c->by_character)
        qc_buffer_print(&c->scratch, "characters of what %s, in %zu turns", whose, count);
    else
        qc_buffer_print(&c->scratch, "%s (%zu) of what %s", qc_by_names[c->by], count, whose);
}

/* The rule, and what alpha over all codes would be under the others. */
static bool tell_touch(qc_comparing *c)
{
    static const char *const rules[] = {"a passage shares a letter with the unit",
                                        "half of the unit is coded, or nine tenths of a passage lie in it",
                                        "all of the unit is coded"};
    if (c->by_character)
        return true;
    qc_buffer_print(&c->scratch, "%s: %s", qc_touch_names[c->touch], rules[c->touch]);
    for (size_t rule = 0; rule < QC_TOUCHES; rule++) {
        qcode_figure alpha;
        if (!qc_pooled_alpha(c, (qc_touch)rule, &alpha))
            return false;
        qc_buffer_print(&c->scratch, "%s%s ", rule ? ", " : "; alpha over all codes by ", qc_touch_names[rule]);
        if (alpha.defined)
            qc_buffer_print(&c->scratch, "%.3f", alpha.value);
        else
            qc_buffer_string(&c->scratch, "undefined");
    }
    return true;
}

static void tell_declared(qc_comparing *c)
{
    const qcode_study_comparison *declared = c->job->declared;
    const struct {
        const char *what, *value;
    } parts[] = {{"coefficient ", declared ? declared->coefficient : ""},
                 {"unit ", declared ? declared->unit : ""},
                 {"touch ", declared ? declared->touch : ""}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (*parts[i].value)
            qc_buffer_print(&c->scratch, "%s%s%s", c->scratch.length ? ", " : "", parts[i].what, parts[i].value);
    if (declared && declared->target >= 0)
        qc_buffer_print(&c->scratch, "%starget %g", c->scratch.length ? ", " : "", declared->target);
    if (c->scratch.length)
        qc_buffer_string(&c->scratch, "; all else is exploratory");
}

static bool tell_about(qc_comparing *c, qcode_table *about)
{
    c->scratch.length = 0;
    qc_table_add_column(about, "what", QCODE_TYPE_TEXT);
    qc_table_add_column(about, "value", QCODE_TYPE_TEXT);
    tell_coders(c);
    add_fact(c, about, "coders");
    tell_scope(c);
    add_fact(c, about, "documents");
    tell_units(c);
    add_fact(c, about, "units");
    if (!tell_touch(c))
        return false;
    add_fact(c, about, "touch");
    tell_declared(c);
    add_fact(c, about, "declared");
    qc_intervals_text(&c->scratch, &c->intervals, c->cluster_count, "interview");
    add_fact(c, about, "intervals");
    return !c->scratch.failed || qc_no_memory(c->err);
}

static bool complete(const qcode_comparison *result, const qcode_notes *notes)
{
    const qcode_table *const tables[] = {result->about,  result->codes,  result->interviews,
                                         result->figures, result->pooled, result->decisions,
                                         result->retrieval, result->spans, result->talks};
    bool done = !notes || qcode_notes_complete(notes);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        done = done && (!tables[i] || qc_table_complete(tables[i]));
    return done;
}

bool qcode_compare(const qcode_compare_job *job, const qcode_memory *memory, qcode_comparison *result,
                   qcode_notes *notes, qcode_error *err)
{
    qc_comparing c;
    *result = (qcode_comparison){.about = NULL};
    bool done = qc_comparing_open(&c, job, memory, notes, err) &&
                ((result->about = qc_table_new(memory)) || qc_no_memory(err)) && tell_about(&c, result->about) &&
                qc_compare_codes(&c, result) && (c.by_character || (qc_compare_pooled(&c, result) && qc_compare_sets(&c, result))) &&
                (!(job->all || job->spans) || qc_compare_spans(&c, result)) &&
                qc_compare_passages(&c, result) && (!job->talks || qc_compare_talks(&c, result)) && (complete(result, notes) || qc_no_memory(err));
    qc_comparing_clear(&c);
    if (!done)
        qcode_comparison_clear(result);
    return done;
}
