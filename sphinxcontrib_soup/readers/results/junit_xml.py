"""JUnit XML: test results as pytest, Surefire, GoogleTest, CTest, Jest, nextest and many others write them.

There is no standard. Descriptions that agree: https://github.com/testmoapp/junitxml,
https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd (with runs that were repeated),
https://google.github.io/googletest/advanced.html#generating-an-xml-report (tests that were not run).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.model import Attempt, Evidence, Location, Outcome, TestResult, Unread, worst
from sphinxcontrib_soup.plugin import Source, reader, words
from sphinxcontrib_soup.readers.result_text import first_lines, seconds
from sphinxcontrib_soup.readers.xml_text import Elements, local, root, stream

Pairs = list[tuple[str, str]]

SUITES = {"testsuites", "testsuite"}
OUTCOMES = {"error": Outcome.ERROR, "failure": Outcome.FAILED, "skipped": Outcome.SKIPPED}
BEFORE = {"flakyError": Outcome.ERROR, "flakyFailure": Outcome.FAILED}
"""Tries that failed before one that did not."""
AFTER = {"rerunError": Outcome.ERROR, "rerunFailure": Outcome.FAILED}
"""Tries that failed after one that did."""
TRIES = OUTCOMES | BEFORE | AFTER

STATED = {
    "error": Outcome.ERROR,
    "errored": Outcome.ERROR,
    "fail": Outcome.FAILED,
    "failed": Outcome.FAILED,
    "failure": Outcome.FAILED,
    "aborted": Outcome.ERROR,
    "timeout": Outcome.ERROR,
    "blocked": Outcome.BLOCKED,
    "ignored": Outcome.SKIPPED,
    "inconclusive": Outcome.SKIPPED,
    "pending": Outcome.SKIPPED,
    "skip": Outcome.SKIPPED,
    "skipped": Outcome.SKIPPED,
    "disabled": Outcome.NOT_RUN,
    "incomplete": Outcome.NOT_RUN,
    "notrun": Outcome.NOT_RUN,
    "suppressed": Outcome.NOT_RUN,
    **dict.fromkeys(("", "completed", "executed", "fixed", "ok", "pass", "passed", "run", "success"), Outcome.PASSED),
}
"""What the attributes `status` and `result` say of a test case that has no element for it."""

_COUNT = re.compile(r"\d{1,9}")
_TEST_PLAN = (b"internalid=", b"<node_order")
"""What TestLink writes into its test plans, which have the same elements and no results."""


def _claims(source: Source) -> bool:
    return root(source) in SUITES and not any(sign in source.head for sign in _TEST_PLAN)


@reader("*.xml", sniff=_claims)
def junit_xml(source: Source) -> Iterator[Evidence]:
    """JUnit XML of any runner: one result for each test case, the worst where one case has several.

    A case that was tried again counts by its last try, and all tries are kept. Of properties named `verifies` those of
    the test case itself count, not those of its suite. A test that was not run, or whose status is a word that is not
    known here, is never taken for passed.
    """
    cases = _Cases(source)
    for _ in stream(source, cases):
        yield from cases.found
        cases.found.clear()
    if cases.count == 0 and cases.announced[0] > 0:
        number, line = cases.announced
        yield Unread(reason=f"it speaks of {number} tests and lists none of them", location=source.at(line))


@dataclass(frozen=True, slots=True)
class _Suite:
    """A suite: its name after those around it, and when it ran."""

    path: str | None
    timestamp: str | None


class _Cases(Elements):
    """Gathers the test cases of a file: `found` those since it was last emptied, `count` all of them.

    `announced` is the highest number of tests that a suite speaks of, and its line. Within a test case `case` holds its
    attributes, `depth` how deep in it we are, and `tries` and `properties` what it has told so far.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Evidence] = []
        self.count = 0
        self.announced = (0, 0)
        self.suites = [_Suite(None, None)]
        self.case: dict[str, str] | None = None
        self.case_line = 0
        self.depth = 0
        self.listening = 0
        self.tries: Pairs = []
        self.properties: Pairs = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if "}" in tag:
            tag = local(tag)
        if self.case is None:
            self._outside(tag, attributes)
            return
        self.depth += 1
        if self.depth == 1 and tag in TRIES:
            self.tries.append((tag, attributes.get("message", "")))
            self._listen()
        elif self.depth == 2 and tag == "property" and not self.listening:
            value = attributes.get("value")
            self.properties.append((attributes.get("name", ""), value or ""))
            if value is None:
                self._listen()

    def _outside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "testcase":
            self.case, self.case_line = attributes, self.line
            self.depth, self.tries, self.properties = 0, [], []
        elif tag in SUITES:
            outer = self.suites[-1]
            names = [outer.path, attributes.get("name") if tag == "testsuite" else None]
            path = " / ".join(name for name in names if name) or None
            self.suites.append(_Suite(path, attributes.get("timestamp") or outer.timestamp))
            tests = attributes.get("tests", "")
            if _COUNT.fullmatch(tests) and int(tests) > self.announced[0]:
                self.announced = (int(tests), self.line)
        elif tag in ("error", "failure"):
            suite = self.suites[-1].path or "the file"
            reason = f"{suite} reports {tag} outside of any test case: {first_lines(attributes.get('message', ''))}"
            self.found.append(Unread(reason=reason, location=self.source.at(self.line)))

    def end(self, tag: str) -> None:
        if self.case is None:
            if local(tag) in SUITES:
                self.suites.pop()
        elif self.depth:
            if self.depth == self.listening:
                self._heard(self.text())
            self.depth -= 1
        else:
            place = self.source.at(self.case_line)
            self.found.append(_result(self.case, self.tries, self.properties, self.suites[-1], place))
            self.count += 1
            self.case = None

    def _listen(self) -> None:
        self.listening = self.depth
        self.listen()

    def _heard(self, text: str) -> None:
        """Give its text to the try or the property that ends."""
        if self.listening == 1:
            tag, message = self.tries[-1]
            self.tries[-1] = (tag, first_lines(message) or first_lines(text))
        else:
            self.properties[-1] = (self.properties[-1][0], text.strip())
        self.listening = 0


