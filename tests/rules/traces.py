"""Traces made in memory, from as little as a test has to say."""

from __future__ import annotations

from collections.abc import Iterable

from sphinxcontrib_soup.kinds import listed
from sphinxcontrib_soup.model import (
    Acceptability,
    CodeUse,
    Component,
    Evidence,
    FieldValue,
    Finding,
    Item,
    Judgement,
    Location,
    Outcome,
    Phase,
    Rejection,
    RiskMatrix,
    RuleSetting,
    SafetyClass,
    Scope,
    Settings,
    SourceFile,
    TestResult,
    Trace,
)
from sphinxcontrib_soup.pipeline.judge import judge
from sphinxcontrib_soup.pipeline.link import link
from sphinxcontrib_soup.plugin import Rule, discover

OK, MAYBE, BAD = Acceptability.ACCEPTABLE, Acceptability.INVESTIGATE, Acceptability.UNACCEPTABLE
MATRIX = RiskMatrix(severities=("minor", "serious"), probabilities=("rare", "often"), cells=((OK, MAYBE), (OK, BAD)))
HOSTILE = "x\n[[copy()]] <script>\x1b[31m `:` |x| #set text() \u202e" + "y" * 500

_LINKS = {
    *("derives_from", "allocated_to", "implemented_by", "controls", "introduces", "contributes_to", "arises_from"),
    *(
        "wraps",
        "uses",
        "specifies",
        "affects",
        "evaluates",
        "justifies",
        "verifies",
        "verifies_effectiveness",
        "satisfies",
    ),
    *("part_of", "replaces", "consumed_by"),
}


def item(kind: str, id: str, line: int = 1, title: str = "", **options: str) -> Item:
    """An item as its directive would give it: options that are link types are links, separated by spaces."""
    fields: dict[str, FieldValue] = {name: text for name, text in options.items() if name not in _LINKS}
    links = {name: tuple(text.split()) for name, text in options.items() if name in _LINKS}
    location = Location("index.rst", line)
    return Item(id=id, kind=kind, title=title or id, location=location, type=kind, fields=fields, links=links)


def package(
    name: str,
    version: str | None = None,
    *,
    line: int | None = 1,
    path: str = "requirements.txt",
    direct: bool | None = True,
    scope: Scope | None = None,
    ecosystem: str = "pypi",
) -> Component:
    purl = f"pkg:{ecosystem}/{name}" + (f"@{version}" if version else "") if ecosystem else None
    return Component(name=name, version=version, purl=purl, direct=direct, scope=scope, location=Location(path, line))


def imported(name: str | None, path: str, line: int = 1, *symbols: str, package: str = "") -> CodeUse:
    """An import; `package` is what its name tells, as `type/name`."""
    packages = (f"pkg:{package}",) if package else ()
    return CodeUse(name=name, packages=packages, symbols=symbols, location=Location(path, line))


def code_file(path: str, *imports: str) -> SourceFile:
    return SourceFile(path=path, sha256="0" * 64, reader="x-code", imports=imports)


def result(name: str, outcome: Outcome, *verifies: str, line: int = 1) -> TestResult:
    return TestResult(name=name, outcome=outcome, verifies=verifies, location=Location("results.xml", line))


def settings(
    *,
    safety_class: SafetyClass | None = SafetyClass.C,
    rationale: str = "it can kill",
    phase: Phase = Phase.DEVELOPMENT,
    rules: dict[str, RuleSetting] | None = None,
    matrix: RiskMatrix = MATRIX,
) -> Settings:
    return Settings(
        risk_matrix=matrix,
        safety_class=safety_class,
        safety_class_rationale=rationale,
        phase=phase,
        rules=rules or {},
    )


def trace(
    *facts: Item | Evidence,
    stated: Settings | None = None,
    rejections: Iterable[Rejection] = (),
    sources: Iterable[SourceFile] = (),
) -> Trace:
    """The trace of these facts. The field `code` of an item holds the paths of its files, as they are in locations."""
    items = [fact for fact in facts if isinstance(fact, Item)]
    evidence = [fact for fact in facts if not isinstance(fact, Item)]
    code = {one.id: listed(one, "code") for one in items}
    return link(items, evidence, stated or settings(), rejections=rejections, sources=sources, code=code)


def rule_named(name: str) -> Rule:
    return next(rule for rule in discover().rules if rule.name == name)


def judged(name: str, made: Trace) -> Judgement:
    return judge(made, [rule_named(name)])


def findings(name: str, *facts: Item | Evidence, stated: Settings | None = None) -> tuple[Finding, ...]:
    """What one rule, alone, finds in these facts."""
    return judged(name, trace(*facts, stated=stated)).findings


def examined(name: str, *facts: Item | Evidence, stated: Settings | None = None) -> int:
    """How many subjects one rule examines in these facts."""
    return judged(name, trace(*facts, stated=stated)).counts[name].examined
