/* run.json, one fact a line. */
#include "write/run.h"
#include "write/measured.h"
#include "format/json.h"
#include "model/books.h"
#include "model/cases.h"

/* What a codebook says of itself, to the end of the object. */
static void put_codebook(qc_buffer *out, const qcode_codebook *book)
{
    qc_buffer_string(out, "\"title\": ");
    qc_json_put_string(out, qcode_codebook_title(book));
    qc_buffer_string(out, ", \"version\": ");
    qc_json_put_string(out, qcode_codebook_version(book));
    qc_buffer_string(out, ", \"sha256\": ");
    qc_json_put_string(out, qcode_codebook_hash(book));
    qc_buffer_string(out, "}");
}

bool qc_put_codebooks(qc_buffer *out, qcode_codebooks books)
{
    qc_buffer_string(out, "  \"codebook\": {");
    put_codebook(out, books.at[0]);
    for (size_t i = 1; i < books.count; i++) {
        qc_buffer_print(out, "%s{\"file\": \"%s\", ", i > 1 ? ",\n    " : ",\n  \"further_codebooks\": [\n    ",
                        qc_books_file(i));
        put_codebook(out, books.at[i]);
    }
    return qc_buffer_string(out, books.count > 1 ? "\n  ],\n" : ",\n");
}

static void put_cases(qc_buffer *out, const qcode_cases *cases)
{
    qc_buffer_print(out, "{\"lines\": %zu, \"sha256\": ", qc_cases_count(cases));
    qc_json_put_string(out, qc_cases_hash(cases));
    for (size_t i = 0; i < qc_cases_added_count(cases); i++) {
        qc_buffer_string(out, i ? ", " : ", \"added\": [");
        qc_json_put_string(out, qc_cases_added(cases, i));
    }
    qc_buffer_string(out, qc_cases_added_count(cases) ? "]}" : "}");
}

/* What can change a result, and nothing else. */
static void put_options(qc_buffer *out, const qc_run_facts *facts)
{
    const qcode_code_job *job = facts->job;
    qc_buffer_string(out, "  \"options\": {\"coder\": ");
    qc_json_put_string(out, job->coder);
    qc_buffer_string(out, ", \"format\": ");
    qc_json_put_string(out, job->inputs.read.format);
    qc_buffer_string(out, ", \"encoding\": ");
    qc_json_put_string(out, job->inputs.read.encoding);
    qc_buffer_string(out, ", \"columns\": ");
    qc_json_put_string(out, job->inputs.read.columns);
    qc_buffer_string(out, ", \"interviewers\": [");
    for (size_t i = 0; i < job->inputs.read.interviewer_count; i++) {
        qc_buffer_string(out, i ? ", " : "");
        qc_json_put_string(out, job->inputs.read.interviewers[i]);
    }
    const qcode_cases *cases = job->inputs.read.cases;
    qc_buffer_string(out, "], \"cases\": ");
    if (cases)
        put_cases(out, cases);
    else
        qc_buffer_string(out, "null");
    const qcode_guide *guide = job->inputs.read.guide;
    qc_buffer_string(out, ", \"guide\": [");
    for (size_t i = 0; guide && i < qcode_guide_count(guide); i++) {
        qc_buffer_string(out, i ? ", " : "");
        qc_json_put_string(out, qcode_guide_question(guide, i));
    }
    qc_buffer_print(out, "], \"keep_going\": %s},\n", job->inputs.keep_going ? "true" : "false");
}

static void put_kept_back(qc_buffer *out, const qcode_kept_back *kept)
{
    if (!kept->withdrawn && !kept->unused && !kept->unquoted && !kept->documents)
        return;
    qc_buffer_print(out,
                    "  \"kept_back\": {\"withdrawn\": %zu, \"without_consent_to_use\": %zu, "
                    "\"without_consent_to_quote\": %zu, \"documents\": %zu},\n",
                    kept->withdrawn, kept->unused, kept->unquoted, kept->documents);
}

/* A line of what was counted; `what` is "code" or "theme". */
static void put_line(qc_buffer *out, bool first, const char *what, const char *id, size_t segments, size_t interviews,
                     size_t respondents)
{
    qc_buffer_print(out, "%s\n    {\"%s\": ", first ? "" : ",", what);
    qc_json_put_string(out, id);
    qc_buffer_print(out, ", \"segments\": %zu, \"interviews\": %zu, \"respondents\": %zu}", segments, interviews,
                    respondents);
}

bool qc_put_counts(qc_buffer *out, const qcode_code_totals *totals)
{
    qc_buffer_print(out,
                    "  \"counts\": {\"documents\": %zu, \"refused\": %zu, \"respondents\": %zu, \"turns\": %zu, "
                    "\"segments\": %zu, \"vetoed\": ",
                    totals->documents, totals->refused, totals->respondents, totals->turns, totals->segments);
    if (totals->vetoed == SIZE_MAX)
        qc_buffer_string(out, "null");
    else
        qc_buffer_number(out, totals->vetoed);
    qc_buffer_print(out, ", \"accepted\": %zu, \"edited\": %zu, \"rejected\": %zu, \"unplaced\": %zu},\n",
                    totals->accepted, totals->edited, totals->rejected, totals->unplaced);
    put_kept_back(out, &totals->kept_back);
    qc_buffer_string(out, "  \"codes\": [");
    for (size_t i = 0; i < totals->code_count; i++) {
        const qcode_code_count *code = &totals->codes[i];
        put_line(out, !i, "code", qcode_code_id(code->code), code->segments, code->interviews, code->respondents);
    }
    qc_buffer_string(out, totals->theme_count ? "\n  ],\n  \"themes\": [" : "");
    for (size_t i = 0; i < totals->theme_count; i++) {
        const qcode_theme_count *theme = &totals->themes[i];
        put_line(out, !i, "theme", qcode_theme_id(theme->theme), theme->segments, theme->interviews, theme->respondents);
    }
    return qc_buffer_string(out, "\n  ],\n");
}

bool qc_put_files(qc_buffer *out, const qc_out_file *files, size_t count)
{
    qc_buffer_string(out, "  \"files\": [");
    for (size_t i = 0; i < count; i++) {
        qc_buffer_string(out, i ? ",\n    {\"name\": " : "\n    {\"name\": ");
        qc_json_put_string(out, files[i].name);
        qc_buffer_print(out, ", \"bytes\": %llu, \"sha256\": \"%s\"}", (unsigned long long)files[i].bytes,
                        files[i].hash);
    }
    return qc_buffer_string(out, "\n  ]\n}\n");
}

bool qc_put_run(qc_buffer *out, const qc_run_facts *facts)
{
    qc_buffer_string(out, "{\n  \"qcode\": ");
    qc_json_put_string(out, facts->qcode);
    qc_buffer_string(out, ",\n  \"engines\": ");
    qc_json_put_string(out, facts->engines);
    qc_buffer_string(out, ",\n  \"job\": \"code\",\n");
    qc_put_codebooks(out, facts->job->codebooks);
    if (facts->job->study)
        qc_buffer_print(out, "  \"study\": {\"sha256\": \"%s\"},\n", facts->job->study->hash);
    qc_buffer_string(out, "  \"agreement\": ");
    qc_put_measured(out, facts->job->study ? facts->job->study->agreement : NULL, " ");
    qc_buffer_string(out, ",\n");
    put_options(out, facts);
    qc_put_counts(out, facts->totals);
    qc_buffer_string(out, "  \"notes\": [");
    qc_buffer_append(out, facts->notes, facts->notes_length);
    qc_buffer_string(out, "],\n");
    return qc_put_files(out, facts->files, facts->file_count);
}
