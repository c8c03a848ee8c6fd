"""The tests: what each shows, at which level, and what was executed. Before it ran it is a plan, then a report.

Verifications by other means stand below, with who did them, when, and the record. A row is a gap where the verdict is
not passed. Results that verify items without a test between are counted below the table.
Clauses: IEC 62304 5.6, 5.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.cells import Compute, executions_cell, field_cell, item_cells, named
from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import Cell, Column, Dossier, Item, Row, Table, Trace, Verdict, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id
from sphinxcontrib_soup.wording import counted

_COLUMNS = (
    Column("id", "Test", width=4),
    Column("test_level", "Level", width=2),
    Column("test_kind", "Kind", width=2),
    Column("statement", "Procedure", width=6, optional=True),
    Column("expected", "Expected", width=4, optional=True),
    Column("verifies", "Verifies", width=4),
    Column("performed_by", "By", width=2),
    Column("performed_on", "On", width=2),
    Column("record", "Record", width=2),
    Column("executions", "Executions", width=6),
    Column("verdict", "Verdict", width=2, order=tuple(Verdict)),
)


@view("test-table")
def test_table(dossier: Dossier, _: NoOptions) -> Table:  # noqa: PT019 - a view of this name, and no test
    """Every test and every other verification, with what was executed."""
    trace = dossier.trace
    listed = [item for kind in ("test", "verification") for item in by_id(trace.of_kind(kind))]
    return Table(
        name="test-table",
        title="Tests",
        columns=_COLUMNS,
        rows=tuple(_row(trace, item) for item in listed),
        empty="There is no test and no other verification.",
        notes=tuple(_notes(trace)),
    )


def _row(trace: Trace, item: Item) -> Row:
    return Row(item_cells(trace, item, _COLUMNS, _COMPUTED), gap=trace.verdicts.get(item.id) is not Verdict.PASSED)


def _kind(_: Trace, item: Item) -> Cell:
    return field_cell(item, FIELDS[item.kind]["test_kind" if item.kind == "test" else "method"])


def _verifies(trace: Trace, item: Item) -> Cell:
    links = ("verifies", "verifies_effectiveness")
    return cell(*(named(one) for link in links for one in trace.targets(item, link)))


_COMPUTED: Mapping[str, Compute] = {
    "test_kind": _kind,
    "verifies": _verifies,
    "executions": lambda trace, item: executions_cell(trace.executions.get(item.id, ())),
}


def _notes(trace: Trace) -> Iterator[str]:
    """Which results are in no row, so that the table can be reconciled with the result files."""
    tests = {item.id for item in trace.of_kind("test", "verification")}
    apart = sum(bool(one.verifies) and tests.isdisjoint(one.verifies) for one in trace.results)
    if apart:
        yield f"Not listed, because they verify items without a test between: {counted(apart, 'result')}."
    if silent := sum(not one.verifies for one in trace.results):
        yield f"Not listed, because they name no item: {counted(silent, 'result')}."
