"""Levels, phases, rules that are off, that do not bind, and that break; counts; the order of findings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from sphinxcontrib_soup.kinds import KINDS, LINKS
from sphinxcontrib_soup.model import (
    Basis,
    Component,
    Item,
    Location,
    Outcome,
    Phase,
    RuleSetting,
    SafetyClass,
    Severity,
    TestResult,
    Trace,
)
from sphinxcontrib_soup.pipeline.judge import judge, severity_of
from sphinxcontrib_soup.pipeline.link import link
from sphinxcontrib_soup.plugin import Found, Rule, discover
from tests.rules.traces import item, judged, package, result, rule_named, settings, trace

HERE = Location("a.rst", 3)


def made(*found: Found | None, name: str = "rule-made", clause: str = "", error: Exception | None = None) -> Rule:
    def judge_(_: Trace) -> Iterator[Found | None]:
        yield from found
        if error:
            raise error

    return Rule(
        name=name,
        module="tests",
        doc="",
        clause=clause,
        basis=Basis.PRACTICE,
        level=Severity.INFO,
        at_release=Severity.ERROR,
        judge=judge_,
    )


def test_counts() -> None:
    wrong = [Found(subject="A", message=text, location=HERE) for text in ("one", "two")]
    judgement = judge(trace(), [made(None, *wrong, None)])
    count = judgement.counts["rule-made"]
    assert (count.examined, count.found, count.off) == (3, 2, "")


def test_a_finding_said_twice_is_one() -> None:
    same = Found(subject="A", message="one", location=HERE)
    judgement = judge(trace(), [made(same, same)])
    assert len(judgement.findings) == judgement.counts["rule-made"].found == 1


@pytest.mark.parametrize(
    ("phase", "setting", "expected"),
    [
        (Phase.DEVELOPMENT, None, Severity.INFO),
        (Phase.RELEASE, None, Severity.ERROR),
        (Phase.DEVELOPMENT, RuleSetting(level=Severity.WARNING), Severity.WARNING),
        (Phase.RELEASE, RuleSetting(level=Severity.INFO), Severity.INFO),
        (Phase.RELEASE, RuleSetting(level=None), None),
    ],
)
def test_levels(phase: Phase, setting: RuleSetting | None, expected: Severity | None) -> None:
    rule = made(Found(subject="A", message="one", location=HERE))
    stated = settings(phase=phase, rules={"rule-made": setting} if setting else {})
    assert severity_of(rule, stated) is expected
    assert [one.severity for one in judge(trace(stated=stated), [rule]).findings] == ([expected] if expected else [])


def test_a_rule_that_is_off_says_why_and_who() -> None:
    rule = made(Found(subject="A", message="one", location=HERE))
    off = RuleSetting(level=None, reason="judged elsewhere", by="R. Okafor")
    judgement = judge(trace(stated=settings(rules={"rule-made": off})), [rule])
    assert judgement.findings == ()
    assert judgement.counts["rule-made"].off == "switched off by R. Okafor: judged elsewhere"
    assert judgement.counts["rule-failed"].examined == 0
    bare = judge(trace(stated=settings(rules={"rule-made": RuleSetting(level=None)})), [rule])
    assert bare.counts["rule-made"].off == "switched off by nobody named: no reason stated"


def test_a_rule_whose_clause_does_not_bind_the_class_is_off_unless_the_project_sets_it() -> None:
    rule = made(Found(subject="A", message="one", location=HERE), clause="IEC62304 5.6.4")

    def count(safety_class: SafetyClass | None, setting: RuleSetting | None = None) -> tuple[int, str]:
        stated = settings(safety_class=safety_class, rules={"rule-made": setting} if setting else {})
        found = judge(trace(stated=stated), [rule]).counts["rule-made"]
        return found.found, found.off

    assert count(SafetyClass.A) == (0, "IEC 62304:2006+A1:2015, 5.6.4 does not bind software of class A")
    assert count(SafetyClass.A, RuleSetting(level=Severity.WARNING)) == (1, "")
    assert count(SafetyClass.B) == (1, "")
    assert count(None) == (1, "")


def test_a_rule_that_breaks_is_a_finding_and_the_others_are_still_applied() -> None:
    found = Found(subject="A", message="one", location=HERE)
    broken = made(found, name="rule-broken", error=KeyError("no\nsuch \x1b[31mkey"))
    judgement = judge(trace(), [broken, made(found)])
    assert [one.rule for one in judgement.findings] == ["rule-broken", "rule-made", "rule-failed"]
    failed = judgement.findings[-1]
    assert (failed.severity, failed.subject, failed.location) == (Severity.ERROR, "rule-broken", Location("conf.py"))
    assert "rule-broken" in failed.message
    assert "KeyError" in failed.message
    assert failed.message.isprintable()
    assert judgement.counts["rule-failed"].examined == 2
    assert judgement.counts["rule-failed"].found == 1


def test_a_rule_that_yields_something_else_breaks() -> None:
    judgement = judge(trace(), [made("not a finding")])  # type: ignore[arg-type]
    assert [one.rule for one in judgement.findings] == ["rule-failed"]


def test_the_watch_over_rules_that_are_off_stays_on() -> None:
    name = "rule-off-without-reason"
    off = RuleSetting(level=None, reason="it nags", by="R. Okafor")
    judgement = judged(name, trace(stated=settings(rules={name: off})))
    assert [(one.subject, one.severity) for one in judgement.findings] == [(name, Severity.ERROR)]
    assert "cannot be switched off" in judgement.findings[0].message


def test_findings_are_sorted_by_place_rule_and_subject() -> None:
    places = [Location("b.rst", 1), Location("a.rst", 10), Location("a.rst", 2), Location("a.rst")]
    rules = [
        made(*(Found(subject=subject, message="m", location=place) for place in places for subject in "BA"), name=name)
        for name in ("rule-z", "rule-a")
    ]
    found = judge(trace(), rules).findings
    seen = [(one.location.path, one.location.line or 0, one.rule, one.subject) for one in found]
    assert seen == sorted(seen)
    assert len(seen) == 16


_IDS = st.sampled_from([f"{kind.prefix}{number}" for kind in KINDS for number in (1, 2)])
_KIND_OF = {f"{kind.prefix}{number}": kind.name for kind in KINDS for number in (1, 2)}
_VERSIONS = st.sampled_from(["1.0", "2.0", "^1", "TBD", ""])


@st.composite
def _items(draw: st.DrawFn) -> list[Item]:
    found: list[Item] = []
    for number, id_ in enumerate(draw(st.lists(_IDS, unique=True, max_size=12))):
        links = draw(st.dictionaries(st.sampled_from([one.name for one in LINKS]), st.lists(_IDS, max_size=3)))
        fields = {"designator": draw(_VERSIONS), "purl": draw(st.sampled_from(["", "pkg:pypi/p", "pkg:pypi/q", "p"]))}
        made_item = item(_KIND_OF[id_], id_, number + 1, **fields)
        found.append(replace(made_item, links={name: tuple(targets) for name, targets in links.items()}))
    return found


_RESULTS = st.lists(
    st.builds(
        result,
        st.sampled_from(["t1", "t2", "t3"]),
        st.sampled_from(list(Outcome)),
        _IDS | st.just("REQ_77"),
        line=st.integers(1, 9),
    ),
    max_size=6,
)
_PACKAGES = st.lists(
    st.builds(
        package,
        st.sampled_from(["p", "q", "r"]),
        st.sampled_from(["1.0", "2.0", None]),
        line=st.none() | st.integers(1, 5),
        direct=st.sampled_from([True, False, None]),
    ),
    max_size=6,
)


@tried(max_examples=150, deadline=None)
@given(_items(), _RESULTS, _PACKAGES, st.randoms(use_true_random=False), st.sampled_from(list(Phase)))
def test_judgement_does_not_depend_on_any_order(
    items: list[Item], results: list[TestResult], packages: list[Component], shuffler: random.Random, phase: Phase
) -> None:
    stated = settings(phase=phase)
    rules = list(discover().rules)
    evidence = [*results, *packages]
    first_trace = link(items, evidence, stated)
    first = judge(first_trace, rules)
    for order in (items, evidence, rules):
        shuffler.shuffle(order)
    assert judge(link(items, evidence, stated), rules) == first
    mixed = list(first_trace.items.items())
    shuffler.shuffle(mixed)
    assert judge(replace(first_trace, items=dict(mixed)), rules) == first
    assert not [one for one in first.findings if one.rule == "rule-failed"]
    assert all(one.message.isprintable() for one in first.findings)
    for name, count in first.counts.items():
        assert count.found == sum(one.rule == name for one in first.findings)
        assert count.examined >= len({one.subject for one in first.findings if one.rule == name})


def test_every_finding_carries_clause_and_basis_of_its_rule() -> None:
    rule = rule_named("soup-version-inexact")
    (found,) = judged(rule.name, trace(item("soup", "SOUP_1", designator="latest"))).findings
    assert (found.clause, found.basis, found.severity) == ("IEC62304 8.1.2", Basis.NORMATIVE, Severity.ERROR)
