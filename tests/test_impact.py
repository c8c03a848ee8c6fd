"""What touches a SOUP, everything that leads to it, once, and how; and the risks behind an anomaly."""

from __future__ import annotations

from sphinxcontrib_soup.impact import risks_behind, touched
from sphinxcontrib_soup.model import Item
from tests.rules.traces import item, trace

SOUP = item("soup", "SOUP_1")
FACTS = (
    SOUP,
    item("software-item", "ITEM_1", wraps="SOUP_1"),
    item("requirement", "REQ_10", allocated_to="ITEM_1"),
    item("requirement", "REQ_9"),
    item("soup-requirement", "SREQ_1", specifies="SOUP_1", derives_from="REQ_9 REQ_404"),
    item("cause", "CAUSE_1", arises_from="SOUP_1", contributes_to="RISK_1"),
    item("risk", "RISK_1", arises_from="HAZ_1"),
    item("hazard", "HAZ_1"),
    item("mitigation", "RCM_1", controls="CAUSE_1 RISK_1"),
    item("mitigation", "RCM_2", controls="RISK_1"),
    item("mitigation", "RCM_3", implemented_by="SREQ_1"),
    item("test", "TC_1", verifies="SREQ_1 REQ_9"),
    item("verification", "VER_1", verifies_effectiveness="RCM_2"),
    item("anomaly-evaluation", "EVAL_1", evaluates="SOUP_1"),
    item("change-request", "CR_1", affects="SOUP_1"),
    item("decision", "DEC_1", justifies="SOUP_1"),
    item("soup", "SOUP_2", replaces="SOUP_1"),
    item("soup-requirement", "SREQ_2", specifies="SOUP_2"),
    item("requirement", "REQ_1"),
)


def said(*facts: Item) -> list[tuple[str, str, str]]:
    return [(one.item.id, one.relation, one.through.id) for one in touched(trace(*facts), facts[0])]


def test_everything_that_touches_it_is_found_once_by_the_shortest_way() -> None:
    assert said(*FACTS) == [
        ("ITEM_1", "wraps", "SOUP_1"),
        ("SREQ_1", "specifies", "SOUP_1"),
        ("CAUSE_1", "arises from", "SOUP_1"),
        ("EVAL_1", "evaluates", "SOUP_1"),
        ("CR_1", "affects", "SOUP_1"),
        ("DEC_1", "justifies", "SOUP_1"),
        ("SOUP_2", "replaces", "SOUP_1"),
        ("REQ_10", "allocated to", "ITEM_1"),
        ("REQ_9", "is refined by", "SREQ_1"),
        ("RCM_3", "implemented by", "SREQ_1"),
        ("TC_1", "verifies", "SREQ_1"),
        ("RISK_1", "caused by", "CAUSE_1"),
        ("RCM_1", "controls", "CAUSE_1"),
        ("RCM_2", "controls", "RISK_1"),
        ("VER_1", "verifies the effectiveness of", "RCM_2"),
    ]


def test_the_order_of_the_facts_makes_no_difference() -> None:
    assert said(SOUP, *reversed(FACTS[1:])) == said(*FACTS)


def test_nothing_touches_a_soup_that_stands_alone() -> None:
    assert said(SOUP, item("soup", "SOUP_2"), item("soup-requirement", "SREQ_2", specifies="SOUP_2")) == []


def test_links_in_a_circle_come_to_an_end() -> None:
    circle = (item("soup", "SOUP_1", replaces="SOUP_2"), item("soup", "SOUP_2", replaces="SOUP_1"))
    assert [id_ for id_, _, _ in said(*circle)] == ["SOUP_2"]


def behind(*facts: Item) -> list[tuple[str, str]]:
    made = trace(*facts)
    return [(one.item.id, one.through.id) for one in risks_behind(made, made.items["ANO_1"])]


HARMS = (
    item("software-item", "ITEM_1"),
    item("cause", "CAUSE_1", arises_from="ITEM_1", contributes_to="RISK_10"),
    item("requirement", "REQ_1", allocated_to="ITEM_1", derives_from="SYS_1"),
    item("system-requirement", "SYS_1"),
    item("mitigation", "RCM_1", implemented_by="SYS_1", controls="RISK_2"),
    item("requirement", "REQ_2"),
    item("mitigation", "RCM_2", implemented_by="REQ_2", controls="CAUSE_2"),
    item("cause", "CAUSE_2", contributes_to="RISK_3"),
    item("soup", "SOUP_1"),
    item("soup-requirement", "SREQ_1", specifies="SOUP_1"),
    item("mitigation", "RCM_3", implemented_by="SREQ_1", controls="RISK_4"),
    item("cause", "CAUSE_3", arises_from="SOUP_1", contributes_to="RISK_3"),
    *(item("risk", f"RISK_{number}") for number in (2, 3, 4, 10)),
)


def test_behind_an_anomaly_of_an_item_are_its_causes_and_the_measures_that_it_carries() -> None:
    anomaly = item("anomaly", "ANO_1", affects="ITEM_1")
    assert behind(anomaly, *HARMS) == [("RISK_2", "RCM_1"), ("RISK_10", "CAUSE_1")]


def test_behind_one_of_a_requirement_are_the_measures_that_it_implements() -> None:
    assert behind(item("anomaly", "ANO_1", affects="REQ_2"), *HARMS) == [("RISK_3", "CAUSE_2")]


def test_behind_one_of_a_soup_are_its_causes_and_what_is_asked_of_it() -> None:
    anomaly = item("anomaly", "ANO_1", affects="SOUP_1")
    assert behind(anomaly, *HARMS) == [("RISK_3", "CAUSE_3"), ("RISK_4", "RCM_3")]


def test_nothing_is_behind_one_that_affects_nothing_or_what_is_not_there() -> None:
    assert behind(item("anomaly", "ANO_1", affects="ITEM_404"), *HARMS) == []
    assert behind(item("anomaly", "ANO_1"), *HARMS) == []
