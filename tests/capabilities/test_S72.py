"""S72: documents the way auditors like them. Another template or look gives the same content in another layout."""

from __future__ import annotations

import re

from tests.capabilities.conftest import Dossier
from tests.capabilities.test_S57 import printed
from tests.pdf.pdf_file import Pdf

COVER = """\
{% extends "!soup/document.typ.jinja" %}
{% block cover %}
#page(header: none, footer: none)[
  #align(center)[Form 4711: #{{ cover.title|prose }}, #{{ cover.number|prose }}]
  {% for role, name in cover.signatures %}
  #par[{{ role }}: #{{ name|prose }}]
  {% endfor %}
]
{% endblock %}
"""
LOOK = """
soup_pdf_look = {
    "paper": "us-letter",
    "header": ["Example Devices", "", "{number}"],
    "footer": ["{title}", "{revision}", "{page}/{pages}"],
    "margins": {"left": 30},
}
templates_path = ["own"]
"""


def body(pdf: Pdf) -> list[str]:
    """The words of what the document says, without its cover, contents, and what runs along its pages."""
    text = " ".join(pdf.pages[2:])
    running = r"page \d+ of \d+|BA-021|Example Devices|Software requirements specification|Revision 3|\d+/\d+|DRAFT"
    return sorted(re.sub(running + "|1 warning open", " ", text).split())


def test_the_cover_says_who_signs_what(dossier: Dossier) -> None:
    cover = printed(dossier, "DOC_SRS").pages[0]
    for words in ("BA-021", "Software requirements specification", "Bolus Advisor 1.2.0", "ID DOC_SRS", "Revision 3"):
        assert words in cover
    assert "Role Name Signature Date Owner J. Berg, software" in cover
    assert "Reviewer A. Okoro, clinical affairs Approver L. Marsh, management" in cover


def test_the_history_stands_behind_the_cover(dossier: Dossier) -> None:
    assert "Revision Date By Change 3 2026-10-19 J. Berg Time to the advice" in printed(dossier, "DOC_SRS").pages[1]


def test_another_layout_has_the_same_content(dossier: Dossier) -> None:
    ours = body(printed(dossier, "DOC_SRS"))
    dossier.write("conf.py", dossier.read("conf.py") + LOOK)
    (dossier.folder / "own" / "soup").mkdir(parents=True)
    dossier.write("own/soup/document.typ.jinja", COVER)
    pdf = printed(dossier, "DOC_SRS")
    assert "Form 4711: Software requirements specification, BA-021" in pdf.pages[0]
    assert "Reviewer: A. Okoro, clinical affairs" in pdf.pages[0]
    for number, page in enumerate(pdf.pages[1:], 2):
        assert page.startswith("Example Devices BA-021")
        assert f"Software requirements specification Revision 3 {number}/{len(pdf.pages)}" in page
        assert float(pdf.reader.pages[number - 1].mediabox.width) == 612
    assert body(pdf) == ours


def test_links_lead_from_document_to_document(dossier: Dossier) -> None:
    pdf = printed(dossier, "DOC_SRS")
    assert ("DOC_RISK.pdf", "RCM_1") in pdf.outer_links
    for file, name in pdf.outer_links:
        assert name in Pdf(pdf.path.with_name(file)).destinations, (file, name)


def test_one_pdf_of_all_keeps_every_link_within(dossier: Dossier) -> None:
    dossier.write("conf.py", dossier.read("conf.py") + "soup_pdf_combined = True\n")
    pdf = printed(dossier, "Bolus-Advisor")
    assert pdf.outer_links == set()
    assert -1 not in pdf.inner_links
    assert {"REQ_1", "RCM_1", "SOUP_LUXON", "DOC_SRS"} <= pdf.destinations
    assert pdf.path.with_name("DOC_SRS.pdf").exists()
