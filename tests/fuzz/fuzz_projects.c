/* Any bytes are read as a study or a dictionary of another program, or refused; what is read stands in its texts. The first byte
 * says what the file is called. */
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "read/projects/project.h"

static const char *const paths[] = {"p", "p.ann", "p.dic", "p.cat", "p.lc3", "p.ykd", "p.yml", "p.qdpx"};

/* Codings are of sources and codes that are there; places are inside the text, and its words are those of the coding. */
static void check_codings(const qc_project *project)
{
    for (size_t i = 0; i < qc_project_coding_count(project); i++) {
        const qc_project_coding *coding = qc_project_coding_at(project, i);
        MUST(coding->source < qc_project_source_count(project) && coding->code < qc_project_code_count(project));
        const qc_project_source *source = qc_project_source_at(project, coding->source);
        if (!source->text || coding->start == QC_NO_OFFSET)
            continue;
        size_t length = strlen(coding->words);
        MUST(coding->start < coding->end && coding->end <= qc_utf8_count(source->text, source->length));
        MUST(qc_utf8_count(coding->words, length) <= coding->end - coding->start);
    }
    for (size_t i = 0; i < qc_project_code_count(project); i++) {
        const qc_project_code *code = qc_project_code_at(project, i);
        MUST(code->parent == QC_NO_ITEM || code->parent < qc_project_code_count(project));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const qcode_limits small = {.input = 1 << 20, .member = 1 << 20, .archive = 1 << 20};
    const qcode_limits limits = qcode_limits_resolve(&small);
    if (!size)
        return 0;
    const char *path = paths[data[0] % (sizeof paths / sizeof *paths)];
    qcode_error err = {.status = QCODE_OK};
    qc_project project = qc_project_init(NULL);
    unsigned char *copy = qc_resize(NULL, NULL, size);
    MUST(copy);
    memcpy(copy, data + 1, size - 1);
    copy[size - 1] = '\0';
    const qc_bytes bytes = {.data = copy, .length = size - 1};
    const qc_project_file file = {path, copy, size - 1, &limits, NULL};
    bool known = false, done = qc_project_parse(&project, &bytes, path, &limits, &known, NULL, &err);
    if (done && !known)
        done = qc_dictionary_read(&project, &file, &known, NULL, &err);
    MUST(done || (err.message[0] && err.status != QCODE_OK));
    if (done)
        check_codings(&project);
    qc_project_clear(&project);
    qc_release(NULL, copy);
    return 0;
}
