"""Where a long document is parted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.pdf.parts import Cut, parted, weight

HEADING, BLOCK, ROW = Cut(1), Cut(8), Cut(9, ends="))", begins="table(")


def test_a_short_document_stays_whole() -> None:
    assert parted(["a", "b"], {1: HEADING}, 10, {}) == ["a\nb"]
    assert parted([], {}, 10, {}) == [""]


def test_parts_are_of_about_equal_weight() -> None:
    body = ["x" * 10] * 12
    parts = parted(body, dict.fromkeys(range(12), BLOCK), 50, {})
    assert [part.count("x") for part in parts] == [40, 40, 40]


def test_a_document_is_parted_where_it_disturbs_least() -> None:
    body = [str(number) * 10 for number in range(10)]
    cuts = {**dict.fromkeys(range(10), BLOCK), 4: HEADING}
    assert parted(body, cuts, 60, {}) == ["\n".join(body[:4]), "\n".join(body[4:])]


def test_what_a_cut_interrupts_is_closed_and_opened_again() -> None:
    body = ["table(", *["row," * 5] * 4, "))"]
    parts = parted(body, {3: ROW}, 60, {})
    assert parts == [
        "table(\n" + "row," * 5 + "\n" + "row," * 5 + "\n))",
        "table(\n" + "\n".join(["row," * 5] * 2) + "\n))",
    ]


def test_what_cannot_be_parted_is_left_whole() -> None:
    assert parted(["x" * 100, "y" * 100], {}, 10, {}) == ["x" * 100 + "\n" + "y" * 100]
    assert parted(["x" * 100, "y" * 5], {1: BLOCK}, 10, {}) == ["x" * 100, "y" * 5]


def test_a_footnote_that_is_referred_to_again_in_a_later_part_is_said_again_there() -> None:
    body = ['note("a", "said")' + " " * 30, 'note-again("a")' + " " * 30, 'note-again("a")' + " " * 30]
    first, second = parted(body, {1: BLOCK}, 110, {'"a"': '"said"'})
    assert first.strip() == 'note("a", "said")'
    assert second.split() == ['note("a",', '"said")', 'note-again("a")']


def test_words_that_look_like_code_are_left_as_they_are() -> None:
    text = '"an author writes note-again(\\"a\\")"'
    assert parted(["x" * 40, text], {1: BLOCK}, 50, {'"a"': '"said"'}) == ["x" * 40, text]


def test_cells_lines_of_code_and_images_weigh_more_than_their_characters() -> None:
    assert weight('"a", "b"') > weight("x" * 8)
    assert weight('listing("a\\nb")') > weight('listing("a  b")')
    assert weight('picture("images/a.png")') > 10_000


@given(st.lists(st.integers(1, 60), max_size=40), st.data())
def test_no_statement_is_lost_and_parts_keep_to_the_limit_where_they_can(sizes: list[int], data: st.DataObject) -> None:
    body = [f"{number:02}" + "x" * size for number, size in enumerate(sizes)]
    places = data.draw(st.lists(st.sampled_from(range(1, len(body))), unique=True)) if len(body) > 1 else []
    cuts = {place: Cut(data.draw(st.integers(0, 9))) for place in places}
    parts = parted(body, cuts, 100, {})
    assert "\n".join(parts) == "\n".join(body)
    for part in parts:
        inside = {body.index(line) for line in part.split("\n")[1:] if line}
        assert weight(part.replace("\n", "")) <= 100 or not inside & cuts.keys() or len(parts) == 1
