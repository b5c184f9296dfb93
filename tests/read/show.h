/* What a reader makes of a file, as text that a test can compare. */
#ifndef TESTS_READ_SHOW_H
#define TESTS_READ_SHOW_H

#include "support/test.h"

#include <string.h>

/* The turns of a file of this name with these bytes, a line each: `speaker|milliseconds|words`, "-" for nobody; or the
 * error. Static until the next call. */
const char *turns_of_bytes(const char *name, const void *bytes, size_t length);
const char *turns_of(const char *name, const char *text);
const char *turns_of_file(const char *path);

/* Of the transcript read last: its notes (`kind line: text`, a line each), its attributes and those of its speakers
 * (`name=value`, `speaker.name=value`), its format and layout ("vtt/voice"), and its text. */
const char *notes(void);
const char *attributes(void);
const char *layout(void);
const char *text_read(void);

void assert_turns(const char *name, const char *text, const char *wanted);
void assert_noted(const char *part);

/* Reading these bytes with each allocation refused in turn. */
void refuse_each_allocation_of(const char *name, const void *bytes, size_t length);

#endif
