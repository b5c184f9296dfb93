#!/usr/bin/env python3
"""Reads every C file of the project and tells what breaks its rules: an include that points up or sideways, a library
outside its home, a command that knows more than <qcode.h>, a function or file too long to read.

    test_floors.py ROOT       the findings, one a line; exit 1 when there is one
    test_floors.py --itself   the same over small trees that each break one rule, which must be found"""
import os
import re
import sys
import tempfile

MOST_FUNCTION, MOST_FILE, MOST_COLUMNS = 70, 500, 150

# a floor and what it may include beside itself
FLOORS = {
    "base": [],
    "text": ["base"],
    "format": ["base"],
    "model": ["base", "text"],
    "read": ["base", "text", "format", "model"],
    "match": ["base", "text", "model"],
    "agree": ["base", "text", "model"],
    "analyse": ["base", "text", "model"],
    "write": ["base", "text", "format", "model"],
    "work": ["base", "text", "format", "model", "read", "match", "agree", "analyse", "write"],
}

# an outside header and the floors where it may be included
HOMES = {
    "utf8proc.h": ["text"],
    "iconv.h": ["text"],
    "libstemmer.h": ["text"],
    "yaml.h": ["format"],
    "dlfcn.h": ["format"],
    "zip.h": ["format"],
    "sqlite3.h": ["read", "write"],
    "libxml/parser.h": ["format"],
    "libxml/parserInternals.h": ["format"],
    "xlsxwriter.h": ["format"],
    "pcre2.h": ["match"],
    "pthread.h": ["work"],
    "math.h": ["agree"],
    "cpuid.h": ["base"],
    "immintrin.h": ["base"],
    "arm_neon.h": ["base"],
}

# C11 and POSIX.1-2008
STANDARD = set("""assert.h ctype.h errno.h float.h inttypes.h iso646.h limits.h locale.h setjmp.h signal.h stdalign.h stdarg.h
stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h time.h dirent.h fcntl.h langinfo.h libgen.h
poll.h strings.h sys/mman.h sys/resource.h sys/socket.h sys/stat.h sys/time.h sys/types.h sys/wait.h unistd.h""".split())


def c_files(root, *folders):
    for folder in folders:
        for here, below, names in os.walk(os.path.join(root, folder)):
            below.sort()
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(here, name), root)


def lines_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


def includes(lines):
    """(line number, opening character, name)"""
    for number, line in enumerate(lines, 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1), found.group(2)


def wrong_include_in_lib(root, path, floor, mark, name):
    top = name.split("/")[0]
    if mark == '"':
        if not os.path.exists(os.path.join(root, "lib", name)):
            return f'"{name}" is no file of lib'
        if top != floor and top not in FLOORS[floor]:
            return f"{floor} may not include {top}"
    elif top == "qcode":
        return None
    elif name == "qcode.h":
        return "the library includes what it needs of <qcode/...>, not <qcode.h>"
    elif name in HOMES:
        if floor not in HOMES[name]:
            return f"<{name}> has its home in {' and '.join(HOMES[name]) or 'no floor'}"
    elif name not in STANDARD:
        return f"<{name}> is neither C11 nor POSIX nor a library with a home"
    return None


def wrong_include_in_cli(mark, name):
    if (mark, name) in (("<", "qcode.h"), ('"', "cli.h")) or (mark == "<" and name in STANDARD):
        return None
    return f"the command includes <qcode.h>, \"cli.h\" and the C library alone, not {name}"


def wrong_include_in_promise(mark, name):
    if mark == "<" and (name.startswith("qcode/") or name in STANDARD):
        return None
    return f"a public header includes <qcode/...> and the C library alone, not {name}"


def check_includes(root):
    for path in c_files(root, "lib", "cli", "include"):
        parts = path.split(os.sep)
        lines = list(includes(lines_of(root, path)))
        for number, mark, name in lines:
            if parts[0] == "lib":
                if parts[1] not in FLOORS:
                    yield f"{path}: {parts[1]} is no floor"
                    break
                wrong = wrong_include_in_lib(root, path, parts[1], mark, name)
            elif parts[0] == "cli":
                wrong = wrong_include_in_cli(mark, name)
            else:
                wrong = wrong_include_in_promise(mark, name)
            if wrong:
                yield f"{path}:{number}: {wrong}"
        own = "/".join(parts[1:])[:-2] + ".h"
        if parts[0] == "lib" and path.endswith(".c") and os.path.exists(os.path.join(root, "lib", own)):
            if not lines or lines[0][2] != own:
                yield f'{path}: its own header "{own}" has to come first'


