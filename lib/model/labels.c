/* Labels in a hash table with open addressing. */
#include "model/labels.h"

#include <string.h>

enum { FIRST_SLOTS = 32 };

qc_labels qc_labels_init(const qcode_memory *memory)
{
    return (qc_labels){.arena = qc_arena_init(memory), .folder = qc_folder_init(memory), .key = qc_buffer_init(memory)};
}

void qc_labels_clear(qc_labels *labels)
{
    const qcode_memory *memory = labels->arena.memory;
    qc_release(memory, labels->at);
    qc_release(memory, labels->slots);
    qc_buffer_clear(&labels->key);
    qc_folder_clear(&labels->folder);
    qc_arena_clear(&labels->arena);
    *labels = qc_labels_init(memory);
}

/* Nearly every label is plain ASCII without doubled spaces. False, and nothing of use, for another. */
static bool make_plain_key(qc_labels *labels, const char *text, size_t length)
{
    if (!length || text[0] == ' ' || text[length - 1] == ' ' || !qc_buffer_reserve(&labels->key, length + 1))
        return false;
    char *key = labels->key.data;
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (byte < ' ' || byte > '~' || (byte == ' ' && text[i - 1] == ' '))
            return false;
        key[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
    }
    key[length] = '\0';
    labels->key.length = length;
    return true;
}

/* Leaves the key of a label in labels->key: its folded form, where every white space is a space, with single spaces. */
static bool make_key(qc_labels *labels, const char *text, size_t length)
{
    qc_folded folded;
    labels->key.length = 0;
    if (make_plain_key(labels, text, length))
        return true;
    if (!qc_fold(&labels->folder, QC_FORM_TERM, text, length, &folded))
        return false;
    labels->key.length = 0;
    for (size_t i = 0; i < folded.length; i++) {
        bool doubled = !labels->key.length || labels->key.data[labels->key.length - 1] == ' ';
        if (folded.text[i] != ' ' || !doubled)
            qc_buffer_byte(&labels->key, folded.text[i]);
    }
    if (labels->key.length && labels->key.data[labels->key.length - 1] == ' ')
        labels->key.length--;
    return qc_buffer_text(&labels->key) != NULL;
}

/* Eight bytes at a time, stirred. */
static uint64_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u ^ length, eight;
    for (; length >= sizeof eight; text += sizeof eight, length -= sizeof eight) {
        memcpy(&eight, text, sizeof eight);
        hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    eight = 0;
    if (length)
        memcpy(&eight, text, length);
    hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
    return hash * 0x9e3779b97f4a7c15u;
}

/* The slot where the key is or would be. There is always a free one. */
static size_t slot_of(const qc_labels *labels, const char *key, size_t length, uint64_t hash)
{
    size_t mask = labels->slot_count - 1, slot = (size_t)(hash >> 20) & mask;
    for (; labels->slots[slot]; slot = (slot + 1) & mask) {
        const qc_label *there = &labels->at[labels->slots[slot] - 1];
        if (there->hash == hash && there->key_length == length && memcmp(there->key, key, length) == 0)
            break;
    }
    return slot;
}

static bool grow_slots(qc_labels *labels)
{
    size_t wanted = labels->slot_count ? labels->slot_count * 2 : FIRST_SLOTS, bytes;
    if (!qc_multiply(wanted, sizeof *labels->slots, &bytes))
        return false;
    size_t *slots = qc_resize(labels->arena.memory, NULL, bytes);
    if (!slots)
        return false;
    memset(slots, 0, bytes);
    qc_release(labels->arena.memory, labels->slots);
    labels->slots = slots;
    labels->slot_count = wanted;
    for (size_t i = 0; i < labels->count; i++) {
        const qc_label *label = &labels->at[i];
        slots[slot_of(labels, label->key, label->key_length, label->hash)] = i + 1;
    }
    return true;
}

size_t qc_labels_find(qc_labels *labels, const char *text, size_t length)
{
    if (!make_key(labels, text, length)) {
        labels->failed = true;
        return QC_NO_LABEL;
    }
    if (!labels->slot_count)
        return QC_NO_LABEL;
    const qc_buffer *key = &labels->key;
    size_t slot = slot_of(labels, key->data, key->length, hash_of(key->data, key->length));
    return labels->slots[slot] ? labels->slots[slot] - 1 : QC_NO_LABEL;
}

size_t qc_labels_find_same(const qc_labels *labels, const qc_label *label)
{
    size_t found = labels->count ? labels->slots[slot_of(labels, label->key, label->key_length, label->hash)] : 0;
    return found ? found - 1 : QC_NO_LABEL;
}

static bool add_new(qc_labels *labels, const char *text, size_t length)
{
    const qc_buffer *key = &labels->key;
    if (labels->count + 1 > labels->slot_count / 2 && !grow_slots(labels))
        return false;
    if (!qc_grow(labels->arena.memory, &labels->at, &labels->capacity, labels->count + 1, sizeof *labels->at))
        return false;
    qc_label label = {.length = length, .key_length = key->length, .hash = hash_of(key->data, key->length)};
    label.text = qc_arena_copy(&labels->arena, text, length);
    label.key = qc_arena_copy(&labels->arena, key->data, key->length);
    if (!label.text || !label.key)
        return false;
    labels->slots[slot_of(labels, label.key, label.key_length, label.hash)] = labels->count + 1;
    labels->at[labels->count++] = label;
    return true;
}

size_t qc_labels_add(qc_labels *labels, const char *text, size_t length)
{
    size_t found = qc_labels_find(labels, text, length);
    if (found != QC_NO_LABEL || labels->failed)
        return found;
    if (!add_new(labels, text, length)) {
        labels->failed = true;
        return QC_NO_LABEL;
    }
    return labels->count - 1;
}
