"""The report of Lynis, an audit of a system: `lynis-report.dat` (https://cisofy.com/documentation/lynis/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinxcontrib_soup.model import Evidence, Location, Outcome, TestResult
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.result_text import first_lines

_LINE = re.compile(r"([\w-]+)(\[\])?=(.*)")
_TEST = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
_REMARKS = ("warning", "suggestion")
_LISTS = {"tests_executed": Outcome.PASSED, "tests_skipped": Outcome.NOT_RUN}


@reader("*.dat", sniff=lambda source: source.head.startswith(b"# Lynis Report") or b"\nlynis_version=" in source.head)
def lynis_report(source: Source) -> Iterator[Evidence]:
    """Lynis: one result for each of its tests, named by its ID, such as ``SSH-7408``.

    A test that ran and made no remark has passed. One with a warning or a suggestion has failed: a suggestion, too,
    says that the system is not as the test wants it. A test that was skipped was not run. A soup-requirement names the
    test in ``:checks:``.
    """
    report = _read(source)
    if not report.tests:
        raise ReadError("it names no test that was carried out: the audit did not come to its end", 1)
    for id_, (outcome, place) in report.tests.items():
        remarks = report.remarks.get(id_, [])
        yield TestResult(
            name=id_,
            suite=f"Lynis {report.facts.get('lynis_version', '')}".strip(),
            outcome=Outcome.FAILED if remarks else outcome,
            message=first_lines("\n".join(text for text, _ in remarks)) or None,
            executed_on=report.facts.get("report_datetime_end") or report.facts.get("report_datetime_start"),
            location=remarks[0][1] if remarks else place,
        )


@dataclass
class _Report:
    """What a report says: tests with their outcome and place, remarks on them, and single facts."""

    tests: dict[str, tuple[Outcome, Location]] = field(default_factory=dict)
    remarks: dict[str, list[tuple[str, Location]]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


def _read(source: Source) -> _Report:
    report = _Report()
    for number, line in enumerate(source.text.splitlines(), 1):
        said = _LINE.fullmatch(line)
        if said is None:
            continue
        name, several, value = said.groups()
        place = source.at(number)
        if several and name in _REMARKS:
            id_, _, text = value.partition("|")
            if _TEST.fullmatch(id_):
                details = " ".join(part for part in text.split("|") if part not in ("", "-"))
                report.remarks.setdefault(id_, []).append((f"{name}: {details}", place))
                report.tests.setdefault(id_, (Outcome.FAILED, place))
        elif name in _LISTS:
            for id_ in filter(None, value.split("|")):
                report.tests.setdefault(id_, (_LISTS[name], place))
        elif not several:
            report.facts.setdefault(name, value)
    return report
