"""What a PDF claims to be, and what it has for that."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sphinxcontrib_soup.pdf.builder import SoupPdfBuilder
from tests.pdf.pdf_file import Pdf
from tests.pdf.test_long_documents import LIMIT
from tests.pdf.test_long_documents import write as write_long
from tests.project import Project

ROWS = "\n".join(f"   row {number}, {'words ' * 12}" for number in range(90))
PAGE = f"""
Title
=====

.. requirement:: It works
   :id: REQ_1
   :source: a

   It shall work, as :need:`REQ_1` and `the web <https://example.org>`_ say.

.. traceability-matrix::
   :chain: requirement derives_from
   :group: derives_from

.. csv-table:: A long table
   :header: one, two

{ROWS}
"""


def claims(pdf: Pdf) -> set[str]:
    xmp = pdf.reader.trailer["/Root"]["/Metadata"].get_data().decode()
    found = re.findall(r"<(pdfaid:part|pdfaid:conformance|pdfuaid:part)>(\w+)<", xmp)
    return {f"{name} {value}" for name, value in found}


@pytest.mark.parametrize(
    ("standard", "claimed"),
    [
        ("a-2b", {"pdfaid:part 2", "pdfaid:conformance B"}),
        (["a-2a", "ua-1"], {"pdfaid:part 2", "pdfaid:conformance A", "pdfuaid:part 1"}),
        ("ua-1", {"pdfuaid:part 1"}),
    ],
)
def test_it_claims_what_it_was_asked_to_keep(project: Project, standard: Any, claimed: set[str]) -> None:
    project.write("index.rst", PAGE)
    run = project.build("soup-pdf", soup_pdf_standard=standard)
    assert "soup.pdf" not in run.warnings
    pdf = Pdf(run.output / "Test.pdf")
    assert claims(pdf) == claimed
    root = pdf.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert str(root["/Lang"]) == "en"
    assert ("/OutputIntents" in root) == (standard != "ua-1")
    links = [link for page in pdf.reader.pages for link in page.get("/Annots") or ()]
    assert links
    assert all(link["/Contents"] and "/StructParent" in link for link in links)
    for page in pdf.reader.pages:
        assert "/StructParents" in page


def test_what_it_cannot_keep_it_does_not_claim_and_says_why(project: Project) -> None:
    project.write("index.rst", PAGE + "\n.. raw:: typst\n\n   #heading(level: 4)[Skips two levels]\n")
    run = project.build("soup-pdf", soup_pdf_standard=["a-2a", "ua-1"])
    assert run.code == 0
    assert "Test.pdf is no PDF/UA-1: " in run.warnings
    assert claims(Pdf(run.output / "Test.pdf")) == {"pdfaid:part 2", "pdfaid:conformance A"}


def test_a_document_in_parts_keeps_pdf_a_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", LIMIT)
    write_long(project)
    run = project.build("soup-pdf", soup_pdf_standard=["a-2a", "ua-1"])
    assert run.warnings.count("[soup.pdf]") == 1
    assert "Test.pdf is no PDF/UA-1: PDF/UA-1 error: the first heading must be of level 1" in run.warnings
    assert claims(Pdf(run.output / "Test.pdf")) == {"pdfaid:part 2", "pdfaid:conformance A"}


@pytest.mark.parametrize("stated", ["a-1b", [], ["a-2a", "a-2b"], 3, ["ua-1", None]])
def test_a_standard_that_there_is_not_is_a_finding(project: Project, stated: Any) -> None:
    project.write("index.rst", PAGE)
    run = project.build("dummy", soup_pdf_standard=stated)
    assert any("soup_pdf_standard" in one.message for one in run.built.judgement.findings)
