"""The software items as a tree, each with its class, its interfaces, the SOUPs in it and the requirements it carries.

An item stands below the one it is a part of (`:part_of:`), which its number tells. A row is a gap where no requirement
is allocated to the item or to one of its parts.
Clauses: IEC 62304 5.3.1, 5.3.2, 5.3.5, 5.3.6.
"""

from __future__ import annotations

from collections.abc import Mapping

from sphinxcontrib_soup.cells import Compute, item_cells, named
from sphinxcontrib_soup.model import Cell, Column, Dossier, Item, Location, Place, Ref, Row, Table, Text, Trace, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import natural, outline

_COLUMNS = (
    Column("number", "No.", width=1),
    Column("id", "Software item", width=3),
    Column("safety_class", "Class", width=1, order=("A", "B", "C")),
    Column("segregation", "Segregation", width=2),
    Column("interface", "Interfaces", width=4),
    Column("soups", "SOUPs", width=3),
    Column("requirements", "Requirements", width=4),
    Column("code", "Code", width=3, optional=True),
    Column("level", "Level", width=1, optional=True),
)


@view("architecture-table")
def architecture_table(dossier: Dossier, _: NoOptions) -> Table:
    """The software items, each below the one it is a part of."""
    trace = dossier.trace
    return Table(
        name="architecture-table",
        title="Software items",
        columns=_COLUMNS,
        rows=tuple(_row(trace, number, item) for number, item in outline(trace)),
        empty="There is no software item.",
    )


def _row(trace: Trace, number: str, item: Item) -> Row:
    level = str(number.count(".") + 1)
    placed = {"number": lambda *_: cell(number), "level": lambda *_: cell(level)}
    return Row(item_cells(trace, item, _COLUMNS, {**_COMPUTED, **placed}), gap=not _carries(trace, item, set()))


def _carries(trace: Trace, item: Item, seen: set[str]) -> bool:
    """Whether a requirement is allocated to an item, or to one of its parts."""
    if item.id in seen:
        return False
    seen.add(item.id)
    parts = trace.origins(item, "part_of")
    return bool(trace.origins(item, "allocated_to")) or any(_carries(trace, part, seen) for part in parts)


def _soups(trace: Trace, item: Item) -> Cell:
    """The SOUPs it wraps, and those it uses otherwise."""
    wrapped = trace.targets(item, "wraps")
    used = [soup for soup in trace.targets(item, "uses") if soup not in wrapped]
    return cell(*((Text("wraps"), *named(soup)) for soup in wrapped), *((Text("uses"), *named(soup)) for soup in used))


def _requirements(trace: Trace, item: Item) -> Cell:
    carried = sorted((one.id for one in trace.origins(item, "allocated_to")), key=natural)
    return cell(tuple(Ref(id_) for id_ in carried)) if carried else ()


def _code(trace: Trace, item: Item) -> Cell:
    return cell(*(Place(Location(path)) for path in trace.item_code.get(item.id, ())))


_COMPUTED: Mapping[str, Compute] = {
    "safety_class": lambda trace, item: cell(trace.safety_classes.get(item.id, "")),
    "soups": _soups,
    "requirements": _requirements,
    "code": _code,
}
