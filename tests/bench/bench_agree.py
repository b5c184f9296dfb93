#!/usr/bin/env python3
"""How long agreement takes, beside other programs on the same ratings: bench_agree.py BENCH_AGREE. Exit 1 when something takes
longer or more memory than it may. Other programs are skipped by name where they are absent; nltk and R get fewer
units, and say how many."""
import os
import subprocess
import sys
import tempfile
import time

CODERS = 5

SKLEARN = """
import sys, time, numpy
from sklearn.metrics import cohen_kappa_score
ratings = numpy.fromfile(sys.argv[1], dtype=numpy.int8).reshape(-1, 5)
start = time.perf_counter()
kappa = cohen_kappa_score(ratings[:, 0], ratings[:, 1])
print(time.perf_counter() - start, kappa)
"""

NLTK = """
import sys, time
from nltk.metrics.agreement import AnnotationTask
units = 20000
with open(sys.argv[1], "rb") as file:
    ratings = file.read(units * 5)
data = [(str(i % 5), str(i // 5), str(value)) for i, value in enumerate(ratings)]
start = time.perf_counter()
alpha = AnnotationTask(data=data).alpha()
print(time.perf_counter() - start, alpha)
"""

IRR = """
words <- commandArgs(trailingOnly = TRUE)
library(irr)
ratings <- matrix(readBin(words[1], "integer", 5 * 2000, size = 1), nrow = 5)
start <- proc.time()[["elapsed"]]
alpha <- kripp.alpha(ratings, "nominal")$value
cat(proc.time()[["elapsed"]] - start, alpha, "\\n")
"""

OTHERS = [
    ("scikit-learn: Cohen's kappa, 1,000,000 units", "sklearn", ["/usr/bin/python3", "-c", SKLEARN]),
    ("nltk: alpha nominal, 5 x 20,000", "nltk", ["/usr/bin/python3", "-c", NLTK]),
    ("R irr: alpha nominal, 5 x 2,000", "irr", ["Rscript", "-e", IRR]),
]


def is_there(name, words):
    asks = {"Rscript": ["Rscript", "-e", f"library({name})"]}.get(words[0], [words[0], "-c", f"import {name}"])
    try:
        return subprocess.run(asks, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        return False


def main(bench):
    with tempfile.TemporaryDirectory() as place:
        ratings = os.path.join(place, "ratings")
        slow = subprocess.run([bench, ratings], check=False).returncode
        for what, name, words in OTHERS:
            if not is_there(name, words):
                print(f"skipped: {name} is absent")
                continue
            start = time.perf_counter()
            run = subprocess.run(words + [ratings], stdout=subprocess.PIPE, text=True, check=True)
            took, figure = run.stdout.split()
            print(f"{what}: {float(took):.3f} s ({time.perf_counter() - start:.1f} s with start and reading), {float(figure):.10f}")
    return slow


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
