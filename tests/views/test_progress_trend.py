"""The progress from build to build: what files keep, and this build as the last."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from sphinxcontrib_soup.model import (
    Basis,
    Dossier,
    EarlierBuild,
    Evidence,
    Finding,
    Item,
    Judgement,
    Location,
    Outcome,
    Progress,
    Provenance,
    Severity,
    Verdict,
)
from tests.rules.traces import item, result
from tests.views.shown import dossier, show, texts

NOW = Provenance(project="Pump", release="1.2", tool="soup 2", date="2026-05-01", commit="c" * 40, dirty=True)
FACTS = (
    item("requirement", "REQ_1"),
    item("requirement", "REQ_2"),
    item("mitigation", "RCM_1", implemented_by="REQ_1"),
    item("soup", "SOUP_1"),
    result("one", Outcome.PASSED, "REQ_1"),
    result("two", Outcome.FAILED, "REQ_2"),
)


def counts(passed: int, failed: int = 0, untested: int = 0) -> dict[Verdict, int]:
    return {Verdict.PASSED: passed, Verdict.FAILED: failed, Verdict.UNTESTED: untested}


def earlier(date: str, release: str, path: str = "", errors: int = 0, **items: dict[Verdict, int]) -> EarlierBuild:
    found = Progress(
        provenance=Provenance(project="Pump", release=release, tool="soup 1", date=date, commit="a" * 40, dirty=False),
        items={kind.replace("_", "-"): count for kind, count in items.items()},
        effectiveness=counts(0, untested=2),
        findings={Severity.INFO: 0, Severity.WARNING: 2, Severity.ERROR: errors},
    )
    return EarlierBuild(progress=found, location=Location(path or f"history/{release}.json", 3))


def of(*facts: Item | Evidence) -> Dossier:
    return replace(dossier(*facts), provenance=NOW)


def test_earlier_builds_stand_by_date_and_this_one_is_the_last() -> None:
    later = earlier("2026-03-01", "1.1", errors=1, requirement=counts(3, 1), user_need=counts(1))
    first = earlier("2025-11-03", "1.0", requirement=counts(2, untested=2))
    assert texts(show("progress-trend", of(*FACTS, later, first))) == [
        [
            "",
            "2025-11-03",
            "1.0; aaaaaaaaaaaa",
            "4",
            "2",
            "0",
            "2",
            "50 %",
            "2 warnings",
            "soup 1",
            "history/1.0.json:3",
        ],
        [
            "",
            "2026-03-01",
            "1.1; aaaaaaaaaaaa",
            "5",
            "4",
            "1",
            "0",
            "80 %",
            "1 error, 2 warnings",
            "soup 1",
            "history/1.1.json:3",
        ],
        ["!", "2026-05-01", "1.2; cccccccccccc changed", "4", "2", "1", "1", "50 %", "none", "soup 2", "this build"],
    ]


def test_builds_of_one_day_stand_by_file_and_all_are_shown() -> None:
    same = [earlier("2026-03-01", "1.1", path, requirement=counts(1)) for path in ("b.json", "a.json", "c.json")]
    shown = texts(show("progress-trend", of(*same)), "file")
    assert shown == [["", "a.json:3"], ["", "b.json:3"], ["", "c.json:3"], ["", "this build"]]


def test_open_findings_of_this_build_are_counted() -> None:
    found = Finding(
        rule="a",
        severity=Severity.ERROR,
        message="m",
        subject="s",
        clause="",
        basis=Basis.PRACTICE,
        location=Location("x"),
    )
    judged = replace(of(*FACTS), judgement=Judgement(findings=(found,), counts={}))
    assert texts(show("progress-trend", judged), "findings") == [["!", "1 error"]]


def test_the_kinds_that_are_counted_can_be_chosen() -> None:
    kept = earlier("2026-03-01", "1.1", requirement=counts(3, 1), mitigation=counts(2), user_need=counts(1))
    columns = ("total", "passed", "failed", "untested", "share")
    asked = {"requirement": ["4", "3", "1", "0", "75 %"], "mitigation, user-need": ["3", "3", "0", "0", "100 %"]}
    asked |= {"effectiveness": ["2", "0", "0", "2", "0 %"], "soup": ["0", "0", "0", "0", ""]}
    for kinds, expected in asked.items():
        assert texts(show("progress-trend", of(*FACTS, kept), kinds=kinds), *columns)[0] == ["", *expected]
    assert texts(show("progress-trend", of(*FACTS), kinds="mitigation"), *columns) == [
        ["", "1", "1", "0", "0", "100 %"]
    ]


def test_a_kind_that_has_no_verdict_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match=r"'requirment' is none \(did you mean requirement\?\); there are .*user-need"):
        show("progress-trend", of(*FACTS), kinds="requirment")
    with pytest.raises(ValueError, match="'hazard' is none"):
        show("progress-trend", of(*FACTS), kinds="hazard")


def test_this_build_alone_is_no_figure_but_a_row_and_how_a_history_comes_about() -> None:
    shown = show("progress-trend", of(*FACTS))
    assert texts(shown, "date") == [["!", "2026-05-01"]]
    assert shown.figure is None
    assert "sphinx-soup export SOURCEDIR progress" in shown.notes[0]
    assert show("progress-trend", of(*FACTS, earlier("2026-03-01", "1.1"))).notes == ()


def test_the_figure_says_what_the_table_says() -> None:
    figure = show("progress-trend", of(*FACTS, earlier("2026-03-01", "1.1", requirement=counts(3, 1)))).figure
    assert figure is not None
    said = [element.text for element in ElementTree.fromstring(figure.svg).iter()]
    assert {"2026-03-01", "1.1", "3 passed", "1 failed", "2026-05-01", "1.2", "2 passed", "1 untested"} <= set(said)
    assert figure.text == (
        "Items that passed, failed or were untested at 2 builds, "
        "from 3 of 4 passed on 2026-03-01 to 2 of 4 passed on 2026-05-01"
    )


def test_of_a_long_history_the_last_builds_are_drawn_and_all_are_listed() -> None:
    builds = [earlier(f"20{year}-01-01", f"{year}.0", requirement=counts(year)) for year in range(10, 60)]
    shown = show("progress-trend", of(*FACTS, *builds))
    assert len(shown.rows) == 51
    assert shown.figure is not None
    assert "at the last 24 of 51 builds, from 37 of 37 passed on 2037-01-01" in shown.figure.text
    assert ">2036-01-01<" not in shown.figure.svg


def test_a_build_without_a_date_or_items_is_shown() -> None:
    undated = replace(dossier(), provenance=Provenance(project="", release="", tool=""))
    assert texts(show("progress-trend", undated)) == [["", "", "", "0", "0", "0", "0", "", "none", "", "this build"]]
    with_history = replace(dossier(earlier("2026-03-01", "1.1")), provenance=undated.provenance)
    figure = show("progress-trend", with_history).figure
    assert figure is not None
    assert "0 of 0 passed on a day unknown" in figure.text
