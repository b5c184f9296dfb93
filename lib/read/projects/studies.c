/* Databases that keep a study in tables of the same kind: QualCoder (data.qda), RQDA, requal. */
#include "base/error.h"
#include "read/projects/databases.h"

static bool take_source(qc_project *project, qc_database *db, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    size_t id = qc_database_number(db, 0);
    const char *name = qc_database_text(db, 1, arena, err), *text = name ? qc_database_text(db, 2, arena, err) : NULL;
    const char *memo = text ? qc_database_text(db, 3, arena, err) : NULL;
    qc_project_source source = {.name = name, .memo = memo};
    if (!memo || (*text && !(source.text = qc_project_decode(project, text, strlen(text), name, &source.length, NULL, err))))
        return false;
    size_t number = qc_project_add_source(project, &source);
    bool done = number != QC_NO_ITEM && qc_project_number(project, 's', id, number);
    if (done && !*text)
        done = qc_project_lose(project, "source without text", name);
    return done || qc_no_memory(err);
}

/* id, name, memo, color: a category has no color. */
static bool take_code(qc_project *project, qc_database *db, char kind, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    qc_project_code code = {.name = qc_database_text(db, 1, arena, err), .parent = QC_NO_ITEM,
                            .is_category = kind == 'g', .color = ""};
    if (!code.name || !(code.definition = qc_database_text(db, 2, arena, err)) ||
        (kind == 'c' && !(code.color = qc_database_text(db, 3, arena, err))))
        return false;
    size_t number = qc_project_add_code(project, &code);
    return (number != QC_NO_ITEM && qc_project_number(project, kind, qc_database_number(db, 0), number)) ||
           qc_no_memory(err);
}

static bool take_category(qc_project *project, qc_database *db, qcode_error *err)
{
    return take_code(project, db, 'g', err);
}

static bool take_name(qc_project *project, qc_database *db, qcode_error *err)
{
    return take_code(project, db, 'c', err);
}

/* Puts an item under another: its number, and that of what is above it. */
static bool put_under(qc_project *project, qc_database *db, char kind, char above)
{
    size_t item = qc_project_numbered(project, kind, qc_database_number(db, 0));
    size_t parent = qc_project_numbered(project, above, qc_database_number(db, 1));
    if (item != QC_NO_ITEM && parent != QC_NO_ITEM)
        qc_project_code_at(project, item)->parent = parent;
    return true;
}

static bool nest_category(qc_project *project, qc_database *db, qcode_error *err)
{
    (void)err;
    return put_under(project, db, 'g', 'g');
}

static bool nest_in_category(qc_project *project, qc_database *db, qcode_error *err)
{
    (void)err;
    return put_under(project, db, 'c', 'g');
}

static bool nest_in_code(qc_project *project, qc_database *db, qcode_error *err)
{
    (void)err;
    return put_under(project, db, 'c', 'c');
}

static bool take_coding(qc_project *project, qc_database *db, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    qc_project_coding coding = {.line = qc_database_number(db, 0),
                                .code = qc_project_numbered(project, 'c', qc_database_number(db, 1)),
                                .source = qc_project_numbered(project, 's', qc_database_number(db, 2)),
                                .start = qc_database_number(db, 4),
                                .end = qc_database_number(db, 5)};
    if (!(coding.words = qc_database_text(db, 3, arena, err)) || !(coding.coder = qc_database_text(db, 6, arena, err)) ||
        !(coding.memo = qc_database_text(db, 7, arena, err)))
        return false;
    bool known = coding.code != QC_NO_ITEM && coding.source != QC_NO_ITEM;
    return (known ? qc_project_add_coding(project, &coding)
                  : qc_project_lose(project, "coding of a code or source that is not there", "")) ||
           qc_no_memory(err);
}

static bool take_case(qc_project *project, qc_database *db, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    qc_project_case one = {.name = qc_database_text(db, 1, arena, err), .source = QC_NO_ITEM};
    if (!one.name || !(one.memo = qc_database_text(db, 2, arena, err)))
        return false;
    size_t number = qc_project_add_case(project, &one);
    return (number != QC_NO_ITEM && qc_project_number(project, 'k', qc_database_number(db, 0), number)) ||
           qc_no_memory(err);
}

static bool take_case_source(qc_project *project, qc_database *db, qcode_error *err)
{
    (void)err;
    size_t item = qc_project_numbered(project, 'k', qc_database_number(db, 0));
    qc_project_case *one = item == QC_NO_ITEM ? NULL : (qc_project_case *)(void *)project->cases.data + item;
    if (one && one->source == QC_NO_ITEM)
        one->source = qc_project_numbered(project, 's', qc_database_number(db, 1));
    return true;
}

