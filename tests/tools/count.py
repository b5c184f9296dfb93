#!/usr/bin/env python3
"""Counts what `meson test` did in one or more build folders, test function by test function, and names what failed or
was skipped. The last line is `N passed, N failed, N skipped`; exit 1 when a test failed or none ran."""
import json
import os
import re
import sys

SAID = re.compile(r"^\[ +(OK|FAILED|SKIPPED) +\] ([a-z_0-9]+)$", re.MULTILINE)


def outcomes(run):
    """(name, outcome) of each function of a cmocka program, or of the program as one."""
    words = run.get("stdout", "") + "\n" + run.get("stderr", "")
    found = {name: outcome for outcome, name in SAID.findall(words)}
    whole = {"OK": "OK", "SKIP": "SKIPPED"}.get(run["result"], "FAILED")
    if whole == "FAILED" and "FAILED" not in found.values():
        found[run["result"].lower()] = "FAILED"
    if not found:
        return [(run["name"], whole)]
    return [(f"{run['name']}: {name}", outcome) for name, outcome in found.items()]


def main(folders):
    counts = {"OK": 0, "FAILED": 0, "SKIPPED": 0}
    for folder in folders:
        with open(os.path.join(folder, "meson-logs", "testlog.json"), encoding="utf-8") as log:
            runs = [json.loads(line) for line in log]
        for name, outcome in (pair for run in runs for pair in outcomes(run)):
            counts[outcome] += 1
            if outcome != "OK":
                print(f"{outcome.lower()}: {name}")
    print(f"{counts['OK']} passed, {counts['FAILED']} failed, {counts['SKIPPED']} skipped")
    return 1 if counts["FAILED"] or not counts["OK"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
