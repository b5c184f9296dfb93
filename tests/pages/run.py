#!/usr/bin/env python3
"""Runs a test of a page in Chromium: run.py SCRIPT QCODE FOLDER. What it needs of npm is put into FOLDER once. Skipped by
name (exit 77) where node, npm or chromium is absent, or npm cannot reach its registry."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def skip(why):
    print(f"skipped: {why}")
    raise SystemExit(77)


def install(folder):
    wanted = os.path.join(HERE, "package.json")
    kept = os.path.join(folder, "package.json")
    with open(wanted, encoding="utf-8") as file:
        text = file.read()
    if os.path.exists(os.path.join(folder, "installed")) and open(kept, encoding="utf-8").read() == text:
        return
    os.makedirs(folder, exist_ok=True)
    shutil.copy(wanted, kept)
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=240)
    if done.returncode:
        skip(f"npm cannot install playwright-core and axe-core: {done.stderr.strip().splitlines()[-1:]}")
    open(os.path.join(folder, "installed"), "w", encoding="utf-8").close()


def main(script, qcode, folder):
    for program in ("node", "npm", "chromium"):
        if not shutil.which(program):
            skip(f"{program} is absent")
    install(folder)
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "QCODE": os.path.abspath(qcode), "MODULES": os.path.abspath(folder), "PLACE": place,
                       "REPOSITORY": os.path.dirname(os.path.dirname(HERE)), "CHROMIUM": shutil.which("chromium"), "LC_ALL": "C.UTF-8"}
        raise SystemExit(subprocess.run(["node", script], env=environment, check=False).returncode)


main(*sys.argv[1:])