def check_lengths(root):
    for path in c_files(root, "lib", "cli", "include", "tests"):
        lines = lines_of(root, path)
        if len(lines) >= MOST_FILE:
            yield f"{path}: {len(lines)} lines; a file has fewer than {MOST_FILE}"
        if not lines or not lines[0].startswith("/* "):
            yield f"{path}:1: a file opens with a sentence about itself"
        start = None
        for number, line in enumerate(lines, 1):
            if len(line) > MOST_COLUMNS and not path.startswith("tests"): # tests hold whole interviews in a line
                yield f"{path}:{number}: {len(line)} columns; a line has at most {MOST_COLUMNS}"
            if "\t" in line:
                yield f"{path}:{number}: a tab"
            if line == "{":
                start = number
            elif line == "}" and start:
                if number - start >= MOST_FUNCTION:
                    yield f"{path}:{start}: a function of {number - start} lines; it has fewer than {MOST_FUNCTION}"
                start = None


def findings(root):
    return list(check_includes(root)) + list(check_lengths(root))


BROKEN = [
    ({"lib/text/a.c": '/* A. */\n#include "model/b.h"\n', "lib/model/b.h": "/* B. */\n"}, "text may not include model"),
    ({"lib/text/a.c": '/* A. */\n#include "format/b.h"\n', "lib/format/b.h": "/* B. */\n"}, "text may not include format"),
    ({"lib/read/a.c": '/* A. */\n#include "match/b.h"\n', "lib/match/b.h": "/* B. */\n"}, "read may not include match"),
    ({"lib/match/a.c": '/* A. */\n#include "format/b.h"\n', "lib/format/b.h": "/* B. */\n"}, "match may not include format"),
    ({"lib/text/a.c": "/* A. */\n#include <pcre2.h>\n"}, "<pcre2.h> has its home in match"),
    ({"lib/text/a.c": "/* A. */\n#include <curl/curl.h>\n"}, "neither C11 nor POSIX"),
    ({"lib/text/a.c": '/* A. */\n#include "b.h"\n', "lib/text/b.h": "/* B. */\n"}, '"b.h" is no file of lib'),
    ({"lib/text/a.c": '/* A. */\n#include <stdio.h>\n#include "text/a.h"\n', "lib/text/a.h": "/* A. */\n"},
     "has to come first"),
    ({"lib/text/a.c": "/* A. */\n#include <qcode.h>\n"}, "not <qcode.h>"),
    ({"lib/attic/a.c": "/* A. */\n#include <stdio.h>\n"}, "attic is no floor"),
    ({"cli/a.c": "/* A. */\n#include <qcode/read.h>\n"}, "the command includes"),
    ({"cli/a.c": '/* A. */\n#include "base/buffer.h"\n'}, "the command includes"),
    ({"include/qcode/a.h": '/* A. */\n#include "base/buffer.h"\n'}, "a public header includes"),
    ({"lib/text/a.c": "/* A. */\nint f(void)\n{\n" + "    ;\n" * 69 + "}\n"}, "a function of 70 lines"),
    ({"lib/text/a.c": "/* A. */\n" + "int x;\n" * 499}, "500 lines"),
    ({"lib/text/a.c": "int x;\n"}, "a file opens with"),
    ({"lib/text/a.c": "/* A. */\n/*" + "x" * 149 + "\n"}, "151 columns"),
    ({"lib/text/a.c": "/* A. */\n\tint x;\n"}, "a tab"),
]


def check_itself():
    for files, wanted in BROKEN:
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(text)
            found = findings(root)
            if len(found) != 1 or wanted not in found[0]:
                yield f"{wanted!r} was expected, and found: {found}"


def main():
    found = list(check_itself()) if sys.argv[1] == "--itself" else findings(sys.argv[1])
    print("\n".join(found) or "nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
