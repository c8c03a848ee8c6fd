"""The mitigations: what each controls and how, what implements it, and its two verifications.

That a risk control measure is implemented and that it works are verified apart. A row is a gap where one of the two has
not passed, where the measure controls nothing, or where nobody says whether it brings new risks.
Clauses: ISO 14971:2019 7.1, 7.2, 7.5; IEC 62304 7.2, 7.3.
"""

from __future__ import annotations

from collections.abc import Mapping

from sphinxcontrib_soup.cells import (
    Compute,
    effectiveness,
    item_cells,
    targets_cell,
    verdict_badge,
    verdict_cell,
    with_verdict,
)
from sphinxcontrib_soup.model import Cell, Column, Dossier, Item, Row, Table, Trace, Verdict, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id
from sphinxcontrib_soup.wording import unstated

_COLUMNS = (
    Column("id", "Mitigation", width=4),
    Column("control_type", "Type", width=2),
    Column("controls", "Controls", width=4),
    Column("implemented_by", "Implemented by", width=4),
    Column("implementation", "Implementation", width=2, order=tuple(Verdict)),
    Column("effectiveness", "Effectiveness", width=2, order=tuple(Verdict)),
    Column("new_risk_assessment", "New risks", width=4),
    Column("introduces", "Introduces", width=3),
    Column("rationale", "Rationale", width=4, optional=True),
)


@view("mitigation-table")
def mitigation_table(dossier: Dossier, _: NoOptions) -> Table:
    """Each risk control measure with what it controls, what implements it, and both verifications."""
    trace = dossier.trace
    return Table(
        name="mitigation-table",
        title="Mitigations",
        columns=_COLUMNS,
        rows=tuple(_row(trace, one) for one in by_id(trace.of_kind("mitigation"))),
        empty="There is no mitigation.",
    )


def _row(trace: Trace, mitigation: Item) -> Row:
    verdicts = {trace.verdicts.get(mitigation.id), effectiveness(trace, mitigation.id)}
    answered = not unstated(mitigation.text("new_risk_assessment"))
    closed = verdicts == {Verdict.PASSED} and answered and trace.targets(mitigation, "controls")
    return Row(item_cells(trace, mitigation, _COLUMNS, _COMPUTED), gap=not closed)


def _implementing(trace: Trace, mitigation: Item) -> Cell:
    return cell(*(with_verdict(trace, one) for one in trace.targets(mitigation, "implemented_by")))


_COMPUTED: Mapping[str, Compute] = {
    "controls": targets_cell("controls"),
    "implemented_by": _implementing,
    "implementation": lambda trace, one: verdict_cell(trace, one.id),
    "effectiveness": lambda trace, one: cell(verdict_badge(effectiveness(trace, one.id))),
    "introduces": targets_cell("introduces"),
}
