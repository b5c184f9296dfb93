#!/usr/bin/env python3
"""Codes the interviews with the shipped codebook and scores them: test_score.py QCODE. Every segment's words must be found in
the interview it names, and no sentence of an interviewer may be coded. The codebook must agree with the reference coding as
it did when it was written: on the seven interviews it was written with, and on ten that it was not (data/validation)."""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(HERE)
SCORE = os.path.join(REPOSITORY, "..", "shared", "eval", "score.py")
DATA = os.path.join(HERE, "data")

# the interviews, the reference coding, and the least kappa at the sentence: the mean of the codes, and of any code
SETS = (("interviews", "gold.tsv", 0.75, 0.40),
        ("validation/transcripts", "validation/gold.tsv", 0.65, 0.40))


def score(qcode, interviews, gold):
    folder = os.path.join(DATA, interviews)
    names = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    with tempfile.TemporaryDirectory() as place:
        coded = os.path.join(place, "coded")
        book = os.path.join(REPOSITORY, "codebooks", "eight-indicators.yaml")
        subprocess.run([qcode, "code", "-c", book, "-o", coded] + names, check=True)
        return subprocess.run([sys.executable, SCORE, os.path.join(DATA, gold), os.path.join(coded, "segments.jsonl")],
                              check=True, capture_output=True, text=True).stdout


def is_good(said, least_mean, least):
    found = re.search(r"interviewer sentences coded: (\d+); segments whose text was not found: (\d+); "
                      r"unknown documents: (\d+); placed: (\d+)", said)
    mean = re.search(r"macro kappa \(sentence\) ([\d.-]+)", said)
    kappas = [float(kappa) for kappa in re.findall(r"^\w+(?: +\d+){3}(?: +[\d.]+){3} +([\d.-]+)", said, re.M)]
    return (found and found.group(1, 2, 3) == ("0", "0", "0") and int(found.group(4)) > 0 and
            float(mean.group(1)) >= least_mean and len(kappas) == 9 and min(kappas) >= least)


def main(qcode):
    if not os.path.exists(SCORE):
        print("skipped: ../shared/eval/score.py is absent")
        return 77
    good = True
    for interviews, gold, least_mean, least in SETS:
        said = score(qcode, interviews, gold)
        print(interviews, said, sep="\n")
        good = bool(is_good(said, least_mean, least)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