/* name, value, whose (case, file), number */
static bool take_attribute(qc_project *project, qc_database *db, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    const char *name = qc_database_text(db, 0, arena, err), *value = name ? qc_database_text(db, 1, arena, err) : NULL;
    const char *whose = value ? qc_database_text(db, 2, arena, err) : NULL;
    size_t number = qc_database_number(db, 3);
    if (!whose)
        return false;
    bool of_file = strcmp(whose, "file") == 0;
    size_t of = of_file ? qc_project_numbered(project, 's', number) : qc_project_numbered(project, 'k', number);
    if (!*value || of == QC_NO_ITEM)
        return true;
    of = of_file ? qc_project_source_case(project, of) : of;
    return (of != QC_NO_ITEM && qc_project_add_value(project, of, name, value)) || qc_no_memory(err);
}

/* title, text, coder */
static bool take_memo(qc_project *project, qc_database *db, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    qc_project_memo memo = {.title = qc_database_text(db, 0, arena, err), .about = ""};
    if (!memo.title || !(memo.text = qc_database_text(db, 1, arena, err)) ||
        !(memo.coder = qc_database_text(db, 2, arena, err)))
        return false;
    return !*memo.text || qc_project_add_memo(project, &memo) || qc_no_memory(err);
}

/* What is asked of a table, if it is there with these columns. */
typedef struct question {
    const char *table, *columns, *text;
    qc_row_taker *take;
} question;

/* A table whose rows are lost, and the column that names each. */
typedef struct left_out {
    const char *table, *column, *what;
} left_out;

static bool read_study(qc_project *project, qc_database *db, const question *questions, const left_out *losses,
                       qcode_error *err)
{
    bool done = true;
    for (; done && questions->table; questions++)
        done = !qc_database_has(db, questions->table, questions->columns) ||
               qc_database_each(project, db, questions->text, questions->take, err);
    for (; done && losses->table; losses++)
        done = qc_database_lose(project, db, losses->table, losses->column, losses->what, err);
    return done;
}

static const question qualcoder_questions[] = {
    {"source", "id", "SELECT id, name, fulltext, memo FROM source ORDER BY id", take_source},
    {"code_cat", "catid", "SELECT catid, name, memo FROM code_cat ORDER BY catid", take_category},
    {"code_name", "cid", "SELECT cid, name, memo, color FROM code_name ORDER BY cid", take_name},
    {"code_cat", "supercatid", "SELECT catid, supercatid FROM code_cat", nest_category},
    {"code_name", "catid", "SELECT cid, catid FROM code_name", nest_in_category},
    {"code_name", "supercid", "SELECT cid, supercid FROM code_name", nest_in_code},
    {"code_text", "ctid", "SELECT ctid, cid, fid, seltext, pos0, pos1, owner, memo FROM code_text ORDER BY ctid",
     take_coding},
    {"cases", "caseid name memo", "SELECT caseid, name, memo FROM cases ORDER BY caseid", take_case},
    {"case_text", "id caseid fid", "SELECT caseid, fid FROM case_text ORDER BY id", take_case_source},
    {"attribute", "attrid name value attr_type id", "SELECT name, value, attr_type, id FROM attribute ORDER BY attrid",
     take_attribute},
    {"annotation", "anid memo owner", "SELECT 'annotation', memo, owner FROM annotation ORDER BY anid", take_memo},
    {"journal", "jid name jentry owner", "SELECT name, jentry, owner FROM journal ORDER BY jid", take_memo},
    {NULL, NULL, NULL, NULL}};

static const left_out qualcoder_losses[] = {{"code_image", "memo", "coding of an image"},
                                            {"code_av", "memo", "coding of audio or video"},
                                            {"graph", "name", "graph"},
                                            {"stored_sql", "title", "stored query"},
                                            {NULL, NULL, NULL}};

static bool read_qualcoder(qc_project *project, qc_database *db, qcode_notes *notes, qcode_error *err)
{
    (void)notes;
    return read_study(project, db, qualcoder_questions, qualcoder_losses, err);
}

const qc_database_reader qc_qualcoder = {"QualCoder",
                                         {{"source", "id name fulltext memo"},
                                          {"code_cat", "catid name memo supercatid"},
                                          {"code_name", "cid name memo catid color"},
                                          {"code_text", "ctid cid fid seltext pos0 pos1 owner memo"},
                                          {NULL, NULL}},
                                         read_qualcoder};

