#!/usr/bin/env python3
"""Runs the qcode command as people do: each folder beside this file is a case, and its name is the fact it proves.

    run.py QCODE FOLDER            runs one case; exit 1 and the differences when the fact is not so
    run.py --accept QCODE FOLDER   takes what the command did as what is expected (then read the diff)
    run.py --list                  the names of all cases

A case holds
    args               the words behind `qcode`, quoted as in a shell; each further line is a further run in the same place
    expected.exit      the exit status of the last run; the ones before it must end with 0. Without this file: 0
    expected.stdout    what the last run says on stdout; without this file: nothing
    expected.stderr    the same of stderr
    expected.folder/   files that must be there afterwards, byte by byte
    stdin              what the runs read on the standard input; without it: nothing
and whatever else the runs need; all of it is copied to an empty folder where they run. {repository} in args is the project.

A line of expected.stdout or expected.stderr may be written with a slash at both ends: it is then a pattern (Python's), and
may stand for any number of lines where it holds `(?s)`. In expected.folder a file NAME.match is read the same way."""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
EXPECTED = ("expected.exit", "expected.stdout", "expected.stderr", "expected.folder")


def read(path, otherwise=b""):
    if not os.path.exists(path):
        return otherwise
    with open(path, "rb") as file:
        return file.read()


def pattern_of(text):
    parts = []
    for line in re.findall("[^\n]*\n|[^\n]+", text.decode()):
        bare = line.rstrip("\n")
        if len(bare) > 1 and bare[0] == bare[-1] == "/":
            body = bare[1:-1]
            parts.append(f"(?s:{body[4:]})" if body.startswith("(?s)") else f"(?:{body})\n")
        else:
            parts.append(re.escape(line))
    return "".join(parts)


def same(wanted, found, patterns):
    if not patterns:
        return wanted == found
    return re.fullmatch(pattern_of(wanted), found.decode("utf-8", "surrogateescape")) is not None


def difference(name, wanted, found):
    return f"--- {name}: expected\n{wanted.decode(errors='replace')}\n+++ {name}: found\n{found.decode(errors='replace')}"


def copy_case(case, place):
    for name in os.listdir(case):
        if name in EXPECTED or name in ("args", "stdin"):
            continue
        path = os.path.join(case, name)
        (shutil.copytree if os.path.isdir(path) else shutil.copy)(path, os.path.join(place, name))


def run_all(qcode, case, place):
    """The last run, after those before it, which must end with 0."""
    with open(os.path.join(case, "args"), encoding="utf-8", errors="surrogateescape") as file:
        lines = [line for line in file.read().splitlines() if line.strip()] or [""]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    for number, line in enumerate(lines):
        words = [word.replace("{repository}", REPOSITORY) for word in shlex.split(line)]
        done = subprocess.run([qcode] + words, cwd=place, capture_output=True, input=read(os.path.join(case, "stdin")),
                              env=environment, timeout=120, check=False)
        if done.returncode and number + 1 < len(lines):
            raise SystemExit(f"run {number + 1} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done


def files_below(folder):
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            yield os.path.relpath(os.path.join(here, name), folder)


def differences(case, place, done):
    wanted_exit = read(os.path.join(case, "expected.exit"), b"0").strip()
    if wanted_exit != str(done.returncode).encode():
        yield difference("exit", wanted_exit, str(done.returncode).encode())
    for name, found in (("stdout", done.stdout), ("stderr", done.stderr)):
        wanted = read(os.path.join(case, "expected." + name))
        if not same(wanted, found, True):
            yield difference(name, wanted, found)
    folder = os.path.join(case, "expected.folder")
    for name in files_below(folder):
        patterns = name.endswith(".match")
        path = os.path.join(place, name[:-6] if patterns else name)
        if not os.path.exists(path):
            yield f"{name} is not there"
        elif not same(read(os.path.join(folder, name)), read(path), patterns):
            yield difference(name, read(os.path.join(folder, name)), read(path))


def put(path, data, leave_out):
    if data == leave_out:
        if os.path.exists(path):
            os.remove(path)
    else:
        with open(path, "wb") as file:
            file.write(data)


def accept(case, place, done):
    put(os.path.join(case, "expected.exit"), b"%d\n" % done.returncode, b"0\n")
    for name, found in (("stdout", done.stdout), ("stderr", done.stderr)):
        path = os.path.join(case, "expected." + name)
        if not same(read(path), found, True):
            put(path, re.sub(rb"(?m)^[0-9.]+ seconds$", b"/[0-9.]+ seconds/", found), b"")
    folder = os.path.join(case, "expected.folder")
    for name in files_below(folder):
        if not name.endswith(".match"):
            put(os.path.join(folder, name), read(os.path.join(place, name)), None)


def cases():
    return sorted(name for name in os.listdir(HERE) if os.path.exists(os.path.join(HERE, name, "args")))


def main(words):
    if words == ["--list"]:
        print("\n".join(cases()))
        return 0
    accepting = words[:1] == ["--accept"]
    qcode, case = (os.path.abspath(word) for word in words[-2:])
    with tempfile.TemporaryDirectory() as place:
        copy_case(case, place)
        done = run_all(qcode, case, place)
        if accepting:
            accept(case, place, done)
            return 0
        found = list(differences(case, place, done))
    print("\n".join(found) or "so it is")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
