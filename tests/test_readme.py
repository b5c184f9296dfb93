#!/usr/bin/env python3
"""Does what the README tells a new user: test_readme.py QCODE. A fenced block opened with ```KIND NAME is written to the
file NAME; in a block opened with ```console each line behind `$ ` is run, and has to say exactly the lines below it.
Times may differ. `$ ./start` sets things up and is not run here. Every file that a link names must be there."""
import os
import re
import subprocess
import sys
import tempfile

README = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "README.md")
TIME = re.compile(r"\b[0-9]+([.][0-9]+)? (seconds|ms)\b")


def blocks(text):
    """(what stands behind the opening fence, the lines of the block)"""
    for opening, body in re.findall(r"^```([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield opening.split(), body


def commands(body):
    """(command, what it says)"""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def broken_links(text):
    for name in re.findall(r"\]\(([^):]+)\)", text):
        if not os.path.exists(os.path.join(os.path.dirname(README), name)):
            yield f"the link to {name} leads nowhere"


def main(qcode):
    with open(README, encoding="utf-8") as file:
        text = file.read()
    wrong, ran = list(broken_links(text)), 0
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "PATH": os.path.dirname(qcode) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        for opening, body in blocks(text):
            if len(opening) == 2:
                path = os.path.join(place, opening[1])
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(body)
            if opening != ["console"]:
                continue
            for command, wanted in commands(body):
                if command.startswith("./start"):
                    continue
                done = subprocess.run(["sh", "-c", command], cwd=place, env=environment, text=True, check=False,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                ran += 1
                if TIME.sub("TIME", done.stdout) != TIME.sub("TIME", wanted):
                    wrong.append(f"$ {command}\n--- the README\n{wanted}\n+++ here\n{done.stdout}")
    print("\n".join(wrong) or f"{ran} commands do what the README says")
    return 1 if wrong or not ran else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