/* A status of 1 is what has not been deleted. */
static const question rqda_questions[] = {
    {"source", "id", "SELECT id, name, file, memo FROM source WHERE status = 1 ORDER BY id", take_source},
    {"codecat", "catid name memo", "SELECT catid, name, memo FROM codecat WHERE status = 1 ORDER BY catid",
     take_category},
    {"freecode", "id", "SELECT id, name, memo, color FROM freecode WHERE status = 1 ORDER BY id", take_name},
    {"treecode", "cid catid", "SELECT cid, catid FROM treecode WHERE status = 1", nest_in_category},
    {"coding", "cid", "SELECT rowid, cid, fid, seltext, selfirst, selend, owner, memo FROM coding WHERE status = 1 "
     "ORDER BY rowid", take_coding},
    {"cases", "id name memo status", "SELECT id, name, memo FROM cases WHERE status = 1 ORDER BY id", take_case},
    {"caselinkage", "caseid fid status", "SELECT caseid, fid FROM caselinkage WHERE status = 1 ORDER BY rowid",
     take_case_source},
    {"caseAttr", "variable value caseID", "SELECT variable, value, 'case', caseID FROM caseAttr ORDER BY rowid",
     take_attribute},
    {"fileAttr", "variable value fileID", "SELECT variable, value, 'file', fileID FROM fileAttr ORDER BY rowid",
     take_attribute},
    {"journal", "name journal owner status", "SELECT name, journal, owner FROM journal WHERE status = 1 ORDER BY rowid",
     take_memo},
    {"annotation", "annotation owner status", "SELECT 'annotation', annotation, owner FROM annotation WHERE status = 1 "
     "ORDER BY rowid", take_memo},
    {NULL, NULL, NULL, NULL}};

static const left_out rqda_losses[] = {{"image", "name", "image"}, {"filecat", "name", "category of files"},
                                       {NULL, NULL, NULL}};

static bool read_rqda(qc_project *project, qc_database *db, qcode_notes *notes, qcode_error *err)
{
    (void)notes;
    return read_study(project, db, rqda_questions, rqda_losses, err);
}

const qc_database_reader qc_rqda = {"RQDA",
                                    {{"source", "id name file memo status"},
                                     {"freecode", "id name memo color status"},
                                     {"coding", "cid fid seltext selfirst selend owner memo status"},
                                     {NULL, NULL}},
                                    read_rqda};

static const question requal_questions[] = {
    {"documents", "doc_id", "SELECT doc_id, doc_name, doc_text, doc_description FROM documents ORDER BY doc_id",
     take_source},
    {"categories", "category_id category_name category_description",
     "SELECT category_id, category_name, category_description FROM categories ORDER BY category_id", take_category},
    {"codes", "code_id", "SELECT code_id, code_name, code_description, code_color FROM codes ORDER BY code_id",
     take_name},
    {"categories_codes_map", "code_id category_id", "SELECT code_id, category_id FROM categories_codes_map ORDER BY rowid",
     nest_in_category},
    {"segments", "segment_id",
     "SELECT s.segment_id, s.code_id, s.doc_id, s.segment_text, s.segment_start, s.segment_end, u.user_name, NULL "
     "FROM segments AS s LEFT JOIN users AS u ON u.user_id = s.user_id ORDER BY s.segment_id", take_coding},
    {"cases", "case_id case_name case_description", "SELECT case_id, case_name, case_description FROM cases "
     "ORDER BY case_id", take_case},
    {"cases_documents_map", "case_id doc_id", "SELECT case_id, doc_id FROM cases_documents_map ORDER BY rowid",
     take_case_source},
    {"memos", "memo_id text user_id", "SELECT 'memo', m.text, u.user_name FROM memos AS m LEFT JOIN users AS u "
     "ON u.user_id = m.user_id ORDER BY m.memo_id", take_memo},
    {NULL, NULL, NULL, NULL}};

static const left_out requal_losses[] = {{"attributes", "attribute_name", "attribute"}, {NULL, NULL, NULL}};

static bool read_requal(qc_project *project, qc_database *db, qcode_notes *notes, qcode_error *err)
{
    (void)notes;
    return read_study(project, db, requal_questions, requal_losses, err);
}

const qc_database_reader qc_requal = {"requal",
                                      {{"documents", "doc_id doc_name doc_text doc_description"},
                                       {"codes", "code_id code_name code_description code_color"},
                                       {"segments", "segment_id user_id doc_id code_id segment_start segment_end segment_text"},
                                       {"users", "user_id user_name"},
                                       {NULL, NULL}},
                                      read_requal};
