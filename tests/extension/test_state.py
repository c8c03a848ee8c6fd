"""What earlier builds left, damaged or from elsewhere: everything is built again, and one line says why."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxcontrib_soup.extension import rebuild, state
from tests.extension.test_rebuild import PAGES, shown
from tests.project import Project, Run

AGAIN = re.compile(r"^.* again.*$", re.M)


def kept(text: str, **other: object) -> str:
    return json.dumps({**json.loads(text), **other})


DAMAGE: dict[str, Callable[[str], str]] = {
    "empty": lambda _: "",
    "half": lambda text: text[: len(text) // 2],
    "no JSON": lambda text: text.replace(":", "=", 1),
    "nested too deep": lambda _: "[" * 100_000,
    "a list": lambda _: "[]",
    "no files": lambda _: '{"made": [], "pages": {}}',
    "files of another form": lambda text: kept(text, files="index.html"),
    "pages of another form": lambda text: kept(text, pages=[1]),
    "made of another form": lambda text: kept(text, made=7),
    "no bytes of text": lambda _: "\udcff\udcfe",
}


@pytest.fixture
def built(project: Project) -> Run:
    for path, text in PAGES.items():
        project.write(path, text)
    return project.build()


def equals(project: Project, pages: dict[str, bytes], builder: str = "html") -> str:
    """Build again: every page must be as it was. Gives the lines that say what is done again, which must be one."""
    run = project.build(builder, fresh=False)
    assert shown(run) == pages
    lines = AGAIN.findall(re.sub(r"\x1b\[[0-9;]*m", "", run.status).replace("\r", "\n"))
    assert len(lines) == 1, run.status
    quiet = project.build(builder, fresh=False)
    assert not AGAIN.search(quiet.status)
    return str(lines[0])


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_state_has_every_page_written_and_says_so_once(project: Project, built: Run, damage: str) -> None:
    pages, left = shown(built), built.output / state.STATE
    left.write_text(DAMAGE[damage](left.read_text()), encoding="utf-8", errors="surrogateescape")
    (built.output / "plain.html").write_text("stale")
    line = equals(project, pages)
    assert line.startswith(f"every page is written again: {state.STATE} cannot be used (")
    assert str(project.folder) not in line


@pytest.mark.parametrize("name", ["__version__", "SCHEMA"])
def test_a_state_of_another_version_says_so(
    project: Project, built: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pages = shown(built)
    monkeypatch.setattr(state, name, "999")
    (built.output / "plain.html").write_text("stale")
    assert "another version made it" in equals(project, pages)


def test_a_state_of_another_builder_says_so(project: Project, built: Run) -> None:
    pages, left = shown(built), built.output / state.STATE
    made = json.loads(left.read_text())["made"]
    left.write_text(kept(left.read_text(), made=[*made[:2], "dirhtml", made[3]]))
    (built.output / "plain.html").write_text("stale")
    assert "another builder made it" in equals(project, pages)


@pytest.mark.parametrize("left", ["[", "{}", "7", "\x00"])
def test_a_damaged_note_of_what_was_read_has_every_page_read(project: Project, built: Run, left: str) -> None:
    pages = shown(built)
    (project.folder.parent / "doctrees" / rebuild.READING).write_text(left)
    line = equals(project, pages)
    assert line.startswith(f"every page is read again: {rebuild.READING} cannot be used (")


@pytest.mark.parametrize("left", [b"", b"no pickle", None])
def test_a_damaged_environment_has_every_page_read(project: Project, built: Run, left: bytes | None) -> None:
    """Sphinx itself says why."""
    pages, environment = shown(built), project.folder.parent / "doctrees/environment.pickle"
    content = environment.read_bytes()
    environment.write_bytes(content[: len(content) // 2] if left is None else left)
    run = project.build(fresh=False)
    assert shown(run) == pages
    assert len(re.findall(r"loading pickled environment.*failed", run.status)) == 1


@pytest.mark.parametrize("size", [0, 100])
def test_a_torn_doctree_has_its_page_read(project: Project, built: Run, size: int) -> None:
    pages, doctree = shown(built), project.folder.parent / "doctrees/plain.doctree"
    doctree.write_bytes(doctree.read_bytes()[:size])
    (built.output / "plain.html").unlink()
    assert equals(project, pages) == "pages are read again whose doctrees cannot be used: plain"


def test_doctrees_of_another_version_are_read_again(
    project: Project, built: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = shown(built)
    monkeypatch.setattr("sphinxcontrib_soup.extension.code_version.number", lambda: 1)
    run = project.build(fresh=False)
    assert "7 added, 0 changed" in run.status
    assert shown(run) == pages


@pytest.mark.parametrize(
    "damage", [lambda _: "", lambda text: text[:-9], lambda _: "[]", lambda text: kept(text, answer={"sha256": None})]
)
def test_a_damaged_note_of_a_pdf_has_it_made_again(project: Project, damage: Callable[[str], str]) -> None:
    for path, text in PAGES.items():
        project.write(path, text)
    run = project.build("soup-pdf")
    (pdf,) = run.output.glob("*.pdf")
    (note,) = run.output.glob(".soup-pdf/*.json")
    made = pdf.read_bytes()
    note.write_text(damage(note.read_text()))
    again = project.build("soup-pdf", fresh=False)
    assert pdf.read_bytes() == made
    assert again.status.count(f"{pdf.name} is made again: {note.name} cannot be used (") == 1


def test_a_copied_project_is_built_right(project: Project, built: Run, tmp_path: Path) -> None:
    """Sources, doctrees and pages together, as a cache restores them under another path."""
    (tmp_path / "copy").mkdir()
    for name in ("source", "doctrees", "html"):
        shutil.copytree(project.folder.parent / name, tmp_path / "copy" / name)
    copy = Project.__new__(Project)
    copy.folder = tmp_path / "copy" / "source"
    (tmp_path / "copy" / "html" / "plain.html").write_text("stale")
    pages = shown(built)
    pages.pop("needs.json", None)
    run = copy.build(fresh=False)
    after = shown(run)
    after.pop("needs.json", None)
    assert after == pages
    assert run.status.count("every page is written again") == 1
    assert "it was made elsewhere" in run.status
