#!/usr/bin/env python3
"""Puts files of text into C, one behind the other, with the hash that a Content-Security-Policy calls them by.

    embed.py OUTPUT.c NAME FILE..."""
import base64
import hashlib
import sys


def main(output, name, *files):
    text = b""
    for path in files:
        with open(path, "rb") as file:
            text += file.read()
    text.decode("utf-8")
    for end in (b"</script", b"</style", b"<!--", b"\r", b"\0"):
        if end in text.lower() and not files[0].endswith(".html"):
            raise SystemExit(f"{name}: {end.decode()!r} would end the element it stands in, or change there")
    digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
    lines = (", ".join(map(str, text[at : at + 24])) for at in range(0, len(text), 24))
    with open(output, "w", encoding="utf-8") as out:
        out.write(f'/* Made by embed.py of {len(files)} files. */\n#include "write/page.h"\n\n')
        out.write("static const unsigned char text[] = {\n    ")
        out.write(",\n    ".join(lines))
        out.write(f'\n}};\n\nconst qc_asset {name} = {{(const char *)text, sizeof text, "sha256-{digest}"}};\n')


main(*sys.argv[1:])
