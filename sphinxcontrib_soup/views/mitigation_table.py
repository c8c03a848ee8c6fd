"""The mitigations: what each controls and how, what implements it, and its two verifications.

That a risk control measure is implemented and that it works are verified apart. A row is a gap where one of the two has
not passed, where the measure controls nothing, or where nobody says whether it brings new risks.
Clauses: ISO 14971:2019 7.1, 7.2, 7.5; IEC 62304 7.2, 7.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sphinxcontrib_soup.cells import effectiveness, field_cell, named, verdict_badge, verdict_cell, with_verdict
from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import Cell, Column, Dossier, Item, Row, Table, Trace, Verdict, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.wording import unstated

_FIELDS = {field.name: field for field in BY_NAME["mitigation"].fields}
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
        rows=tuple(_row(trace, one) for one in sorted(trace.of_kind("mitigation"), key=lambda one: natural(one.id))),
        empty="There is no mitigation.",
    )


def _row(trace: Trace, mitigation: Item) -> Row:
    verdicts = {trace.verdicts.get(mitigation.id), effectiveness(trace, mitigation.id)}
    answered = not unstated(mitigation.text("new_risk_assessment"))
    closed = verdicts == {Verdict.PASSED} and answered and trace.targets(mitigation, "controls")
    return Row(tuple(_cell(trace, mitigation, one.name) for one in _COLUMNS), gap=not closed)


def _cell(trace: Trace, mitigation: Item, column: str) -> Cell:
    if column in _COMPUTED:
        return _COMPUTED[column](trace, mitigation)
    return field_cell(mitigation, _FIELDS[column])


def _targets(link: str) -> Callable[[Trace, Item], Cell]:
    return lambda trace, mitigation: cell(*(named(one) for one in trace.targets(mitigation, link)))


def _implementing(trace: Trace, mitigation: Item) -> Cell:
    return cell(*(with_verdict(trace, one) for one in trace.targets(mitigation, "implemented_by")))


_COMPUTED: Mapping[str, Callable[[Trace, Item], Cell]] = {
    "id": lambda _, mitigation: cell(named(mitigation)),
    "controls": _targets("controls"),
    "implemented_by": lambda trace, one: cell(
        *(with_verdict(trace, by) for by in trace.targets(one, "implemented_by"))
    ),
    "implementation": lambda trace, one: verdict_cell(trace, one.id),
    "effectiveness": lambda trace, one: cell(verdict_badge(effectiveness(trace, one.id))),
    "introduces": _targets("introduces"),
}
