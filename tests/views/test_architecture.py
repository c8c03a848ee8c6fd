"""The software items as a table and as a tree."""

from __future__ import annotations

from sphinxcontrib_soup.model import Item, Outcome
from sphinxcontrib_soup.tables import narrowed, outline
from tests.rules.traces import imported, item, result, trace
from tests.views.shown import dossier, show, texts

ITEMS = (
    item("software-item", "ITEM_10", title="Display", part_of="ITEM_1", safety_class="B", segregation="own processor"),
    item(
        "software-item", "ITEM_2", title="Dose", part_of="ITEM_1", wraps="SOUP_1", uses="SOUP_1 SOUP_2", code="dose.py"
    ),
    item("software-item", "ITEM_1", title="Device"),
    item("software-item", "ITEM_3", title="Tools", interface="none"),
    item("software-item", "ITEM_4", title="Font", part_of="ITEM_10"),
    item("soup", "SOUP_2", title="Python", designator="3.11.7"),
    item("soup", "SOUP_1", title="big.js", designator="7.0.1", safety_class="B"),
)


def numbers(*items: Item) -> list[tuple[str, str]]:
    return [(number, one.id) for number, one in outline(trace(*items))]


def test_items_stand_below_what_they_are_a_part_of() -> None:
    assert numbers(*ITEMS) == [
        ("1", "ITEM_1"),
        ("1.1", "ITEM_2"),
        ("1.2", "ITEM_10"),
        ("1.2.1", "ITEM_4"),
        ("2", "ITEM_3"),
    ]


def test_items_that_are_parts_of_each_other_are_not_lost() -> None:
    circle = [item("software-item", f"ITEM_{n}", part_of=f"ITEM_{n % 3 + 1}") for n in (1, 2, 3)]
    below = item("software-item", "ITEM_9", part_of="ITEM_2")
    assert numbers(*circle, below) == [("1", "ITEM_1"), ("2", "ITEM_2"), ("2.1", "ITEM_9"), ("3", "ITEM_3")]
    assert numbers(item("software-item", "ITEM_1", part_of="ITEM_GONE")) == [("1", "ITEM_1")]


def test_the_table() -> None:
    facts = (
        *ITEMS,
        item("requirement", "REQ_1", title="Sum", allocated_to="ITEM_2"),
        item("requirement", "REQ_2", title="Show", allocated_to="ITEM_2 ITEM_10"),
        result("t", Outcome.PASSED, "REQ_1"),
    )
    assert texts(show("architecture-table", dossier(*facts))) == [
        ["", "1", "ITEM_1 Device", "C", "", "", "", "", "", "1"],
        [
            *("", "1.1", "ITEM_2 Dose", "C", "", "", "wraps SOUP_1 big.js; uses SOUP_2 Python"),
            *("REQ_1, REQ_2", "dose.py", "2"),
        ],
        ["", "1.2", "ITEM_10 Display", "B", "own processor", "", "", "REQ_2", "", "2"],
        ["!", "1.2.1", "ITEM_4 Font", "B", "", "", "", "", "", "3"],
        ["!", "2", "ITEM_3 Tools", "C", "", "none", "", "", "", "1"],
    ]


def test_the_level_is_shown_where_it_is_asked_for() -> None:
    table = show("architecture-table", dossier(*ITEMS))
    assert "Level" not in [column.title for column in narrowed(table).columns]
    assert [row[1] for row in texts(table, "level")] == ["1", "2", "2", "3", "1"]


def test_the_tree_marks_soups_and_names_those_that_nothing_uses() -> None:
    lost = item("soup", "SOUP_9", title="zlib")
    assert texts(show("item-tree", dossier(*ITEMS, lost, imported("x", "dose.py")))) == [
        ["", "1", "ITEM_1 Device", "software item", "", "C", "1"],
        ["", "1.1", "ITEM_2 Dose", "software item", "", "C", "2"],
        ["", "1.1.1", "wraps SOUP_1 big.js", "SOUP", "7.0.1", "C", "3"],
        ["", "1.1.2", "uses SOUP_2 Python", "SOUP", "3.11.7", "C", "3"],
        ["", "1.2", "ITEM_10 Display", "software item", "", "B", "2"],
        ["", "1.2.1", "ITEM_4 Font", "software item", "", "B", "3"],
        ["", "2", "ITEM_3 Tools", "software item", "", "C", "1"],
        ["!", "3", "SOUP_9 zlib in no software item", "SOUP", "", "C", "1"],
    ]


def test_without_items_they_say_so() -> None:
    assert show("architecture-table", dossier()).empty == "There is no software item."
    assert show("item-tree", dossier()).empty == "There is no software item and no SOUP."
