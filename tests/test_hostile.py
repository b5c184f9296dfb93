#!/usr/bin/env python3
"""Runs the command over hostile samples: test_hostile.py QCODE KIND, where KIND is

    text, codebooks    each file must be accepted or refused as the list beside it says, in time and memory
    unicode            each rule must find its words in its text, and nothing else
    regex              each pattern must answer or end in a stated limit; those that do not compile are refused where they fail

Under the sanitizers (SANITIZED in the environment) more time is given and memory is left out."""
import json
import os
import resource
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(os.path.dirname(HERE), "..", "shared", "hostile")
BOOK = os.path.join(HERE, "data", "everything.yaml")
TALK = "INT: Well?\nP07: Yes.\nINT: And?\nP07: "
SLACK = 10 if "SANITIZED" in os.environ else 1


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def samples(name):
    with open(os.path.join(SHARED, name), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def code(qcode, rule, text):
    """Codes one answer with one rule; the run, and the seconds a processor worked on it."""
    with tempfile.TemporaryDirectory() as place:
        book, talk = os.path.join(place, "book.yaml"), os.path.join(place, "talk.txt")
        with open(book, "w", encoding="utf-8") as file:
            file.write(f"codes:\n  - id: sample\n    unit: match\n    {rule}\n")
        with open(talk, "w", encoding="utf-8") as file:
            file.write(TALK + text + "\n")
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([qcode, "code", "--format", "jsonl", "-c", book, talk], capture_output=True, text=True,
                              encoding="utf-8", check=False)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        return done, end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def unicode_findings(qcode):
    for case in samples("unicode/cases.jsonl"):
        key = "regex" if case["kind"] == "regex" else "terms"
        done, _ = code(qcode, f"{key}: [{quoted(case['rule'])}]", case["text"])
        found = [json.loads(line) for line in done.stdout.splitlines()]
        spans = [[one["start"] - len(TALK), one["end"] - len(TALK)] for one in found]
        spans = [span for span in spans if span[0] >= 0]
        wanted = [[one["start"], one["end"]] for one in case["want"]]
        if done.returncode or spans != wanted:
            yield f"{case['id']}: found {spans}, wanted {wanted}, exit {done.returncode} {done.stderr}"


def regex_findings(qcode):
    for case in samples("regex/match.jsonl"):
        text = case["prefix"] + case["pump"] * case["times"] + case["suffix"]
        done, took = code(qcode, f"regex: [{quoted(case['pattern'])}]", text)
        if done.returncode not in (0, 3) or took > 2 * SLACK: # one second, on a machine with nothing else to do
            yield f"{case['id']}: exit {done.returncode} after {took:.1f} s: {done.stderr}"
        named = "sample/1" in done.stderr or "book.yaml:4:" in done.stderr
        if done.returncode == 3 and (done.stdout or not named):
            yield f"{case['id']}: refused without the rule's name, or with segments: {done.stderr}"
        if done.returncode == 0 and "limit exceeded" in case["pcre2_1042"]["interpreter, defaults"] and not done.stdout:
            yield f"{case['id']}: a limit was met, and the answer is no match"
    for case in samples("regex/compile.jsonl"):
        done, _ = code(qcode, f"regex: [{quoted(case['pattern'])}]", "a")
        if (done.returncode == 3) != (case["must"] != "accepted") or done.returncode not in (0, 3):
            yield f"{case['id']}: exit {done.returncode}: {done.stderr}"
        if done.returncode == 3 and "book.yaml:4:" not in done.stderr:
            yield f"{case['id']}: refused without a place: {done.stderr}"


def file_findings(qcode, kind):
    feed = ["--codebook", f"'{qcode}' check {{}}"]
    if kind == "text":
        feed = ["--transcript", f"'{qcode}' code --format jsonl -c '{BOOK}' {{}}", "--keeps"]
    environment = {**os.environ, **({"SLACK": str(SLACK), "MEM": "0"} if SLACK > 1 else {})}
    done = subprocess.run([sys.executable, os.path.join(SHARED, "try.py"), "--only", kind + "/"] + feed, text=True,
                          env=environment, capture_output=True, check=False)
    said = (done.stdout + done.stderr).splitlines()
    print(said[-1] if said else "")
    if done.returncode or said[-1].startswith("0 passed"):
        yield from said


def main(qcode, kind):
    if not os.path.exists(os.path.join(SHARED, "try.py")):
        print("skipped: ../shared/hostile is absent")
        return 77
    if kind == "unicode":
        found = list(unicode_findings(qcode))
    elif kind == "regex":
        found = list(regex_findings(qcode))
    else:
        found = list(file_findings(qcode, kind))
    print("\n".join(found) or "nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2]))
