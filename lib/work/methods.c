/* A section on methods and limits, and a COREQ checklist (Tong, Sainsbury and Craig 2007): what the run and study.yaml say
 * is filled in; what is for people to judge is a question. */
#include "base/error.h"
#include "base/sink.h"
#include "work/opened.h"
#include <qcode/draft.h>
#include <qcode/study.h>

#include <string.h>

typedef struct methods {
    const qc_view *view;
    const qc_run *run;
    const qcode_study *study; /* one of which nothing is said, where the run had none */
    qc_buffer out;
} methods;

static void put_sampling(methods *m)
{
    const qcode_study *study = m->study;
    if (*study->method)
        qc_buffer_print(&m->out, "Sampling: %s. ", study->method);
    if (study->sampling != QCODE_SAMPLING_UNSAID)
        qc_buffer_print(&m->out, "It is %sa probability sample. ", study->sampling == QCODE_SAMPLING_OTHER ? "not " : "");
}

static void put_size(methods *m)
{
    qc_buffer_print(&m->out, "Respondents: %zu, in %zu document%s. ", m->view->respondent_count, m->view->talk_count,
                    m->view->talk_count == 1 ? "" : "s");
}

static void put_refusals(methods *m)
{
    const struct qc_run_kept_back *kept = &m->run->kept_back;
    for (size_t i = 0; i < m->study->group_count; i++) {
        const qcode_study_group *group = &m->study->groups[i];
        if (group->invited != SIZE_MAX && group->took_part != SIZE_MAX)
            qc_buffer_print(&m->out, "%s: %zu invited, %zu took part. ", group->name, group->invited, group->took_part);
        if (*group->note)
            qc_buffer_print(&m->out, "%s: %s. ", group->name, group->note);
    }
    if (kept->withdrawn + kept->without_consent_to_use)
        qc_buffer_print(&m->out, "Withdrawn: %zu; without consent to use: %zu. ", kept->withdrawn,
                        kept->without_consent_to_use);
}

static void put_sample(methods *m)
{
    for (size_t i = 0; i < m->view->group_count; i++) {
        size_t count = 0;
        for (size_t k = 0; k < m->view->respondent_count; k++)
            count += strcmp(m->view->respondents[k].group, m->view->groups[i]) == 0;
        qc_buffer_print(&m->out, "%s: %zu. ", *m->view->groups[i] ? m->view->groups[i] : "No group known", count);
    }
}

static void put_guide(methods *m)
{
    if (m->study->guide_count)
        qc_buffer_print(&m->out, "The guide had %zu question%s. ", m->study->guide_count,
                        m->study->guide_count == 1 ? "" : "s");
}

static void put_repeats(methods *m)
{
    size_t several = 0;
    for (size_t i = 0; i < m->view->respondent_count; i++)
        several += m->view->respondents[i].documents > 1;
    qc_buffer_print(&m->out, "Respondents in more than one document: %zu. ", several);
}

static void put_coders(methods *m)
{
    if (m->study->coder_count)
        qc_buffer_string(&m->out, "Coders: ");
    for (size_t i = 0; i < m->study->coder_count; i++) {
        const qcode_study_coder *coder = &m->study->coders[i];
        qc_buffer_print(&m->out, "%s%s%s%s%s", i ? "; " : "", coder->name, *coder->role ? " (" : "", coder->role,
                        *coder->role ? ")" : "");
    }
    qc_buffer_print(&m->out, "%sRules proposed segments; people accepted %zu, edited %zu and rejected %zu of %zu. ",
                    m->study->coder_count ? ". " : "", m->run->counts.accepted, m->run->counts.edited,
                    m->run->counts.rejected, m->view->judged_of);
}

static void put_tree(methods *m)
{
    for (size_t i = 0; i < m->view->books.count; i++) {
        const qcode_codebook *book = m->view->books.at[i];
        const char *title = qcode_codebook_title(book), *version = qcode_codebook_version(book);
        size_t count = qcode_codebook_count(book);
        qc_buffer_print(&m->out, "Codebook: %s%s%s, %zu code%s. ", *title ? title : "without a title",
                        *version ? ", version " : "", version, count, count == 1 ? "" : "s");
    }
}

static void put_software(methods *m)
{
    qc_buffer_print(&m->out, "qcode %s (%s). ", m->run->qcode, m->run->engines);
}

static void put_nothing(methods *m)
{
    (void)m;
}