def _result(case: dict[str, str], tries: Pairs, properties: Pairs, suite: _Suite, place: Location) -> TestResult:
    stated, word = _stated(case)
    outcome, message, attempts = _judged(tries, stated) if tries else (stated, word, ())
    told = [(name, case[name]) for name in ("file", "line") if name in case]
    return TestResult(
        name=case.get("name") or "(no name)",
        classname=case.get("classname") or None,
        suite=suite.path,
        outcome=outcome,
        duration=seconds(case["time"]) if "time" in case else None,
        verifies=_verifies(case, properties),
        message=message,
        attempts=attempts,
        properties=(*told, *[one for one in properties if one[0] != "verifies"]),
        executed_on=case.get("timestamp") or suite.timestamp,
        location=place,
    )


def _judged(tries: Pairs, stated: Outcome) -> tuple[Outcome, str | None, tuple[Attempt, ...]]:
    """The outcome, its message and every try: the last one counts if there were several, otherwise the worst."""
    attempts = [
        Attempt(outcome=kind[tag], message=text or None)
        for kind in (BEFORE, OUTCOMES, AFTER)
        for tag, text in tries
        if tag in kind
    ]
    tags = {tag for tag, _ in tries}
    if tags <= BEFORE.keys():
        attempts.append(Attempt(outcome=stated))
    if tags <= OUTCOMES.keys():
        outcome = worst(one.outcome for one in attempts)
        deciding = next(one for one in attempts if one.outcome is outcome)
    else:
        deciding = attempts[-1]
    return deciding.outcome, deciding.message, tuple(attempts) if len(attempts) > 1 else ()


def _stated(case: dict[str, str]) -> tuple[Outcome, str | None]:
    """The outcome that the attributes tell, and in which word; a test case of which nothing is said has passed.

    `result` may also be a value that the test recorded itself, so that an unknown word there means nothing.
    """
    if "status" not in case and "result" not in case:
        return Outcome.PASSED, None
    status, result = case.get("status", ""), case.get("result", "")
    said = {
        STATED.get(result.lower(), Outcome.PASSED): result,
        STATED.get(status.lower(), Outcome.NOT_RUN): status,
    }
    outcome = worst(said)
    return outcome, None if outcome is Outcome.PASSED else said[outcome]


def _verifies(case: dict[str, str], properties: Pairs) -> tuple[str, ...]:
    """The items that a test case names, by its properties or, in older reports of GoogleTest, by an attribute."""
    said = [value for name, value in properties if name == "verifies"]
    if "verifies" in case:
        said.append(case["verifies"])
    return tuple(dict.fromkeys(words(" ".join(said)))) if said else ()
