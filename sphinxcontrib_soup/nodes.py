"""Our own docutils nodes: an item's block, a table, and the place where a view will stand.

A table or a block is one node that each writer draws whole, because docutils nodes for every cell are what costs.
Writers without a visitor for them get plain docutils nodes from :func:`expand`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docutils import nodes

from sphinxcontrib_soup.model import Badge, Block, Cell, Line, Part, Place, Ref, Row, Table, Text, spaced
from sphinxcontrib_soup.tables import groups, tally

_LETTERS = 8
"""Writers of plain text take the share of a column in the width for letters, and need some."""


class soup_item(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """The block of an item. `block` is a :class:`Block`, `uris` maps item IDs to addresses; children: the statement."""


class soup_table(nodes.General, nodes.Element):  # noqa: N801
    """A table. `table` is a :class:`Table`, `uris` maps item IDs to addresses, `parts` are those it is split into."""


class soup_view(nodes.General, nodes.Element):  # noqa: N801
    """Where a view stands until the trace is made: the `key` it is asked by, its `title`, and how to `split` it."""


def expand(node: soup_item | soup_table) -> list[nodes.Node]:
    """The same content in plain docutils nodes, for a writer that knows nothing of ours."""
    uris: Mapping[str, str] = node["uris"]
    if isinstance(node, soup_table):
        return _table(node["table"], uris, node["ids"])
    block: Block = node["block"]
    title = nodes.paragraph("", "", nodes.strong("", f"{block.anchor} {block.title}"), ids=[block.anchor])
    facts = [(block.kind_title, ()), *block.fields, *block.outgoing, *block.incoming]
    if block.verdict:
        facts.insert(1, ("Verdict", ((block.verdict,),)))
    listed = nodes.field_list()
    for label, value in facts[1:]:
        listed += nodes.field("", nodes.field_name("", label), nodes.field_body("", *_paragraphs(value, uris)))
    title += nodes.Text(f" ({block.kind_title})")
    return [nodes.container("", title, listed, *node.children, classes=["soup-item"])]


def _table(table: Table, uris: Mapping[str, str], ids: list[str]) -> list[nodes.Node]:
    if not table.rows:
        return [nodes.paragraph("", table.empty, ids=ids)]
    columns = table.columns[table.grouped :]
    tgroup = nodes.tgroup(cols=len(columns))
    tgroup += [nodes.colspec(colwidth=_LETTERS * column.width) for column in columns]
    tgroup += nodes.thead("", _row([((Text(column.title),),) for column in columns], uris))
    tgroup += nodes.tbody("", *(row for group in groups(table) for row in _group(table, group, uris)))
    made = nodes.table("", nodes.title("", table.title), tgroup, ids=ids, classes=["soup-table", "longtable"])
    return [made, *(nodes.paragraph("", note) for note in table.notes)]


def _group(table: Table, group: Sequence[Row], uris: Mapping[str, str]) -> Iterator[nodes.row]:
    """The rows of a group below their label, which spans no columns, because not all writers can draw that."""
    if table.grouped:
        label = nodes.paragraph("", f"{table.columns[0].title}: ")
        for number, line in enumerate(group[0].cells[0] or ((Text("none"),),)):
            label += [*([nodes.Text("; ")] if number else []), nodes.strong("", "", *_line(line, uris))]
        label += nodes.Text(f" ({tally(group)})")
        yield nodes.row("", nodes.entry("", label), *(nodes.entry() for _ in table.columns[2:]))
    for row in group:
        yield _row(row.cells[table.grouped :], uris)


def _row(cells: Iterable[Cell], uris: Mapping[str, str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *_paragraphs(value, uris)) for value in cells))


def _paragraphs(value: Cell, uris: Mapping[str, str]) -> list[nodes.Node]:
    return [nodes.paragraph("", "", *_line(line, uris)) for line in value]


def _line(line: Line, uris: Mapping[str, str]) -> list[nodes.Node]:
    return [node for space, part in spaced(line) for node in (nodes.Text(space), _part(part, uris))]


def _part(part: Part, uris: Mapping[str, str]) -> nodes.Node:
    if isinstance(part, Ref) and part.id in uris:
        return nodes.reference("", part.text, refuri=uris[part.id], internal=True)
    if isinstance(part, Badge):
        return nodes.strong("", part.text)
    if isinstance(part, Place):
        return nodes.literal("", part.text)
    return nodes.Text(part.text)
