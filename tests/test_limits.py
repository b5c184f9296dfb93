#!/usr/bin/env python3
"""Each limit through the command, met and passed by one: test_limits.py QCODE. A file that asks for exactly as much as
--limit allows is read; with one less it is refused, exit 3 and a message that names the limit. What is above a limit that
holds without the option is read when the option raises it."""
import os
import subprocess
import sys
import tempfile
import zipfile

BOOK = "title: One\ncodes:\n  - id: any\n    terms: [words]\n"
WORD = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>%s</w:body></w:document>"
SPEECH = "I: Any words?\nR: Words enough.\nI: Words?\nR: Yes.\n"
DEEP = 300


def paragraphs(text):
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def write_docx(path, part, others=()):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("word/document.xml", part),) + tuple(others):
            archive.writestr(name, content)
    with zipfile.ZipFile(path) as archive:
        return archive.infolist()[0]


def main(qcode):
    wrong = []

    def code(path, *options):
        return subprocess.run([qcode, "code", "-c", "book.yaml", "-f", "jsonl", "-q", *options, path], text=True,
                              capture_output=True, check=False)

    def accepted(path, *options):
        done = code(path, *options)
        if done.returncode or '"text":' not in done.stdout:
            wrong.append(f"{path} {options}: {done.returncode}: {done.stderr}")

    def refused(path, says, *options):
        done = code(path, *options)
        if done.returncode != 3 or says not in done.stderr or done.stdout:
            wrong.append(f"{path} {options}: {done.returncode}, not '{says}': {done.stderr}")

    def limit(path, name, size, says):
        accepted(path, "--limit", f"{name}={size}")
        refused(path, says, "--limit", f"{name}={size - 1}")

    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        with open("book.yaml", "w", encoding="utf-8") as file:
            file.write(BOOK)
        with open("a.txt", "w", encoding="utf-8") as file:
            file.write(SPEECH)
        limit("a.txt", "input", len(SPEECH), "a.txt: larger than the limit of")
        limit("a.txt", "text", len(SPEECH), "a.txt: the text is longer than the limit of")
        relation = ("<Relationships><Relationship Id='r' Type='http://x/officeDocument' Target='word/document.xml'/>"
                    "</Relationships>")
        part = WORD % paragraphs(SPEECH)
        write_docx("a.docx", part, (("_rels/.rels", relation),))
        at = "a.docx:word/document.xml"
        limit("a.docx", "member", max(len(part), len(relation)), f"{at}: unpacks to {len(part)} bytes; the limit for a member")
        limit("a.docx", "archive", len(part) + len(relation), f"{at}: the members unpack to more than the limit")
        limit("a.docx", "members", 2, "a.docx: the archive says it has 2 members; the limit is 1")
        limit("a.docx", "xml-depth", 5, f"{at}:1:")
        about = write_docx("plain.docx", part)
        written = -(-about.file_size // about.compress_size)
        accepted("plain.docx", "--limit", "ratio-free=1", "--limit", f"ratio={written}")
        refused("plain.docx", "plain.docx:word/document.xml: unpacks to", "--limit", "ratio-free=1", "--limit", f"ratio={written - 1}")
        limit_of_ratio = ("--limit", "ratio=1", "--limit", f"ratio-free={len(part)}")
        accepted("plain.docx", *limit_of_ratio)
        refused("plain.docx", "plain.docx:word/document.xml: unpacks to", "--limit", "ratio=1", "--limit", f"ratio-free={len(part) - 1}")

        write_docx("deep.docx", WORD % ("<w:sdt>" * DEEP + paragraphs(SPEECH) + "</w:sdt>" * DEEP))
        refused("deep.docx", "more elements inside one another than the limit")
        accepted("deep.docx", "--limit", f"xml-depth={DEEP + 5}")
        refused("deep.docx", "more elements inside one another than the limit", "--limit", f"xml-depth={DEEP + 4}")
        write_docx("bomb.docx", WORD % (paragraphs(SPEECH) + " " * (17 << 20)))
        refused("bomb.docx", "the limit is 200 for one")
        accepted("bomb.docx", "--limit", "ratio=2000")
        accepted("bomb.docx", "--limit", "ratio-free=1GiB")
    print("\n".join(wrong) or "each limit holds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
