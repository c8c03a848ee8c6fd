"""The PDFs of the sample: whole, in order, within their pages, and the same bytes twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pdf.pdf_file import Pdf
from tests.project import Project, Run

SAMPLE = Path(__file__).parents[2] / "sample_docs"
DOCUMENTS = {
    "DOC_ANO": {"anomalies"},
    "DOC_REL": {"release"},
    "DOC_RISK": {"risks"},
    "DOC_SAD": {"architecture", "src/bolus_advisor/design", "display/design"},
    "DOC_SOUP": {"soup"},
    "DOC_SRS": {"requirements"},
    "DOC_TP": {"tests"},
    "DOC_TR": {"report"},
    "DOC_TRACE": {"traceability"},
}


def printed(folder: Path) -> Run:
    project = Project(folder)
    shutil.copytree(SAMPLE, project.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "_build"))
    return project.build("soup-pdf", soup_date="2026-01-02")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return printed(tmp_path_factory.mktemp("prints"))


def test_there_is_one_for_each_document(run: Run) -> None:
    assert {path.stem for path in run.output.glob("*.pdf")} == DOCUMENTS.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_item_of_its_pages_is_in_it_with_its_title(run: Run, name: str) -> None:
    text = Pdf(run.output / f"{name}.pdf").squeezed
    items = [item for item in run.built.trace.items.values() if item.document in DOCUMENTS[name]]
    assert items
    for item in items:
        assert item.id in text, item.id
        assert "".join(item.title.split()) in text, item.title


def test_every_item_of_the_sample_is_in_one(run: Run) -> None:
    printed_pages = set().union(*DOCUMENTS.values())
    assert {item.document for item in run.built.trace.items.values()} <= printed_pages


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_stands_outside_of_the_page(run: Run, name: str) -> None:
    assert Pdf(run.output / f"{name}.pdf").strays() == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_after_the_cover_says_which_of_how_many_it_is(run: Run, name: str) -> None:
    pages = Pdf(run.output / f"{name}.pdf").pages
    filed = run.built.trace.items[name].text("number")
    for number, text in enumerate(pages[1:], 2):
        assert f"page {number} of {len(pages)}" in " ".join(text.split())
        assert filed in text


def test_the_matrix_repeats_its_head_on_every_page_it_takes(run: Run) -> None:
    pages = Pdf(run.output / "DOC_TRACE.pdf").pages
    rows = [page for page in pages if "results/" in page and "Colophon" not in page]
    assert len(rows) > 3
    for page in rows:
        assert {"Executions", "Verdict"} <= set(page.split())


def test_the_same_sources_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    again = printed(tmp_path)
    for name in DOCUMENTS:
        assert (again.output / f"{name}.pdf").read_bytes() == (run.output / f"{name}.pdf").read_bytes(), name
