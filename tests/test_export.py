#!/usr/bin/env python3
"""Sends coded interviews of hostile text out and takes them in again: test_export.py QCODE [SHARED]. What goes out has to be
what came in, valid by what is there to judge it: the schemas of REFI-QDA in SHARED with xmllint and with Python's
xmlschema, unzip, SQLite and LibreOffice. What is not there is named and passed over."""
import csv
import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

BOOK = """title: "Hostile & <small>"
codes:
  - id: park
    name: 'Parks & "gardens" <green>'
    color: "#2aa198"
    definition: "What grows\\nin the town"
    include: "trees\\u000band \\u001b grass"
    terms: [park*, 公园]
  - id: dark
    name: dark
    terms: [dark*, مظلم]
  - id: lamp
    name: DARK
    parent: dark
    terms: [lamp*]
  - id: empty
    name: Nothing bears it
themes:
  - id: town
    name: Town
    codes: [park, dark]
"""
HEAD = "document,speaker,role,case,group,consent_quote,consent_use,town\n"
CASES = """{0},ANN,respondent,Ann,Über & 'Co',yes,yes,=1+1
{0},BEN,respondent,Ben,Police,no,yes,Leeds
{0},CY,respondent,Zacharias,Police,yes,no,Bath
"""
WORDS = ["park", "parks", "dark", "lamp", "🙂", "👩🏽‍🌾", "cafe\u0301", "公园", "مظلم", "שלום", "x<y>&z", "\"quoted\"", "=SUM(A1)", "]]>",
         "\u202eabc\u202c", "naïve", "a\tb", "𝒳", "--", "O’Brien", "\u00adsoft", "\ufeffmark", "it."]
SCHEMAS = ("Project-mrt2019.xsd", "Codebook-mrt2019.xsd")
MISSING = set()


def transcript(rng):
    lines = []
    for turn in range(rng.randrange(3, 9)):
        lines.append("INT: What of it?")
        for who in rng.sample(["ANN", "BEN", "CY"], 2 if turn else 3):
            sentences = [" ".join(rng.choices(WORDS, k=rng.randrange(1, 9))) + ". " for _ in range(rng.randrange(1, 5))]
            lines.append(f"{who}: " + "".join(sentences).strip())
    return rng.choice(["\n", "\r\n"]).join(lines) + "\n"


