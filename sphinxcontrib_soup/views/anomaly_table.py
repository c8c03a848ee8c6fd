"""The known anomalies of the own software: what each is, what it affects, and why it may stay in the release.

The risks are computed: what an anomaly affects can cause them, or serves a mitigation of them. Beside each stands that
cause or mitigation, so that the evaluation can be held against it. A row is a gap where an anomaly stays in the release
and its evaluation is missing, not finished, or says that it is unacceptable; one that nobody says was removed stays.
Clauses: IEC 62304 5.8.2, 5.8.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.anomalies import is_residual, objections
from sphinxcontrib_soup.cells import Compute, item_cells, named
from sphinxcontrib_soup.impact import risks_behind
from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import Badge, Cell, Column, Dossier, Item, Ref, Row, Table, Text, Tone, Trace, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id
from sphinxcontrib_soup.wording import listing

_FIELDS = FIELDS["anomaly"]
_SHOWN = (
    Column("id", "Anomaly", width=4),
    Column("residual", "Stays", width=1),
    Column("discovered", "Discovered", width=3),
    Column("root_cause", "Root cause", width=4),
    Column("affects", "Affects", width=3),
    Column("risks", "Risks behind it", width=4),
    Column("safety_impact", "Safety impact", width=5),
    Column("outcome", "Outcome", width=2, order=_FIELDS["outcome"].choices),
    Column("rationale", "Why it may stay", width=5),
    Column("workaround", "What users can do", width=4),
)
_OPTIONAL = (
    Column("statement", "Description", width=5, optional=True),
    *(
        Column(name, field.title, width=3, optional=True)
        for name, field in _FIELDS.items()
        if name not in {column.name for column in _SHOWN}
    ),
)
_COLUMNS = (*_SHOWN, *_OPTIONAL)


@view("anomaly-table")
def anomaly_table(dossier: Dossier, _: NoOptions) -> Table:
    """Every known anomaly of the own software, with the risks behind it and its evaluation."""
    trace = dossier.trace
    anomalies = by_id(trace.of_kind("anomaly"))
    return Table(
        name="anomaly-table",
        title="Known anomalies",
        columns=_COLUMNS,
        rows=tuple(_row(trace, one) for one in anomalies),
        empty="No anomaly is declared.",
        notes=tuple(_notes(anomalies)),
    )


def _row(trace: Trace, anomaly: Item) -> Row:
    cells = item_cells(trace, anomaly, _COLUMNS, _COMPUTED)
    return Row(cells, gap=is_residual(anomaly) and bool(objections(anomaly)))


def _residual(_: Trace, anomaly: Item) -> Cell:
    said = anomaly.text("residual")
    return cell(said) if said else cell((Text("yes"), Badge("not stated", Tone.OPEN)))


def _discovered(_: Trace, anomaly: Item) -> Cell:
    """When, by whom and how it was found, as far as it is stated."""
    first = ", ".join(filter(None, map(anomaly.text, ("discovered_on", "discovered_by"))))
    return cell(first, anomaly.text("discovered_how"))


def _affects(trace: Trace, anomaly: Item) -> Cell:
    ids = anomaly.links.get("affects", ())
    lines = (named(trace.items[id_]) if id_ in trace.items else (Ref(id_),) for id_ in ids)
    return cell(*lines) or cell(Badge("not stated", Tone.OPEN))


def _risks(trace: Trace, anomaly: Item) -> Cell:
    return cell(*((*named(one.item), Text("through"), Ref(one.through.id)) for one in risks_behind(trace, anomaly)))


_COMPUTED: Mapping[str, Compute] = {
    "residual": _residual,
    "discovered": _discovered,
    "affects": _affects,
    "risks": _risks,
}


def _notes(anomalies: list[Item]) -> Iterator[str]:
    """How many stay, and which of them are not accepted."""
    residual = [one for one in anomalies if is_residual(one)]
    if anomalies:
        yield f"Stay in the release: {len(residual)} of {len(anomalies)}."
    if open_ := [one.id for one in residual if objections(one)]:
        yield f"Not shown to be acceptable: {listing(open_, most=len(open_))}."
