"""Compiles one PDF in a process of its own, because the compiler keeps what it has laid out until its process ends.

Run by path, it reads a :class:`Job` as JSON from stdin and answers with an :class:`Answer` as JSON on stdout. It
imports nothing of this package, and so starts at once. The output is PDF/A-2b where the content allows it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TypedDict, cast

import typst

_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ERROR = re.compile(r"^error: (.*)$", re.MULTILINE)
_EXPECTED = ("could not be displayed", "missing document date")


class Job(TypedDict):
    """What to compile: `images` are relative to `root`, `timestamp` is in seconds since 1970 and stands for now."""

    source: str
    root: str
    images: list[str]
    fonts: list[str]
    timestamp: int
    output: str


class Answer(TypedDict):
    """How it went: the digest of the output, or the diagnostic of the error that left none.

    `unprintable` holds characters no font has, `unreadable` images with the reason, and `not_archival` says why the PDF
    is no PDF/A.
    """

    sha256: str | None
    error: str | None
    unprintable: list[str]
    unreadable: dict[str, str]
    not_archival: str | None


def compile_pdf(job: Job) -> Answer:
    """Compile a document, and write its output only if that differs. Unreadable images are left out."""
    answer = Answer(sha256=None, error=None, unprintable=[], unreadable={}, not_archival=None)
    compiler = typst.Compiler(font_paths=job["fonts"], ignore_system_fonts=True, root=job["root"])
    try:
        made = _compiled(compiler, job, answer)
    except typst.TypstError as error:
        answer["unreadable"] = _unreadable(compiler, job["images"])
        if not answer["unreadable"]:
            answer["error"] = error.diagnostic or error.message
            return answer
        try:
            made = _compiled(compiler, job, answer)
        except typst.TypstError as again:
            answer["error"] = again.diagnostic or again.message
            return answer
    output = Path(job["output"])
    if not output.exists() or output.read_bytes() != made:
        output.write_bytes(made)
    answer["sha256"] = hashlib.sha256(made).hexdigest()
    return answer


def _compiled(compiler: typst.Compiler, job: Job, answer: Answer) -> bytes:
    """The PDF as PDF/A, or else as it can be; the second try costs little, because the pages are laid out by then."""

    def tried(archival: bool) -> bytes:
        made = compiler.compile(
            job["source"],
            format="pdf",
            timestamp=job["timestamp"],
            pdf_standards="a-2b" if archival else [],
            sys_inputs={"unreadable": "\n".join(answer["unreadable"])},
        )
        return cast(bytes, made)

    try:
        return tried(archival=True)
    except typst.TypstError as error:
        made = tried(archival=False)
        answer["unprintable"] = list(dict.fromkeys(_UNPRINTABLE.findall(error.diagnostic)))
        reasons = [line for line in _ERROR.findall(error.diagnostic) if not any(one in line for one in _EXPECTED)]
        answer["not_archival"] = reasons[0] if reasons else None
        return made


def _unreadable(compiler: typst.Compiler, images: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for image in images:
        try:
            compiler.compile(f"#image({json.dumps(image, ensure_ascii=False)})".encode(), format="pdf")
        except typst.TypstError as error:
            found[image] = error.message
    return found


if __name__ == "__main__":
    json.dump(compile_pdf(json.load(sys.stdin)), sys.stdout)
