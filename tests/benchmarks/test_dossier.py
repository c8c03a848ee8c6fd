"""The reference dossier says the same in every flavour, at any size, and what is changed in it shows."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import dossier, run
from tests.project import Project, Run

SIZE = 10


@pytest.fixture
def built(project: Project) -> Run:
    dossier.write("soup", SIZE, project.folder)
    return project.build()


def test_it_has_what_a_dossier_of_its_size_has(built: Run) -> None:
    trace = built.built.trace
    kinds = Counter(item.kind for item in trace.items.values())
    assert kinds == {
        "system-requirement": 2,
        "requirement": 8,
        "risk": 2,
        "mitigation": 2,
        "test": 10,
        "soup": 100,
        "document": 4,
    }
    assert len(trace.results) == 2 * SIZE
    assert len(trace.uses) == dossier.SOUPS
    assert trace.unread == trace.rejections == ()


def test_each_test_case_was_executed_twice_and_each_table_has_its_rows(built: Run) -> None:
    tests = built.built.trace.of_kind("test")
    assert {len(built.built.trace.executions[test.id]) for test in tests} == {2}
    rows = {docname: len(table.rows) for (docname, _), table in built.built.tables.items()}
    assert rows["risks/index"] == 2
    assert rows["soups/index"] == dossier.SOUPS
    assert rows["matrix"] >= SIZE


def test_only_executions_make_findings(built: Run) -> None:
    assert {type_ for type_, _ in built.said} <= {"soup.requirement-failed", "soup.requirement-untested"}


def test_the_same_seed_gives_the_same_bytes() -> None:
    for flavour in dossier.FLAVOURS:
        first, again = (dict(dossier.files(flavour, dossier.content(SIZE, seed=3))) for _ in range(2))
        assert first == again
        assert first != dict(dossier.files(flavour, dossier.content(SIZE, seed=4)))


def test_every_flavour_says_the_same() -> None:
    said = dossier.content(SIZE)
    for flavour in dossier.FLAVOURS:
        text = " ".join(text for name, text in dossier.files(flavour, said) if name.endswith(".rst"))
        for entry in said.entries:
            for part in (
                entry.id,
                entry.title,
                *entry.paragraphs,
                *entry.bullets,
                *entry.steps,
                *entry.fields.values(),
            ):
                assert part in text


def test_a_page_holds_a_hundred_items_and_a_file_five_hundred_executions() -> None:
    made = dict(dossier.files("soup", dossier.content(300)))
    assert {name: text.count(":id: REQ_") for name, text in made.items() if "/requirement-" in name} == {
        "requirements/requirement-001.rst": 100,
        "requirements/requirement-002.rst": 100,
        "requirements/requirement-003.rst": 40,
    }
    runs = [text.count("<testcase ") for name, text in made.items() if name.startswith("results/")]
    assert runs == [500, 100]


@pytest.mark.parametrize("flavour", ["bare", "plain"])
def test_flavours_of_others_build_without_a_warning(tmp_path: Path, flavour: str) -> None:
    project = run.Project(tmp_path, flavour, SIZE, sys.executable)
    project.build()
    assert not (tmp_path / "stderr").read_bytes()
    assert {"matrix.html", "requirements/requirement-001.html", "soups/soup-001.html"} <= project.files().keys()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (dossier.change_requirement, "requirements/requirement-001.rst"),
        (dossier.change_result, "results/run-001.xml"),
        (dossier.change_manifest, "package-lock.json"),
    ],
)
def test_a_change_changes_one_file_and_the_next_one_changes_it_again(
    tmp_path: Path, change: dossier.Change, path: str
) -> None:
    dossier.write("soup", SIZE, tmp_path)
    texts = [_texts(tmp_path)]
    for nth in (1, 2):
        change(tmp_path, nth)
        texts.append(_texts(tmp_path))
    for before, after in pairwise(texts):
        assert [name for name in after if after[name] != before[name]] == [path]


def test_a_changed_result_is_another_failure(project: Project, built: Run) -> None:
    dossier.change_result(project.folder, 1)
    after = project.build(fresh=False)
    failed = [sum(one.outcome == "failed" for one in run.built.trace.results) for run in (built, after)]
    assert failed[1] == failed[0] + 1


def test_a_changed_manifest_is_another_version(project: Project, built: Run) -> None:
    assert not built.finding("soup-version-moved")
    dossier.change_manifest(project.folder, 1)
    assert len(project.build(fresh=False).finding("soup-version-moved")) == 1


def test_a_changed_requirement_shows_on_its_page_and_in_the_matrix(project: Project, built: Run) -> None:
    pages = ("requirements/requirement-001", "matrix")
    assert not any("again changed" in built.page(page) for page in pages)
    dossier.change_requirement(project.folder, 1)
    after = project.build(fresh=False)
    assert all("again changed" in after.page(page) for page in pages)


def test_nothing_to_change_is_said(tmp_path: Path) -> None:
    dossier.write("plain", SIZE, tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(ValueError, match=r"nothing to change in package-lock\.json"):
        dossier.change_manifest(tmp_path, 1)


def _texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
