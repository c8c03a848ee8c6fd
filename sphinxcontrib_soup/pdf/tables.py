"""Tables: those that authors write, and those that our views make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

from docutils import nodes
from sphinx.builders import Builder

from sphinxcontrib_soup.model import Badge, Column, Figure, Row, Table, plain
from sphinxcontrib_soup.nodes import soup_table
from sphinxcontrib_soup.pdf.boxes import Boxes
from sphinxcontrib_soup.pdf.cells import Cells
from sphinxcontrib_soup.pdf.markup import array, block, call, lines, prose, string
from sphinxcontrib_soup.pdf.measure import Content, Fit, content, fit
from sphinxcontrib_soup.pdf.sections import Sections
from sphinxcontrib_soup.pdf.writing import BETWEEN_ROWS, Setting
from sphinxcontrib_soup.tables import groups, tally
from sphinxcontrib_soup.wording import shown

Node = TypeVar("Node", bound=nodes.Element)

_INDENTED = 0.92
"""What is left of the width within a list or a box."""
_LINES_OF_IMAGE = 40
_FIGURE_WIDTH, _FIGURE_HEIGHT = 14.0, 13.0
"""The most a figure takes, in centimetres: what fits upright and turned pages."""
_LINES_OF_LABEL, _LONGEST_LABEL = 4, 400
"""The lines and the letters of what is repeated on each page on which a group goes on."""
_LINE_OF_LABEL = 80
"""The letters for which a label has room in a line, and rather more."""
_SIDES = ("left", "center", "right")
_GAP_LEGEND = "▲ marks a row with a gap."
_CONTINUED = string(" (continued)")
_CLOSING = "))"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of an author's table: the column it starts in, and how many columns and rows it spans."""

    node: nodes.Element
    column: int
    columns: int
    rows: int

    @property
    def text(self) -> str:
        """Its text with about the lines that it takes; an image is as high as many lines."""
        images = sum(1 for _ in self.node.findall(nodes.image))
        return self.node.astext() + "\n" * (len(self.node.children) + _LINES_OF_IMAGE * images)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as code, and whether it may stand apart from those above, which no cell of theirs reaches down into.

    `label` is the code of the label of its group, which is repeated wherever the group goes on.
    """

    code: str
    apart: bool = True
    label: str = ""


class Tables(Boxes, Sections, Cells):
    """Writes tables, turning the page for those that are too wide for an upright one."""

    def __init__(self, document: nodes.document, builder: Builder, setting: Setting) -> None:
        super().__init__(document, builder, setting)
        self._fits: dict[nodes.Element, Fit] = {}

    def is_wide(self, node: nodes.Node) -> bool:
        drawn = (isinstance(node, soup_table) and node["table"].rows) or isinstance(node, nodes.table)
        return bool(drawn) and isinstance(node, nodes.Element) and self._fit_of(node).turned

    def _fit_of(self, node: nodes.Element) -> Fit:
        """How a table is set where we stand; found once, because it is also asked for before its section begins."""
        if node not in self._fits:
            columns = _view_columns(_below_labels(node["table"])) if isinstance(node, soup_table) else _columns(node)
            room = self.room * (_INDENTED if self.depth else 1)
            may_turn = not self.depth and not self.turned
            self._fits[node] = fit(columns, room, self.setting.look.turned if may_turn else None)
        return self._fits[node]

    def _made(self, node: nodes.Element, head: str, caption: str, rows: Iterable[Line], *, whole: bool) -> str:
        """A table, on a turned page where it needs one and does not stand on one yet.

        Where it is no part of an expression, its rows are statements, between which the document may be parted, but
        for one that is kept `whole` on a page.
        """
        fitted = self._fit_of(node)
        if caption not in ("", "[]"):
            self.lists.add("table")
        if self.depth:
            written = "\n".join(f"{row.code}," for row in rows)
            return block([f"{_opening(fitted, head, caption, whole=whole)}\n{written}{_CLOSING}"])
        turns = fitted.turned and not self.turned
        if turns:
            self.turn(over=True)
        self.body.append(_opening(fitted, head, caption, whole=whole))
        self.bind()
        again = _opening(fitted, head, caption and block([caption, _CONTINUED]), listed=False)
        for row in rows:
            if row.apart and not whole:
                self.may_part(BETWEEN_ROWS, _CLOSING, f"{again}\n{row.label}," if row.label else again)
            self.body.append(f"{row.code},")
        self.body.append(_CLOSING)
        if turns:
            self.turn(over=False)
        return ""

    # --- of our views

    def write_soup_table(self, node: nodes.Element) -> str:
        table: Table = node["table"]
        if not table.rows:
            return call("par", call("emph", prose(table.empty)))
        fitted = self._fit_of(node)
        below = _below_labels(table)
        heads = (call("head", prose(one.title, wide)) for one, wide in zip(below.columns, fitted.longest, strict=True))
        written = (self._row(row, fitted, node) for row in below.rows)
        rows = self._grouped(table, written, node) if table.grouped else map(Line, written)
        whole = fitted.is_low(chain(map(_texts, below.rows), _label_texts(table)))
        legend = [_GAP_LEGEND] if any(row.gap for row in table.rows) else []
        notes = [prose(note) for note in (*legend, *table.notes)]
        foot = [Line(call("foot", str(len(below.columns)), lines(notes)), apart=False)] if notes else []
        caption = prose(table.title) if table.title else ""
        if table.figure:
            self.body.append(_drawing(table.figure))
        return self._made(node, call("table.header", *heads), caption, chain(rows, foot), whole=whole)

    def _grouped(self, table: Table, rows: Iterator[str], node: nodes.Element) -> Iterator[Line]:
        """The rows of each group below their label, which is never left alone."""
        for group in groups(table):
            label, *whole = self._labels(table.columns, group, node)
            yield Line(label)
            yield from (Line(one, apart=False) for one in whole)
            for number, row in enumerate(islice(rows, len(group))):
                yield Line(row, apart=number > 0, label=label)

    def _labels(self, columns: Sequence[Column], group: Sequence[Row], node: nodes.Element) -> list[str]:
        """What the rows of a group have in common; of much text the beginning is repeated, and all of it said once."""
        value, across = group[0].cells[0], str(len(columns) - 1)
        said = self.cell(value, self.longest, node) if value else prose("none")
        much = len(value) > _LINES_OF_LABEL or len(plain(value)) > _LONGEST_LABEL
        short = prose(shown(plain(value), _LONGEST_LABEL), self.longest) if much else said
        label = call("group", across, prose(columns[0].title), short, prose(tally(group)))
        return [label, call("table.cell", said, colspan=across, breakable="true")] if much else [label]

    def _row(self, row: Row, fitted: Fit, node: nodes.Element) -> str:
        cells = [self.cell(value, wide, node) for value, wide in zip(row.cells, fitted.longest, strict=True)]
        high = {"high": "true"} if fitted.is_high(_texts(row)) else {}
        if row.gap:
            cells = [call("gap", cell, **({} if i else {"sign": "true"}), **high) for i, cell in enumerate(cells)]
        elif high:
            cells = [call("high", cell) for cell in cells]
        return ", ".join(cells)

    # --- of authors

    def write_table(self, node: nodes.table) -> str:
        fitted = self._fit_of(node)
        group = _group(node)
        heads = [row.code for part in _of_class(group, nodes.thead) for row in self._rows(part, fitted)]
        rows = (row for part in _of_class(group, nodes.tbody) for row in self._rows(part, fitted))
        title = next(_of_class(node, nodes.title), None)
        whole = fitted.is_low(_entries(row) for part in _parts(group) for row in _grid(part))
        head = call("table.header", *heads) if heads else ""
        return self._made(node, head, self._numbered(node, title, "table"), rows, whole=whole)

    def _rows(self, part: nodes.Element, fitted: Fit) -> Iterator[Line]:
        head = isinstance(part, nodes.thead)
        stubs = [bool(one.get("stub")) for one in _of_class(part.parent, nodes.colspec)]
        reach = 0
        for down, row in enumerate(_grid(part)):
            high = not head and fitted.is_high(_entries(row))
            cells = (self._entry(entry, fitted, strong=head or stubs[entry.column], high=high) for entry in row)
            yield Line(", ".join(cells), apart=down >= reach)
            reach = max([reach, *(down + entry.rows for entry in row)])

    def _entry(self, entry: Entry, fitted: Fit, *, strong: bool, high: bool) -> str:
        columns = slice(entry.column, entry.column + entry.columns)
        with self.within(room=sum(fitted.widths[columns]), longest=sum(fitted.longest[columns])):
            said = self.compact(entry.node)
        sides = [side for side in _SIDES if f"text-{side}" in entry.node.get("classes", ())]
        named = {
            **({"colspan": str(entry.columns)} if entry.columns > 1 else {}),
            **({"rowspan": str(entry.rows)} if entry.rows > 1 else {}),
            **({"align": sides[0]} if sides else {}),
            **({"breakable": "true"} if high else {}),
        }
        if strong:
            return call("head", said, **named)
        return call("table.cell", said, **named) if named else said


def _drawing(figure: Figure) -> str:
    """A figure that fits on any page, with the text that is read in its place."""
    source = call("bytes", string(figure.svg))
    width = min(_FIGURE_WIDTH, _FIGURE_HEIGHT / figure.ratio)
    return call("image", source, format=string("svg"), alt=string(figure.text), width=f"{width:.1f}cm")


def _opening(fitted: Fit, head: str, caption: str, *, listed: bool = True, whole: bool = False) -> str:
    widths = array(f"{width:.1f}fr" for width in fitted.widths)
    rows_follow = f"matrix({widths}, size: {fitted.size:g}pt," + (f"\n{head}," if head else "")
    said = ("" if listed else "listed: false, ") + ("whole: true, " if whole else "")
    return f'captioned("table", {caption if caption not in ("", "[]") else "none"}, {said}{rows_follow}'


def _of_class(node: nodes.Element, kind: type[Node]) -> Iterator[Node]:
    return (child for child in node.children if isinstance(child, kind))


def _group(table: nodes.Element) -> nodes.tgroup:
    return next(_of_class(table, nodes.tgroup))


def _parts(group: nodes.tgroup) -> Iterator[nodes.Element]:
    return (part for part in group.children if isinstance(part, (nodes.thead, nodes.tbody)))


def _entries(row: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    return ((entry.column, entry.text) for entry in row)


def _grid(part: nodes.Element) -> Iterator[list[Entry]]:
    """The entries of each row with the column they stand in, those considered that reach down from rows above."""
    busy: dict[tuple[int, int], bool] = {}
    for down, row in enumerate(child for child in part.children if isinstance(child, nodes.row)):
        column, found = 0, []
        for node in row.children:
            while (down, column) in busy:
                column += 1
            if isinstance(node, nodes.Element):
                entry = Entry(node, column, node.get("morecols", 0) + 1, node.get("morerows", 0) + 1)
                found.append(entry)
                busy |= {(down + y, column + x): True for y in range(entry.rows) for x in range(entry.columns)}
        yield found


def _columns(table: nodes.Element) -> list[Content]:
    """What the columns of an author's table hold. Widths count where the author gave them, else the texts do."""
    group = _group(table)
    specs = list(_of_class(group, nodes.colspec))
    texts: list[list[str]] = [[] for _ in specs]
    for part in _parts(group):
        for entry in (entry for row in _grid(part) for entry in row if entry.columns == 1):
            texts[entry.column].append(entry.text)
    given = "colwidths-given" in table.get("classes", ())
    return [
        content(column, share=float(spec["colwidth"]) if given else None)
        for spec, column in zip(specs, texts, strict=True)
    ]


