#!/usr/bin/env python3
"""The table of run.sh: compare.py PROJECT MATERIAL PLACE QCODE RUNS. Makes codebooks of the material's rules, cuts the corpus,
runs all, compares spans with the plain way's, and prints Markdown: medians of whole processes by the clock and on the
processor, rates and ratios."""
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

PROJECT, MATERIAL, PLACE, QCODE, RUNS = sys.argv[1:5] + [int(sys.argv[5])]
HERE = os.path.join(PROJECT, "tests", "bench")
SHIPPED = os.path.join(PROJECT, "codebooks", "eight-indicators.yaml")
INTERVIEWS = os.path.join(PROJECT, "tests", "data", "interviews")
RULES = os.path.join(MATERIAL, "rules.tsv")


def say(*words):
    print(*words, flush=True)


def run(words, runs=1, out=os.devnull):
    """(median seconds, median seconds on the processor, peak bytes) of a command that has to succeed."""
    walls, used, peak = [], [], 0
    for _ in range(runs):
        start = time.perf_counter()
        child = os.fork()
        if not child:
            os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
            os.dup2(os.open(os.path.join(PLACE, "stderr"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 2)
            os.execvp(words[0], words)
        _, status, use = os.wait4(child, 0)
        walls.append(time.perf_counter() - start)
        used.append(use.ru_utime + use.ru_stime)
        peak = max(peak, use.ru_maxrss * 1024)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            with open(os.path.join(PLACE, "stderr"), encoding="utf-8", errors="replace") as said:
                raise RuntimeError(f"{words[0]} ended with {os.waitstatus_to_exitcode(status)}: {said.readline().strip()}")
    return statistics.median(walls), statistics.median(used), peak


def rules_of(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def as_regex(kind, pattern):
    """As the plain way writes a term."""
    if kind == "re":
        return pattern
    places = {"*": r"\w*", " ": r"\s+"}
    return r"\b" + "".join(places.get(c, "\\" + c if c in ".?+()[]{}|^$\\" else c) for c in pattern) + r"\b"


def write_patterns(path, rules):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(as_regex(kind, pattern) + "\n" for _, kind, pattern in rules)


def write_book(path, rules, unit, apart=False):
    """A code with all of its terms and regexes; or with a rule for each, whose id is its number."""
    codes = {}
    for number, (code, kind, pattern) in enumerate(rules):
        codes.setdefault(code, []).append((number, kind, pattern))
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"title: Bench\nunit: {unit}\nscope: all\ncodes:\n")
        for code, members in codes.items():
            file.write(f"  - id: {code}\n")
            if apart:
                file.write("    rules:\n")
                for number, kind, pattern in members:
                    key = "terms" if kind == "lex" else "regex"
                    file.write(f"      - {{id: r{number}, {key}: {quoted(pattern)}}}\n")
                continue
            terms = [quoted(pattern) for _, kind, pattern in members if kind == "lex"]
            regexes = [pattern for _, kind, pattern in members if kind == "re"]
            file.write("    terms: [" + ",\n      ".join(terms) + "]\n")
            if regexes:
                file.write("    regex:\n" + "".join(f"      - {quoted(r)}\n" for r in regexes))


def cut(size, path):
    """The first turns of the corpus, so many bytes or a little less."""
    with open("dense.txt", "rb") as source, open(path, "wb") as out:
        data = source.read(size)
        out.write(data[: data.rindex(b"\n") + 1])
    return path


def cut_documents():
    with open("dense.txt", "rb") as file:
        data = file.read()
    with open("dense.txt.docs", encoding="ascii") as file:
        places = [int(line) for line in file] + [len(data)]
    shutil.rmtree("documents", ignore_errors=True)
    os.mkdir("documents")
    paths = []
    for number, (start, end) in enumerate(zip(places, places[1:])):
        paths.append(f"documents/d{number:04}.txt")
        with open(paths[-1], "wb") as out:
            out.write(data[start:end])
    return paths


def make_interviews():
    """Twelve of 25 kB and more, each of two or three of the seven."""
    os.makedirs("interviews", exist_ok=True)
    names = sorted(os.listdir(INTERVIEWS))
    paths = []
    for number in range(12):
        paths.append(f"interviews/I{number + 1:02}.txt")
        with open(paths[-1], "wb") as out:
            at = number
            while out.tell() < 25000:
                with open(os.path.join(INTERVIEWS, names[at % len(names)]), "rb") as source:
                    out.write(source.read())
                at += 1
    return paths


def grown_rules(count):
    """The rules with the lexicon padded to `count` terms, from words of the corpus that are neither short nor common: else
    writing matches would be all that is measured."""
    if not os.path.exists("words.tsv"):
        counts = {}
        with open("dense.txt", encoding="utf-8") as file:
            for word in file.read(20000000).lower().split():
                if word.isalpha():
                    counts[word] = counts.get(word, 0) + 1
        with open("words.tsv", "w", encoding="utf-8") as file:
            order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[3000:]
            file.writelines(f"{word}\t{count}\n" for word, count in order if len(word) > 4)
    made = subprocess.run([sys.executable, os.path.join(MATERIAL, "make_rules.py"), str(count), "words.tsv"], check=True,
                          capture_output=True, text=True)
    with open("grown.tsv", "w", encoding="utf-8") as file:
        file.write(made.stdout)
    return rules_of("grown.tsv")


def spans_of_rival(path):
    spans = set()
    with open(path, encoding="ascii") as file:
        for line in file:
            start, end, rule = line.split("\t")
            spans.add((int(start), int(end), int(rule)))
    return spans


def spans_of_qcode(path, corpus):
    """Its matches, from code points to bytes."""
    with open(corpus, "rb") as file:
        data = file.read()
    starts = [at for at, byte in enumerate(data) if byte & 0xC0 != 0x80] + [len(data)]
    spans = set()
    with open(path, encoding="utf-8") as file:
        for line in file:
            for match in json.loads(line)["matches"]:
                spans.add((starts[match["start"]], starts[match["end"]], int(match["rule"].split("/r")[1])))
    return spans


def differences(spans, reference):
    if spans == reference:
        return f"all {len(reference):,} the same"
    return f"{len(spans & reference):,} the same, {len(reference - spans):,} missing, {len(spans - reference):,} more"


def row(*cells):
    say("| " + " | ".join(str(cell) for cell in cells) + " |")


def rate(path, seconds):
    return os.path.getsize(path) / 1e6 / seconds


def coded(book, paths, *more):
    return [QCODE, "code", "-q", "-c", book, "--no-study", *more, *paths]


def compare_rivals(rules):
    """Every span of every rule. Slow programs get the first part of the corpus."""
    say("\n## Every span of every rule, whole processes\n")
    row("program", "MB", "seconds", "on the processor", "MB/s", "qcode is", "spans beside the plain way's")
    row("---", "---:", "---:", "---:", "---:", "---:", "---")
    write_patterns("patterns.txt", rules)
    write_book("apart.yaml", rules, "match", apart=True)
    with open("alternatives.txt", "w", encoding="utf-8") as file:
        file.write("|".join(f"(?:{as_regex(kind, pattern)})" for _, kind, pattern in rules) + "\n")
    small, middle = cut(500000, "small.txt"), cut(10000000, "middle.txt")
    reference = {}
    for path in (small, middle):
        run(["./plain", RULES, path, "1", "turn", "ups"], out="reference")
        reference[path] = spans_of_rival("reference")
    wall, used, _ = run(coded("match.yaml", ["dense.txt"], "--format", "jsonl", "--threads", "1"), RUNS, "out")
    ours = rate("dense.txt", used)
    run(coded("apart.yaml", [middle], "--format", "jsonl", "--threads", "1"), out="out")
    row("qcode", f"{os.path.getsize('dense.txt') / 1e6:.0f}", f"{wall:.2f}", f"{used:.2f}", f"{ours:.1f}", "",
        differences(spans_of_qcode("out", middle), reference[middle]) + " (10 MB)")
    write_patterns("simple.txt", [r for r in rules if "(?<" not in r[2] and "(?!" not in r[2] and r[2].isascii()])
    rivals = [
        ("Hyperscan, PCRE2 for the spans", "./hyperscan", ["patterns.txt", "dense.txt"], "dense.txt", 3, True),
        ("RE2::Set, RE2 for the spans", "./re2", ["patterns.txt", "dense.txt"], "dense.txt", 3, True),
        ("ripgrep `--no-unicode -i -o -b`, all rules in one", "rg",
         ["--no-unicode", "-i", "-o", "-b", "-j1", "-f", "simple.txt", "dense.txt"], "dense.txt", 3, False),
        ("PCRE2 JIT, rule by rule", "./plain", [RULES, middle, "1", "turn", "ups"], middle, 1, True),
        ("GNU grep `-P -i -o -b`, all rules in one", "grep", ["-P", "-i", "-o", "-b", "-f", "alternatives.txt", small], small,
         1, False),
        ("Python re, rule by rule", sys.executable, [os.path.join(HERE, "rivals", "regex.py"), "patterns.txt", small], small, 1,
         True),
        ("R stringi, rule by rule", "Rscript", [os.path.join(HERE, "rivals", "stringi.R"), "patterns.txt", small], small, 1,
         False),
    ]
    for name, program, words, path, runs, compared in rivals:
        if not shutil.which(program):
            row(name, "", "", "", "", "", "left out")
            continue
        try:
            wall, used, _ = run([program, *words], runs, "out")
        except RuntimeError as error:
            row(name, "", "", "", "", "", error)
            continue
        said = "not comparable: no rules, or counts alone"
        if compared:
            corpus = middle if path == "dense.txt" else path
            if path == "dense.txt":
                run([program, words[0], middle], out="out")
            said = differences(spans_of_rival("out"), reference[corpus])
        row(name, f"{os.path.getsize(path) / 1e6:.1f}", f"{wall:.2f}", f"{used:.2f}", f"{rate(path, used):.2f}",
            f"{ours / rate(path, used):.1f} ×", said)


def measure_qcode(rules):
    """The lines of the table of what is wanted."""
    documents, interviews = cut_documents(), make_interviews()
    write_book("match.yaml", rules, "match")
    write_book("sentence.yaml", rules, "sentence")
    out = "out"
    jsonl = ["--format", "jsonl"]
    one = jsonl + ["--threads", "1"]
    say("\n## qcode, start to end\n")
    row("measure", "at least", "seconds", "on the processor", "figure")
    row("---", "---", "---:", "---:", "---")

    def line(name, least, words, figure, to=out, runs=RUNS):
        measured = run(words, runs, to)
        row(name, least, f"{measured[0]:.4f}", f"{measured[1]:.4f}", figure(*measured))
        return measured

    def speed(wall, used, _):
        return f"{rate('dense.txt', used):.0f} MB/s"

    line("one file, `unit: match`, to jsonl", "250 MB/s", coded("match.yaml", ["dense.txt"], *one), speed)
    line("one file, `unit: sentence`, into a folder without a report", "120 MB/s",
         coded("sentence.yaml", ["dense.txt"], "-o", "coded", "--no-report", "--threads", "1"), speed)
    alone = line(f"{len(documents)} documents, 1 thread", "", coded("match.yaml", documents, *one), speed)
    line(f"{len(documents)} documents, 2 threads", "1.8 ×", coded("match.yaml", documents, *jsonl, "--threads", "2"),
         lambda wall, *_: f"{alone[0] / wall:.2f} ×")
    largest = max(os.path.getsize(path) for path in documents)
    line(f"peak memory over {len(documents)} documents", "32 MB + the largest", coded("match.yaml", documents, *one),
         lambda wall, used, peak: f"{(peak - largest) / 1e6:.1f} MB + {largest / 1e6:.1f}", runs=1)
    line("12 interviews, shipped codebook", "10 ms", coded(SHIPPED, interviews, *one), lambda wall, *_: f"{wall * 1e3:.1f} ms",
         runs=4 * RUNS)
    base = None
    with open("one.txt", "w", encoding="utf-8") as file:
        file.write("INT: Hello?\nP1: Hello.\n")
    for count, least in ((300, ""), (3000, "2.2 ×"), (30000, "6 ×")):
        grown = grown_rules(count)
        write_book(f"grown-{count}.yaml", grown, "match")
        measured = run(coded(f"grown-{count}.yaml", ["dense.txt"], *one), max(1, RUNS // 2), out)
        base = base or measured[1]
        row(f"one file, {count:,} terms", least, f"{measured[0]:.2f}", f"{measured[1]:.2f}", f"{measured[1] / base:.2f} ×")
    line("start-up with 30,000 terms", "60 ms", coded("grown-30000.yaml", ["one.txt"], *one),
         lambda wall, *_: f"{wall * 1e3:.1f} ms", runs=4 * RUNS)


def main():
    os.chdir(PLACE)
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((l.split(":")[1].strip() for l in file if l.startswith("model name")), platform.machine())
    say(f"{time.strftime('%d %B %Y')}, {os.cpu_count()} × {model}, load {os.getloadavg()[0]:.1f} at the start, medians of {RUNS}")
    rules = rules_of(RULES)
    measure_qcode(rules)
    core = os.path.join(os.path.dirname(os.path.dirname(QCODE)), "tests", "bench", "bench_core")
    if os.path.exists(core):
        say("\n## The matching core\n")
        say(subprocess.run([core, RULES, cut(10000000, "middle.txt")], capture_output=True, text=True, check=False).stdout)
    compare_rivals(rules)


if __name__ == "__main__":
    main()
