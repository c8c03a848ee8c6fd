"""The findings table: the heaviest first, each with its place and clause, and what the rules counted."""

from __future__ import annotations

from sphinxcontrib_soup.model import (
    Badge,
    Basis,
    Count,
    Dossier,
    Finding,
    Judgement,
    Location,
    Severity,
    Table,
    Tone,
)
from sphinxcontrib_soup.pipeline.judge import judge
from sphinxcontrib_soup.plugin import discover
from tests.rules.traces import HOSTILE, item, trace
from tests.views.shown import show, texts


def finding(severity: Severity, subject: str = "REQ_1", message: str = "is wrong", clause: str = "") -> Finding:
    return Finding(
        rule="some-rule",
        severity=severity,
        message=message,
        subject=subject,
        clause=clause,
        basis=Basis.PRACTICE,
        location=Location("index.rst", 3),
    )


def table(*findings: Finding, **counts: Count) -> Table:
    named = {name.replace("_", "-"): count for name, count in counts.items()}
    return show("findings-table", Dossier(trace=trace(), judgement=Judgement(findings=findings, counts=named)))


def test_the_heaviest_comes_first_and_the_rest_keeps_its_order() -> None:
    shown = table(
        finding(Severity.INFO, "B"),
        finding(Severity.ERROR, "D"),
        finding(Severity.WARNING, "C"),
        finding(Severity.ERROR, "A"),
    )
    assert texts(shown, "severity", "subject") == [
        ["!", "error", "D"],
        ["!", "error", "A"],
        ["", "warning", "C"],
        ["", "info", "B"],
    ]
    assert [row.cells[0][0][0] for row in shown.rows] == [
        Badge("error", Tone.BAD),
        Badge("error", Tone.BAD),
        Badge("warning", Tone.OPEN),
        Badge("info", Tone.QUIET),
    ]


def test_a_row_says_what_where_and_on_what_it_stands() -> None:
    shown = table(finding(Severity.ERROR, clause="IEC62304 8.1.2"), finding(Severity.ERROR, "", clause="HOUSE 7"))
    assert texts(shown) == [
        ["!", "error", "some-rule", "REQ_1", "is wrong", "index.rst:3", "IEC 62304:2006+A1:2015, 8.1.2", "practice"],
        ["!", "error", "some-rule", "", "is wrong", "index.rst:3", "HOUSE 7", "practice"],
    ]


def test_what_was_counted_stands_below() -> None:
    shown = table(
        finding(Severity.WARNING),
        some_rule=Count(12, 1),
        idle_rule=Count(0, 0),
        silent_rule=Count(0, 0, "switched off by Ada: not used"),
    )
    assert shown.notes == (
        "2 rules examined 12 subjects. Findings: error 0, warning 1, info 0.",
        "These found no subject to examine: idle-rule.",
        "Not applied: silent-rule (switched off by Ada: not used).",
    )


def test_no_finding_is_told_from_nothing_examined() -> None:
    shown = table(some_rule=Count(1, 0))
    assert shown.empty == "The rules found nothing."
    assert shown.notes == ("1 rule examined 1 subject. Findings: error 0, warning 0, info 0.",)


def test_it_shows_what_the_rules_say() -> None:
    made = trace(item("requirement", "REQ_1", derives_from="SYS_404"))
    judgement = judge(made, discover().rules)
    shown = show("findings-table", Dossier(trace=made, judgement=judgement))
    assert len(shown.rows) == len(judgement.findings) > 1
    assert {"link-dangling", "requirement-untested"} <= {rule for _, rule in texts(shown, "rule")}


def test_hostile_text_is_kept_as_it_is() -> None:
    shown = table(finding(Severity.INFO, HOSTILE, HOSTILE))
    assert texts(shown, "subject", "message") == [["", HOSTILE, HOSTILE]]
