#!/usr/bin/env python3
"""Fills in a coding sheet with LibreOffice, as people do, and reads it back: test_sheet.py QCODE. Skipped where soffice is absent."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

BOOK = """title: The park after dark
version: 1.0.0
codes:
  - {id: safety, name: Feeling safe, definition: How safe a place feels., color: "#b58900", terms: [safe*]}
  - {id: patrols, name: Being seen, definition: People in uniform are there., terms: [officer*]}
"""
TALK = """Interviewer: How do you find the park?
Anna: I don't feel safe on the path after dark. "The lights" are off. =1+1 they say.
Interviewer: Has anything changed?
Anna: There were two officers on foot last week. That was good.
"""
# code:safety is H (there is no column of proposals), code:patrols I, done J; the rows are sorted backwards
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Fill(path As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(path, "_blank", 0, hidden())
  sheet = book.Sheets.getByName("coding")
  sheet.getCellRangeByName("H2").Value = 1
  sheet.getCellRangeByName("J3").String = "yes"
  sheet.getCellRangeByName("I5").String = "1"
  sheet.getCellRangeByName("H5").Value = 0
  sheet.getCellRangeByName("H6").String = "?"
  sheet.getCellRangeByName("K2").String = "a note"
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = 1 : field(0).IsAscending = False
  Dim sorting(1) As New com.sun.star.beans.PropertyValue
  sorting(0).Name = "SortFields" : sorting(0).Value = field()
  sorting(1).Name = "ContainsHeader" : sorting(1).Value = True
  sheet.getCellRangeByName("A1:Q6").sort(sorting())
  book.store()
  book.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>
"""


def run(place, *words):
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout


def office(place, *words):
    return run(place, "soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", *words)


def convert(place, name, kind, folder):
    office(place, "--convert-to", kind, "--outdir", folder, name)


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def has_drop_downs(path):
    sheet = part(path, "xl/worksheets/sheet1.xml")
    lists = re.findall(r'type="list".*?<formula1>(.*?)</formula1>', sheet, re.DOTALL)
    return any("1,0,?" in found.replace("&quot;", '"') for found in lists)


def codes_of(place, qcode, path):
    """What a sheet says beside one by hand that says the same: every code's units and agreement."""
    table = run(place, qcode, "compare", "-q", path, "hand.csv", "--texts", "anna.txt", "-f", "csv")
    rows = [line.split(",") for line in table.replace('"', "").splitlines()]
    return {row[0]: row[3:7] for row in rows[1:]}


def main(qcode):
    if not shutil.which("soffice"):
        print("skipped: soffice is absent")
        return 77
    with tempfile.TemporaryDirectory() as place:
        for name, text in (("park.yaml", BOOK), ("anna.txt", TALK)):
            with open(os.path.join(place, name), "w", encoding="utf-8") as file:
                file.write(text)
        run(place, qcode, "sheet", "-q", "--blind", "-c", "park.yaml", "anna.txt", "-o", "coding.xlsx")
        assert has_drop_downs(os.path.join(place, "coding.xlsx"))
        # a first start makes the profile; then the macro goes into it
        convert(place, "coding.xlsx", "ods", "there")
        basic = os.path.join(place, "profile", "user", "basic", "Standard")
        os.makedirs(basic, exist_ok=True)
        for name, text in (("Module1.xba", MACRO), ("script.xlb", LIBRARY)):
            with open(os.path.join(basic, name), "w", encoding="utf-8") as file:
                file.write(text)
        office(place, f"macro:///Standard.Module1.Fill(\"file://{place}/coding.xlsx\")")
        run(place, qcode, "sheet", "-q", "--blind", "-c", "park.yaml", "anna.txt", "-o", "hand.csv")
        with open(os.path.join(place, "hand.csv"), encoding="utf-8") as file:
            lines = file.read().split("\n")
        cells = [line.rsplit(",", 10) for line in lines[:-1]]  # code:safety, code:patrols, done, notes, and six hidden ones
        for row, column, answer in ((1, 1, "1"), (2, 3, "yes"), (4, 2, "1"), (5, 1, "?")):
            cells[row][column] = answer
        with open(os.path.join(place, "hand.csv"), "w", encoding="utf-8") as file:
            file.write("\n".join(",".join(row) for row in cells) + "\n")
        # units, by the first coder (coding), by the second (hand), by both: the third and in `safety` the fifth are unknown
        wanted = {"patrols": ["1", "1", "1"], "safety": ["1", "1", "1"]}
        found = codes_of(place, qcode, "coding.xlsx")
        assert {code: row[1:] for code, row in found.items()} == wanted, found
        assert found["patrols"][0] == "4" and found["safety"][0] == "3", found
        assert "a note" in part(os.path.join(place, "coding.xlsx"), "xl/sharedStrings.xml")
        # the same by way of OpenDocument
        convert(place, "coding.xlsx", "ods", "there")
        os.rename(os.path.join(place, "coding.xlsx"), os.path.join(place, "first.xlsx"))
        convert(place, os.path.join("there", "coding.ods"), "xlsx", ".")
        assert has_drop_downs(os.path.join(place, "coding.xlsx")), "the drop-downs are gone"
        assert codes_of(place, qcode, "coding.xlsx") == found
        print("what LibreOffice filled in is read back")
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
