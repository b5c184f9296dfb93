#!/usr/bin/env python3
"""How memory and time grow with the size of one input: large.py QCODE [PLACE]. Plain text of 1 GiB (long turns, and turns as
long as those of the seven interviews) and Word documents whose text is 200 MiB of XML (one paragraph; short turns) are made in
PLACE or a temporary folder, at a quarter, a half and the whole of these sizes, and coded with a codebook of one rule. Prints
a line for each run: its size, its peak of memory (of the whole process, as the system counts it), how many times the input (for
Word: the XML) that is, and how long it took, by the clock and on the processor (user time, which other work sways less)."""
import os
import random
import sys
import tempfile
import time
import zipfile

BOOK = "title: One\ncodes:\n  - id: none\n    terms: [no such word]\n"
WORDS = ("the inspector led from front and partners shared information every week in community about dealers behaviour "
         "who knew trust").split()
OPENING = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
CLOSING = b"</w:body></w:document>"
MIB = 1 << 20


def sentences(length):
    """A megabyte or so of turns of about `length` bytes."""
    dice, turns, size = random.Random(1), [], 0
    while size < MIB:
        words = []
        while sum(map(len, words)) + len(words) < length:
            words += dice.choices(WORDS, k=8)
            words[-1] += "."
        turns.append(" ".join(words))
        size += len(turns[-1])
    return turns


def labelled(turns):
    return "".join(f"{'R' if i % 2 else 'I'}: {turn}\n" for i, turn in enumerate(turns)).encode()


def write_text(path, size, length):
    block = labelled(sentences(length))
    with open(path, "wb") as file:
        while file.tell() < size:
            file.write(block)


def write_docx(path, size, length):
    """Members of one kind of turn; where `length` is 0, all is one paragraph."""
    def paragraph(words):
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    turns = sentences(length or 200)
    block = (" ".join(turns) if not length
             else "".join(paragraph(("R: " if i % 2 else "I: ") + turn) for i, turn in enumerate(turns))).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("word/document.xml", "w") as part:
            part.write(OPENING + (b"" if length else b"<w:p><w:r><w:t>"))
            for _ in range(size // len(block)):
                part.write(block)
            part.write((b"" if length else b"</w:t></w:r></w:p>") + CLOSING)


def run(words):
    """(peak bytes, seconds, seconds on the processor) of a command that has to succeed."""
    start = time.perf_counter()
    child = os.fork()
    if not child:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execv(words[0], words)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{' '.join(words)} ended with status {status}")
    return used.ru_maxrss * 1024, time.perf_counter() - start, used.ru_utime


KINDS = [
    ("text, turns of 600 bytes", ".txt", 1024 * MIB, write_text, 600),
    ("text, turns of 140 bytes", ".txt", 1024 * MIB, write_text, 140),
    ("docx, one paragraph", ".docx", 200 * MIB, write_docx, 0),
    ("docx, turns of 240 bytes", ".docx", 200 * MIB, write_docx, 240),
]


def main(qcode, place):
    book = os.path.join(place, "book.yaml")
    with open(book, "w", encoding="utf-8") as file:
        file.write(BOOK)
    print(f"{'input':26}  {'MiB':>6}  {'peak MiB':>8}  {'times':>5}  {'seconds':>7}  {'user':>6}")
    for name, ending, whole, write, length in KINDS:
        for part in (4, 2, 1):
            path = os.path.join(place, "large" + ending)
            write(path, whole // part - 2 * MIB, length)
            peak, seconds, user = run([qcode, "code", "--format", "jsonl", "-c", book, path])
            size = whole // part
            print(f"{name:26}  {size // MIB:6}  {peak / MIB:8.1f}  {peak / size:5.2f}  {seconds:7.2f}  {user:6.2f}", flush=True)
            os.remove(path)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(os.path.abspath(sys.argv[1]), sys.argv[2])
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(os.path.abspath(sys.argv[1]), folder)
