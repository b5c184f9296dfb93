#!/usr/bin/env python3
"""Codes the seven interviews and scores them: test_score.py QCODE. Every segment's words must be found in the interview it
names, and no sentence of an interviewer may be coded. The figures are printed; what they should be is another matter."""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(HERE)
SCORE = os.path.join(REPOSITORY, "..", "shared", "eval", "score.py")
INTERVIEWS = os.path.join(HERE, "data", "interviews")


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
    print(said)
    found = re.search(r"interviewer sentences coded: (\d+); segments whose text was not found: (\d+); "
                      r"unknown documents: (\d+); placed: (\d+)", said)
    return 0 if found and found.group(1, 2, 3) == ("0", "0", "0") and int(found.group(4)) > 0 else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