class Study:
    def __init__(self, qcode, shared, place, seed):
        self.qcode, self.shared, self.place, self.rng = qcode, shared, place, random.Random(seed)
        self.put("book.yaml", BOOK)
        names = ["one.txt", "two words.txt", "drei.txt"]
        self.put("cases.csv", HEAD + "".join(CASES.format(name) for name in names))
        for name in names:
            self.put(name, transcript(self.rng))
        self.run("code", "-q", "-c", "book.yaml", "--cases", "cases.csv", *names, "-o", "coded")
        self.segments = [json.loads(line) for line in self.lines("coded/segments.jsonl")]
        self.texts = {d["document"]: d["text"] for d in map(json.loads, self.lines("coded/documents.jsonl"))}
        assert self.segments, "nothing was coded"

    def path(self, name):
        return os.path.join(self.place, name)

    def put(self, name, text):
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def bytes(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def lines(self, name):
        return self.bytes(name).decode("utf-8").split("\n")[:-1]

    def run(self, *words):
        done = subprocess.run([self.qcode, *words], cwd=self.place, capture_output=True, check=False)
        assert done.returncode == 0, f"qcode {' '.join(words)}: {done.stderr.decode()}"
        return done.stdout

    def export(self, target, name, *options):
        self.run("export", target, "coded", "-q", "-o", name, *options)
        self.run("export", target, "coded", "-q", "-o", "again", *options)
        assert self.bytes(name) == self.bytes("again"), f"{target}: the same run gave other bytes"
        return self.path(name)


def validate(study, path, schema):
    if not study.shared:
        MISSING.add("the schemas of REFI-QDA")
        return
    schema = os.path.join(study.shared, "refi-qda", schema)
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--noout", "--schema", schema, path], check=True, stderr=subprocess.DEVNULL)
    else:
        MISSING.add("xmllint")
    judge = "import sys, xmlschema; xmlschema.XMLSchema(sys.argv[1]).validate(sys.argv[2])"
    pythons = [p for p in (sys.executable, "/usr/bin/python3") if os.path.exists(p) and not subprocess.run(
        [p, "-c", "import xmlschema"], capture_output=True, check=False).returncode]
    if pythons:
        subprocess.run([pythons[0], "-c", judge, schema, path], check=True)
    else:
        MISSING.add("Python's xmlschema")


def open_archive(path):
    if shutil.which("unzip"):
        subprocess.run(["unzip", "-tq", path], check=True, stdout=subprocess.DEVNULL)
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    return archive


def unit_text(text, start, end, wide):
    if not wide:
        return text[start:end]
    return text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")


def refi_project(study, dialect):
    """Each selection holds the words of one segment, and every segment has one."""
    nvivo = dialect == "nvivo"
    path = study.export("refi", "a.qdpx", *(["--for", dialect] if dialect else []))
    archive = open_archive(path)
    with open(study.path("project.qde"), "wb") as file:
        file.write(archive.read("project.qde"))
    validate(study, study.path("project.qde"), SCHEMAS[0])
    root = tree.fromstring(archive.read("project.qde"))
    q = {"q": "urn:QDA-XML:project:1.0"}
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(guids) == len(set(guids)), "a GUID twice"
    for key in ("targetGUID", "creatingUser", "creatingUserGUID"):
        assert {e.get(key) for e in root.iter() if e.get(key)} <= set(guids), "a reference to nothing"
    names = [c.get("name").lower() for c in root.iter("{urn:QDA-XML:project:1.0}Code")]
    assert len(names) == len(set(names)) == 4, names
    codes = {c.get("guid"): c.get("name") for c in root.iter("{urn:QDA-XML:project:1.0}Code")}
    assert sorted(codes.values()) == ["DARK (lamp)", "Nothing bears it", 'Parks & "gardens" <green>', "dark"]
    found = []
    for source in root.findall(".//q:TextSource", q):
        member = ("Sources/" if nvivo else "sources/") + source.get("plainTextPath").removeprefix("internal://")
        raw = archive.read(member).decode("utf-8")
        assert raw.startswith("\ufeff") == nvivo
        text = raw.removeprefix("\ufeff") if nvivo else raw
        assert text.replace("\r\n", "\n") == study.texts[source.get("name")]
        for selection in source.findall("q:PlainTextSelection", q):
            words = unit_text(text, int(selection.get("startPosition")), int(selection.get("endPosition")), nvivo)
            coding, = selection.findall("q:Coding", q)
            assert coding.get("creatingUser") == selection.get("creatingUser")
            found.append((source.get("name"), codes[coding.find("q:CodeRef", q).get("targetGUID")],
                          words.replace("\r\n", "\n")))
    ids = {"park": 'Parks & "gardens" <green>', "dark": "dark", "lamp": "DARK (lamp)"}
    wanted = [(s["document"], ids[s["code"]], study.texts[s["document"]][s["start"]:s["end"]]) for s in study.segments]
    assert sorted(found) == sorted(wanted)
    assert "Zacharias" not in archive.read("project.qde").decode("utf-8"), "who is left out is a case"
    cases = {c.get("name") for c in root.findall(".//q:Case", q)}
    assert cases <= {"Ann", "Ben"}, cases


def taken_in_again(study, dialect):
    """What qcode reads of its own project are the same passages."""
    study.export("refi", "b.qdpx", *(["--for", dialect] if dialect else []))
    shutil.rmtree(study.path("taken"), ignore_errors=True)
    study.run("import", "b.qdpx", "-o", "taken", "-q")
    with open(study.path("taken/codings.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = sorted((r["document"], int(r["start"]), int(r["end"])) for r in rows)
    assert found == sorted((s["document"], s["start"], s["end"]) for s in study.segments), dialect


def codebook(study):
    path = study.export("codebook", "a.qdc")
    validate(study, path, SCHEMAS[1])
    root = tree.parse(path).getroot()
    words = root.find(".//{urn:QDA-XML:codebook:1.0}Description").text
    assert words == "What grows\nin the town\nInclude: trees\ufffdand \ufffd grass", words


def rows(study):
    assert study.bytes(os.path.basename(study.export("jsonl", "a.jsonl"))) == study.bytes("coded/segments.jsonl")
    ours = list(csv.reader(io.StringIO(study.bytes(os.path.basename(study.export("csv", "a.csv"))).decode("utf-8"), newline="")))
    theirs = list(csv.reader(io.StringIO(study.bytes("coded/segments.csv").decode("utf-8"), newline="")))
    assert sorted(ours[0]) == sorted(theirs[0]) and len(ours) == len(theirs)
    at = [theirs[0].index(name) for name in ours[0]]
    assert sorted(ours[1:]) == sorted([row[i] for i in at] for row in theirs[1:])


def database(study):
    path = study.export("sqlite", "a.sqlite")
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        found = base.execute('SELECT document, code, start, "end", text FROM segments').fetchall()
        assert sorted(found) == sorted((s["document"], s["code"], s["start"], s["end"], s["text"]) for s in study.segments)
        assert dict(base.execute("SELECT name, text FROM documents")) == study.texts
        assert {n for n, in base.execute("SELECT name FROM respondents")} <= {"Ann", "Ben"}
        counted = dict(base.execute("SELECT code, segments FROM code_counts"))
        for code in ("park", "dark", "lamp", "empty"):
            assert counted[code] == sum(s["code"] == code for s in study.segments)
        heard = base.execute("SELECT count(*) FROM segments_search WHERE segments_search MATCH 'lamp'").fetchone()[0]
        assert heard == sum(bool(re.search(r"\blamp\b", s["text"])) for s in study.segments)
    assert b"Zacharias" not in study.bytes("a.sqlite")


def annotations(study):
    page = json.loads(study.bytes(os.path.basename(study.export("w3c", "a.jsonld"))))
    found = []
    for item in page["items"]:
        place, quote = item["target"]["selector"]
        text = study.texts[item["target"]["source"]]
        assert text[place["start"]:place["end"]] == quote["exact"]
        assert text[:place["start"]].endswith(quote["prefix"]) and text[place["end"]:].startswith(quote["suffix"])
        found.append((item["target"]["source"], item["body"][0]["value"], place["start"], place["end"]))
    assert sorted(found) == sorted((s["document"], s["code"], s["start"], s["end"]) for s in study.segments)


def standoff(study):
    archive = open_archive(study.export("brat", "a.zip"))
    number = 0
    for name in archive.namelist():
        if not name.endswith(".ann"):
            continue
        text = archive.read(name[:-4] + ".txt").decode("utf-8")
        for line in archive.read(name).decode("utf-8").split("\n")[:-1]:
            _, place, words = line.split("\t", 2)
            spans = [tuple(map(int, span.split())) for span in place.split(" ", 1)[1].split(";")]
            assert " ".join(text[a:b] for a, b in spans) == words
            number += 1
    assert number == len(study.segments)


def in_libreoffice(study):
    """Converted, the workbook has every segment, and the documents every heading."""
    if not shutil.which("soffice"):
        MISSING.add("LibreOffice")
        return
    for target, name in (("xlsx", "a.xlsx"), ("docx", "q.docx"), ("codebook-docx", "c.docx")):
        open_archive(study.export(target, name))
    profile = f"-env:UserInstallation=file://{study.place}/profile"
    sheets = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
    for kind, files in ((sheets, ["a.xlsx"]), ("txt:Text (encoded):UTF8", ["q.docx", "c.docx"])):
        subprocess.run(["soffice", profile, "--headless", "--convert-to", kind, *files], cwd=study.place,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False)
    with open(study.path("a-segments.csv"), encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert sorted((r["document"], r["code"], int(r["start"]), int(r["end"]), r["id"]) for r in table) == sorted(
        (s["document"], s["code"], s["start"], s["end"], s["id"]) for s in study.segments)
    quotes, book = study.bytes("q.txt").decode("utf-8"), study.bytes("c.txt").decode("utf-8")
    for name in ('Parks & "gardens" <green>', "DARK", "Nothing bears it"):
        assert name in quotes and name in book
    assert quotes.count("; proposed") == len(study.segments)
    assert "Zacharias" not in quotes


def words_withheld(study):
    """What Ben says is masked in every file, and what Cy says too."""
    hidden = set()
    for name in study.texts:
        for line in study.bytes(name).decode("utf-8").splitlines():
            if line.startswith(("BEN: ", "CY: ")) and len(line) > 30:
                hidden.add(line.split(": ", 1)[1])
    kept = "".join("".join(d) for d in study.texts.values())
    hidden = {words for words in hidden if words not in kept}
    assert hidden, "nothing is hidden"
    for target, name in (("refi", "h.qdpx"), ("sqlite", "h.sqlite"), ("w3c", "h.jsonld"), ("brat", "h.zip"),
                         ("markdown", "h.md"), ("docx", "h.docx"), ("csv", "h.csv")):
        path = study.export(target, name)
        parts = [study.bytes(name)]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                parts = [archive.read(member) for member in archive.namelist()]
        for words in hidden:
            assert not any(words.encode("utf-8") in part for part in parts), f"{target} shows words withheld"


def main(qcode, shared=None):
    shared = shared if shared and os.path.isdir(shared) else None
    for seed in range(2):
        with tempfile.TemporaryDirectory() as place:
            study = Study(qcode, shared, place, seed)
            for dialect in (None, "nvivo", "atlas", "maxqda", "qualcoder"):
                refi_project(study, dialect)
                taken_in_again(study, dialect)
            for prove in (codebook, rows, database, annotations, standoff, words_withheld):
                prove(study)
            if seed == 0:
                in_libreoffice(study)
    print("what went out came back" + (f"; not there to judge it: {', '.join(sorted(MISSING))}" if MISSING else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), *sys.argv[2:]))
