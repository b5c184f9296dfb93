"""Python's re, rule by rule on each turn: regex.py PATTERNS TEXT. Prints `start end rule` for each match, in bytes."""
import re
import sys

rules = [re.compile(line, re.IGNORECASE) for line in open(sys.argv[1], encoding="utf-8").read().split("\n")[:-1]]
at = 0
for line in open(sys.argv[2], "rb"):
    turn = line.rstrip(b"\n").decode()
    for number, rule in enumerate(rules):
        for match in rule.finditer(turn):
            start, end = (at + len(turn[:place].encode()) for place in match.span())
            print(start, end, number, sep="\t")
    at += len(line)
