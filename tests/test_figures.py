"""Figures: well-formed whatever they say, within their frame, and without style or script."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.figures import WIDTH, Branch, Field, Share, bars, grid, tree
from sphinxcontrib_soup.model import Figure, Tone

SVG = "{http://www.w3.org/2000/svg}"
TONES = st.sampled_from(Tone)
SHARES = st.lists(st.builds(Share, st.text(), st.integers(0, 10**6), TONES), max_size=4)


def boxes(figure: Figure) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each box; the first is the ground."""
    found = ElementTree.fromstring(figure.svg).iter(f"{SVG}rect")
    sides = [[float(one.get(name, "")) for name in ("x", "y", "width", "height")] for one in found]
    return [(x, y, x + wide, y + high) for x, y, wide, high in sides]


def is_sound(figure: Figure) -> bool:
    ground, *others = boxes(figure)
    names = {name for one in ElementTree.fromstring(figure.svg).iter() for name in (one.tag, *one.keys())}
    within = all(x >= 0 and y >= 0 and right <= ground[2] + 1 and low <= ground[3] + 1 for x, y, right, low in others)
    return within and not names & {f"{SVG}style", f"{SVG}script", "style"}


@given(st.lists(st.tuples(st.text(), SHARES), max_size=6), st.text())
def test_bars_of_any_texts_and_counts_are_sound(rows: list[tuple[str, list[Share]]], text: str) -> None:
    assert is_sound(bars(rows, text))


@given(st.data())
def test_grids_of_any_texts_are_sound(drawn: st.DataObject) -> None:
    heads = drawn.draw(st.lists(st.text(), min_size=1, max_size=6))
    field = st.builds(Field, st.lists(st.text(), min_size=1, max_size=3).map(tuple), TONES)
    line = st.tuples(st.text(), st.lists(field, min_size=len(heads), max_size=len(heads)))
    rows = drawn.draw(st.lists(line, max_size=5))
    assert is_sound(grid(heads, rows, (drawn.draw(st.text()), drawn.draw(st.text())), drawn.draw(st.text())))


@given(st.lists(st.builds(Branch, st.integers(0, 8), st.text(), st.text(max_size=20), TONES), max_size=8), st.text())
def test_trees_of_any_texts_are_sound(branches: list[Branch], text: str) -> None:
    assert is_sound(tree(branches, text))


def test_a_line_leads_from_each_branch_to_those_below_it() -> None:
    depths = [0, 1, 2, 1, 0]
    svg = tree([Branch(depth, "a part", "", Tone.GOOD) for depth in depths], "").svg
    assert svg.count("<path ") == 3


def test_a_bar_is_as_long_as_its_share() -> None:
    rows = [("one", [Share("passed", 3, Tone.GOOD), Share("failed", 1, Tone.BAD)])]
    _, whole, passed, failed = boxes(bars(rows, ""))
    length = whole[2] - whole[0]
    assert abs((passed[2] - passed[0]) - 0.75 * length) < 0.1
    assert abs((failed[2] - failed[0]) - 0.25 * length) < 0.1
    assert whole[2] < WIDTH
