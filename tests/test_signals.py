#!/usr/bin/env python3
"""A signal ends the command in good order: test_signals.py QCODE. Nothing of a run is left in its folder."""
import os
import signal
import subprocess
import sys
import tempfile
import time

BOOK = "codes:\n  - {id: lead, terms: [led]}\n"
TALK = "INT: Who led?\nP1: Ann led.\n"


def put(place, name, text):
    with open(os.path.join(place, name), "w", encoding="utf-8") as file:
        file.write(text)


def interrupted(qcode, place, words, sign):
    """Runs until `sign` says that the time has come, and interrupts; the exit status, within ten seconds."""
    run = subprocess.Popen([qcode, "code", "-q", "-c", "book.yaml", "-o", "coded", "-j1"] + words, cwd=place,
                           stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        sign(run)
        run.send_signal(signal.SIGINT)
        return run.wait(10)
    finally:
        run.kill()
        run.stdin.close()
        run.wait()


def begin_talk(run):
    run.stdin.write(TALK.encode())
    run.stdin.flush()
    time.sleep(0.5)


def wait_for_files(folder):
    def wait(run):
        while run.poll() is None and not (os.path.isdir(folder) and os.listdir(folder)):
            time.sleep(0.001)
    return wait


def check(fact, holds):
    print("ok" if holds else "not so", fact)
    return holds


def main(qcode):
    with tempfile.TemporaryDirectory() as place:
        folder = os.path.join(place, "coded")
        names = [f"talk{i}.txt" for i in range(400)]
        put(place, "book.yaml", BOOK)
        for name in names:
            put(place, name, TALK * 1000)
        piped = interrupted(qcode, place, [names[0], "-"], begin_talk)
        done = check("reading a pipe ends at once", piped == -signal.SIGINT)
        done = check("and has made no file", not os.path.exists(folder)) and done
        coded = interrupted(qcode, place, names, wait_for_files(folder))
        done = check("a run that is writing is ended", coded == -signal.SIGINT) and done
        return check("and leaves nothing", os.listdir(folder) == []) and done


if __name__ == "__main__":
    sys.exit(0 if main(os.path.abspath(sys.argv[1])) else 1)
