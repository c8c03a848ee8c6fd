"""The parts of the software as a tree: software items, and below each the SOUPs that it wraps or uses.

A SOUP is marked, with its class; one that no software item names stands at the end, as a gap.
Clauses: IEC 62304 5.3.1, 5.3.3, 8.1.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.cells import named
from sphinxcontrib_soup.figures import Branch, tree
from sphinxcontrib_soup.model import (
    Badge,
    Cell,
    Column,
    Dossier,
    Item,
    Line,
    Row,
    Table,
    Text,
    Tone,
    Trace,
    cell,
    plain,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id, natural, outline

_COLUMNS = (
    Column("number", "No.", width=1),
    Column("part", "Part of the software", width=6),
    Column("kind", "Kind", width=2),
    Column("version", "Version", width=2, optional=True),
    Column("safety_class", "Class", width=1, order=("A", "B", "C")),
    Column("level", "Level", width=1, optional=True),
)


_MOST = 30
"""The most lines that are drawn, too: a longer tree is read more easily in the table."""


@view("item-tree")
def item_tree(dossier: Dossier, _: NoOptions) -> Table:
    """The software items, each below the one it is a part of, with the SOUPs they wrap or use."""
    rows = tuple(_rows(dossier.trace))
    return Table(
        name="item-tree",
        title="Parts of the software",
        columns=_COLUMNS,
        rows=rows,
        empty="There is no software item and no SOUP.",
        figure=tree([_branch(row) for row in rows], "The parts of the software") if 0 < len(rows) <= _MOST else None,
    )


def _branch(row: Row) -> Branch:
    number, part, kind, _, class_, level = (plain(value) for value in row.cells)
    tone = Tone.OPEN if row.gap else Tone.QUIET if kind == "SOUP" else None
    note = f"{kind}, class {class_}" if class_ else kind
    return Branch(int(level) - 1, f"{number} {part}", note, tone)


def _rows(trace: Trace) -> Iterator[Row]:
    numbers = outline(trace)
    for number, item in numbers:
        yield _row(trace, number, named(item), cell("software item"), item)
        parts = sum(other.rpartition(".")[0] == number for other, _ in numbers)
        for place, (how, soup) in enumerate(_soups(trace, item), parts + 1):
            yield _row(trace, f"{number}.{place}", (Text(how), *named(soup)), _soup_mark(), soup)
    top = sum("." not in number for number, _ in numbers)
    lost = [soup for soup in trace.of_kind("soup") if not trace.users(soup)]
    for place, soup in enumerate(by_id(lost), top + 1):
        mark = (Badge("in no software item", Tone.OPEN),)
        yield _row(trace, str(place), (*named(soup), *mark), _soup_mark(), soup, gap=True)


def _soups(trace: Trace, item: Item) -> list[tuple[str, Item]]:
    """How an item has its SOUPs; one that is wrapped and used counts once."""
    found = {soup.id: (how, soup) for how in ("uses", "wraps") for soup in trace.targets(item, how)}
    return [found[id_] for id_ in sorted(found, key=natural)]


def _soup_mark() -> Cell:
    return cell(Badge("SOUP", Tone.QUIET))


def _row(trace: Trace, number: str, part: Line, kind: Cell, item: Item, *, gap: bool = False) -> Row:
    class_ = trace.safety_classes.get(item.id, "")
    level = str(number.count(".") + 1)
    cells = (cell(number), cell(part), kind, cell(item.text("designator")), cell(class_), cell(level))
    return Row(cells, gap=gap)
