"""Why software that exists is used, or own software is made."""

from __future__ import annotations

from dataclasses import replace

from sphinxcontrib_soup.model import Item, SafetyClass, Settings, Table
from tests.rules.traces import HOSTILE, item, settings
from tests.views.shown import dossier, show, texts


def rationale(*facts: Item, stated: Settings | None = None) -> Table:
    return show("rationale-table", dossier(*facts, stated=stated))


def test_a_soup_shows_what_speaks_for_it_and_the_decisions_that_justify_it() -> None:
    table = rationale(
        item(
            "soup",
            "SOUP_1",
            title="zlib",
            suitability="The format is fixed",
            level_of_support="actively maintained",
            end_of_support="unknown",
            released_on="2024-01-22",
            users="every operating system",
            maker_tests="a test suite",
            alternatives="zlib-ng",
        ),
        item("decision", "DEC_2", title="Reuse", choice="reuse", justifies="SOUP_1", pro="tried", contra="old"),
        item("decision", "DEC_1", title="No compression", justifies="SOUP_1", alternatives="plain text"),
    )
    assert texts(table) == [
        [
            "",
            "SOUP_1 zlib",
            "The format is fixed",
            "actively maintained; end: unknown",
            "2024-01-22",
            "every operating system",
            "a test suite",
            "zlib-ng; plain text",
            "DEC_1 No compression; DEC_2 Reuse reuse",
            "tried",
            "old",
        ]
    ]


def test_own_software_has_a_row_of_its_own() -> None:
    decided = {"rationale": "nobody makes it for devices", "pro": "readable", "contra": "work", "alternatives": "X"}
    table = rationale(
        item("software-item", "ITEM_1", title="Dose"),
        item("decision", "DEC_1", title="Our own", choice="build", justifies="ITEM_1", **decided),
        item("decision", "DEC_2", title="No log", choice="build"),
        item("decision", "DEC_3", title="Straight line"),
    )
    assert texts(table, "id", "suitability", "alternatives", "decisions", "pro", "contra") == [
        ["", "ITEM_1 Dose", "nobody makes it for devices", "X", "DEC_1 Our own build", "readable", "work"],
        ["", "DEC_2 No log", "", "", "DEC_2 No log build", "", ""],
    ]


def test_a_soup_that_nobody_justifies_is_a_gap_where_its_class_asks_for_it() -> None:
    bare = item("soup", "SOUP_1", suitability="TBD")
    by_class = {letter: rationale(bare, stated=settings(safety_class=letter)).rows[0].gap for letter in SafetyClass}
    assert by_class == {SafetyClass.A: False, SafetyClass.B: True, SafetyClass.C: True}
    decided = item("decision", "DEC_1", justifies="SOUP_1", rationale="because")
    assert not rationale(bare, decided).rows[0].gap


def test_shared_values_are_told_apart() -> None:
    stated = replace(settings(), soup_defaults={"*": {"suitability": "all were reviewed"}})
    (row,) = texts(rationale(item("soup", "SOUP_1"), stated=stated), "suitability")
    assert row == ["", "all were reviewed; shared by all SOUPs"]


def test_hostile_text_is_kept_as_it_is() -> None:
    (row,) = texts(rationale(item("soup", "SOUP_1", users=HOSTILE)), "users")
    assert row == ["!", "; ".join(HOSTILE.splitlines())]


def test_an_empty_table_says_so() -> None:
    assert rationale().empty == "No SOUP is declared, and no decision is about software to use or to make."
