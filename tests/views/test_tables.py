"""Narrowing: columns, sorting and filtering, the same for every table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.model import Badge, Column, Row, Table, Tone, cell, plain
from sphinxcontrib_soup.tables import groups, narrowed, natural, tally
from tests.views.shown import texts

COLUMNS = (
    Column("id", "ID"),
    Column("title", "Title"),
    Column("severity", "Severity", order=("minor", "serious", "critical")),
    Column("note", "Note", optional=True),
)


def table(*rows: str, gaps: tuple[int, ...] = ()) -> Table:
    """Rows from texts, cells separated by `/`."""
    made = tuple(Row(tuple(cell(text) for text in row.split("/")), gap=index in gaps) for index, row in enumerate(rows))
    return Table(name="t", title="T", columns=COLUMNS, rows=made, empty="Nothing.", notes=("All.",))


def ids(made: Table) -> list[str]:
    return [plain(row.cells[0]) for row in made.rows]


THREE = table("R_2/b/serious/x", "R_10/B/minor/", "R_1/a/critical/y", gaps=(1,))


def test_optional_columns_show_only_where_they_are_named() -> None:
    assert [column.name for column in narrowed(THREE).columns] == ["id", "title", "severity"]
    chosen = narrowed(THREE, columns=["note", "id"])
    assert [column.name for column in chosen.columns] == ["note", "id"]
    assert texts(chosen) == [["", "x", "R_2"], ["!", "", "R_10"], ["", "y", "R_1"]]
    assert narrowed(chosen) == chosen


def test_a_column_named_twice_shows_once() -> None:
    assert [column.name for column in narrowed(THREE, columns=["id", "title", "id"]).columns] == ["id", "title"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (["id"], ["R_1", "R_2", "R_10"]),
        (["-id"], ["R_10", "R_2", "R_1"]),
        (["severity"], ["R_10", "R_2", "R_1"]),
        (["-severity"], ["R_1", "R_2", "R_10"]),
        (["note"], ["R_2", "R_1", "R_10"]),
        (["-note"], ["R_1", "R_2", "R_10"]),
        ([], ["R_2", "R_10", "R_1"]),
    ],
)
def test_rows_sort_as_people_do_and_by_the_order_of_a_scale(sort: list[str], expected: list[str]) -> None:
    assert ids(narrowed(THREE, sort=sort)) == expected


def test_the_first_column_to_sort_by_weighs_most_and_ties_stay_as_they_were() -> None:
    made = table("R_1/x/serious/", "R_2/x/minor/", "R_3/w/serious/", "R_4/x/minor/")
    assert ids(narrowed(made, sort=["title", "-severity"])) == ["R_3", "R_1", "R_2", "R_4"]
    assert ids(narrowed(made, sort=["-title"])) == ["R_1", "R_2", "R_4", "R_3"]


def test_a_value_off_the_scale_sorts_after_it() -> None:
    made = table("R_1/x/odd/", "R_2/x/critical/", "R_3/x/even/")
    assert ids(narrowed(made, sort=["severity"])) == ["R_2", "R_3", "R_1"]


def test_a_filter_sees_every_column_as_text_and_whether_the_row_is_a_gap() -> None:
    seen: list[Mapping[str, str]] = []

    def keep(row: Mapping[str, str]) -> bool:
        seen.append(row)
        return row["note"] == "y"

    assert ids(narrowed(THREE, columns=["id"], keep=keep)) == ["R_1"]
    assert seen[:2] == [
        {"id": "R_2", "title": "b", "severity": "serious", "note": "x", "gap": ""},
        {"id": "R_10", "title": "B", "severity": "minor", "note": "", "gap": "yes"},
    ]


def test_a_filtered_table_says_that_it_is_a_part() -> None:
    part = narrowed(THREE, keep=lambda row: row["gap"] == "yes")
    none = narrowed(THREE, keep=lambda _: False)
    assert part.notes == ("All.", "The filter shows 1 of 3 rows.")
    assert (none.rows, none.empty, none.notes) == ((), "The filter shows 0 of 3 rows.", ("All.",))
    assert narrowed(THREE, keep=lambda _: True).notes == ("All.",)
    assert narrowed(table(), keep=lambda _: False).empty == "Nothing."


FIVE = table("R_1/b/minor/", "R_2/a/critical/x", "R_3//minor/", "R_4/b/serious/x", "R_5/a/minor/", gaps=(0, 3))


def test_rows_are_grouped_by_a_column_that_comes_first() -> None:
    made = narrowed(FIVE, group="title")
    assert made.grouped
    assert [column.name for column in made.columns] == ["title", "id", "severity"]
    assert [[plain(row.cells[1]) for row in group] for group in groups(made)] == [
        ["R_1", "R_4"],
        ["R_2", "R_5"],
        ["R_3"],
    ]
    assert [tally(group) for group in groups(made)] == ["2 rows, 2 gaps", "2 rows", "1 row"]


def test_a_table_without_groups_is_one() -> None:
    assert not narrowed(FIVE).grouped
    assert list(groups(narrowed(FIVE))) == [narrowed(FIVE).rows]
    assert list(groups(narrowed(table(), group="title"))) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (["-severity"], ["R_2", "R_5", "R_4", "R_1", "R_3"]),
        (["title"], ["R_2", "R_5", "R_1", "R_4", "R_3"]),
        (["-title", "-id"], ["R_4", "R_1", "R_5", "R_2", "R_3"]),
    ],
)
def test_groups_stand_in_the_order_of_their_first_rows_and_rows_without_one_last(
    sort: list[str], expected: list[str]
) -> None:
    assert [plain(row.cells[1]) for row in narrowed(FIVE, sort=sort, group="title").rows] == expected


def test_rows_are_grouped_by_a_column_that_is_not_shown_or_named_among_others_and_filtered_before() -> None:
    hidden = narrowed(FIVE, columns=["id"], group="note", keep=lambda row: row["severity"] != "critical")
    assert texts(hidden) == [["!", "x", "R_4"], ["!", "", "R_1"], ["", "", "R_3"], ["", "", "R_5"]]
    assert hidden.notes[-1] == "The filter shows 4 of 5 rows."
    named = narrowed(FIVE, columns=["severity", "title", "id"], group="title")
    assert [column.name for column in named.columns] == ["title", "severity", "id"]


def test_a_table_of_labels_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="rows are grouped by the column 'title', and no other column is shown"):
        narrowed(FIVE, columns=["title"], group="title")


@pytest.mark.parametrize(
    "asked", [{"columns": ["id", "tittle"]}, {"sort": ["tittle"]}, {"sort": ["-tittle"]}, {"group": "tittle"}]
)
def test_an_unknown_column_is_refused_with_those_there_are(asked: dict[str, list[str]]) -> None:
    with pytest.raises(
        ValueError,
        match=r"^there is no column 'tittle' .did you mean title.*; the table has id, title, severity, note$",
    ):
        narrowed(THREE, **asked)  # type: ignore[arg-type]


def test_an_unknown_column_is_refused_even_where_there_are_no_rows() -> None:
    with pytest.raises(ValueError, match="no column 'x'"):
        narrowed(table(), sort=["x"])


@pytest.mark.parametrize(
    "ordered",
    [
        ["", "REQ_01", "REQ_1", "REQ_2", "REQ_10", "REQ_10_2"],
        ["1.2.9", "1.2.10", "1.10", "a"],
        ["alpha", "Beta", "gamma"],
        ["x" + "9" * 5000, "x1" + "0" * 5000],
        ["٣", "三"],
    ],
)
def test_natural_order(ordered: list[str]) -> None:
    backward = ordered[::-1]
    assert sorted(backward, key=natural) == ordered


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), max_size=12))
def test_natural_order_does_not_hang_on_the_order_it_is_given(words: list[str]) -> None:
    backward = words[::-1]
    assert sorted(words, key=natural) == sorted(backward, key=natural)


_VALUES = st.sampled_from(["", "minor", "serious", "critical", "odd", "R_2", "R_10", "b", "B"])
_ROWS = st.builds(Row, st.tuples(*[st.builds(cell, _VALUES)] * 4), st.booleans())
_TABLES = st.lists(_ROWS, max_size=8).map(
    lambda rows: Table(name="t", title="T", columns=COLUMNS, rows=tuple(rows), empty="Nothing.")
)
_NAMES = st.sampled_from(["id", "title", "severity"])


@settings(deadline=None)
@given(_TABLES, st.lists(_NAMES, max_size=3), st.booleans())
def test_narrowing_twice_changes_nothing(made: Table, sort: list[str], descending: bool) -> None:
    asked = [f"-{name}" if descending else name for name in sort]

    def once(one: Table) -> Table:
        return narrowed(one, columns=["severity", "title", "id"], sort=asked, keep=lambda row: row["title"] != "b")

    assert once(once(made)) == once(made)


@settings(deadline=None)
@given(_TABLES, st.lists(_NAMES, max_size=3))
def test_narrowing_keeps_every_row_whole(made: Table, sort: list[str]) -> None:
    shown = narrowed(made, columns=[column.name for column in COLUMNS], sort=sort)
    assert sorted(map(repr, shown.rows)) == sorted(map(repr, made.rows))


@settings(deadline=None)
@given(_TABLES, _NAMES, st.lists(_NAMES, max_size=3))
def test_grouping_keeps_every_row_and_the_order_within_each_group(made: Table, group: str, sort: list[str]) -> None:
    every = [column.name for column in COLUMNS]
    plainly = narrowed(made, columns=[group, *every], sort=sort)
    shown = narrowed(made, columns=every, sort=sort, group=group)
    labels = [plain(rows[0].cells[0]) for rows in groups(shown)]
    assert shown.columns == plainly.columns
    assert len(set(labels)) == len(labels)
    assert "" not in labels[:-1]
    for label, rows in zip(labels, groups(shown), strict=True):
        assert list(rows) == [row for row in plainly.rows if plain(row.cells[0]) == label]
    assert len(shown.rows) == len(made.rows)


def test_a_badge_is_filtered_by_its_words() -> None:
    badge = Row((cell("R"), cell("t"), cell(Badge("minor", Tone.BAD)), ()))
    made = Table(name="t", title="T", columns=COLUMNS, rows=(badge,), empty="")
    assert len(narrowed(made, keep=lambda row: row["severity"] == "minor").rows) == 1
