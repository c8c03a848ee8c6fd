"""Safety classes: computed from what is part of what, and never lower than what is segregated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.cells import safety_class_cell
from sphinxcontrib_soup.model import Item, SafetyClass, plain
from tests.rules.traces import item, settings, trace

APART = {"segregation": "a processor of its own"}


def classes(*facts: Item, system: SafetyClass | None = SafetyClass.B) -> dict[str, str]:
    return {id_: str(one) for id_, one in trace(*facts, stated=settings(safety_class=system)).safety_classes.items()}


@pytest.mark.parametrize(("system", "expected"), [(SafetyClass.A, "A"), (SafetyClass.C, "C"), (None, "C")])
def test_an_item_that_says_nothing_has_the_class_of_the_system(system: SafetyClass | None, expected: str) -> None:
    assert classes(item("software-item", "ITEM_1"), item("soup", "SOUP_1"), system=system) == {
        "ITEM_1": expected,
        "SOUP_1": expected,
    }


def test_a_class_goes_down_from_the_whole_to_its_parts() -> None:
    assert classes(
        item("software-item", "ITEM_1", safety_class="C"),
        item("software-item", "ITEM_2", part_of="ITEM_1"),
        item("software-item", "ITEM_3", part_of="ITEM_2"),
        item("software-item", "ITEM_4", part_of="ITEM_404"),
    ) == {"ITEM_1": "C", "ITEM_2": "C", "ITEM_3": "C", "ITEM_4": "B"}


def test_what_is_part_of_several_has_the_highest_of_their_classes() -> None:
    assert classes(
        item("software-item", "ITEM_1", safety_class="A", **APART),
        item("software-item", "ITEM_2", safety_class="C"),
        item("software-item", "ITEM_3", part_of="ITEM_1 ITEM_2"),
    ) == {"ITEM_1": "A", "ITEM_2": "C", "ITEM_3": "C"}


@pytest.mark.parametrize(
    ("segregation", "expected"), [("", "B"), ("TBD", "B"), ("none", "B"), ("a processor of its own", "A")]
)
def test_a_lower_class_counts_only_with_what_segregates(segregation: str, expected: str) -> None:
    low = item("software-item", "ITEM_1", safety_class="A", segregation=segregation)
    assert classes(low)["ITEM_1"] == expected
    whole = item("software-item", "ITEM_0")
    inner = item("software-item", "ITEM_1", safety_class="A", segregation=segregation, part_of="ITEM_0")
    assert classes(whole, inner) == {"ITEM_0": "B", "ITEM_1": expected}


def test_a_soup_has_the_highest_class_of_what_uses_it() -> None:
    low = item("software-item", "ITEM_1", safety_class="A", uses="SOUP_1 SOUP_2", **APART)
    high = item("software-item", "ITEM_2", safety_class="C", wraps="SOUP_2", uses="SOUP_3")
    soups = (item("soup", "SOUP_1"), item("soup", "SOUP_2"), item("soup", "SOUP_3", safety_class="A"))
    inner = item("soup", "SOUP_4", part_of="SOUP_1")
    raised = item("soup", "SOUP_5", safety_class="C", part_of="SOUP_1")
    assert classes(low, high, *soups, inner, raised) == {
        "ITEM_1": "A",
        "ITEM_2": "C",
        "SOUP_1": "A",
        "SOUP_2": "C",
        "SOUP_3": "C",
        "SOUP_4": "A",
        "SOUP_5": "C",
    }


def test_what_is_part_of_itself_counts_as_part_of_the_system() -> None:
    ring = (
        item("software-item", "ITEM_1", part_of="ITEM_2", safety_class="A", **APART),
        item("software-item", "ITEM_2", part_of="ITEM_1", safety_class="C"),
        item("software-item", "ITEM_3", part_of="ITEM_3"),
    )
    assert classes(*ring) == {"ITEM_1": "C", "ITEM_2": "C", "ITEM_3": "B"}
    below = (item("software-item", "ITEM_4", part_of="ITEM_1", uses="SOUP_1"), item("soup", "SOUP_1"))
    assert classes(*ring, *below)["SOUP_1"] == "C"


def test_a_long_chain_of_parts_is_no_trouble() -> None:
    chain = [item("software-item", f"ITEM_{number}", part_of=f"ITEM_{number + 1}") for number in range(3000)]
    assert classes(*chain, item("software-item", "ITEM_3000", safety_class="C"))["ITEM_0"] == "C"


_CLASS = st.sampled_from(["", "A", "B", "C"])


@st.composite
def _items(draw: st.DrawFn) -> list[Item]:
    number = draw(st.integers(1, 6))
    ids = [f"ITEM_{at}" for at in range(number)]
    return [
        item(
            "software-item",
            id_,
            safety_class=draw(_CLASS),
            part_of=" ".join(draw(st.lists(st.sampled_from(ids), max_size=2))),
            uses=draw(st.sampled_from(["", "SOUP_1"])),
            segregation=draw(st.sampled_from(["", "apart"])),
        )
        for id_ in ids
    ] + [item("soup", "SOUP_1", safety_class=draw(_CLASS))]


@given(_items(), st.sampled_from([None, *SafetyClass]))
def test_no_soup_is_below_an_item_that_uses_it_and_no_part_below_its_whole_unless_segregated(
    facts: list[Item], system: SafetyClass | None
) -> None:
    found = classes(*facts, system=system)
    assert found == classes(*reversed(facts), system=system)
    for one in facts:
        if "SOUP_1" in one.links.get("uses", ()):
            assert found["SOUP_1"] >= found[one.id]
        if one.kind == "software-item" and not one.text("segregation"):
            assert all(found[one.id] >= found[whole] for whole in one.links["part_of"])


def test_a_block_says_where_the_class_comes_from() -> None:
    facts = (
        item("software-item", "ITEM_1", uses="SOUP_1"),
        item("software-item", "ITEM_2", uses="SOUP_1", part_of="ITEM_1"),
        item("software-item", "ITEM_3", safety_class="A", **APART),
        item("soup", "SOUP_1"),
        item("soup", "SOUP_2"),
        item("requirement", "REQ_1"),
    )
    made = trace(*facts)
    assert {one.id: plain(safety_class_cell(made, one)) for one in facts} == {
        "ITEM_1": "C, from the software system",
        "ITEM_2": "C, from ITEM_1",
        "ITEM_3": "A, as stated",
        "SOUP_1": "C, from ITEM_1 and 1 more",
        "SOUP_2": "C, from the software system",
        "REQ_1": "",
    }
