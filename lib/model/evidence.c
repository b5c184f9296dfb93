/* The numbers of weighed evidence, and counting in millionths. */
#include "model/evidence.h"

#define M(x) ((int64_t)((x) * 1000000 + 0.5))

const qc_number_kind qc_numbers[QC_NUMBERS] = {
    [QC_N_SHORT_QUESTION] = {"short_question", M(4), 0, M(1000)},
    [QC_N_ENOUGH] = {"enough", M(0.95), 0, M(100)},
    [QC_N_SURE] = {"sure", M(1.5), 0, M(100)},
    [QC_N_QUESTION_OWN] = {"question_own", M(0.35), 0, M(10)},
    [QC_N_OWN] = {"own", M(0.7), 0, M(10)},
    [QC_N_CAP] = {"cap", M(1.5), 0, M(10)},
    [QC_N_HALF] = {"half", M(1), M(0.001), M(10)},
    [QC_N_GATE] = {"gate", M(0.4), 0, M(1)},
    [QC_N_ECHO_KEPT] = {"echo_kept", M(0.8), 0, M(1)},
    [QC_N_ECHO_LOST] = {"echo_lost", M(0.5), 0, M(1)},
    [QC_N_QUESTION] = {"question", M(0.95), 0, M(10)},
    [QC_N_CARRY] = {"carry", M(0.9), 0, M(1)},
    [QC_N_TAIL] = {"tail", M(0.3), 0, M(1)},
    [QC_N_FOLLOW] = {"follow_up", M(0.9), 0, M(10)},
    [QC_N_UNKNOWN] = {"unknown", M(0.4), 0, M(1)},
    [QC_N_GAIN] = {"gain", M(0.4), 0, M(1)},
    [QC_N_INHIBITION] = {"inhibition", M(0.5), 0, M(1)},
    [QC_N_BACKWARD] = {"backward", M(0.4), 0, M(10)},
    [QC_N_DECAY] = {"decay", M(0.6), 0, M(1)},
    [QC_N_TURN_MEAN] = {"turn_mean", M(0.5), 0, M(10)},
    [QC_N_OFF_TOPIC] = {"off_topic_penalty", M(0.5), 0, M(10)},
    [QC_N_OFF_TOPIC_NEAR] = {"off_topic_near", M(0.3), 0, M(10)},
    [QC_N_OFF_TOPIC_WORDS] = {"off_topic_words", M(9), M(1), M(1000)},
    [QC_N_THRESHOLD] = {"threshold", M(0.7), 0, M(10)},
    [QC_N_MARGIN] = {"margin", M(0.4), 0, M(10)},
    [QC_N_SECOND_MARGIN] = {"second_margin", M(0.12), 0, M(10)},
    [QC_N_SECOND_OWN] = {"second_own", M(0.35), 0, M(10)},
    [QC_N_MOST_CODES] = {"most_codes", M(2), M(1), M(1000)},
};

const char *const qc_cue_names[QC_CUES] = {
    [QC_CUE_NEW] = "topics.new",
    [QC_CUE_FOLLOW_UP] = "topics.follow_up",
    [QC_CUE_RESET] = "topics.reset",
    [QC_CUE_FILLER] = "topics.filler",
    [QC_CUE_OFF_TOPIC] = "evidence.off_topic",
};

static int64_t divide(int64_t a, int64_t b)
{
    return (a >= 0 ? a + b / 2 : a - b / 2) / b;
}

int64_t qc_times(int64_t a, int64_t b)
{
    return divide(a * b, QC_ONE);
}

int64_t qc_over(int64_t a, int64_t b)
{
    return b ? divide(a * QC_ONE, b) : 0;
}

int64_t qc_to_thousandths(int64_t a)
{
    return divide(a, QC_THOUSANDTH);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool qc_millionths_read(const char *text, size_t length, int64_t most, int64_t *number)
{
    size_t at = 0, whole = 0, digits = 0;
    int64_t value = 0, unit = QC_ONE;
    for (; at < length && is_digit(text[at]) && value <= most; at++, whole++)
        value = value * 10 + (text[at] - '0') * QC_ONE;
    if (at < length && text[at] == '.')
        for (at++; at < length && is_digit(text[at]) && digits < 6; at++, digits++)
            value += (text[at] - '0') * (unit /= 10);
    *number = value;
    return at == length && whole && (digits || text[at - 1] != '.') && value <= most;
}

bool qc_put_millionths(qc_buffer *out, int64_t number, int digits)
{
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char behind[6];
    size_t length = sizeof behind;
    uint32_t part = (uint32_t)(size % QC_ONE);
    for (size_t i = length; i; part /= 10)
        behind[--i] = (char)('0' + part % 10);
    while (length > (size_t)digits && behind[length - 1] == '0')
        length--;
    if (number < 0)
        qc_buffer_byte(out, '-');
    qc_buffer_number(out, size / QC_ONE);
    if (length)
        qc_buffer_byte(out, '.');
    return qc_buffer_append(out, behind, length);
}
