"""The law in short: every kind of change, builds that die, and the proof that it can fail.

At length: benchmarks/law.py.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinxcontrib_soup.extension import rebuild, state
from sphinxcontrib_soup.needs import written
from tests.extension.law import KINDS, Way, World, plan, shown
from tests.extension.test_rebuild import PAGES, SVG
from tests.project import Project

WAYS = (Way(), Way(jobs=2), Way(), Way(("html", "soup-pdf")), Way(jobs=2), Way(("soup-pdf", "html")))
PARTS = 4
KILLS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_a_build_after_any_change_equals_a_fresh_one(tmp_path: Path, part: int) -> None:
    kinds = sorted(KINDS)[part::PARTS]
    world = World(tmp_path, Random(part))
    world.build(Way())
    for number, step in enumerate(plan(kinds, Random(part), most=4)):
        world.step(step, WAYS[number % len(WAYS)])
    world.check_nothing(Way(jobs=1 + part % 2))
    assert {kind for kind in kinds if world.counts.kinds[kind]} == set(kinds)


def steps(world: World, kind: str) -> None:
    """Make a change again and again, and put the law to the test each time."""
    for _ in range(9):
        world.step([kind], Way())


@pytest.mark.parametrize(
    ("off", "kind"),
    [
        ("extend_written", "a result file"),
        ("extend_written", "a title of a section"),
        ("extend_written", "a page goes"),
        ("changed_sources", "a statement is restored with an old time"),
        ("forget", "a section moves"),
    ],
)
def test_the_law_breaks_without_what_upholds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: str, kind: str
) -> None:
    monkeypatch.setattr(rebuild, off, lambda *_: [])
    world = World(tmp_path, Random(1))
    world.build(Way())
    with pytest.raises(AssertionError, match=r"is stale|was left|is missing|in vain"):
        steps(world, kind)


def test_the_law_breaks_if_the_order_of_reading_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_put_in_order", lambda *_: None)
    world = World(tmp_path, Random(2))
    world.build(Way())
    with pytest.raises(AssertionError, match="is stale"):
        steps(world, "a statement")


def test_a_build_that_was_killed_leaves_nothing_wrong(tmp_path: Path) -> None:
    chance = Random(3)
    world = World(tmp_path, chance)
    world.build(Way())
    killed = 0
    for number in range(KILLS):
        way = Way(jobs=1 + number % 2)
        world.change(chance.sample(KINDS, 3))
        killed += world.killed(way, chance.uniform(0.05, 0.6))
        world.change(chance.sample(KINDS, number % 2))
        world.check(way)
    assert killed >= KILLS // 2


@pytest.mark.parametrize(("most", "dies"), [(100, True), (3_000, True), (10_000, True), (30_000, True), (10**8, False)])
def test_a_build_that_ran_out_of_room_leaves_nothing_wrong(tmp_path: Path, most: int, dies: bool) -> None:
    chance = Random(most)
    world = World(tmp_path, chance)
    world.build(Way())
    world.change(["a result file", "a statement", "a page goes"])
    assert world.starved(Way(), most) is dies
    world.check(Way())


# --- what chance would seldom meet ------------------------------------------------------------------------------------


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def first(project: Project) -> dict[str, bytes]:
    for path, text in PAGES.items():
        project.write(path, text)
    return shown(project.build().output)


def dies(project: Project, owner: object, at: str) -> None:
    """Build in a process that is killed where it would call this."""

    def build() -> None:
        setattr(owner, at, die)
        project.build(fresh=False)

    process = get_context("fork").Process(target=build)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def equals_a_fresh_one(project: Project, builder: str = "html") -> None:
    after = shown(project.build(builder, fresh=False).output)
    shutil.rmtree(project.folder.parent / builder)
    assert after == shown(project.build(builder).output)


def test_a_source_is_read_again_that_a_build_was_reading_as_it_died(project: Project) -> None:
    first(project)
    project.write("plain.rst", "Plain\n=====\n\nHalf a thought.\n")
    dies(project, rebuild, "note_sources")
    project.write("plain.rst", PAGES["plain.rst"])
    os.utime(project.folder / "plain.rst", (1, 1))
    project.write("words.rst", PAGES["words.rst"].replace("A place\n        -------", "A spot\n        ------"))
    equals_a_fresh_one(project)


def test_a_setting_is_not_lost_with_the_build_that_first_met_it(project: Project) -> None:
    first(project)
    project.write("conf.py", PAGES["conf.py"].rstrip() + "\n        soup_blocks = False\n")
    dies(project, rebuild, "forget")
    equals_a_fresh_one(project)


@pytest.mark.parametrize("at", ["note_sources", "settle_reading", "extend_written"])
def test_a_page_that_goes_after_a_build_died_leaves_nothing(project: Project, at: str) -> None:
    first(project)
    project.write("more.rst", ":orphan:\n\nMore\n====\n\n.. image:: more.svg\n\n:download:`get <part.inc>`\n")
    project.write("more.svg", SVG)
    project.build(fresh=False)
    project.write("more.rst", ":orphan:\n\nMore\n====\n\nNothing.\n")
    dies(project, rebuild, at)
    (project.folder / "more.rst").unlink()
    equals_a_fresh_one(project)


def test_a_build_that_died_in_writing_leaves_nothing_of_pages_that_went(project: Project) -> None:
    first(project)
    (project.folder / "cards.rst").unlink()
    project.write("index.rst", PAGES["index.rst"].replace("           cards\n", ""))
    dies(project, StandaloneHTMLBuilder, "write_documents")
    equals_a_fresh_one(project)


def test_a_page_that_goes_takes_no_other_with_it(project: Project) -> None:
    first(project)
    project.write("v1.rst", ":orphan:\n\nOne\n===\n")
    project.write("v1.0.rst", ":orphan:\n\nOne and nothing\n===============\n")
    project.build(fresh=False)
    (project.folder / "v1.rst").unlink()
    equals_a_fresh_one(project)


def test_an_update_of_ours_leaves_nothing_of_pages_that_went(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first(project)
    project.write("more.rst", ":orphan:\n\nMore\n====\n")
    project.build(fresh=False)
    (project.folder / "more.rst").unlink()
    monkeypatch.setattr(state, "__version__", "999")
    equals_a_fresh_one(project)


def test_a_damaged_state_takes_nothing_from_elsewhere(project: Project) -> None:
    first(project)
    elsewhere = project.folder / "mine.txt"
    elsewhere.write_text("mine")
    left = project.folder.parent / "html" / state.STATE
    left.write_text(json.dumps({**json.loads(left.read_text()), "files": ["../source/mine.txt", str(elsewhere)]}))
    project.build(fresh=False)
    assert elsewhere.read_text() == "mine"


def test_a_page_is_written_again_though_another_builder_read_it(project: Project) -> None:
    first(project)
    project.write("plain.rst", "Plain\n=====\n\nOther words.\n")
    os.utime(project.folder / "plain.rst", (1, 1))
    project.write("conf.py", PAGES["conf.py"].rstrip() + "\n        rst_epilog = 'A last word.'\n")
    project.build("text", fresh=False)
    equals_a_fresh_one(project)


def test_a_file_that_was_missing_is_included_when_it_comes(project: Project) -> None:
    first(project)
    text = (project.folder / "part.inc").read_text()
    (project.folder / "part.inc").unlink()
    assert b"Some words" not in shown(project.build(fresh=False).output)["words.html"]
    project.write("part.inc", text)
    os.utime(project.folder / "part.inc", (1, 1))
    equals_a_fresh_one(project)


def test_the_pdf_of_a_document_stays_when_a_page_of_its_name_goes(project: Project) -> None:
    first(project)
    document = ".. document:: A document\n   :id: DOC_1\n"
    project.write("DOC_1.rst", f":orphan:\n\nDocument\n========\n\n{document}")
    project.build("soup-pdf", fresh=False)
    (project.folder / "DOC_1.rst").unlink()
    project.write("plain.rst", f"{PAGES['plain.rst']}\n{document}")
    project.build("soup-pdf", fresh=False)
    assert (project.folder.parent / "soup-pdf" / "DOC_1.pdf").exists()


def test_what_a_build_wrote_before_it_died_is_written_again(project: Project) -> None:
    first(project)
    project.write("results.xml", PAGES["results.xml"].replace("</properties>", "</properties><failure/>"))
    dies(project, StandaloneHTMLBuilder, "finish")
    project.write("results.xml", PAGES["results.xml"])
    equals_a_fresh_one(project)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_could_not_be_written_is_written_by_the_next_build(project: Project, jobs: int) -> None:
    first(project)
    project.write("long.rst", f":orphan:\n\nLong\n====\n\n{'Many words. ' * 20_000}\n\n.. findings-table::\n")
    project.build(fresh=False)
    project.write("results.xml", PAGES["results.xml"].replace("</properties>", "</properties><failure/>"))

    def short_of_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        assert "error writing file" in project.build(fresh=False, jobs=jobs).warnings

    process = get_context("fork").Process(target=short_of_room)
    process.start()
    process.join()
    assert process.exitcode == 0
    equals_a_fresh_one(project)
