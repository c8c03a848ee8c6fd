"""The results: every test case that result files hold, how it ended, and what it verifies. A test report stands on it.

There is one row for each result that was read, in the order of the files, so that the counts below the table reconcile
with those that the evidence table gives for each file. What the project states of a file stands with each of its
results. A row is a gap where a result is not `passed`. Tests that were written down and have no result are no rows
here; the test table has them. Clauses: IEC 62304 5.7.5, 9.8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from sphinxcontrib_soup.cells import outcome_badge, outcome_counts
from sphinxcontrib_soup.model import (
    Cell,
    Column,
    Dossier,
    Line,
    Outcome,
    Place,
    Ref,
    Row,
    Table,
    TestResult,
    Text,
    Trace,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.wording import counted

_COLUMNS = (
    Column("test", "Test", width=6),
    Column("level", "Level", width=2),
    Column("outcome", "Outcome", width=2, order=tuple(one.replace("_", " ") for one in Outcome)),
    Column("remarks", "Remarks", width=3),
    Column("verifies", "Verifies", width=3),
    Column("executed_on", "Executed on", width=3),
    Column("seconds", "Seconds", width=1),
    Column("place", "Place", width=4),
    Column("suite", "Suite", width=2, optional=True),
    Column("kind", "Kind", width=2, optional=True),
    Column("configuration", "Configuration", width=3, optional=True),
    Column("tester", "Tester", width=2, optional=True),
    Column("stated", "Stated otherwise", width=3, optional=True),
    Column("properties", "Properties", width=3, optional=True),
)
_MOMENT = re.compile(r"(?P<day>[\d-]{10})[T ](?P<time>\d\d:\d\d:\d\d)(?:[.,]\d+)?(?P<zone>Z|[+-][\d:]+)?")
_FACTS = ("level", "kind", "configuration", "tester")


@view("result-table")
def result_table(dossier: Dossier, _: NoOptions) -> Table:
    """Every result that was read, with its outcome, what it verifies, and the facts of its file."""
    trace = dossier.trace
    return Table(
        name="result-table",
        title="Results",
        columns=_COLUMNS,
        rows=tuple(_rows(trace)),
        empty="No result file is named in soup_evidence, or none holds a result.",
        notes=tuple(_notes(trace)),
    )


def _rows(trace: Trace) -> Iterator[Row]:
    facts = {file.path: file.facts for file in trace.sources}
    of_file = cache(lambda path: _of_file(facts.get(path, {})))
    verified = cache(lambda ids: _verified(trace, ids))
    for result in trace.results:
        known = {**of_file(result.location.path), "verifies": verified(result.verifies)}
        cells = (known[one.name] if one.name in known else _COMPUTED[one.name](result) for one in _COLUMNS)
        yield Row(tuple(cells), gap=result.outcome is not Outcome.PASSED)


def _of_file(facts: Mapping[str, str]) -> Mapping[str, Cell]:
    """What the project states of a file, as cells that all its results share."""
    others = (f"{name}: {value}" for name, value in sorted(facts.items()) if name not in _FACTS)
    return {**{name: cell(facts.get(name, "").replace("_", " ")) for name in _FACTS}, "stated": cell(*others)}


def _verified(trace: Trace, ids: tuple[str, ...]) -> Cell:
    """What a result names, and below it, for each test that it names, what that verifies."""
    through = {id_: _through(trace, id_) for id_ in ids}
    named = tuple(Ref(id_) for id_ in ids if not through[id_])
    return cell(
        *((named,) if named else ()), *((Ref(id_), Text("for"), *refs) for id_, refs in through.items() if refs)
    )


def _through(trace: Trace, id_: str) -> Line:
    item = trace.items.get(id_)
    links = ("verifies", "verifies_effectiveness")
    return tuple(Ref(target) for link in links for target in item.links.get(link, ())) if item else ()


def _remarks(result: TestResult) -> Cell:
    """What it said, and each try where there were several."""
    tries = ", ".join(one.outcome.replace("_", " ") for one in result.attempts)
    attempts = f"{len(result.attempts)} attempts: {tries}" if len(result.attempts) > 1 else ""
    return cell(attempts, *(result.message or "").splitlines())


def _legible(moment: str) -> str:
    """A time stamp to the second, with spaces round its time; what is no ISO 8601 stays as it is."""
    found = _MOMENT.fullmatch(moment)
    return f"{found['day']} {found['time']} {found['zone'] or ''}".rstrip() if found else moment


_OUTCOMES = {one: cell(outcome_badge(one)) for one in Outcome}
_COMPUTED: Mapping[str, Callable[[TestResult], Cell]] = {
    "test": lambda result: cell(result.title),
    "outcome": lambda result: _OUTCOMES[result.outcome],
    "remarks": _remarks,
    "executed_on": lambda result: cell(_legible(result.executed_on or "")),
    "seconds": lambda result: () if result.duration is None else cell(f"{result.duration:.3f}"),
    "place": lambda result: cell(Place(result.location)),
    "suite": lambda result: cell(result.suite or ""),
    "properties": lambda result: cell(*(f"{name}: {value}" for name, value in result.properties)),
}


def _notes(trace: Trace) -> Iterator[str]:
    """How many results had which outcome, and whether files that could not be read may hold more."""
    if trace.results:
        said = ", ".join(part.text for line in outcome_counts(trace.results) for part in line)
        files = len({one.location.path for one in trace.results})
        yield f"{counted(len(trace.results), 'result')} in {counted(files, 'file')}: {said}."
    evidence = {file.path for file in trace.evidence_files}
    if unread := len(evidence & {one.location.path for one in trace.unread}):
        yield f"Could not be read, and may hold more: {counted(unread, 'file')}."
