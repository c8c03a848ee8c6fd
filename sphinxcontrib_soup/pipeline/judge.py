"""Judge: rules turn the trace into findings, each as heavy as the phase and the project's settings say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sphinxcontrib_soup.clauses import find, label
from sphinxcontrib_soup.model import (
    Basis,
    Count,
    Finding,
    Judgement,
    Phase,
    Settings,
    Severity,
    Trace,
)
from sphinxcontrib_soup.plugin import Found, Rule
from sphinxcontrib_soup.wording import shown

RULE_FAILED = "rule-failed"
"""The name of the findings about a rule that broke: a fault of the rule, never silent and never the end of a build."""

ALWAYS_ON = "rule-off-without-reason"
"""The rule that watches over rules that are off. Switching it off has no effect: nobody opens the gate unseen."""


@dataclass
class _Tally:
    """What one rule said so far."""

    findings: set[Finding] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    sound: int = 0
    failure: str = ""


def judge(trace: Trace, rules: Iterable[Rule]) -> Judgement:
    """Apply the rules to the trace: the same facts and rules in any order give an equal judgement.

    A rule that is off, or whose clause does not bind the safety class of the software, is not applied and says so in
    its count. A rule that raises keeps what it found until then and is reported as :data:`RULE_FAILED`.
    """
    counts: dict[str, Count] = {}
    findings: set[Finding] = set()
    failures: set[Finding] = set()
    for rule in sorted(rules, key=lambda one: one.name):
        severity = severity_of(rule, trace.settings)
        if severity is None or not _binds(rule, trace.settings):
            counts[rule.name] = Count(0, 0, _why_off(rule, trace.settings))
            continue
        tally = _apply(rule, severity, trace)
        counts[rule.name] = Count(tally.sound + len(tally.subjects), len(tally.findings))
        findings |= tally.findings
        failures |= {_failed(rule, tally.failure, trace.settings)} if tally.failure else set()
    counts[RULE_FAILED] = Count(sum(not count.off for count in counts.values()), len(failures))
    return Judgement(findings=tuple(sorted(findings | failures, key=_order)), counts=counts)


def severity_of(rule: Rule, settings: Settings) -> Severity | None:
    """How much a finding of this rule weighs in this project and phase; `None` where the project switched it off."""
    setting = settings.rules.get(rule.name)
    if setting and (setting.level or rule.name != ALWAYS_ON):
        return setting.level
    return rule.at_release if settings.phase is Phase.RELEASE else rule.level


def _binds(rule: Rule, settings: Settings) -> bool:
    """Whether the clause of a rule binds software of this class; what the project set itself goes before that."""
    clause = find(rule.clause)
    return clause is None or rule.name in settings.rules or clause.binds(settings.class_in_force)


def _why_off(rule: Rule, settings: Settings) -> str:
    if setting := settings.rules.get(rule.name):
        return f"switched off by {setting.by or 'nobody named'}: {setting.reason or 'no reason stated'}"
    return f"{label(rule.clause)} does not bind software of class {settings.safety_class}"


def _apply(rule: Rule, severity: Severity, trace: Trace) -> _Tally:
    tally = _Tally()
    try:
        for found in rule.judge(trace):
            if found is None:
                tally.sound += 1
            else:
                tally.findings.add(_finding(rule, severity, found))
                tally.subjects.add(found.subject)
    except Exception as error:  # whoever wrote the rule, its fault must not take the other findings with it
        tally.failure = f"{type(error).__name__}: {error}"
    return tally


def _finding(rule: Rule, severity: Severity, found: Found) -> Finding:
    return Finding(
        rule=rule.name,
        severity=severity,
        message=found.message,
        subject=found.subject,
        clause=rule.clause,
        basis=rule.basis,
        location=found.location,
    )


def _failed(rule: Rule, failure: str, settings: Settings) -> Finding:
    return Finding(
        rule=RULE_FAILED,
        severity=Severity.ERROR,
        message=f"the rule {rule.name} broke, so its findings are not complete: {shown(failure, 300)}; "
        f"this is a fault of {rule.module}, please report it to its authors",
        subject=rule.name,
        clause="",
        basis=Basis.PRACTICE,
        location=settings.location,
    )


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.location
    return (place.path, place.line or 0, finding.rule, finding.subject, finding.message)
