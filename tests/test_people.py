#!/usr/bin/env python3
"""Nothing that a respondent said is in any output, to the byte, when they may not be quoted or have withdrawn:
test_people.py QCODE. Every speaker of made interviews says words that nobody else says, so that a search tells whose
they are."""
import json
import os
import subprocess
import sys
import tempfile

PEOPLE = {"ANN": "amber", "BEN": "birch", "CAT": "copper", "DAN": "damson"}
ASKER = "quill"  # what the interviewer says

UNITS = ("sentence", "turn", "paragraph", "match", "answer", "document")


def word(who, number):
    return f"{PEOPLE.get(who, ASKER)}{number:02d}ü"


def turns(speakers, count=6):
    """(speaker, words) in turn; every turn says "safe" between words of the speaker's own."""
    said = []
    for number in range(count):
        said.append(("INT", f"{word('INT', number)} how safe is {word('INT', number)}?"))
        for who in speakers:
            said.append((who, f"{word(who, number)} safe and {word(who, number)}. Then {word(who, number)} safe 🙂."))
    return said


def as_text(said):
    return "".join(f"{who}: {words}\n" for who, words in said)


def as_wrapped(said):
    return "".join(f"{who}: {words}\n".replace(" and ", " and\n  ").replace(" Then", "\n\n  Then") for who, words in said)


def as_table(said):
    return "speaker,text\n" + "".join(f'{who},"{words}"\n' for who, words in said)


def as_captions(said):
    cues = (f"00:00:{at:02d}.000 --> 00:00:{at + 1:02d}.000\n<v {who}>{words}\n" for at, (who, words) in enumerate(said))
    return "WEBVTT\n\n" + "\n".join(cues)


LAYOUTS = {"T1.txt": as_text, "T2.txt": as_wrapped, "T3.csv": as_table, "T4.vtt": as_captions}
BOOK = "title: Safe\nthemes:\n  - id: feeling\n    codes: [sentence, turn]\ncodes:\n" + "".join(
    f"  - id: {unit}\n    unit: {unit}\n    terms: [safe]\n" for unit in UNITS) + (
    "  - id: anything\n    unit: turn\n    regex: ['.+']\n    scope: all\n")


def write(place, name, text):
    with open(os.path.join(place, name), "w", encoding="utf-8") as file:
        file.write(text)


def everything_in(folder):
    data = b""
    for here, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(here, name), "rb") as file:
                data += file.read()
    return data


