/* Names of codes, as several programs write them. */
#include "read/codings/code_names.h"
#include "base/error.h"

qc_code_names qc_code_names_init(const qcode_memory *memory)
{
    return (qc_code_names){qc_set_init(memory), qc_buffer_init(memory)};
}

void qc_code_names_clear(qc_code_names *names)
{
    qc_set_clear(&names->names);
    qc_buffer_clear(&names->numbers);
}

static size_t *number_at(const qc_code_names *names, size_t index)
{
    return (size_t *)(void *)names->numbers.data + index;
}

static bool list_name(qc_code_names *names, const qcode_coders *coders, const char *name)
{
    bool added;
    size_t number = qcode_coders_find_code(coders, name);
    return qc_set_add(&names->names, name, strlen(name), &added) != SIZE_MAX &&
           (!added || qc_buffer_append(&names->numbers, &number, sizeof number));
}

static bool list_names(qc_code_names *names, const qcode_coders *coders, const qc_coding_rows *rows)
{
    const qc_coding_mark *marks = (const void *)rows->marks.data;
    bool done = true;
    for (size_t i = 0; done && i < rows->marks.length / sizeof *marks; i++)
        done = !marks[i].code || list_name(names, coders, marks[i].code);
    for (size_t i = 0; done && i < rows->asked_count; i++)
        done = list_name(names, coders, rows->asked[i]);
    return done;
}

bool qc_code_names_find(qc_code_names *names, qcode_coders *coders, const qc_coding_rows *rows, const char *source,
                        qcode_notes *notes)
{
    size_t known = qcode_coders_code_count(coders);
    qc_arena arena = qc_arena_init(names->numbers.memory);
    bool *taken = qc_arena_take_array(&arena, known + 1, sizeof *taken);
    bool done = taken && list_names(names, coders, rows);
    for (size_t i = 0; done && i < names->names.count; i++)
        if (*number_at(names, i) != SIZE_MAX)
            taken[*number_at(names, i)] = true;
    for (size_t i = 0; done && i < names->names.count; i++) {
        const char *name = qc_set_at(&names->names, i);
        size_t like = *number_at(names, i) == SIZE_MAX ? qc_coders_code_like(coders, name) : 0;
        if (*number_at(names, i) != SIZE_MAX)
            continue;
        if (like < known && !taken[like]) {
            taken[like] = true;
            qc_note(notes, QCODE_NOTE_INFO, source, 0, 0, "the code \"%s\" is taken for \"%s\"", name,
                    qcode_coders_code(coders, like));
        } else {
            like = qc_coders_code(coders, name, strlen(name));
        }
        *number_at(names, i) = like;
        done = like != SIZE_MAX;
    }
    qc_arena_clear(&arena);
    return done;
}

size_t qc_code_names_at(const qc_code_names *names, const char *name)
{
    size_t place = qc_set_find(&names->names, name, strlen(name));
    return place == SIZE_MAX ? SIZE_MAX : *number_at(names, place);
}
