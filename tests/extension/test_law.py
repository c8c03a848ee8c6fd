"""The law in short: every kind of change, builds that die, and the proof that it can fail.

At length: benchmarks/law.py.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sphinxcontrib_soup.extension import rebuild
from sphinxcontrib_soup.needs import written
from tests.extension.law import KINDS, Way, World, plan

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
        ("forget", "a card moves"),
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
    world = World(tmp_path, Random(1))
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
