#!/usr/bin/env python3
"""Codes the seven interviews and scores them: test_score.py QCODE. Every segment's words must be found in the interview it
names, and no sentence of an interviewer may be coded. The figures are printed; what they should be is another matter. `qcode
evaluate` must come to the same, but for a unit of one short word ("Me."), which the score may find within another word."""
import csv
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(HERE)
SCORE = os.path.join(REPOSITORY, "..", "shared", "eval", "score.py")
INTERVIEWS = os.path.join(HERE, "data", "interviews")


def scored(said):
    """What the score says of each code: units compared, given by the reference, given by the rules, kappa."""
    rows = re.findall(r"^(\w+) +(\d+) +(\d+) +(\d+) +[\d.]+ +[\d.]+ +[\d.]+ +([\d.]+) +[\d.]+$", said, re.M)
    return {row[0]: (int(row[1]), int(row[2]), int(row[3]), float(row[4])) for row in rows}


def evaluated(qcode, book, names):
    command = [qcode, "evaluate", "-q", "-c", book, "--against", os.path.join(HERE, "data", "gold.tsv"), "--unit", "listed",
               "--touch", "half", "--format", "csv"]
    out = subprocess.run(command + names, check=True, capture_output=True, text=True).stdout
    return {row["code"]: (int(row["units"]), int(row["reference"]), int(row["rules"]), float(row["kappa"]))
            for row in csv.DictReader(out.splitlines())
            if row["against"] == "reference" and row["speech"] == "all" and row["code"] != "mean"}


def differ(ours, theirs):
    for code, (units, reference, rules, kappa) in theirs.items():
        other = ours.get(code)
        if not other or other[:2] != (units, reference) or abs(other[2] - rules) > 1 or abs(other[3] - kappa) > 0.012:
            print(f"{code}: evaluate says {other}, the score {(units, reference, rules, kappa)}")
            return True
    return len(theirs) != 9 or sum(ours[code][2] == theirs[code][2] for code in theirs) < 7


def main(qcode):
    if not os.path.exists(SCORE):
        print("skipped: ../shared/eval/score.py is absent")
        return 77
    names = sorted(os.path.join(INTERVIEWS, name) for name in os.listdir(INTERVIEWS))
    with tempfile.TemporaryDirectory() as place:
        coded = os.path.join(place, "coded")
        book = os.path.join(REPOSITORY, "codebooks", "eight-indicators.yaml")
        subprocess.run([qcode, "code", "-c", book, "-o", coded] + names, check=True)
        said = subprocess.run([sys.executable, SCORE, os.path.join(HERE, "data", "gold.tsv"),
                               os.path.join(coded, "segments.jsonl")], check=True, capture_output=True, text=True).stdout
        ours = evaluated(qcode, book, names)
    print(said)
    if differ(ours, scored(said)):
        return 1
    found = re.search(r"interviewer sentences coded: (\d+); segments whose text was not found: (\d+); "
                      r"unknown documents: (\d+); placed: (\d+)", said)
    return 0 if found and found.group(1, 2, 3) == ("0", "0", "0") and int(found.group(4)) > 0 else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
