"""S57: nobody waits for an approval. A draft is built whatever is open, says so on every page, and lists it."""

from __future__ import annotations

from sphinxcontrib_soup.extension.session import Sources, build
from tests.capabilities.conftest import Dossier
from tests.pdf.pdf_file import Pdf

WARNING = "REQ_20 is untested: nothing verifies it"
OPEN = 3
"""The warnings of the sample: two are about licences."""
LICENCES = ("licence-text-missing", "licence-under-review", "licence-unknown")


def printed(dossier: Dossier, name: str, **settings: str) -> Pdf:
    sources = Sources(
        folder=dossier.folder,
        doctrees=dossier.folder.parent / "doctrees",
        settings={"soup_date": "2026-12-01", **settings},
    )
    build(sources, "soup-pdf", dossier.folder.parent / "pdf")
    return Pdf(dossier.folder.parent / "pdf" / f"{name}.pdf")


def test_a_draft_has_a_mark_on_every_page_and_the_list_of_what_is_open(dossier: Dossier) -> None:
    pdf = printed(dossier, "DOC_SRS")
    assert all("DRAFT" in page and f"{OPEN} warnings open" in page for page in pdf.pages)
    assert f"Draft: {OPEN} warnings open in the project." in pdf.pages[0]
    (listed,) = (page for page in pdf.pages[2:] if "Open findings" in page)
    assert WARNING in listed
    assert f"requirements.rst:{dossier.line('requirements.rst', ':: Time to the advice')}" in listed
    other = Pdf(pdf.path.with_name("DOC_SOUP.pdf"))
    assert WARNING not in other.text
    assert "2 findings of the project are not about what this document holds." in other.text


def test_a_release_has_neither(dossier: Dossier) -> None:
    dossier.write(
        "requirements.rst",
        dossier.read("requirements.rst")
        + "\n.. verification:: Measured\n   :id: VER_TIME\n   :method: analysis\n   :outcome: passed\n"
        + "   :verifies: REQ_20\n   :performed_by: M. Tan\n   :performed_on: 2026-01-02\n   :record: TR-7\n",
    )
    off = {rule: {"level": "off", "reason": "decided elsewhere", "by": "L. Marsh"} for rule in LICENCES}
    dossier.write("conf.py", f"{dossier.read('conf.py')}\nsoup_rules = {off}\n")
    pdf = printed(dossier, "DOC_SRS", soup_phase="release")
    assert "Release: no findings open in the project." in pdf.pages[0]
    for words in ("DRAFT", "NOT FOR RELEASE", "Open findings"):
        assert words not in pdf.text


def test_what_is_built_for_a_release_while_errors_are_open_is_none(dossier: Dossier) -> None:
    pdf = printed(dossier, "DOC_SRS", soup_phase="release")
    assert all("NOT FOR RELEASE" in page for page in pdf.pages)
    assert WARNING in pdf.text