/* The 32 items in their order; a question is asked whatever is filled in. */
static const struct item {
    const char *name;
    void (*fact)(methods *m);
    const char *question;
} items[] = {
    {"Interviewer", put_nothing, "Who did the interviews?"},
    {"Credentials", put_nothing, "What are the researchers' credentials?"},
    {"Occupation", put_nothing, "What was their occupation at the time?"},
    {"Gender", put_nothing, "What is the researchers' gender?"},
    {"Experience and training", put_nothing, "What experience or training did they have?"},
    {"Relationship established", put_nothing, "Did they know the respondents before the study began?"},
    {"What respondents knew of the interviewer", put_nothing, "What did respondents know of the researchers and their aims?"},
    {"Interviewer's characteristics", put_nothing, "What is said of the interviewers: bias, assumptions, interests?"},
    {"Methodological orientation", put_nothing, "What orientation does the study rest on?"},
    {"Sampling", put_sampling, "How were respondents chosen, and why so?"},
    {"Method of approach", put_nothing, "How were they approached?"},
    {"Sample size", put_size, "Does this match the number of people who were interviewed?"},
    {"Non-participation", put_refusals, "How many refused or dropped out, and why?"},
    {"Setting", put_nothing, "Where were the interviews done?"},
    {"Presence of others", put_nothing, "Was anybody else there?"},
    {"Description of the sample", put_sample, "What else about the respondents matters?"},
    {"Interview guide", put_guide, "Was the guide provided, and was it pilot tested?"},
    {"Repeat interviews", put_repeats, "Were interviews repeated, and why?"},
    {"Recording", put_nothing, "Were the interviews recorded, and how?"},
    {"Field notes", put_nothing, "Were notes made during or after the interviews?"},
    {"Duration", put_nothing, "How long were the interviews?"},
    {"Saturation", put_nothing, "Was saturation discussed? `qcode table accumulation` shows new codes by interview."},
    {"Transcripts returned", put_nothing, "Were transcripts returned to respondents?"},
    {"Coders", put_coders, "How many people coded the data, and how were they compared?"},
    {"Coding tree", put_tree, "Is the coding tree described?"},
    {"Derivation of themes", put_nothing, "Which themes were known in advance, and which came from the data?"},
    {"Software", put_software, "Is other software named?"},
    {"Checking by respondents", put_nothing, "Did respondents comment on the findings?"},
    {"Quotations", put_nothing, "Are quotations given, each with its respondent? `qcode quotes-check` checks a draft."},
    {"Data and findings", put_nothing, "Do data and findings fit together?"},
    {"Major themes", put_nothing, "Are major themes clear?"},
    {"Minor themes", put_nothing, "Are diverse cases and minor themes discussed?"},
};

static void put_limits(methods *m)
{
    qc_buffer_string(&m->out, "## Limits\n\n");
    for (size_t i = 0; i < m->study->limit_count; i++)
        qc_buffer_print(&m->out, "- %s\n", m->study->limits[i]);
    qc_buffer_print(&m->out, "- Of %zu segments a person has reviewed %zu; the others are proposals of rules.\n",
                    m->view->judged_of, m->view->reviewed);
    qc_buffer_string(&m->out, "- Question: What could the rules not see, and how was that looked for?\n"
                              "- Question: Whom did the study not reach?\n");
}

static void put_methods(methods *m)
{
    static void (*const facts[])(methods *m) = {put_sampling, put_size,  put_refusals, put_sample,
                                                put_guide,    put_coders, put_tree,     put_software};
    qc_buffer_string(&m->out, "# Methods and limits: a draft\n\n");
    if (*m->study->question)
        qc_buffer_print(&m->out, "Research question: %s\n\n", m->study->question);
    if (*m->study->commissioned_by)
        qc_buffer_print(&m->out, "Commissioned by: %s\n\n", m->study->commissioned_by);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        size_t before = m->out.length;
        facts[i](m);
        if (m->out.length > before) {
            m->out.length--; /* the blank behind the last sentence */
            qc_buffer_string(&m->out, "\n\n");
        }
    }
    put_limits(m);
    qc_buffer_string(&m->out, "\n## COREQ checklist\n\n");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        qc_buffer_print(&m->out, "%zu. **%s.** ", i + 1, items[i].name);
        items[i].fact(m);
        qc_buffer_print(&m->out, "Question: %s\n", items[i].question);
    }
}

bool qcode_write_methods(const char *folder, const qcode_memory *memory, qcode_sink *sink, qcode_notes *notes,
                         qcode_error *err)
{
    static const qcode_study unsaid = {.title = "", .question = "", .commissioned_by = "", .method = "",
                                       .comparison = {"", "", "", -1}};
    const qcode_view_filter filter = {.experimental = true};
    qc_opened opened;
    qcode_error why = {.status = QCODE_OK};
    qcode_study *study = NULL;
    bool done = qc_open_run(&opened, folder, &filter, memory, notes, err);
    if (done && !(study = qcode_study_of_run(folder, memory, notes, &why)) && why.status != QCODE_OK) {
        done = false;
        if (err)
            *err = why;
    }
    if (done) {
        methods m = {&opened.view, opened.run, study ? study : &unsaid, qc_buffer_init(memory)};
        put_methods(&m);
        done = !m.out.failed || qc_no_memory(err);
        qc_sink_drain(sink, &m.out);
        qc_buffer_clear(&m.out);
    }
    qcode_study_free(study);
    qc_opened_clear(&opened);
    return done;
}
