#!/usr/bin/env python3
"""A framework matrix is exported, summarised in LibreOffice and read back; then the codebook changes and it is made again: no
summary is lost, and the right ones are stale. test_chart.py QCODE. Skipped where soffice is absent."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

BOOK = """title: The park after dark
version: 1.0.0
codes:
  - {{id: safety, name: Feeling safe, definition: How safe a place feels., terms: [{safety}]}}
  - {{id: patrols, name: Being seen, definition: People in uniform are there., terms: [officer*]}}
"""
TALKS = {"anna.txt": "INT: How is the park?\nANNA: I feel safe there. The light is poor. Officers came.\n",
         "ben.txt": "INT: How is the park?\nBEN: Not safe at all.\n"}
CASES = "document,speaker,case,group\nanna.txt,ANNA,Anna,Residents\nben.txt,BEN,Ben,Council\n"


def run(place, *words):
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout


def convert(place, name, kind, folder):
    run(place, "soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", kind,
        "--outdir", folder, name)


def cells(place, qcode, *words):
    lines = run(place, qcode, "chart", "coded", "--format", "jsonl", *words).splitlines()
    return {(cell["respondent"], cell["code"]): cell for cell in map(json.loads, lines)}


def put(place, name, text):
    with open(os.path.join(place, name), "w", encoding="utf-8") as file:
        file.write(text)


def main(qcode):
    if not shutil.which("soffice"):
        print("skipped: soffice is absent")
        return 77
    with tempfile.TemporaryDirectory() as place:
        for name, text in TALKS.items():
            put(place, name, text)
        put(place, "cases.csv", CASES)
        put(place, "book.yaml", BOOK.format(safety="safe"))
        code = [qcode, "code", "-q", "-c", "book.yaml", "--cases", "cases.csv", *TALKS, "-o", "coded"]
        run(place, *code)
        put(place, "first.jsonl", "".join(json.dumps({"respondent": who, "code": of, "text": f"MARK-{who}-{of}", "by": "Eve",
            "on": "2026-01-01", "seen": ""}) + "\n" for who in ("Anna", "Ben") for of in ("safety", "patrols")))
        run(place, qcode, "chart", "coded", "--with", "first.jsonl", "-o", "matrix.xlsx")
        # LibreOffice reads it, somebody writes in the cells, and it writes a workbook again
        convert(place, "matrix.xlsx", "fods", ".")
        with open(os.path.join(place, "matrix.fods"), encoding="utf-8") as file:
            text = file.read()
        for mark, words in (("MARK-Anna-safety", "Safe, but the light is poor"), ("MARK-Anna-patrols", "Saw officers"),
                            ("MARK-Ben-safety", "Does not feel safe \u2013 &quot;at all&quot;")):
            assert text.count(mark) == 1, mark
            text = text.replace(mark, words)
        put(place, "matrix.fods", text)
        convert(place, "matrix.fods", "xlsx:Calc MS Excel 2007 XML", "out")
        run(place, qcode, "chart", "--read", "out/matrix.xlsx", "--with", "first.jsonl", "--by", "Anna K", "--on", "2026-11-22",
            "-o", "summaries.jsonl")
        now = cells(place, qcode, "--with", "summaries.jsonl")
        assert now["Anna", "safety"]["summary"] == "Safe, but the light is poor" and now["Anna", "safety"]["by"] == "Anna K"
        assert now["Ben", "safety"]["summary"] == 'Does not feel safe \u2013 "at all"'
        assert now["Ben", "patrols"]["summary"] == "MARK-Ben-patrols" and now["Ben", "patrols"]["by"] == "Eve"
        assert [key for key, cell in now.items() if cell["stale"]] == [], "nothing has changed yet"
        # another rule: Anna's passages on safety are others, Ben's are the same
        put(place, "book.yaml", BOOK.format(safety='safe, "light"'))
        run(place, *code)
        then = cells(place, qcode, "--with", "summaries.jsonl")
        assert {key: cell["summary"] for key, cell in then.items()} == {key: cell["summary"] for key, cell in now.items()}
        assert [key for key, cell in then.items() if cell["stale"]] == [("Anna", "safety")], then
        # a code that is gone: its summaries stay in their file, and are told
        put(place, "book.yaml", BOOK.format(safety="safe").split("  - {id: patrols")[0])
        run(place, *code)
        told = subprocess.run([qcode, "chart", "coded", "--with", "summaries.jsonl"], cwd=place, capture_output=True, text=True,
                              check=True).stderr
        assert told.count('on "patrols" has no cell') == 2, told
    print("a matrix came back from LibreOffice")
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
