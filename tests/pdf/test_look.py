"""How PDFs look where a project says so: by its setting, and by templates that stand on ours."""

from __future__ import annotations

from typing import Any

import pytest

from sphinxcontrib_soup.pdf.look import filled, look, misfit
from tests.pdf.pdf_file import Pdf
from tests.project import Project

PAGE = """
    Title
    =====

    .. document:: A plan
       :id: DOC_PLAN
       :number: QM-7
       :revision: 2

    Section
    -------

    Some text.
    """
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20" fill="#abcdef"/></svg>'
)


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        ([], "must be a table"),
        ({"papers": "a4"}, "has the key 'papers'"),
        ({"paper": "a0"}, "a4, us-letter"),
        ({"margins": {"top": 5}}, "numbers from 10 to 60"),
        ({"margins": {"inner": 20}}, "top, bottom, left, right"),
        ({"margins": 20}, "'margins'"),
        ({"margins": {"left": True}}, "'margins'"),
        ({"colours": {"accent": "red"}}, "'#1f4e79'"),
        ({"colours": {"sky": "#000000"}}, "ink, faint, hairline, accent"),
        ({"fonts": "Arial"}, "'fonts'"),
        ({"code_fonts": []}, "'code_fonts'"),
        ({"logo": 3}, "'logo'"),
        ({"header": ("a", "b")}, "three texts"),
        ({"footer": ("{pages}", "{who}", "")}, "has {who} in 'footer'"),
    ],
)
def test_what_does_not_fit_is_told(stated: Any, wrong: str) -> None:
    assert wrong in misfit(stated)


def test_what_fits_is_taken_and_the_rest_stays_ours() -> None:
    stated = {"paper": "us-letter", "margins": {"left": 30}, "header": ("{number}", "", "{date}")}
    assert misfit(stated) == ""
    made = look(stated)
    assert (made.margins["left"], made.margins["right"]) == (30, 20)
    assert made.upright == pytest.approx((215.9 - 50) * 72 / 25.4)
    assert made.footer == look({}).footer


def test_words_of_a_running_line_are_filled_in() -> None:
    words = {"number": "QM-7", "revision": ""}
    assert list(filled("No. {number}{revision}, {page}", words)) == [
        ("", "No. "),
        ("", "QM-7"),
        ("", ", "),
        ("page", ""),
    ]


def test_a_setting_that_does_not_fit_is_a_finding_and_ours_is_used(project: Project) -> None:
    project.write("index.rst", PAGE)
    run = project.build("dummy", soup_pdf_look={"paper": "a0"})
    (message,) = run.finding("item-rejected")
    assert "soup_pdf_look must have one of these as 'paper': a4, us-letter; its default is used" in message


def test_paper_header_footer_colour_and_logo(project: Project) -> None:
    project.write("index.rst", PAGE)
    (project.folder / "logo.svg").write_text(LOGO)
    stated = {
        "paper": "us-letter",
        "colours": {"accent": "#0a7b3e"},
        "logo": "logo.svg",
        "header": ("Example Devices", "{status}", "{number} {revision}"),
        "footer": ("{project}, {date}", "", "{page}/{pages}"),
    }
    run = project.build("soup-pdf", soup_pdf_look=stated)
    assert "soup.pdf" not in run.warnings
    pdf = Pdf(run.output / "DOC_PLAN.pdf")
    for number, page in enumerate(pdf.pages[1:], 2):
        assert page.startswith("Example Devices Draft QM-7 Revision 2")
        assert f"Test, 2026-01-02 {number}/{len(pdf.pages)}" in page
    assert [float(side) for side in pdf.reader.pages[1].mediabox[2:]] == [pytest.approx(612, 1), pytest.approx(792, 1)]
    assert b"0.67" in pdf.unpacked  # of the colour of the logo, whose red is 171 of 255
    assert "QM-7" in pdf.pages[0]
    assert "ID DOC_PLAN" in pdf.pages[0]


def test_wide_margins_make_tables_narrower(project: Project) -> None:
    project.write("index.rst", PAGE + "\n    .. csv-table::\n\n       " + ", ".join(["words"] * 6) + "\n")
    run = project.build("soup-pdf", soup_pdf_look={"margins": {"left": 60, "right": 60}})
    pdf = Pdf(run.output / "DOC_PLAN.pdf")
    assert pdf.strays() == []
    assert "words words" in pdf.text


def test_a_logo_that_is_not_there_is_told_and_the_pdf_is_made(project: Project) -> None:
    project.write("index.rst", PAGE)
    run = project.build("soup-pdf", soup_pdf_look={"logo": "lost.svg"})
    assert "soup_pdf_look: there is no image lost.svg" in run.warnings
    assert "Some text." in Pdf(run.output / "DOC_PLAN.pdf").text


def test_a_logo_that_cannot_be_read_is_told_and_the_pdf_is_made(project: Project) -> None:
    project.write("index.rst", PAGE)
    (project.folder / "logo.png").write_bytes(b"no image")
    run = project.build("soup-pdf", soup_pdf_look={"logo": "logo.png"})
    assert "cannot be read" in run.warnings
    assert "Some text." in Pdf(run.output / "DOC_PLAN.pdf").text


def test_a_template_of_the_project_changes_a_block_of_ours(project: Project) -> None:
    project.write("index.rst", PAGE)
    project.conf('templates_path = ["own"]')
    project.write(
        "own/soup/document.typ.jinja",
        """\
        {% extends "!soup/document.typ.jinja" %}
        {% block cover %}
        #page(header: none, footer: none)[Our own cover of #{{ cover.title|prose }}, signed by
        {% for role, name in cover.signatures %}{{ name }}{% else %}nobody{% endfor %}.]
        {% endblock %}
        {% block colophon %}{% endblock %}
        """,
    )
    project.write(
        "own/soup/style.typ",
        """\
        {% include "!soup/style.typ" %}
        #let chapter(level, name, body) = [#heading(level: level)[Chapter: #body]#label(name)]
        """,
    )
    pdf = Pdf(project.build("soup-pdf").output / "DOC_PLAN.pdf")
    assert pdf.pages[0].startswith("Our own cover of A plan, signed by nobody.")
    assert pdf.outline == [(1, "Chapter: Section")]
    assert "Some text." in pdf.text
