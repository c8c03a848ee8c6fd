"""The risk table: from each hazard to the harm, what was estimated before and after control, and what controls it.

Acceptability is computed from the manufacturer's criteria, never typed. A mitigation counts whether it controls the
risk or one of its causes, and shows both verifications: that it is implemented, and that it works. A row is a gap where
the risk cannot be evaluated or is not accepted and not controlled, where a mitigation is not verified, and where what
remains is unacceptable without a benefit that outweighs it; a hazard without a risk is one too.
Clauses: ISO 14971:2019 4.5, 5.4 to 7.4; IEC 62304 7.3.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.cells import (
    Compute,
    effectiveness,
    field_cell,
    initial_acceptability,
    initial_cell,
    item_cells,
    mitigations,
    named,
    residual_acceptability,
    residual_cell,
    verdict_badge,
)
from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import (
    Acceptability,
    Badge,
    Cell,
    Column,
    Dossier,
    Item,
    Line,
    Part,
    Ref,
    RiskMatrix,
    Row,
    Table,
    Text,
    Tone,
    Trace,
    Verdict,
    cell,
    plain,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id, natural

_TYPE = FIELDS["mitigation"]["control_type"]
_ORDER = (Acceptability.ACCEPTABLE, Acceptability.INVESTIGATE, Acceptability.UNACCEPTABLE, Acceptability.UNDETERMINED)


@view("risk-table")
def risk_table(dossier: Dossier, _: NoOptions) -> Table:
    """Each risk from hazard to harm, with its estimates before and after control and what controls it."""
    trace = dossier.trace
    columns = _columns(trace.settings.risk_matrix)
    risks = by_id(trace.of_kind("risk"))
    hazards = [hazard for hazard in by_id(trace.of_kind("hazard")) if not _risks_of(trace, hazard)]
    return Table(
        name="risk-table",
        title="Risk table",
        columns=columns,
        rows=(
            *(Row(item_cells(trace, risk, columns, _COMPUTED), gap=_is_gap(trace, risk)) for risk in risks),
            *(Row(tuple(_bare(hazard, one.name) for one in columns), gap=True) for hazard in hazards),
        ),
        empty="There is no hazard and no risk.",
        notes=tuple(_notes(trace, risks)),
    )


def _risks_of(trace: Trace, hazard: Item) -> list[Item]:
    return [origin for origin in trace.origins(hazard, "arises_from") if origin.kind == "risk"]


def _columns(matrix: RiskMatrix) -> tuple[Column, ...]:
    shown = (
        Column("id", "Risk", width=3),
        Column("hazard", "Hazard", width=3),
        Column("sequence", "Sequence of events", width=4),
        Column("situation", "Hazardous situation", width=4),
        Column("harm", "Harm", width=3),
        Column("severity", "Severity", width=2, order=matrix.severities),
        Column("probability", "Probability", width=2, order=matrix.probabilities),
        Column("initial", "Initial risk", width=2, order=_ORDER),
        Column("causes", "Causes", width=4),
        Column("mitigations", "Mitigations", width=8),
        Column("residual_severity", "Residual severity", width=2, order=matrix.severities),
        Column("residual_probability", "Residual probability", width=2, order=matrix.probabilities),
        Column("residual", "Residual risk", width=2, order=_ORDER),
    )
    names = {column.name for column in shown}
    others = (Column(name, one.title, 2, optional=True) for name, one in FIELDS["risk"].items() if name not in names)
    return (*shown, *others)


# --- a risk ----------------------------------------------------------------------------------------------------------


def _hazards(trace: Trace, risk: Item) -> Cell:
    lines = cell(*(named(hazard) for hazard in trace.targets(risk, "arises_from")))
    return lines or cell(Badge("arises from nothing", Tone.OPEN))


def _causes(trace: Trace, risk: Item) -> Cell:
    return cell(*(named(cause) for cause in by_id(trace.origins(risk, "contributes_to"))))


def _mitigations(trace: Trace, risk: Item) -> Cell:
    found = mitigations(trace, risk)
    return cell(*(_mitigation(trace, trace.items[id_], found[id_]) for id_ in sorted(found, key=natural)))


def _mitigation(trace: Trace, mitigation: Item, cause: Item | None) -> Line:
    parts: list[Part] = [*named(mitigation)]
    if control_type := plain(field_cell(mitigation, _TYPE)):
        parts.append(Text(f"({control_type})"))
    if cause:
        parts += [Text("at"), Ref(cause.id)]
    implemented, effective = _verifications(trace, mitigation.id)
    return (*parts, verdict_badge(implemented, "implementation"), verdict_badge(effective, "effectiveness"))


def _verifications(trace: Trace, id_: str) -> tuple[Verdict, Verdict]:
    """That a mitigation is implemented, and that it works: two verifications (ISO 14971 7.2)."""
    return trace.verdicts.get(id_, Verdict.UNTESTED), effectiveness(trace, id_)


_COMPUTED: Mapping[str, Compute] = {
    "hazard": _hazards,
    "initial": initial_cell,
    "causes": _causes,
    "mitigations": _mitigations,
    "residual": residual_cell,
}


def _is_gap(trace: Trace, risk: Item) -> bool:
    initial, controls = initial_acceptability(trace, risk), mitigations(trace, risk)
    if initial is Acceptability.UNDETERMINED or not trace.targets(risk, "arises_from"):
        return True
    if not controls:
        return initial is not Acceptability.ACCEPTABLE
    if any(verdict is not Verdict.PASSED for id_ in controls for verdict in _verifications(trace, id_)):
        return True
    residual = residual_acceptability(trace, risk)
    outweighed = residual is Acceptability.UNACCEPTABLE and risk.text("benefit_risk")
    return residual in (Acceptability.UNACCEPTABLE, Acceptability.UNDETERMINED) and not outweighed


# --- a hazard without a risk -----------------------------------------------------------------------------------------


def _bare(hazard: Item, column: str) -> Cell:
    known = {"id": cell(Badge("no risk", Tone.OPEN)), "hazard": cell(named(hazard))}
    return known.get(column, ())


# --- totals ----------------------------------------------------------------------------------------------------------


def _notes(trace: Trace, risks: list[Item]) -> Iterator[str]:
    if not trace.settings.risk_matrix.stated:
        yield "Acceptability is that of an example matrix: state your own criteria in soup_risk_matrix."
    before = Counter(initial_acceptability(trace, risk) for risk in risks)
    after = Counter(residual_acceptability(trace, risk) for risk in risks)
    for when, counts in (("Before", before), ("After", after)):
        if found := ", ".join(f"{counts[one]} {one}" for one in _ORDER if counts[one]):
            yield f"{when} control: {found}."
