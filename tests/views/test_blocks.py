"""The block of an item: fields in the order of its kind, what is computed, links from both ends."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.kinds import KINDS
from sphinxcontrib_soup.model import Badge, Block, Cell, Item, Outcome, Ref, Tone, plain
from tests.rules.traces import HOSTILE, item, package, result, trace


def shown(*facts: object) -> Block:
    """The block of the first item among the facts."""
    first = facts[0]
    assert isinstance(first, Item)
    return block(trace(*facts), first)  # type: ignore[arg-type]


def pairs(facts: tuple[tuple[str, Cell], ...]) -> list[tuple[str, str]]:
    return [(label, plain(value)) for label, value in facts]


def test_a_requirement_shows_its_fields_links_and_verdict() -> None:
    made = shown(
        item(
            "requirement",
            "REQ_1",
            title="Compute",
            rationale="why",
            category="input_output",
            status="approved",
            derives_from="SYS_1 SYS_404",
            allocated_to="ITEM_1",
        ),
        item("system-requirement", "SYS_1"),
        item("requirement", "REQ_10", derives_from="REQ_1"),
        item("requirement", "REQ_9", derives_from="REQ_1"),
        item("test", "TC_1", verifies="REQ_1"),
        result("a", Outcome.PASSED, "REQ_1"),
        result("b", Outcome.PASSED, "TC_1"),
        result("c", Outcome.FAILED, "REQ_1"),
    )
    assert (made.anchor, made.kind, made.kind_title, made.title) == ("REQ_1", "requirement", "Requirement", "Compute")
    assert made.verdict == Badge("failed", Tone.BAD)
    assert pairs(made.fields) == [("Status", "approved"), ("Category", "input output"), ("Rationale", "why")]
    assert pairs(made.outgoing) == [("derives from", "SYS_1, SYS_404"), ("allocated to", "ITEM_1")]
    assert made.outgoing[0][1] == ((Ref("SYS_1"), Ref("SYS_404")),)
    assert pairs(made.incoming) == [
        ("is refined by", "REQ_9, REQ_10"),
        ("verified by", "TC_1"),
        ("executions", "1 failed 2 passed"),
    ]


def test_executions_are_counted_not_listed() -> None:
    passing = [result(f"t{number}", Outcome.PASSED, "REQ_1") for number in range(300)]
    made = shown(item("requirement", "REQ_1"), *passing)
    assert made.incoming == (("executions", ((Badge("300 passed", Tone.GOOD),),)),)


def test_a_history_is_written_out() -> None:
    written = "3 | 2026-02-11 | I. Falk | Alarm | bell\n2 | | | First\nno history at all"
    (history,) = (value for label, value in shown(item("document", "DOC_1", history=written)).fields)
    assert plain(history).split("; ") == ["3, 2026-02-11, I. Falk", "Alarm | bell", "2", "First no history at all"]


def test_a_kind_without_a_verdict_has_none() -> None:
    assert shown(item("hazard", "HAZ_1")).verdict is None


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_has_a_block(kind: str) -> None:
    one = next(one for one in KINDS if one.name == kind)
    options = {field.name: "x" for field in one.fields}
    made = shown(item(kind, "X_1", **options))
    assert [label for label, value in pairs(made.fields) if value == "x"] == [field.title for field in one.fields]
    assert (made.kind_title, made.colour) == (one.title, one.colour)
    assert (made.verdict is not None) is one.verifiable


def test_lists_and_flags_are_words() -> None:
    listed = Item(
        id="SOUP_1",
        kind="soup",
        title="S",
        location=item("soup", "X").location,
        fields={"used_features": ("inflate", "crc32"), "tags": ("net",)},
    )
    flagged = Item(
        id="RISK_1", kind="risk", title="R", location=listed.location, fields={"disclose_in_ifu": True, "p1": ""}
    )
    assert pairs(shown(listed).fields) == [
        ("Tags", "net"),
        ("In use", "no manifest covers it"),
        ("Safety class", "C, from the software system"),
        ("Used features", "inflate, crc32"),
    ]
    assert pairs(shown(flagged).fields) == [("Initial risk", "undetermined"), ("Disclose in IFU", "yes")]


def test_a_risk_shows_what_the_criteria_say() -> None:
    risk = item("risk", "RISK_1", severity="serious", probability="often", residual_severity="minor")
    made = shown(risk, item("mitigation", "RCM_1", controls="RISK_1"))
    assert pairs(made.fields) == [
        ("Severity", "serious"),
        ("Probability", "often"),
        ("Initial risk", "unacceptable"),
        ("Residual severity", "minor"),
        ("Residual risk", "undetermined"),
    ]
    assert pairs(made.incoming) == [("controlled by", "RCM_1")]


def test_a_soup_shows_the_version_in_use_beside_the_declared_one() -> None:
    soup = item("soup", "SOUP_1", purl="pkg:pypi/requests", designator="2.31.0", manufacturer="PSF")
    assert pairs(shown(soup, package("requests", "2.32.3", line=4)).fields) == [
        ("Package URL", "pkg:pypi/requests"),
        ("Version", "2.31.0"),
        ("In use", "2.32.3 not declared requirements.txt:4"),
        ("Manufacturer", "PSF"),
        ("Safety class", "C, from the software system"),
    ]


def test_a_mitigation_shows_both_verifications() -> None:
    made = shown(
        item("mitigation", "RCM_1", implemented_by="REQ_1"),
        item("requirement", "REQ_1"),
        item("test", "TC_1", verifies_effectiveness="RCM_1"),
        result("a", Outcome.PASSED, "REQ_1"),
        result("b", Outcome.SKIPPED, "TC_1"),
    )
    assert made.verdict == Badge("passed", Tone.GOOD)
    assert pairs(made.incoming) == [
        ("effectiveness verified by", "TC_1"),
        ("executions for effectiveness", "1 skipped"),
    ]


def test_a_link_named_twice_shows_once_and_a_long_text_keeps_its_lines() -> None:
    made = shown(item("requirement", "REQ_1", derives_from="SYS_1 SYS_1", rationale="one\n\ntwo"))
    assert made.outgoing == (("derives from", ((Ref("SYS_1"),),)),)
    assert pairs(made.fields) == [("Rationale", "one; two")]


def test_hostile_text_is_kept_as_it_is() -> None:
    made = shown(item("requirement", "REQ_1", title=HOSTILE, source=HOSTILE))
    assert made.title == HOSTILE
    assert pairs(made.fields) == [("Source", "; ".join(HOSTILE.splitlines()))]
