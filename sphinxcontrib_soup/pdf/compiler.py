"""Compiles one PDF in a process of its own, because the compiler keeps what it has laid out until its process ends.

Run by path; it reads a job as JSON from stdin and answers with JSON on stdout:

    {"source": "DOC.typ", "root": …, "fonts": […], "timestamp": …, "output": "DOC.pdf"}
    {"error": null, "unprintable": ["漢"], "not_archival": null}

It imports nothing of this package, so that it starts at once. The output is PDF/A-2b where the content allows it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TypedDict

import typst

ARCHIVAL = "a-2b"
_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ERROR = re.compile(r"^error: (.*)$", re.MULTILINE)
_EXPECTED = ("could not be displayed", "missing document date")


class Job(TypedDict):
    """What to compile. `timestamp` is in seconds since 1970 and stands for now."""

    source: str
    root: str
    fonts: list[str]
    timestamp: int
    output: str


class Answer(TypedDict):
    """How it went: the whole diagnostic of an error, the characters no font has, why the PDF is no PDF/A."""

    error: str | None
    unprintable: list[str]
    not_archival: str | None


def compile_pdf(job: Job) -> Answer:
    """Compile a document, and write its output only if that differs."""
    answer = Answer(error=None, unprintable=[], not_archival=None)
    compiler = typst.Compiler(font_paths=job["fonts"], ignore_system_fonts=True, root=job["root"])

    def compiled(standards: list[str]) -> bytes:
        made: bytes = compiler.compile(
            job["source"], format="pdf", timestamp=job["timestamp"], pdf_standards=standards
        )
        return made

    try:
        made = compiled([ARCHIVAL])
    except typst.TypstError as error:
        answer["unprintable"] = list(dict.fromkeys(_UNPRINTABLE.findall(error.diagnostic)))
        unexpected = [line for line in _ERROR.findall(error.diagnostic) if not any(one in line for one in _EXPECTED)]
        answer["not_archival"] = unexpected[0] if unexpected else None
        try:
            made = compiled([])
        except typst.TypstError as again:
            return Answer(error=again.diagnostic or again.message, unprintable=[], not_archival=None)
    output = Path(job["output"])
    if not output.exists() or output.read_bytes() != made:
        output.write_bytes(made)
    return answer


if __name__ == "__main__":
    json.dump(compile_pdf(json.load(sys.stdin)), sys.stdout)
