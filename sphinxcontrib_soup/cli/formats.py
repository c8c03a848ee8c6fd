"""Findings in the formats of `check`: text for people, JSON, SARIF for code hosts, Markdown for pull requests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sphinxcontrib_soup import __version__
from sphinxcontrib_soup.clauses import label
from sphinxcontrib_soup.model import Finding, Judgement, Phase, Severity
from sphinxcontrib_soup.plugin import Rule
from sphinxcontrib_soup.trace_json import counts_json, encode
from sphinxcontrib_soup.wording import markdown_text

SARIF_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


def as_text(judgement: Judgement, _phase: Phase, _rules: Iterable[Rule]) -> str:
    """A line for each finding, as compilers write it, and a last line that sums up."""
    lines = [
        f"{one.location}: {one.severity}: {one.message} [{one.rule}: {_stands_on(one)}]" for one in judgement.findings
    ]
    return "\n".join([*lines, summary(judgement)]) + "\n"


def summary(judgement: Judgement) -> str:
    """How many findings of each severity, and how much was examined."""
    found = [f"{_count(judgement, severity)} {severity}" for severity in reversed(Severity)]
    examined = sum(count.examined for count in judgement.counts.values())
    return f"{', '.join(found)} ({len(judgement.counts)} rules examined {examined} subjects)"


def as_json(judgement: Judgement, phase: Phase, _rules: Iterable[Rule]) -> str:
    """One object, schema `soup-findings/1`."""
    return _dumps(
        {
            "schema": "soup-findings/1",
            "phase": phase,
            "counts": counts_json(judgement),
            "findings": [encode(finding) for finding in judgement.findings],
        }
    )


def as_sarif(judgement: Judgement, _phase: Phase, rules: Iterable[Rule]) -> str:
    """SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    described = [
        {"id": rule.name, "shortDescription": {"text": rule.doc.splitlines()[0]}, "properties": {"clause": rule.clause}}
        for rule in rules
    ]
    driver = {"name": "sphinxcontrib-soup", "version": __version__, "rules": described}
    return _dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": [_sarif_result(one) for one in judgement.findings]}],
        }
    )


def _sarif_result(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": finding.location.path}}
    if finding.location.line:
        place["region"] = {"startLine": finding.location.line}
    return {
        "ruleId": finding.rule,
        "level": SARIF_LEVELS[finding.severity],
        "message": {"text": f"{finding.message} [{_stands_on(finding)}]"},
        "locations": [{"physicalLocation": place}],
    }


def as_markdown(judgement: Judgement, phase: Phase, _rules: Iterable[Rule]) -> str:
    """A table for a comment under a pull request."""
    head = [f"**{summary(judgement)}**, phase: {phase}", ""]
    if not judgement.findings:
        return "\n".join([*head[:1], ""])
    rows = [
        [str(one.severity), f"`{one.rule}`", one.message, f"`{one.location}`", _stands_on(one)]
        for one in judgement.findings
    ]
    table = [["Severity", "Rule", "Finding", "Place", "Clause"], ["---"] * 5, *rows]
    return "\n".join([*head, *(f"| {' | '.join(_cell(text) for text in row)} |" for row in table), ""])


def _cell(text: str) -> str:
    """A text as a cell; one in code quotes stays in them."""
    if text.startswith("`") and text.endswith("`"):
        return f"`{text[1:-1].replace('`', ' ').replace('|', '&#124;')}`"
    return markdown_text(text)


def by_clause(judgement: Judgement, rules: Iterable[Rule]) -> str:
    """What was checked, clause by clause: the rules that stand on it, what they examined and found."""
    clauses: dict[str, list[Rule]] = {}
    for rule in rules:
        clauses.setdefault(rule.clause, []).append(rule)
    lines = ["What was checked, by clause; a clause that is not listed was not checked:"]
    for clause in sorted(clauses, key=_clause_order):
        lines.append(f"  {label(clause) if clause else 'no clause (practice)'}")
        lines += [f"    {_counted(rule, judgement)}" for rule in clauses[clause]]
    return "\n".join(lines) + "\n"


def _counted(rule: Rule, judgement: Judgement) -> str:
    count = judgement.counts[rule.name]
    if count.off:
        return f"{rule.name} ({rule.basis}): off, {count.off}"
    return f"{rule.name} ({rule.basis}): {count.found} found in {count.examined} examined"


def _clause_order(clause: str) -> tuple[object, ...]:
    catalogue, _, number = clause.partition(" ")
    return (not clause, catalogue, [int(part) if part.isdigit() else 0 for part in number.split(".")], number)


def _stands_on(finding: Finding) -> str:
    return f"{label(finding.clause)}, {finding.basis}" if finding.clause else str(finding.basis)


def _count(judgement: Judgement, severity: Severity) -> int:
    return sum(finding.severity is severity for finding in judgement.findings)


def _dumps(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


FORMATS = {"text": as_text, "json": as_json, "sarif": as_sarif, "markdown": as_markdown}
