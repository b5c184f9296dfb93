#!/usr/bin/env python3
"""Every key that the reader of codebooks takes stands in an example of the manual, under a heading of its own subject: a page
that is checked and run (test_manual.c). So does every name of a construct."""
import os
import re
import sys

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
READER = os.path.join(REPOSITORY, "lib", "read", "codebook")

# what is no key: what values say, and how terms are written
CONSTRUCTS = {
    "Terms": [r"\w\*", r"\w\?\w", r'"\w+ \w+'],
    "Stems": [r"~\w+"],
    "Lists": [r"\[\$\w+, "],
    "Words near each other": [r"within: \d+ words", r"ordered: yes"],
    "All, any and none": [r"within: turn", r"\{any: .*near:", r"not: \[\{all:"],
    "Ghosts": [r"\{ghost: "],
    "Other codes": [r"after: \{code: .*within: turn", r"\{code: \w+\}"],
    "Speakers and questions": [r"role: ", r"group: ", r"where: \{question: "],
    "Status": ["negated:", "hypothetical:", "reported:", "wished:"],
    "Codes in trees, and themes": ["origin: deductive", "origin: inductive", "parent: ", "codes: \\["],
    "Unit": ["unit: paragraph", "unit: document", "unit: turn", "unit: match"],
    "Topics": ["unit: answer"],
    "Scope": ["scope: interviewer", "scope: all"],
    "Weighed evidence": ["weak: yes", "echo: yes", "aspect: yes", "off_topic:", "margin:", "most_codes:", "backward:"],
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def keys_of_reader():
    for name in sorted(os.listdir(READER)):
        if name.endswith(".c"):
            yield from re.findall(r'\{"(\w+)", qc_book_\w+,', read(os.path.join(READER, name)))
    numbers = read(os.path.join(REPOSITORY, "lib", "model", "evidence.c"))
    yield from re.findall(r'\{"(\w+)", ', numbers)
    yield from re.findall(r'"(?:topics|evidence)\.(\w+)"', numbers)


def main():
    page = read(os.path.join(REPOSITORY, "cli", "qcode-codebook.5.md"))
    sections = {part.split("\n", 1)[0]: "\n".join(re.findall(r"(?ms)^```yaml\n(.*?)^```$", part))
                for part in re.split(r"(?m)^## ", page)}
    examples = "\n".join(sections.values())
    keys = set(keys_of_reader())
    wrong = [f"the key \"{key}\" is in no example of the manual" for key in sorted(keys)
             if not re.search(rf"(?m)(?:^|[\s{{,-]){key}:(?:\s|$)", examples)]
    for section, constructs in CONSTRUCTS.items():
        wrong += [f"the section \"{section}\" has no example of {construct}" for construct in constructs
                  if not re.search(construct, sections.get(section, ""))]
    if len(keys) < 70:
        wrong.append(f"only {len(keys)} keys were found in the reader")
    print("\n".join(wrong) or f"{len(keys)} keys have an example")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
