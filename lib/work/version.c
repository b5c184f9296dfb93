/* The versions of the library and of the engines it was built with. */
#include <qcode/version.h>

const char *qcode_version(void)
{
    return QCODE_VERSION;
}

const char *qcode_engines(void)
{
    return ENGINES; /* from meson.build, which asks the engines' own headers */
}
