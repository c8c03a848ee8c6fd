"""XCCDF: what OpenSCAP and other scanners found of each rule of a benchmark, alone or inside an ARF report.

Specification: https://doi.org/10.6028/NIST.IR.7275r4 (XCCDF 1.2; 1.1 has the same results), ARF:
https://doi.org/10.6028/NIST.IR.7694.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import CHECK, Attempt, Evidence, Outcome, TestResult, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.result_text import first_lines
from sphinxcontrib_soup.readers.xml_text import Elements, local, root, stream
from sphinxcontrib_soup.wording import shown

OUTCOMES = {
    "pass": Outcome.PASSED,
    "fixed": Outcome.PASSED,
    "fail": Outcome.FAILED,
    "error": Outcome.ERROR,
    "unknown": Outcome.BLOCKED,
    "informational": Outcome.SKIPPED,
    "notapplicable": Outcome.SKIPPED,
    "notchecked": Outcome.NOT_RUN,
    "notselected": Outcome.NOT_RUN,
}
"""What each result of XCCDF is here. Only a rule that the system meets has passed."""

_AROUND = ("Benchmark", "asset-report-collection")
_SIGNS = (b"xccdf", b"asset-reporting-format")
_RESULT = re.compile(rb"<(?:\w+:)?TestResult\b")
_SHORT = re.compile(r"xccdf_[^_]+_rule_(.+)")
_TEXTS = {"result", "ident", "message", "old-result", "remark"}


def _claims(source: Source) -> bool:
    """Whether a file holds results: a benchmark alone says what to check, and not how it ended."""
    if not any(sign in source.head for sign in _SIGNS):
        return False
    outermost = root(source)
    return outermost == "TestResult" or (outermost in _AROUND and _RESULT.search(source.content) is not None)


@reader("*.xml", "*.xccdf", "*.arf", sniff=_claims)
def xccdf_xml(source: Source) -> Iterator[Evidence]:
    """XCCDF results 1.1 and 1.2, also within ARF: one result for each rule, named by its ID.

    ``pass`` has passed, ``fail`` has failed, ``error`` is an error. ``fixed`` has passed after it failed, and keeps
    both tries. ``unknown`` is blocked; ``notapplicable`` and ``informational`` are skipped; ``notchecked`` and
    ``notselected`` were not run: none of these is ever taken for passed. A result that somebody overrode is shown with
    the one before and the remark. A soup-requirement names the rule in ``:checks:``, by its ID, by what stands behind
    ``_rule_`` in it, or by an identifier such as its CCE.
    """
    rules = _Rules(source)
    for _ in stream(source, rules):
        yield from rules.found
        rules.found.clear()
    if rules.count == 0:
        yield Unread(reason="it holds no result of a rule: give the results of a scan", location=source.at(1))


class _Rules(Elements):
    """Gathers the results of rules: `found` those since it was last emptied, `count` all of them.

    `run` holds the attributes of the run, `benchmark` and `profile` what it was a run of; within the result of a rule
    `rule` holds its attributes, and `said` the texts in it with the names of their elements.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Evidence] = []
        self.count = 0
        self.run: dict[str, str] | None = None
        self.benchmark = self.profile = ""
        self.rule: dict[str, str] | None = None
        self.rule_line = 0
        self.said: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "TestResult":
            self.run, self.benchmark, self.profile = attributes, "", ""
        elif self.run is None:
            return
        elif name == "rule-result":
            self.rule, self.rule_line, self.said = attributes, self.line, []
        elif self.rule is None:
            self.benchmark = attributes.get("id", "") if name == "benchmark" else self.benchmark
            self.profile = attributes.get("idref", "") if name == "profile" else self.profile
        elif name in _TEXTS:
            self.listen()
        elif name == "override":
            self.said.append(("authority", attributes.get("authority", "")))

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "TestResult":
            self.run = None
        elif self.rule is not None and name in _TEXTS:
            self.said.append((name, self.text().strip()))
        elif self.rule is not None and name == "rule-result":
            self.found.append(self._result(self.rule))
            self.count += 1
            self.rule = None

    def _result(self, rule: dict[str, str]) -> TestResult | Unread:
        place = self.source.at(self.rule_line)
        id_ = rule.get("idref", "")
        stated = self._first("result")
        if not id_:
            return Unread(reason="a result does not say of which rule it is", location=place)
        if stated not in OUTCOMES:
            reason = f"the rule {shown(id_)} has the result {shown(stated)!r}, which is none of XCCDF"
            return Unread(reason=reason, location=place)
        outcome = OUTCOMES[stated]
        run = self.run or {}
        short = _SHORT.fullmatch(id_)
        identifiers = [short[1]] if short else []
        identifiers += [text for name, text in self.said if name == "ident" and text]
        return TestResult(
            name=id_,
            suite=" / ".join(part for part in (self.benchmark, self.profile) if part) or None,
            outcome=outcome,
            message=self._message(stated, outcome),
            attempts=(Attempt(outcome=Outcome.FAILED), Attempt(outcome=outcome)) if stated == "fixed" else (),
            properties=(
                *((CHECK, one) for one in dict.fromkeys(identifiers)),
                *((name, rule[name]) for name in ("severity", "role") if name in rule),
            ),
            executed_on=rule.get("time") or run.get("end-time") or run.get("start-time"),
            location=place,
        )

    def _first(self, element: str) -> str:
        return next((text for name, text in self.said if name == element), "")

    def _message(self, stated: str, outcome: Outcome) -> str | None:
        """What is said of a result that is more than its outcome: the word of XCCDF, messages, who overrode it."""
        parts = [] if stated in ("pass", "fail", "error") else [stated]
        if before := self._first("old-result"):
            who = self._first("authority") or "nobody named"
            parts.append(f"overridden by {who}, was {before}: {self._first('remark') or 'no remark'}")
        parts += [text for name, text in self.said if name == "message" and text and outcome is not Outcome.PASSED]
        return first_lines("\n".join(parts)) or None
