#!/usr/bin/env python3
"""Every codebook that comes with qcode has nothing to warn of and codes its own examples, is described, and is installed:
test_codebooks.py QCODE BUILD [MESON]."""
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "codebooks")
KEYS = ("title", "version", "language", "description", "sources")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def checked(qcode, book):
    done = subprocess.run([qcode, "check", book], capture_output=True, text=True, check=False)
    if done.returncode or done.stderr or "all as they should be" not in done.stdout:
        yield f"{book}: {done.stdout}{done.stderr}"


def described(book):
    text = "\n" + read(book)
    yield from (f"{book}: no {key}" for key in KEYS if f"\n{key}:" not in text)
    if "cannot see" not in " ".join(text.split()):
        yield f"{book}: the description does not say what the rules cannot see"
    if "validated" in text.lower():
        yield f"{book}: it calls something validated"


def installed(meson, build, books):
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([meson, "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", place], check=True,
                       stdout=subprocess.DEVNULL)
        found = {os.path.basename(path): path
                 for path in glob.glob(os.path.join(place, "**", "qcode", "codebooks", "*.yaml"), recursive=True)}
        for book in books:
            name = os.path.basename(book)
            if name not in found or read(found[name]) != read(book):
                yield f"{name} is not installed as it is"


def main(qcode, build, *meson):
    books = sorted(glob.glob(os.path.join(HERE, "*.yaml")))
    wrong = [] if books else ["there is no codebook"]
    for book in books:
        wrong += [*checked(qcode, book), *described(book)]
    if meson:
        wrong += installed(meson[0], build, books)
    print("\n".join(wrong) or f"{len(books)} codebooks are as they should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(os.path.abspath(word) for word in sys.argv[1:])))
