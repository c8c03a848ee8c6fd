"""The risk matrix: how many risks stand in which cell before and after control, and which they are.

A cell has the acceptability that the manufacturer's criteria give it. A risk that nothing controls, and for which
nothing is estimated after control, stands after control where it stood before; one without an estimate stands in no
cell and is counted below. A row is a gap where a risk ends in an unacceptable cell without a benefit that outweighs it.
Clauses: ISO 14971:2019 4.4, 6, 7.3, 7.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sphinxcontrib_soup.cells import acceptability_badge, residual_acceptability
from sphinxcontrib_soup.figures import Field, grid
from sphinxcontrib_soup.model import (
    Acceptability,
    Cell,
    Column,
    Dossier,
    Figure,
    Item,
    Line,
    Ref,
    RiskMatrix,
    Row,
    Table,
    Text,
    Trace,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id, natural

Estimate = tuple[str, str]
"""A severity and a probability."""
Placed = Mapping[Estimate, list[Item]]


@view("risk-matrix")
def risk_matrix(dossier: Dossier, _: NoOptions) -> Table:
    """Which risks stand in which cell of the manufacturer's criteria, before and after control."""
    trace = dossier.trace
    matrix = trace.settings.risk_matrix
    risks = by_id(trace.of_kind("risk"))
    before, after = _placed(risks, _initial), _placed(risks, lambda risk: _final(trace, risk))
    heads = [Column(name.replace(" ", "_"), name, width=4) for name in matrix.severities]
    rows = [
        Row(
            (
                cell(probability),
                *(_cell(trace, (severity, probability), before, after) for severity in matrix.severities),
            ),
            gap=any(_is_open(trace, (severity, probability), after) for severity in matrix.severities),
        )
        for probability in reversed(matrix.probabilities)
    ]
    return Table(
        name="risk-matrix",
        title="Risk matrix",
        columns=(Column("probability", "Probability", width=2), *heads),
        rows=tuple(rows) if risks else (),
        empty="There is no risk.",
        notes=tuple(_notes(matrix, before, after)),
        figure=_drawn(trace, before, after) if risks else None,
    )


def _placed(risks: Iterable[Item], estimate: Callable[[Item], Estimate]) -> Placed:
    found: dict[Estimate, list[Item]] = {}
    for risk in risks:
        found.setdefault(estimate(risk), []).append(risk)
    return found


def _initial(risk: Item) -> Estimate:
    return risk.text("severity"), risk.text("probability")


def _final(trace: Trace, risk: Item) -> Estimate:
    """Where a risk stands after control."""
    if residual_acceptability(trace, risk) is None:
        return _initial(risk)
    return risk.text("residual_severity"), risk.text("residual_probability")


def _cell(trace: Trace, estimate: Estimate, before: Placed, after: Placed) -> Cell:
    badge = acceptability_badge(trace.settings.risk_matrix.acceptability(*estimate))
    return cell(badge, *_line("before control:", before.get(estimate)), *_line("after control:", after.get(estimate)))


def _line(words: str, risks: list[Item] | None) -> Iterator[Line]:
    if risks:
        yield Text(words), *(Ref(risk.id) for risk in risks)


def _is_open(trace: Trace, estimate: Estimate, after: Placed) -> bool:
    unacceptable = trace.settings.risk_matrix.acceptability(*estimate) is Acceptability.UNACCEPTABLE
    return unacceptable and any(not risk.text("benefit_risk") for risk in after.get(estimate, ()))


def _notes(matrix: RiskMatrix, before: Placed, after: Placed) -> Iterator[str]:
    if not matrix.stated:
        yield "Acceptability is that of an example matrix: state your own criteria in soup_risk_matrix."
    for when, placed in (("before", before), ("after", after)):
        nowhere = [one for one in placed if matrix.acceptability(*one) is Acceptability.UNDETERMINED]
        if ids := sorted((risk.id for one in nowhere for risk in placed[one]), key=natural):
            yield f"In no cell {when} control, for lack of an estimate: {', '.join(ids)}."


def _drawn(trace: Trace, before: Placed, after: Placed) -> Figure:
    matrix = trace.settings.risk_matrix
    rows = [
        (probability, [_field(trace, (severity, probability), before, after) for severity in matrix.severities])
        for probability in reversed(matrix.probabilities)
    ]
    text = "Risk matrix: in each cell its acceptability, and how many risks stand there before and after control"
    return grid(matrix.severities, rows, ("Severity", "Probability"), text)


def _field(trace: Trace, estimate: Estimate, before: Placed, after: Placed) -> Field:
    badge = acceptability_badge(trace.settings.risk_matrix.acceptability(*estimate))
    counts = len(before.get(estimate, ())), len(after.get(estimate, ()))
    return Field((f"{counts[0]} → {counts[1]}" if any(counts) else "–", badge.text), badge.tone)
