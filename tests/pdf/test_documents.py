"""What stands on the cover."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import (
    Basis,
    Finding,
    Item,
    Judgement,
    Location,
    Provenance,
    RiskMatrix,
    Settings,
    Severity,
    SourceFile,
    Trace,
)
from sphinxcontrib_soup.needs import Built
from sphinxcontrib_soup.pdf.cover import Contents, Cover, cover
from sphinxcontrib_soup.pdf.documents import Document, slug
from sphinxcontrib_soup.pdf.look import look

ITEM = Item(
    id="DOC_X",
    kind="document",
    title="The plan",
    location=Location("index.rst", 3),
    fields={"revision": "4", "document_kind": "one_shot", "owner": "A. Owner", "purpose": "To plan."},
)


def built(*severities: Severity, provenance: Provenance | None = None) -> Built:
    findings = tuple(
        Finding(
            rule="r",
            severity=severity,
            message="m",
            subject="s",
            clause="",
            basis=Basis.PRACTICE,
            location=Location("a"),
        )
        for severity in severities
    )
    settings = Settings(risk_matrix=RiskMatrix(severities=(), probabilities=(), cells=()))
    sources = (
        SourceFile(path="b.json", sha256="0123456789abcdef", reader="cargo-lock"),
        SourceFile(path="a.bin", sha256=None, reader=None),
    )
    return Built(
        views=(),
        trace=Trace(settings=settings, items={}, sources=sources),
        judgement=Judgement(findings=findings, counts={}),
        tables={},
        provenance=provenance or Provenance(project="Pump", release="", tool="soup 1"),
    )


def shown(document: Document, made: Built, title: str = "Page", author: str = "") -> Cover:
    return cover(
        document,
        Contents(headings=True),
        title=title,
        anchor="index#title",
        language="en",
        author=author,
        look=look({}),
        logo="",
        built=made,
    )


@pytest.mark.parametrize(
    ("severities", "status", "tone"),
    [
        ((), "Draft: no findings open in the project.", "good"),
        ((Severity.INFO,), "Draft: no findings open in the project.", "good"),
        ((Severity.WARNING,), "Draft: 1 warning open in the project.", "open"),
        ((Severity.ERROR, Severity.ERROR), "Draft: 2 errors open in the project.", "bad"),
        (
            (Severity.ERROR, Severity.WARNING, Severity.WARNING),
            "Draft: 1 error and 2 warnings open in the project.",
            "bad",
        ),
    ],
)
def test_the_status_counts_what_is_open(severities: tuple[Severity, ...], status: str, tone: str) -> None:
    made = shown(Document("DOC_X", "index"), built(*severities))
    assert (made.status, made.tone) == (status, tone)


def test_the_item_of_a_document_says_more_than_its_page() -> None:
    made = shown(Document("DOC_X", "index", ITEM), built(), author="The Company")
    assert made.title == "The plan"
    assert made.purpose == "To plan."
    assert made.authors == ("A. Owner",)
    assert made.facts == (("Revision", "4"), ("Kind", "one shot"), ("Made by", "soup 1"))
    assert made.signatures == (("Owner", "A. Owner"),)


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ("4 | 2026-10-26 | A. Owner | More\n3 | 2026-07-20 | A. Owner | First", "4 of 2026-10-26"),
        ("3 | 2026-07-20 | A. Owner | First", "4"),
        ("4 | | A. Owner | More", "4"),
    ],
)
def test_the_revision_has_the_date_that_the_history_tells(history: str, said: str) -> None:
    item = replace(ITEM, fields={**ITEM.fields, "history": history})
    assert shown(Document("DOC_X", "index", item), built()).facts[0] == ("Revision", said)


def test_a_document_without_an_item_is_called_as_its_page_or_the_project() -> None:
    assert shown(Document("X", "index"), built(), author="The Company").authors == ("The Company",)
    assert shown(Document("X", "index"), built()).title == "Page"
    assert shown(Document("X", "index"), built(), title="").title == "Pump"


@pytest.mark.parametrize(("dirty", "ending"), [(True, " with uncommitted changes"), (False, ""), (None, "")])
def test_the_commit_stands_there_and_whether_files_differ_from_it(dirty: bool | None, ending: str) -> None:
    where = Provenance(project="Pump", release="2", tool="soup 1", date="2024-02-29", commit="abc", dirty=dirty)
    made = shown(Document("X", "index"), built(provenance=where))
    assert made.facts == (("As of", "2024-02-29"), ("Commit", f"abc{ending}"), ("Made by", "soup 1"))
    assert made.provenance[0] == ("Project", "Pump 2")
    assert made.date is not None
    assert made.date.isoformat() == "2024-02-29"


def test_the_sources_are_listed_by_path_also_those_that_were_not_read() -> None:
    assert shown(Document("X", "index"), built()).sources == (
        ("a.bin", "not read: no reader claims it", "not opened"),
        ("b.json", "cargo-lock", "0123456789ab"),
    )


def test_all_code_is_one_source() -> None:
    def listed(digest: str) -> tuple[tuple[str, str, str], ...]:
        files = (
            SourceFile(path="b.py", sha256=digest, reader="python-code", imports=("pypi",)),
            SourceFile(path="a.sql", sha256="1", reader=None),
            SourceFile(path="c.json", sha256="2", reader="cargo-lock"),
        )
        made = built()
        item_code = {"ITEM_1": ("a.sql", "b.py")}
        return shown(
            Document("X", "index"), replace(made, trace=replace(made.trace, sources=files, item_code=item_code))
        ).sources

    one, other = listed("3"), listed("4")
    assert one[0] == ("c.json", "cargo-lock", "2")
    assert one[1][:2] == ("code, 2 files", "each with its digest in trace.json")
    assert one[1] != other[1]
    assert len(one) == 2


@pytest.mark.parametrize(
    ("name", "expected"), [("A b/c", "A-b-c"), ("../x", "x"), ("", "document"), ("ü", "ü"), ("...", "document")]
)
def test_a_project_gives_its_name_to_a_file(name: str, expected: str) -> None:
    assert slug(name) == expected
