"""Figures: well-formed whatever they say, within their frame, and without style or script."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.figures import WIDTH, Branch, Field, Share, bars, columns, grid, tree
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


@given(st.lists(st.tuples(st.lists(st.text(), max_size=3), SHARES), max_size=30), st.text(), st.text())
def test_columns_of_any_texts_and_counts_are_sound(
    stacks: list[tuple[list[str], list[Share]]], axis: str, text: str
) -> None:
    assert is_sound(columns(stacks, axis, text))


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


def parts(passed: int, failed: int, untested: int) -> list[Share]:
    counts = (("passed", passed, Tone.GOOD), ("failed", failed, Tone.BAD), ("untested", untested, Tone.OPEN))
    return [Share(*one) for one in counts]


def words(figure: Figure) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]


def test_a_column_is_as_high_as_it_counts_and_stands_on_the_line_of_zero() -> None:
    figure = columns([(["a"], parts(30, 0, 0)), (["b"], parts(45, 0, 15))], "Items", "")
    first, passed, untested = boxes(figure)[4:]  # after the ground and what the colours mean
    assert abs((passed[3] - passed[1]) - 1.5 * (first[3] - first[1])) < 0.1
    assert first[3] == passed[3]
    assert abs(untested[3] - passed[1]) < 0.1


def test_every_share_of_a_column_is_told_in_words_and_a_thin_one_above_it() -> None:
    figure = columns([(["2026-01-02", "1.0"], parts(97, 1, 2)), (["2026-02-03", "1.1"], parts(80, 0, 20))], "Items", "")
    said = words(figure)
    assert {"97 passed", "1 failed", "2 untested", "80 passed", "20 untested"} <= set(said)
    assert "0 failed" not in said
    places = {one.text: float(one.get("y", "")) for one in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")}
    assert places["1 failed"] < places["2 untested"] < boxes(figure)[4][1]
    assert [one for one in said if one in ("passed", "failed", "untested")] == ["passed", "failed", "untested"]


def test_the_scale_reaches_beyond_the_highest_column_in_round_steps() -> None:
    for most, steps in {1: [0, 1], 5: [0, 1, 2, 3, 4, 5], 7: [0, 2, 4, 6, 8], 71: [0, 20, 40, 60, 80]}.items():
        said = words(columns([([], parts(most, 0, 0))], "Items", ""))
        assert [int(one) for one in said if one.isdigit()][: len(steps)] == steps
        assert str(steps[-1] + steps[1]) not in said


def test_where_columns_are_narrow_some_have_texts_and_the_last_one_does() -> None:
    said = words(columns([([f"2026-01-{day:02}"], parts(day, 0, 0)) for day in range(1, 25)], "Items", ""))
    days = [one for one in said if one.startswith("2026")]
    assert 4 < len(days) < 12
    assert days[-1] == "2026-01-24"
