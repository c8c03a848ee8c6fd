"""Why each SOUP is good enough for its use here, and why own software was made where it was.

A row for each SOUP: its suitability, how it is supported, since when the version is out, who else relies on it, how its
maker tests it, what else was weighed, and the decisions that justify it, with what speaks for and against each. Below
stand decisions to make own software instead. A SOUP without suitability and without such a decision is a gap where its
safety class asks for one. Clauses: IEC 62304 5.3.6; FDA, off-the-shelf software (2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sphinxcontrib_soup.cells import field_cell, named
from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import Badge, Cell, Column, Dossier, Item, Line, Row, Table, Text, Tone, Trace, cell
from sphinxcontrib_soup.obligations import owing, reasoned
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id

_SOUP, _DECISION = FIELDS["soup"], FIELDS["decision"]

_COLUMNS = (
    Column("id", "Software", width=3),
    Column("suitability", "Suitability", width=5),
    Column("support", "Support", width=3),
    Column("released_on", "Version released on", width=2),
    Column("users", "Users", width=3),
    Column("maker_tests", "Maker's tests", width=3),
    Column("alternatives", "Alternatives", width=4),
    Column("decisions", "Decisions", width=4),
    Column("pro", "Pro", width=4),
    Column("contra", "Contra", width=4),
)


@view("rationale-table")
def rationale_table(dossier: Dossier, _: NoOptions) -> Table:
    """Why software that exists is used, or own software is made: what speaks for and against each."""
    trace = dossier.trace
    soups = by_id(trace.of_kind("soup"))
    gaps = {soup.id for soup in owing(trace, "soup-use-unexplained", "IEC62304 5.3.6") if not reasoned(trace, soup)}
    built = [one for one in by_id(trace.of_kind("decision")) if _is_built(trace, one)]
    return Table(
        name="rationale-table",
        title="Why this software",
        columns=_COLUMNS,
        rows=(
            *(_row(_of_soup(trace, soup), gap=soup.id in gaps) for soup in soups),
            *(_row(_of_built(trace, decision), gap=False) for decision in built),
        ),
        empty="No SOUP is declared, and no decision is about software to use or to make.",
    )


def _is_built(trace: Trace, decision: Item) -> bool:
    """Whether a decision about software has no row of a SOUP to stand in."""
    about = trace.targets(decision, "justifies")
    return not any(one.kind == "soup" for one in about) and bool(about or decision.text("choice"))


def _row(cells: Mapping[str, Cell], *, gap: bool) -> Row:
    return Row(tuple(cells.get(column.name, ()) for column in _COLUMNS), gap=gap)


def _of_soup(trace: Trace, soup: Item) -> dict[str, Cell]:
    decisions = by_id(one for one in trace.origins(soup, "justifies") if one.kind == "decision")
    fields = ("suitability", "released_on", "users", "maker_tests")
    return {
        "id": cell(named(soup)),
        **{name: field_cell(soup, _SOUP[name]) for name in fields},
        "support": _support(soup),
        "alternatives": field_cell(soup, _SOUP["alternatives"]) + _of_each(decisions, "alternatives"),
        "decisions": cell(*(_decided(decision) for decision in decisions)),
        "pro": _of_each(decisions, "pro"),
        "contra": _of_each(decisions, "contra"),
    }


def _support(soup: Item) -> Cell:
    end = field_cell(soup, _SOUP["end_of_support"])
    ends = ((Text("end:"), *end[0]), *end[1:]) if end else ()
    return field_cell(soup, _SOUP["level_of_support"]) + ends


def _of_built(trace: Trace, decision: Item) -> dict[str, Cell]:
    return {
        "id": cell(*(named(one) for one in by_id(trace.targets(decision, "justifies")))) or cell(named(decision)),
        "suitability": field_cell(decision, _DECISION["rationale"]),
        "alternatives": field_cell(decision, _DECISION["alternatives"]),
        "decisions": cell(_decided(decision)),
        "pro": field_cell(decision, _DECISION["pro"]),
        "contra": field_cell(decision, _DECISION["contra"]),
    }


def _decided(decision: Item) -> Line:
    choice = decision.text("choice")
    return (*named(decision), Badge(choice, Tone.QUIET)) if choice else named(decision)


def _of_each(decisions: Iterable[Item], field: str) -> Cell:
    return tuple(line for decision in decisions for line in field_cell(decision, _DECISION[field]))
