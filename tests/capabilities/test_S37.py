"""S37: go fast and embrace change: every build yields complete drafts of all documents, and one edit costs one edit."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.extension.session import Sources, build
from sphinxcontrib_soup.model import Trace
from tests.capabilities.conftest import Difference, Dossier
from tests.extension.law import shown
from tests.pdf.pdf_file import Pdf

NEEDS, RISKS = "traceability/traceability-matrix/0", "traceability/traceability-matrix/1"
IMPACT = "soup/soup-impact/2"
TITLE = ".. requirement:: Local time"
STATEMENT = "The display shall show times as hours and minutes of the person's time zone, summer time included."
NEW = """
.. requirement:: Night colours
   :id: REQ_21
   :category: user_interface
   :derives_from: SYS_6
   :allocated_to: ITEM_DISPLAY

   The display shall use dark colours at night.
"""
DOCUMENTS = {"DOC_ANO", "DOC_REL", "DOC_RISK", "DOC_SAD", "DOC_SOUP", "DOC_SRS", "DOC_TP", "DOC_TR", "DOC_TRACE"}
ASK = {"architecture", "findings", "index", "soup"}
"""Pages that name other pages or, by a role of sphinx-needs, any item: they may be written with those."""
INDICES = {"genindex", "permalink", "search"}
LATE = 4 * 10**18
"""A time after all edits, in nanoseconds since 1970, so that times tell a build nothing."""


@dataclass(frozen=True)
class Draft:
    """What a build left: every file with its content, and those that it wrote."""

    trace: Trace
    files: Mapping[str, bytes]
    written: frozenset[str]

    @property
    def pages(self) -> set[str]:
        """The pages that were written."""
        return {name.removesuffix(".html") for name in self.written if name.endswith(".html")} - INDICES


def draft(dossier: Dossier, place: str = "kept") -> Draft:
    """Web pages and PDFs, over what an earlier build in the same place left."""
    where = dossier.folder.parent / place
    sources = Sources(folder=dossier.folder, doctrees=where / "doctrees", settings={"soup_date": "2026-01-02"})
    for path in where.rglob("*"):
        if path.suffix in (".html", ".pdf"):
            os.utime(path, ns=(LATE, LATE))
    made = [build(sources, builder, where / builder) for builder in ("html", "soup-pdf")]
    written = {
        path.relative_to(where / builder).as_posix()
        for builder in ("html", "soup-pdf")
        for path in (where / builder).rglob("*")
        if path.is_file() and path.stat().st_mtime_ns != LATE
    }
    files = {**shown(where / "html"), **shown(where / "soup-pdf")}
    return Draft(made[0].built.trace, files, frozenset(written))


def changes(before: Draft, after: Draft) -> set[str]:
    """The pages and PDFs that read differently."""
    names = {name for name in before.files.keys() | after.files.keys() if name.endswith((".html", ".pdf"))}
    return {name for name in names if before.files.get(name) != after.files.get(name)}


def assert_complete(folder: Path, trace: Trace) -> None:
    """Every document is in the folder, and every item with its title in one of them."""
    assert {path.stem for path in folder.glob("*.pdf")} == DOCUMENTS
    text = "".join(Pdf(path).squeezed for path in folder.glob("*.pdf"))
    for item in trace.items.values():
        assert item.id in text, item.id
        assert "".join(item.title.split()) in text, item.title


EDITS = (
    (STATEMENT, STATEMENT.replace("summer", "daylight saving"), {"requirements.html", "DOC_SRS.pdf"}),
    (
        TITLE,
        TITLE.replace("Local time", "Time where the person is"),
        {
            *("requirements.html", "traceability.html", "soup.html", "risks.html"),
            *("DOC_SRS.pdf", "DOC_TRACE.pdf", "DOC_SOUP.pdf", "DOC_RISK.pdf"),
        },
    ),
)
"""A statement, which stands with its item alone, and a title, which stands in matrices, with a SOUP and a measure."""


def test_an_edit_writes_the_pages_that_show_it_and_leaves_all_documents_complete(dossier: Dossier) -> None:
    before = draft(dossier)
    for old, new, read_differently in EDITS:
        dossier.edit("requirements.rst", old, new)
        after = draft(dossier)
        assert changes(before, after) == read_differently
        expected = {name.removesuffix(".html") for name in read_differently if name.endswith(".html")}
        assert expected <= after.pages <= expected | ASK
        before = after
    assert_complete(dossier.folder.parent / "kept" / "soup-pdf", before.trace)
    assert before.files == draft(dossier, "fresh").files


def test_a_new_title_changes_its_cells_and_no_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("requirements.rst", TITLE, TITLE.replace("Local time", "Time where the person is"))
    titles = ("REQ_19 Local time", "REQ_19 Time where the person is")
    assert changed() == Difference(
        cells={
            (NEEDS, "UN_3 > SYS_6 > REQ_19", "is_refined_by_2"): titles,
            (RISKS, "RISK_2 > RCM_3 > REQ_19", "implemented_by"): titles,
            (IMPACT, "SOUP_NODE > Requirement > REQ_19 > allocated", "item"): titles,
        }
    )


def test_half_a_thought_is_in_the_draft_with_its_gap_named(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.write("requirements.rst", dossier.read("requirements.rst") + NEW)
    message = (
        "REQ_21 is untested: nothing verifies it; let a test name it with the property `verifies` and run it, "
        "or record a `verification` with who, when and where"
    )
    row, touched = "UN_3 > SYS_6 > REQ_21", "SOUP_NODE > Requirement > REQ_21 > allocated"
    carried = "REQ_11, REQ_16, REQ_17, REQ_18, REQ_19, REQ_20"
    assert changed() == Difference(
        new_findings={("requirement-untested", "REQ_21", message)},
        cells={
            (NEEDS, row, "user_need"): (None, "UN_3 An advice that I understand"),
            (NEEDS, row, "is_refined_by"): (None, "SYS_6 Advice or reason on the display"),
            (NEEDS, row, "is_refined_by_2"): (None, "REQ_21 Night colours"),
            (NEEDS, row, "executions"): (None, ""),
            (NEEDS, row, "verdict"): (None, "untested"),
            ("architecture/architecture-table/0", "3", "requirements"): (carried, f"{carried}, REQ_21"),
            (IMPACT, touched, "soup"): (None, "SOUP_NODE Node.js"),
            (IMPACT, touched, "kind"): (None, "Requirement"),
            (IMPACT, touched, "item"): (None, "REQ_21 Night colours"),
            (IMPACT, touched, "relation"): (None, "allocated to ITEM_DISPLAY"),
            (IMPACT, touched, "executions"): (None, ""),
            (IMPACT, touched, "verdict"): (None, "untested"),
            (IMPACT, touched, "due"): (None, "verify again"),
        },
    )


def test_it_holds_up_no_development_and_no_release_goes_out_with_it(dossier: Dossier) -> None:
    dossier.write("requirements.rst", dossier.read("requirements.rst") + NEW)
    codes = {}
    for phase in ("development", "release"):
        output = dossier.folder.parent / phase
        command = ["build", str(dossier.folder), str(output), "--phase", phase, "-q"]
        codes[phase] = CliRunner().invoke(main, command).exit_code
        assert_complete(output / "pdf", dossier.build().trace)
    assert codes == {"development": 0, "release": 1}
