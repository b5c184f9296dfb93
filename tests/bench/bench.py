#!/usr/bin/env python3
"""How long the command takes, start to end: bench.py QCODE [MOST]. Twelve interviews (the seven and five again) into a run's
folder, and a thousand of them to stdout. With MOST, exit 1 when the best of the twelve-interview runs takes more
milliseconds than that. Times are wall times; the best of several runs tells most."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
INTERVIEWS = os.path.join(REPOSITORY, "tests", "data", "interviews")
BOOK = os.path.join(REPOSITORY, "codebooks", "eight-indicators.yaml")


def copies(place, count):
    """`count` interviews in a folder: each of the seven in turn, under its own name."""
    names = sorted(os.listdir(INTERVIEWS))
    paths = []
    for number in range(count):
        path = os.path.join(place, f"{number:04}-{names[number % len(names)]}")
        with open(os.path.join(INTERVIEWS, names[number % len(names)]), "rb") as source, open(path, "wb") as copy:
            copy.write(source.read())
        paths.append(path)
    return paths


def best_of(rounds, words):
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took.append((time.perf_counter() - start) * 1000)
    return min(took), statistics.median(took)


def report(what, paths, best, median):
    size = sum(os.path.getsize(path) for path in paths)
    print(f"{what}: best {best:.1f} ms, median {median:.1f} ms, {size / 1000:.0f} kB, {size / best / 1000:.1f} MB/s")


def main(qcode, most=None):
    with tempfile.TemporaryDirectory() as place:
        paths = copies(place, 1000)
        few = paths[:12]
        best, median = best_of(20, [qcode, "code", "-c", BOOK, "-o", os.path.join(place, "coded")] + few)
        report("twelve interviews into a folder", few, best, median)
        report("a thousand interviews to stdout", paths,
               *best_of(3, [qcode, "code", "--format", "jsonl", "-c", BOOK] + paths))
    return 1 if most and best > float(most) else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), *sys.argv[2:]))
