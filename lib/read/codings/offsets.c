/* Where a place stands when others count: code points, UTF-16 units or bytes, line ends as one or two, a mark or none. */
#include "read/codings/offsets.h"
#include "base/utf8.h"

qc_convention qc_convention_at(size_t index)
{
    return (qc_convention){(qc_count)(index / 4), index / 2 % 2 != 0, index % 2 != 0};
}

size_t qc_convention_index(qc_convention convention)
{
    return 4 * (size_t)convention.count + 2 * (size_t)convention.crlf + (size_t)convention.bom;
}

bool qc_convention_tell(qc_convention convention, qc_buffer *out)
{
    static const char *const counts[] = {"code points", "UTF-16 units", "bytes"};
    return qc_buffer_print(out, "%s%s%s", counts[convention.count], convention.crlf ? ", each line end as two" : "",
                           convention.bom ? ", behind a byte order mark" : "");
}

/* Where a line begins, or goes on after LONGEST_STEP bytes, in each way of counting. */
typedef struct milestone {
    size_t at[QC_COUNTS];
    size_t feeds; /* line ends before it */
} milestone;

enum { LONGEST_STEP = 1024 };

/* Moves a place behind a character. */
static void pass(milestone *place, const char *text, size_t length)
{
    size_t *byte = &place->at[QC_COUNT_BYTES];
    uint32_t point = qc_utf8_next(text, length, byte);
    place->at[QC_COUNT_POINTS]++;
    place->at[QC_COUNT_UTF16] += point > 0xFFFF ? 2 : 1;
    place->feeds += point == '\n';
}

bool qc_offsets_init(qc_offsets *offsets, const char *text, size_t length, const qcode_memory *memory)
{
    *offsets = (qc_offsets){text, length, qc_buffer_init(memory)};
    milestone place = {{0}, 0}, last = place;
    bool done = qc_buffer_append(&offsets->milestones, &place, sizeof place);
    while (done && place.at[QC_COUNT_BYTES] < length) {
        pass(&place, text, length);
        if (place.feeds == last.feeds && place.at[QC_COUNT_BYTES] - last.at[QC_COUNT_BYTES] < LONGEST_STEP)
            continue;
        done = qc_buffer_append(&offsets->milestones, &place, sizeof place);
        last = place;
    }
    return done;
}

void qc_offsets_clear(qc_offsets *offsets)
{
    qc_buffer_clear(&offsets->milestones);
}

static size_t counted(const milestone *place, qc_convention convention)
{
    return place->at[convention.count] + (convention.crlf ? place->feeds : 0);
}

/* The last milestone that is not behind an offset. */
static milestone last_before(const qc_offsets *offsets, qc_convention convention, size_t offset)
{
    const milestone *stones = (const void *)offsets->milestones.data;
    size_t low = 0, high = offsets->milestones.length / sizeof *stones; /* it is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (counted(&stones[middle], convention) <= offset)
            low = middle;
        else
            high = middle;
    }
    return stones[low];
}

size_t qc_offsets_byte(const qc_offsets *offsets, qc_convention convention, size_t offset)
{
    size_t mark = !convention.bom ? 0 : convention.count == QC_COUNT_BYTES ? 3 : 1;
    if (offset < mark)
        return SIZE_MAX;
    offset -= mark;
    milestone place = last_before(offsets, convention, offset);
    size_t *byte = &place.at[QC_COUNT_BYTES];
    while (counted(&place, convention) < offset && *byte < offsets->length && offsets->text[*byte] != '\n')
        pass(&place, offsets->text, offsets->length);
    size_t here = counted(&place, convention);
    bool in_line_end = convention.crlf && here + 1 == offset && *byte < offsets->length;
    return here == offset || in_line_end ? *byte : SIZE_MAX;
}

size_t qc_offsets_points(const qc_offsets *offsets, size_t byte)
{
    milestone place = last_before(offsets, (qc_convention){QC_COUNT_BYTES, false, false}, byte);
    size_t at = place.at[QC_COUNT_BYTES];
    return place.at[QC_COUNT_POINTS] + qc_utf8_count(offsets->text + at, byte - at);
}