def run(qcode, place, *words):
    done = subprocess.run([qcode, *words], cwd=place, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout + done.stderr


def spelt(text):
    """The ways in which a word may stand in an output."""
    return {text.encode(), text.encode("utf-16-le"), text.encode("ascii", "backslashreplace"),
            text.encode("ascii", "xmlcharrefreplace"), text[:-1].encode()}


def heard(data):
    """The speakers of whom there is a word in the bytes."""
    return {who for who in (*PEOPLE, "INT")
            for number in range(6) if any(form in data for form in spelt(word(who, number)))}


def expect(what, found, wanted, wrong):
    if found != wanted:
        wrong.append(f"{what}: words of {sorted(found)}, where words of {sorted(wanted)} are right")


def outputs(qcode, place, options, names):
    """(what it is, its bytes) of every way to code."""
    for form in ("jsonl", "csv", "text"):
        yield form, run(qcode, place, "code", "-c", "book.yaml", "--format", form, *options, *names)
    yield "turns", run(qcode, place, "turns", "--format", "csv", *options, *names)
    if len(names) > 1:  # where somebody is left to be found
        yield "find", run(qcode, place, "find", "safe", *options, *names)
    folder = os.path.join(place, "coded")
    said = run(qcode, place, "code", "-c", "book.yaml", "-o", "coded", *options, *names)
    yield "a folder", said + everything_in(folder)
    said = run(qcode, place, "report", "coded", "-o", "shown.html")
    yield "a report", said + everything_in(folder)


def check_consent(qcode, place, wrong):
    lines = "document,speaker,case,consent_use,consent_quote,withdrawn\n"
    for name in LAYOUTS:
        lines += f"{name},ANN,A,yes,no,\n{name},BEN,B,no,yes,\n{name},CAT,C,yes,yes,\n"
    lines += ",DAN,D,,,2024-02-29\n"
    write(place, "cases.csv", lines)
    for what, data in outputs(qcode, place, ["--cases", "cases.csv"], LAYOUTS):
        expect(f"consent, {what}", heard(data), {"CAT", "INT"}, wrong)


def check_one_line_for_all_interviews(qcode, place, wrong):
    """A no in one interview holds in the others; without one, everybody is heard."""
    lines = "document,speaker,case,consent_quote\nT1.txt,ANN,A,no\n"
    lines += "".join(f"{name},ANN,A,yes\n" for name in LAYOUTS if name != "T1.txt")
    write(place, "cases.csv", lines)
    for what, data in outputs(qcode, place, ["--cases", "cases.csv"], LAYOUTS):
        expect(f"one line, {what}", heard(data), {"BEN", "CAT", "DAN", "INT"}, wrong)
    for what, data in outputs(qcode, place, [], LAYOUTS):
        expect(f"no line, {what}", heard(data), {*PEOPLE, "INT"}, wrong)


def check_a_text_without_speakers(qcode, place, wrong):
    write(place, "note.txt", "\n\n".join(words for who, words in turns(["ANN"]) if who == "ANN") + "\n")
    for line in ("note.txt=A,withdrawn=yes", "note.txt=,consent_use=no", "note.txt:ANN=A,consent_quote=no",
                 "note.txt=,source=observation,withdrawn=yes"):
        for what, data in outputs(qcode, place, ["--case", line], ["note.txt"]):
            expect(f"{line}, {what}", heard(data), set(), wrong)


def check_withdrawal(qcode, place, wrong):
    """A folder from which somebody was taken is the one that a run without them makes, but for cases.csv."""
    lines = [f"{name},{who},{who.lower()},group {who[0]},{'no' if who == 'CAT' else 'yes'}"
             for name in LAYOUTS for who in PEOPLE]
    write(place, "before.csv", "\n".join(["document,speaker,case,group,consent_quote", *lines]) + "\n")
    gone = [line + (",yes" if ",ben," in line else ",") for line in lines]
    write(place, "after.csv", "\n".join(["document,speaker,case,group,consent_quote,withdrawn", *gone]) + "\n")
    run(qcode, place, "code", "-c", "book.yaml", "--cases", "before.csv", "-o", "coded", *LAYOUTS)
    run(qcode, place, "code", "-c", "book.yaml", "--cases", "after.csv", "-o", "fresh", *LAYOUTS)
    before = everything_in(os.path.join(place, "coded"))
    expect("before", heard(before), {"ANN", "BEN", "DAN", "INT"}, wrong)
    dry = run(qcode, place, "withdraw", "ben", "coded", "--dry-run")
    if everything_in(os.path.join(place, "coded")) != before:
        wrong.append("a dry run changed the folder")
    said = run(qcode, place, "withdraw", "ben", "coded")
    if said.splitlines()[:20] != dry.splitlines()[:20]:
        wrong.append("a dry run says something else than the withdrawal")
    expect("withdrawn", heard(everything_in(os.path.join(place, "coded")) + said), {"ANN", "DAN", "INT"}, wrong)
    for name in ("segments.jsonl", "segments.csv", "documents.jsonl", "codebook.yaml"):
        with open(os.path.join(place, "coded", name), "rb") as one, open(os.path.join(place, "fresh", name), "rb") as other:
            if one.read() != other.read():
                wrong.append(f"{name} is not that of a run without the respondent")
    counts = []
    for name in ("coded", "fresh"):
        with open(os.path.join(place, name, "run.json"), encoding="utf-8") as file:
            told = json.load(file)
        counts.append([told[key] for key in ("counts", "kept_back", "codes", "themes")])
    if counts[0] != counts[1]:
        wrong.append(f"counts differ: {counts}")
    run(qcode, place, "report", "coded")


def check_a_withdrawal_without_a_case(qcode, place, wrong):
    run(qcode, place, "code", "-c", "book.yaml", "-o", "coded", *LAYOUTS)
    run(qcode, place, "withdraw", "T1.txt:ANN", "coded")
    for name in ("T2.txt", "T3.csv", "T4.vtt"):
        run(qcode, place, "withdraw", f"{name}:ANN", "coded")
    expect("one after another", heard(everything_in(os.path.join(place, "coded"))), {"BEN", "CAT", "DAN", "INT"}, wrong)


def main(qcode):
    wrong = []
    checks = [check_consent, check_one_line_for_all_interviews, check_a_text_without_speakers,
              check_withdrawal, check_a_withdrawal_without_a_case]
    for check in checks:
        with tempfile.TemporaryDirectory() as place:
            write(place, "book.yaml", BOOK)
            for name, layout in LAYOUTS.items():
                write(place, name, layout(turns(PEOPLE)))
            check(qcode, place, wrong)
    print("\n".join(wrong) or "nobody is heard who must not be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
