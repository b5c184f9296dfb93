/* The default of each limit. */
#include <qcode/limits.h>

static size_t or_default(size_t asked, size_t otherwise)
{
    return asked ? asked : otherwise;
}

qcode_limits qcode_limits_resolve(const qcode_limits *limits)
{
    qcode_limits all = limits ? *limits : (qcode_limits){.input = 0};
    all.input = or_default(all.input, QCODE_MOST_INPUT);
    all.text = or_default(all.text, QCODE_MOST_TEXT);
    all.member = or_default(all.member, QCODE_MOST_MEMBER);
    all.archive = or_default(all.archive, QCODE_MOST_ARCHIVE);
    all.ratio = or_default(all.ratio, QCODE_MOST_RATIO);
    all.ratio_free = or_default(all.ratio_free, QCODE_RATIO_FREE);
    all.member_count = or_default(all.member_count, QCODE_MOST_MEMBERS);
    all.xml_depth = or_default(all.xml_depth, QCODE_MOST_XML_DEPTH);
    return all;
}