def _below_labels(table: Table) -> Table:
    """A table without the column that its labels are made of."""
    if not table.grouped:
        return table
    rows = tuple(replace(row, cells=row.cells[1:]) for row in table.rows)
    return replace(table, columns=table.columns[1:], rows=rows, grouped=False)


def _label_texts(table: Table) -> Iterator[list[tuple[int, str]]]:
    """The labels of a table as texts of as many lines as they take."""
    for group in groups(table) if table.grouped else ():
        value = group[0].cells[0]
        yield [(0, "\n" * (len(value) + len(plain(value)) // _LINE_OF_LABEL))]


def _view_columns(table: Table) -> list[Content]:
    """What the columns of a view hold. Their widths are meant for any content, so what they do hold counts as well."""
    made = [
        content([column.title, *(_measured(row, i) for row in table.rows)]) for i, column in enumerate(table.columns)
    ]
    return [replace(one, share=column.width * one.share**0.5) for one, column in zip(made, table.columns, strict=True)]


def _texts(row: Row) -> Iterator[tuple[int, str]]:
    return ((column, _measured(row, column)) for column in range(len(row.cells)))


def _measured(row: Row, column: int) -> str:
    """A cell as text that takes the room it will take, its signs included."""
    lines = (
        " ".join(f"✓_{part.text}" if isinstance(part, Badge) else part.text for part in line)
        for line in row.cells[column]
    )
    return ("▲_" if row.gap and not column else "") + "\n".join(lines)
