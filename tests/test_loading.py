#!/usr/bin/env python3
"""What is loaded when: test_loading.py QCODE LIBQCODE. libzip, libxml2 and libxlsxwriter take longer to load than a small run takes: the library
does without them until an archive, XML or a workbook comes, and says so when their module is not there."""
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

DOCUMENT = ("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
            "<w:p><w:r><w:t>INT: Who led?</w:t></w:r></w:p><w:p><w:r><w:t>P1: The inspector.</w:t></w:r></w:p>"
            "</w:body></w:document>")


def turns(qcode, path, **env):
    done = subprocess.run([qcode, "turns", path], capture_output=True, text=True, check=False, env={**os.environ, **env})
    return done.returncode, done.stdout, done.stderr


def test_the_library_needs_no_parser_to_start(library):
    with open(library, "rb") as file:
        data = file.read()
    assert b"\0libc.so" in data, "no names of libraries where they are looked for"
    for name in (b"libzip.so", b"libxml2.so", b"libxlsxwriter.so"):
        assert b"\0" + name not in data, f"{name.decode()} is loaded at start"


def test_an_archive_loads_them(qcode, path):
    status, out, _ = turns(qcode, path)
    assert status == 0 and "The inspector." in out, (status, out)


def test_a_module_that_is_not_there_is_told(qcode, library, path, place):
    alone = os.path.join(place, "alone")
    os.mkdir(alone)
    shutil.copy(library, os.path.join(alone, os.path.basename(library)))
    for name in ("libqcode.so.0", "libqcode.so"):
        os.symlink(os.path.basename(library), os.path.join(alone, name))
    status, out, err = turns(qcode, path, LD_LIBRARY_PATH=alone)
    assert status == 3 and not out, (status, out)
    assert f"{path}: cannot load what reads archives and XML (qcode-parsers-" in err, err


def main(qcode, library):
    library = os.path.realpath(library)
    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "talk.docx")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", DOCUMENT)
        test_the_library_needs_no_parser_to_start(library)
        test_an_archive_loads_them(qcode, path)
        test_a_module_that_is_not_there_is_told(qcode, library, path, place)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2])
