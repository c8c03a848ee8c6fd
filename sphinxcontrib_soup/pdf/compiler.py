"""Compiles one document or part in a process of its own, because the compiler keeps all it laid out until that ends.

Run as a module, it reads a `Job` as JSON from stdin and answers with an `Answer` as JSON on stdout. It
imports nothing of Sphinx, and so starts at once. The output keeps the standards it is to keep where the content allows
it, else the least of them.
"""

from __future__ import annotations

import io
import json
import re
import sys

import typst

from sphinxcontrib_soup.pdf.binder import bind
from sphinxcontrib_soup.pdf.jobs import LEAST, Answer, Job, failed
from sphinxcontrib_soup.pdf.layout import EXPRESSION, Layout
from sphinxcontrib_soup.pdf.objects import written_to
from sphinxcontrib_soup.pdf.sheets import Part

_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ERROR = re.compile(r"^error: (.*)$", re.MULTILINE)
_EXPECTED = ("could not be displayed", "missing document date")


def compile_pdf(job: Job) -> Answer:
    """Compile a document, and write its output only if that differs. Unreadable images are left out."""
    try:
        return _compiled(job, {})
    except RuntimeError as error:
        unreadable = _unreadable(job)
        if not unreadable:
            return failed(_said(error))
    try:
        return _compiled(job, unreadable)
    except RuntimeError as error:
        return {**failed(_said(error)), "unreadable": unreadable}


def _said(error: RuntimeError) -> str:
    return (error.diagnostic or error.message) if isinstance(error, typst.TypstError) else str(error)


def _compiler(job: Job, unreadable: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(
        job["source"],
        root=job["root"],
        font_paths=job["fonts"],
        ignore_system_fonts=True,
        sys_inputs={"unreadable": "\n".join(unreadable)},
    )


def _compiled(job: Job, unreadable: dict[str, str]) -> Answer:
    answer: Answer = {**failed(""), "error": None, "unreadable": unreadable}
    compiler = _compiler(job, unreadable)
    made = b"" if job["wanted"] == "layout" else _pdf(compiler, job, answer)
    layout = _layout(compiler)
    if job["wanted"] == "whole":
        bound = io.BytesIO()
        bind([Part(made=made, layout=layout)], bound)
        made = bound.getvalue()
    else:
        answer["layout"] = layout
    if made:
        answer["sha256"] = written_to(job["output"], made)
    return answer


def _layout(compiler: typst.Compiler) -> Layout:
    try:
        found: Layout = json.loads(compiler.eval(EXPRESSION))
    except RuntimeError:
        compiler.compile(format="pdf")  # its error says where
        raise
    return found


def _pdf(compiler: typst.Compiler, job: Job, answer: Answer) -> bytes:
    """A PDF of the standards, or else what can be; another try costs little, because the pages are laid out by then."""
    for standards in dict.fromkeys([tuple(job["standards"]), (LEAST,), ()]):
        try:
            made = compiler.compile(format="pdf", timestamp=job["timestamp"], pdf_standards=list(standards))
        except typst.TypstError as error:
            if not standards:
                raise
            reasons = [line for line in _ERROR.findall(error.diagnostic) if not any(one in line for one in _EXPECTED)]
            answer["unprintable"] = answer["unprintable"] or list(dict.fromkeys(_UNPRINTABLE.findall(error.diagnostic)))
            answer["unmet"] = answer["unmet"] or next(iter(reasons), None)
        else:
            answer["standards"] = list(standards)
            return made if isinstance(made, bytes) else b""
    return b""


def _unreadable(job: Job) -> dict[str, str]:
    compiler = _compiler(job, {})
    found: dict[str, str] = {}
    for image in job["images"]:
        try:
            compiler.compile(f"#image({json.dumps(image, ensure_ascii=False)})".encode(), format="pdf")
        except typst.TypstError as error:
            found[image] = error.message
    return found


if __name__ == "__main__":
    json.dump(compile_pdf(json.load(sys.stdin)), sys.stdout)
