"""`sphinx-soup check` with what an earlier one kept: it reads what changed, and says what a fresh one says."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from sphinx.builders import Builder

from sphinxcontrib_soup.cli import kept, main
from sphinxcontrib_soup.cli.formats import FORMATS
from sphinxcontrib_soup.extension import code_version
from sphinxcontrib_soup.pipeline.gather import expand
from sphinxcontrib_soup.plugin import Plugins
from tests.extension.law import KINDS, Way, World, plan
from tests.extension.test_rebuild import CHANGES, PAGES, rewritten, shown, written
from tests.project import Project

EDITS: dict[str, set[str]] = {
    "an item goes": {"items"},
    "an item goes, in a file with an old time": {"items"},
    "an item is doubled": {"items", "cards"},
    "a result fails": set(),
    "a result file breaks": set(),
    "a SOUP moves": set(),
    "a setting changes": set(),
}
"""Changes of pages, result files, manifests and settings, and the pages that they have read again."""


SHORT = "A title with a line that is too short\n=====\n"


def check(project: Project, *options: str) -> Result:
    result = CliRunner().invoke(main, ["check", str(project.folder), *options])
    assert result.exit_code in (0, 1), result.output
    return result


@pytest.fixture
def dossier(project: Project) -> Project:
    for path, text in PAGES.items():
        project.write(path, text)
    return project


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The pages that builds have read since the test emptied it."""
    pages: set[str] = set()
    really = Builder.read_doc

    def read_doc(self: Builder, docname: str, *, _cache: bool = True) -> None:
        pages.add(docname)
        really(self, docname, _cache=_cache)

    monkeypatch.setattr(Builder, "read_doc", read_doc)
    return pages


def said(project: Project, *options: str) -> dict[str, tuple[int, str]]:
    """How a check ends and what it prints, in every format."""
    results = {format_: check(project, "--format", format_, *options) for format_ in FORMATS}
    return {format_: (result.exit_code, result.stdout) for format_, result in results.items()}


@pytest.mark.parametrize("edit", EDITS)
def test_a_check_after_an_edit_reads_what_changed_and_says_what_a_fresh_one_says(
    dossier: Project, tmp_path: Path, read: set[str], edit: str
) -> None:
    before = said(dossier)
    CHANGES[edit.partition(", ")[0]](dossier)
    if edit.endswith("an old time"):
        os.utime(dossier.folder / "items.rst", (1, 1))
    read.clear()
    after = said(dossier)
    assert read == EDITS[edit]
    assert after == said(dossier, "-d", str(tmp_path / "fresh"))
    assert [format_ for format_ in FORMATS if after[format_] == before[format_]] == []


def test_any_changes_one_after_the_other_are_found(tmp_path: Path) -> None:
    world = World(tmp_path, Random(5))

    def findings(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["check", str(world.source), "--format", "json", *options])
        return result.exit_code, result.stdout

    for step in plan(KINDS, Random(5), most=6):
        world.change(step)
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        assert findings() == findings("-d", str(tmp_path / "fresh")), world.told


@pytest.mark.parametrize("option", ["-E", "-W"])
def test_every_page_is_read_where_that_is_asked_for(dossier: Project, read: set[str], option: str) -> None:
    check(dossier)
    read.clear()
    check(dossier, option)
    assert read == {Path(name).stem for name in PAGES if name.endswith(".rst")}
    read.clear()
    check(dossier)
    assert not read


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_warning_of_sphinx_fails_again_under_w(project: Project, tmp_path: Path, command: str) -> None:
    project.write("index.rst", SHORT)
    output = [str(tmp_path / "package")] if command == "build" else []
    codes = [CliRunner().invoke(main, [command, str(project.folder), *output, "-W"]).exit_code for _ in range(2)]
    assert codes == [1, 1]


# --- where it is kept ------------------------------------------------------------------------------------------------


def matches(folder: Path) -> list[str]:
    """The files that the widest pattern of `soup_evidence` reads."""
    return [source.label for source in expand("**/*", folder, folder)[0]]


