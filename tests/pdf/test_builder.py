"""Which PDFs a build leaves, what it says, and that it leaves the same again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from sphinxcontrib_soup.pdf.builder import FONTS
from tests.pdf.pdf_file import Pdf
from tests.project import Project

PAGE = """
    Title
    =====

    Some text.
    """
TWO_DOCUMENTS = {
    "index.rst": """
        Project
        =======

        .. toctree::

           plan
           requirements
        """,
    "plan.rst": """
        Plan
        ====

        .. document:: The plan
           :id: DOC_PLAN
           :revision: 1

        Reads :need:`REQ_1` and :doc:`requirements`.
        """,
    "requirements.rst": """
        Requirements
        ============

        .. document:: The requirements
           :id: DOC_REQ

        .. toctree::

           more
        """,
    "more.rst": """
        More
        ====

        .. requirement:: It works
           :id: REQ_1
           :source: a person

           It shall work.
        """,
}


def write(project: Project, pages: dict[str, str]) -> Project:
    for path, text in pages.items():
        project.write(path, text)
    return project


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*.pdf")}


# --- which PDFs there are --------------------------------------------------------------------------------------------


def test_every_document_item_has_its_pdf_with_what_hangs_below_its_page(project: Project) -> None:
    run = write(project, TWO_DOCUMENTS).build("soup-pdf")
    assert names(run.output) == {"DOC_PLAN.pdf", "DOC_REQ.pdf"}
    plan, requirements = Pdf(run.output / "DOC_PLAN.pdf"), Pdf(run.output / "DOC_REQ.pdf")
    assert "It shall work." in requirements.text
    assert "It shall work." not in plan.text
    assert "Reads It works (REQ_1) [DOC_REQ] and Requirements [DOC_REQ]." in plan.text
    assert "The plan" in plan.pages[0]
    assert "REQ_1" in requirements.destinations
    assert "soup.pdf" not in {kind for kind, _ in run.said}


def test_a_project_without_documents_has_one_pdf_of_all_its_pages(project: Project) -> None:
    write(project, {"index.rst": PAGE})
    run = project.build("soup-pdf", project="Pump: “2” ü/x")
    assert names(run.output) == {"Pump-2-ü-x.pdf"}
    assert "Some text." in Pdf(run.output / "Pump-2-ü-x.pdf").text


def test_documents_that_cannot_be_are_refused(project: Project) -> None:
    write(project, {"index.rst": PAGE})
    stated = {"../out": "index", ".hidden": "index", "a/b": "index", "LOST": "nowhere", "GOOD": "index"}
    run = project.build("soup-pdf", soup_documents=stated)
    assert names(run.output) == {"GOOD.pdf"}
    assert not (run.output.parent / "out.pdf").exists()
    assert "'../out' cannot be the name of a PDF" in run.warnings
    assert "starts from the page 'nowhere', which does not exist" in run.warnings
    assert run.warnings.count("[soup.pdf]") == 4


def test_a_document_may_be_called_like_a_file_of_ours(project: Project) -> None:
    project.write("index.rst", PAGE)
    run = project.build("soup-pdf", soup_documents={"style": "index", "images": "index"})
    assert names(run.output) == {"style.pdf", "images.pdf"}
    assert "Some text." in Pdf(run.output / "style.pdf").text


def test_pdfs_of_documents_that_are_no_more_are_removed(project: Project) -> None:
    write(project, TWO_DOCUMENTS).build("soup-pdf")
    project.write("plan.rst", PAGE)
    run = project.build("soup-pdf", fresh=False)
    assert names(run.output) == {"DOC_REQ.pdf"}
    assert {file.name for file in (run.output / ".soup-pdf").glob("DOC_*")} == {"DOC_REQ.typ", "DOC_REQ.json"}


# --- the same again --------------------------------------------------------------------------------------------------


def test_two_builds_leave_the_same_bytes_also_with_two_processes(project: Project, tmp_path: Path) -> None:
    run = write(project, TWO_DOCUMENTS).build("soup-pdf")
    first = {name: (run.output / name).read_bytes() for name in names(run.output)}
    run.output.rename(tmp_path / "first")
    again = project.build("soup-pdf", jobs=2)
    assert {name: (again.output / name).read_bytes() for name in names(again.output)} == first


def test_a_build_without_change_compiles_nothing_and_says_the_same(project: Project) -> None:
    project.write("index.rst", PAGE + "\n    Not in any font: 漢.\n")
    first = project.build("soup-pdf")
    pdf = first.output / "Test.pdf"
    before = pdf.stat().st_mtime_ns
    second = project.build("soup-pdf", fresh=False)
    assert pdf.stat().st_mtime_ns == before
    assert ("soup.glyph", "index.rst:7") in first.said
    assert {one for one in second.said if one[0] == "soup.glyph"} == {("soup.glyph", "index.rst:7")}


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_pdf_that_somebody_touched_is_made_anew(project: Project, damage: str) -> None:
    project.write("index.rst", PAGE)
    pdf = project.build("soup-pdf").output / "Test.pdf"
    good = pdf.read_bytes()
    if damage == "removed":
        pdf.unlink()
    else:
        pdf.write_bytes(b"%PDF-1.7 something else")
    project.build("soup-pdf", fresh=False)
    assert pdf.read_bytes() == good


def test_nothing_of_this_machine_stands_in_a_pdf_or_its_source(project: Project) -> None:
    run = write(project, TWO_DOCUMENTS).build("soup-pdf")
    folder = str(project.folder.parent).encode()
    made = [Pdf(file).unpacked for file in run.output.glob("*.pdf")]
    assert all(b"The requirements" in one or b"The plan" in one for one in made)
    for said in [*made, *(file.read_bytes() for file in (run.output / ".soup-pdf").glob("*.typ"))]:
        assert folder not in said


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_a_document_that_cannot_be_compiled_is_an_error_and_leaves_no_old_pdf(project: Project) -> None:
    write(project, TWO_DOCUMENTS).build("soup-pdf")
    project.write("plan.rst", TWO_DOCUMENTS["plan.rst"] + "\n        .. raw:: typst\n\n           #nonsense()\n")
    run = project.build("soup-pdf", fresh=False)
    assert names(run.output) == {"DOC_REQ.pdf"}
    assert run.code == 1
    assert "ERROR: DOC_PLAN.pdf cannot be made of" in run.warnings
    assert "unknown variable: nonsense" in run.warnings
    assert "#nonsense()" in (run.output / ".soup-pdf" / "DOC_PLAN.typ").read_text(encoding="utf-8")


def test_images_that_cannot_be_shown_are_shown_by_their_text(project: Project) -> None:
    project.write("broken.png", "no image")
    project.write("broken.svg", "<svg")
    project.write(
        "index.rst",
        """
        Title
        =====

        .. image:: broken.png
           :alt: a dose curve

        .. figure:: broken.svg

           A caption.

        .. image:: missing.png
           :alt: what is missing

        .. image:: http://example.org/remote.png
           :alt: what is far away

        A |sign| in a line.

        .. |sign| image:: broken.png
           :alt: sign
        """,
    )
    run = project.build("soup-pdf")
    text = Pdf(run.output / "Test.pdf").text
    for alt in ("a dose curve", "broken.svg", "what is missing", "what is far away"):
        assert f"[image: {alt}]" in text
    assert "A [image: sign] in a line." in text
    assert "A caption." in text
    places = {place for kind, place in run.said if kind == "soup.pdf"}
    assert places == {"index.rst:5", "index.rst:8", "index.rst:12", "index.rst:15"}
    assert run.code == 0


def test_an_unknown_node_keeps_its_text_and_warns_once(project: Project) -> None:
    project.conf(
        """
        import sys
        from pathlib import Path

        sys.path.insert(0, str(Path(__file__).parent))
        extensions.append("extension_with_nodes")
        """
    )
    project.write(
        "extension_with_nodes.py",
        """
        from docutils import nodes
        from docutils.parsers.rst import Directive

        class strange(nodes.General, nodes.Element): pass
        class stranger(nodes.Inline, nodes.TextElement): pass
        class known(nodes.General, nodes.Element): pass

        class Strange(Directive):
            def run(self):
                inner = nodes.paragraph("", "inside ", stranger("", "and deeper"))
                return [strange("", inner), strange("", nodes.paragraph("", "once more")), known("", inner.deepcopy())]

        def visit(self, node):
            self.body.append(f"boxed([Known], {self.content(node)})")
            raise nodes.SkipNode

        def setup(app):
            app.add_directive("strange", Strange)
            app.add_node(strange); app.add_node(stranger); app.add_node(known, typst=(visit, None))
        """,
    )
    project.write("index.rst", PAGE + "\n    .. strange::\n")
    run = project.build("soup-pdf")
    text = Pdf(run.output / "Test.pdf").text
    assert "inside and deeper once more Known inside and deeper" in text
    assert run.warnings.count("shows the text alone of 'strange'") == 1
    assert run.warnings.count("shows the text alone of 'stranger'") == 1
    assert "'known'" not in run.warnings


def test_needs_of_others_are_drawn_also_below_a_page_that_has_none(project: Project) -> None:
    project.conf('needs_types = [{"directive": "spec", "title": "Specification", "prefix": "S_"}]')
    project.write("index.rst", PAGE)
    project.write("start.rst", ":orphan:\n\nStart\n=====\n\n.. toctree::\n\n   specs\n")
    project.write(
        "specs.rst",
        """
        Specs
        =====

        .. spec:: A foreign type
           :id: SPEC_1

           With a :need_part:`(1) part`.

        .. needtable::
           :columns: id, title

        .. needextract::
        """,
    )
    run = project.build("soup-pdf", soup_documents={"START": "start"})
    text = Pdf(run.output / "START.pdf").text
    assert "Specification: A foreign type SPEC_1" in text
    assert "ID Title SPEC_1 A foreign type" in text
    assert text.count("With a part") == 2
    assert "soup.pdf" not in run.warnings


# --- what a project may change ---------------------------------------------------------------------------------------


def test_templates_of_the_project_come_before_ours(project: Project) -> None:
    project.conf('templates_path = ["own"]')
    write(project, TWO_DOCUMENTS)
    project.write("own/soup/item.typ.jinja", 'par({{ ("Item " ~ block.anchor ~ ": " ~ block.title)|typst }})\n')
    run = project.build("soup-pdf")
    text = Pdf(run.output / "DOC_REQ.pdf").text
    assert "Item REQ_1: It works" in text
    assert "It shall work." not in text


def test_a_slip_in_a_template_of_the_project_is_an_error_that_names_it(project: Project) -> None:
    project.conf('templates_path = ["own"]')
    write(project, TWO_DOCUMENTS)
    project.write("own/soup/item.typ.jinja", "{{ block.title }}\n{{ blok.title }}\n")
    with pytest.raises(ExtensionError, match=r"a template of the PDFs cannot be used: 'blok' is undefined"):
        project.build("soup-pdf")


def test_fonts_of_the_project_are_found_beside_ours(project: Project) -> None:
    face = (FONTS / "SourceSans3-Regular.otf").read_bytes()
    renamed = face.replace("Source".encode("utf-16-be"), "OtherX".encode("utf-16-be"))
    (project.folder / "fonts").mkdir()
    (project.folder / "fonts" / "other.otf").write_bytes(renamed)
    project.write("index.rst", PAGE)
    run = project.build("soup-pdf", soup_pdf_fonts=["fonts"], soup_pdf_look={"fonts": ["OtherX Sans 3"]})
    assert "Some text." in Pdf(run.output / "Test.pdf").text
    assert b"+OtherXSans3-Regular" in Pdf(run.output / "Test.pdf").unpacked


def test_a_folder_of_fonts_that_is_not_there_is_a_warning(project: Project) -> None:
    project.write("index.rst", PAGE)
    run = project.build("soup-pdf", soup_pdf_fonts=["no-such-folder"])
    assert "soup_pdf_fonts: there is no folder" in run.warnings
    assert names(run.output) == {"Test.pdf"}


def test_the_body_of_a_page_without_headings_has_no_contents(project: Project) -> None:
    project.write("index.rst", PAGE)
    pdf = Pdf(project.build("soup-pdf").output / "Test.pdf")
    assert "Contents" not in pdf.text
    assert [title for _, title in pdf.outline] == ["Colophon"]


def test_the_colophon_lists_what_was_read_with_its_digest(project: Project) -> None:
    project.conf('soup_evidence = ["package.json", "unknown.bin"]')
    project.write("package.json", '{"name": "x", "version": "1.0.0"}')
    project.write("unknown.bin", "?")
    project.write("index.rst", PAGE)
    pdf = Pdf(project.build("soup-pdf").output / "Test.pdf")
    assert "package.json package-json c76924857717" in pdf.pages[-1]
    assert "unknown.bin not read: no reader claims it 8a8de823d5ed" in pdf.pages[-1]
