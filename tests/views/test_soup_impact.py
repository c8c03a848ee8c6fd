"""What touches a SOUP: which SOUPs are shown, and each item once with what is to be done."""

from __future__ import annotations

from sphinxcontrib_soup.model import Item, Outcome, Table
from tests.rules.traces import HOSTILE, item, package, result
from tests.views.shown import dossier, show, texts


def impact(*facts: object, **options: str) -> Table:
    return show("soup-impact", dossier(*facts), **options)  # type: ignore[arg-type]


def shown(*facts: object, **options: str) -> list[str]:
    """The SOUP of each row, and why it is shown."""
    return [row[1] for row in texts(impact(*facts, **options), "soup")]


def soup(id: str = "SOUP_1", **options: str) -> Item:
    return item("soup", id, title=options.pop("title", "zlib"), **options)


def test_an_obsolete_soup_shows_all_that_it_touches() -> None:
    table = impact(
        soup(status="obsolete"),
        item("software-item", "ITEM_1", title="Store", wraps="SOUP_1"),
        item("requirement", "REQ_10", title="Pack", allocated_to="ITEM_1"),
        item("requirement", "REQ_9", title="Unpack", allocated_to="ITEM_1"),
        item("soup-requirement", "SREQ_1", title="Round trip", specifies="SOUP_1"),
        item("cause", "CAUSE_1", title="Wrong bytes", arises_from="SOUP_1", contributes_to="RISK_1"),
        item("risk", "RISK_1", title="Wrong dose"),
        item("mitigation", "RCM_1", title="Checksum", controls="CAUSE_1"),
        item("test", "TC_1", title="Damage", verifies_effectiveness="RCM_1"),
        item("anomaly-evaluation", "EVAL_1", title="CVE", evaluates="SOUP_1"),
        item("change-request", "CR_1", title="Replace it", affects="SOUP_1"),
        result("a", Outcome.PASSED, "SREQ_1"),
        result("b", Outcome.PASSED, "TC_1"),
        result("c", Outcome.FAILED, "REQ_9"),
    )
    assert texts(table) == [
        ["", "SOUP_1 zlib; obsolete", *row]
        for row in (
            ["Requirement", "REQ_9 Unpack", "allocated to ITEM_1", "1 failed", "failed", "verify again"],
            ["Requirement", "REQ_10 Pack", "allocated to ITEM_1", "", "untested", "verify again"],
            ["Software item", "ITEM_1 Store", "wraps SOUP_1", "", "", "see whether its code and interface still fit"],
            ["Risk", "RISK_1 Wrong dose", "caused by CAUSE_1", "", "", "estimate again"],
            ["Cause", "CAUSE_1 Wrong bytes", "arises from SOUP_1", "", "", "analyse again"],
            ["Mitigation", "RCM_1 Checksum", "controls CAUSE_1", "1 passed", "untested", "verify again that it works"],
            ["SOUP requirement", "SREQ_1 Round trip", "specifies SOUP_1", "1 passed", "passed", "verify again"],
            ["Anomaly evaluation", "EVAL_1 CVE", "evaluates SOUP_1", "", "", "confirm, or evaluate anew"],
            ["Test", "TC_1 Damage", "verifies the effectiveness of RCM_1", "1 passed", "passed", "run again"],
            ["Change request", "CR_1 Replace it", "affects SOUP_1", "", "", "look at again"],
        )
    ]


def test_without_an_option_those_that_must_go_or_have_moved_are_shown() -> None:
    user = item("software-item", "ITEM_1", uses="SOUP_1 SOUP_2 SOUP_3 SOUP_4 SOUP_10")
    soups = (
        soup("SOUP_10", status="retired"),
        soup("SOUP_2"),
        soup("SOUP_20", replaces="SOUP_2"),
        soup("SOUP_3", purl="pkg:pypi/a", designator="1.0"),
        soup("SOUP_4", status="approved", purl="pkg:pypi/b", designator="1.0"),
    )
    used = (package("a", "2.0"), package("b", "1.0"))
    assert list(dict.fromkeys(shown(*soups, user, *used))) == [
        "SOUP_2 zlib; replaced by SOUP_20",
        "SOUP_3 zlib; version moved",
        "SOUP_10 zlib; retired",
    ]


def test_any_soup_can_be_looked_at_beforehand() -> None:
    facts = (soup(), soup("SOUP_2"), item("soup-requirement", "SREQ_1", specifies="SOUP_2"))
    table = impact(*facts, soup="SOUP_2, SOUP_1")
    assert texts(table, "soup", "item", "relation") == [
        ["", "SOUP_2 zlib", "SREQ_1 SREQ_1", "specifies SOUP_2"],
        ["", "SOUP_1 zlib", "", "nothing touches it"],
    ]
    assert table.title == "What touches SOUP_2 and SOUP_1"


def test_an_id_that_no_soup_has_is_a_gap() -> None:
    table = impact(soup("SOUP_ZLIB"), item("requirement", "REQ_1"), soup="SOUP_ZLIP REQ_1")
    assert texts(table, "soup") == [
        ["!", "SOUP_ZLIP; no SOUP has this ID; (did you mean SOUP_ZLIB?)"],
        ["!", "REQ_1; no SOUP has this ID"],
    ]


def test_nothing_to_show_says_so() -> None:
    made = impact(soup())
    assert made.rows == ()
    assert made.empty == "No SOUP is retired, replaced or in use in another version than the declared one."


def test_hostile_text_is_kept_as_it_is() -> None:
    hostile = item("soup-requirement", "SREQ_1", title=HOSTILE, specifies="SOUP_1")
    assert texts(impact(soup(), hostile, soup="SOUP_1"), "item") == [["", f"SREQ_1 {HOSTILE}"]]