def test_git_does_not_see_what_is_kept_nor_does_a_pattern_match_it(dossier: Project) -> None:
    git = ["git", "-C", str(dossier.folder)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    before = subprocess.run([*git, "status", "--porcelain", "-uall"], check=True, capture_output=True).stdout
    matched = matches(dossier.folder)
    check(dossier)
    assert (dossier.folder / kept.OWN / "environment.pickle").is_file()
    assert subprocess.run([*git, "status", "--porcelain", "-uall"], check=True, capture_output=True).stdout == before
    assert matches(dossier.folder) == matched


def test_pages_are_the_same_with_it_beside_them(dossier: Project) -> None:
    pages = shown(dossier.build())
    shutil.rmtree(dossier.folder.parent / "html")
    check(dossier)
    run = dossier.build()
    assert shown(run) == pages


def test_a_check_goes_on_where_nothing_can_be_kept(dossier: Project) -> None:
    expected = check(dossier, "-d", str(dossier.folder.parent / "doctrees")).stdout
    (dossier.folder / "_build").write_text("a file")
    done = check(dossier)
    assert "nothing is kept for the next check: " in done.stderr
    assert done.stdout == expected
    assert "nothing is kept" not in check(dossier, "-q").stderr


def test_a_stated_folder_that_cannot_be_made_ends_with_2(dossier: Project) -> None:
    (dossier.folder / "file").write_text("")
    done = CliRunner().invoke(main, ["check", str(dossier.folder), "-d", str(dossier.folder / "file" / "doctrees")])
    assert done.exit_code == 2
    assert "sphinx-soup check: " in done.stderr


def test_a_folder_that_is_no_dossier_stays_as_it_is(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_conf_py_may_stand_elsewhere(dossier: Project, tmp_path: Path, read: set[str]) -> None:
    (tmp_path / "conf").mkdir()
    (dossier.folder / "conf.py").rename(tmp_path / "conf" / "conf.py")
    first = check(dossier, "-c", str(tmp_path / "conf"))
    read.clear()
    assert check(dossier, "-c", str(tmp_path / "conf")).stdout == first.stdout
    assert not read


# --- what is damaged, and what others do ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda kept: kept[: len(kept) // 2], lambda _: b"no pickle", lambda kept: kept[:-1]]
)
def test_what_is_damaged_is_read_anew(dossier: Project, read: set[str], damage: Callable[[bytes], bytes]) -> None:
    expected = check(dossier).stdout
    environment = dossier.folder / kept.OWN / "environment.pickle"
    environment.write_bytes(damage(environment.read_bytes()))
    read.clear()
    assert check(dossier).stdout == expected
    assert read
    read.clear()
    check(dossier)
    assert not read


def test_what_other_code_read_is_read_anew(
    dossier: Project, read: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plugin = tmp_path / "plugin.py"
    monkeypatch.setattr(code_version, "_files", lambda: [plugin])
    pages = []
    for text in ("x = 1", "x = 1", "x = 2"):
        plugin.write_text(text)
        read.clear()
        code_version.number.cache_clear()
        check(dossier)
        pages.append(len(read))
    code_version.number.cache_clear()
    assert pages == [7, 0, 7]


def test_the_code_of_this_package_and_of_plugins_is_what_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "acme_reader.py"
    lines = ("from sphinxcontrib_soup.plugin import reader", "@reader('*.acme')", "def acme(source): yield from ()")
    module.write_text("\n".join(lines))
    monkeypatch.syspath_prepend(tmp_path)
    acme = importlib.import_module("acme_reader").acme
    monkeypatch.setattr(
        code_version, "discover", lambda: Plugins(readers=(acme,), rules=(), views=(), exports=(), formats=())
    )
    assert {Path(code_version.__file__), Path(kept.__file__), module} <= set(code_version._files())


def test_a_check_waits_for_another_one(dossier: Project) -> None:
    folder = dossier.folder / kept.OWN
    expected = check(dossier).stdout
    command = [sys.executable, "-c", "from sphinxcontrib_soup.cli import main; main()", "check", str(dossier.folder)]
    with kept.alone(folder):
        waiting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == f"waiting for another sphinx-soup that works in {folder}\n"
        assert waiting.poll() is None
    out, _ = waiting.communicate(timeout=60)
    assert out == expected


def test_a_check_that_was_killed_holds_up_nobody(dossier: Project) -> None:
    folder = dossier.folder / kept.OWN
    held = (
        f"from sphinxcontrib_soup.cli.kept import alone\nfrom pathlib import Path\nwith alone(Path({str(folder)!r})):"
    )
    command = [sys.executable, "-c", f"{held}\n print('held', flush=True)\n input()"]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    assert "waiting" not in check(dossier).stderr


# --- beside builds over the same doctrees ----------------------------------------------------------------------------


def check_beside(source: Path, doctrees: Path) -> None:
    """A check as a hook does it, with other settings than the build has, over the doctrees of the build."""
    options = ["-d", str(doctrees), "--phase", "release", "--fail-on", "warning", "--format", "sarif"]
    result = CliRunner().invoke(main, ["check", str(source), *options])
    assert result.exit_code in (0, 1), result.output


def test_a_build_after_a_check_over_its_doctrees_equals_a_fresh_one(tmp_path: Path) -> None:
    chance = Random(5)
    world = World(tmp_path, chance)
    world.build(Way())
    for number, step in enumerate(plan(chance.sample(KINDS, 16), chance, most=4)):
        world.change(step)
        check_beside(world.source, tmp_path / "kept" / "doctrees")
        world.check(Way(jobs=1 + number % 2))
    check_beside(world.source, tmp_path / "kept" / "doctrees")
    world.check_nothing(Way())


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        ("a result fails", {"items", "matrix", "needs", "cards"}),
        ("a SOUP moves", {"items", "matrix"}),
        ("a source is restored with an old time", {"items", "needs", "cards"}),
        ("an included file is restored with an old time", {"words"}),
    ],
)
def test_a_build_after_a_check_writes_only_what_shows_the_change(
    project: Project, change: str, pages: set[str]
) -> None:
    doctrees = written(project).folder.parent / "doctrees"
    check_beside(project.folder, doctrees)
    assert rewritten(project) == set()
    CHANGES[change](project)
    check_beside(project.folder, doctrees)
    assert rewritten(project) == pages
    assert rewritten(project) == set()


def test_a_check_between_builds_in_its_own_folder_tells_the_build_nothing(dossier: Project) -> None:
    dossier.write("plain.rst", SHORT)
    check(dossier)
    assert "Title underline too short" in dossier.build().warnings
