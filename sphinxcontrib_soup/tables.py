"""A table narrowed to what a page asks for: the same sorting and choosing for every view."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, groupby
from typing import TypeVar

from sphinxcontrib_soup.model import Cell, Column, Item, Row, Table, Trace, plain
from sphinxcontrib_soup.wording import counted, suggester

GAP = "gap"
"""The name under which a filter sees whether a row is a gap: `yes`, or empty where it is not."""

Keep = Callable[[Mapping[str, str]], bool]
SortKey = tuple[tuple[tuple[int, str], ...], str]
Made = TypeVar("Made")

_DIGITS = re.compile(r"([0-9]+)")


def natural(text: str) -> SortKey:
    """What sorts a text as people do: `REQ_2` before `REQ_10`, capitals beside small letters."""
    parts = _DIGITS.split(text)
    return tuple(_number(part) if index % 2 else (0, part.casefold()) for index, part in enumerate(parts)), text


def _number(digits: str) -> tuple[int, str]:
    stripped = digits.lstrip("0")
    return len(stripped), stripped


def by_id(items: Iterable[Item]) -> list[Item]:
    """Items as people sort their IDs."""
    return sorted(items, key=lambda item: natural(item.id))


def outline(trace: Trace) -> list[tuple[str, Item]]:
    """The software items, each after the one it is a part of, with a number that tells so: `1`, `1.1`, `1.2`, `2`.

    An item that is a part of several stands below the first; those that are parts of each other stand at the top.
    """
    items = {item.id: item for item in by_id(trace.of_kind("software-item"))}
    wholes = {
        id_: next((one.id for one in trace.targets(items[id_], "part_of") if one.id in items), "") for id_ in items
    }
    parts: dict[str, list[str]] = {}
    for id_, whole in wholes.items():
        parts.setdefault("" if _in_circle(id_, wholes) else whole, []).append(id_)
    found: list[tuple[str, Item]] = []

    def add(whole: str, before: str) -> None:
        for place, id_ in enumerate(parts.get(whole, ()), 1):
            found.append((f"{before}{place}", items[id_]))
            add(id_, f"{before}{place}.")

    add("", "")
    return found


def _in_circle(id_: str, wholes: Mapping[str, str]) -> bool:
    """Whether an item is a part of itself, by whatever is between."""
    seen: set[str] = set()
    at = wholes[id_]
    while at and at not in seen and at != id_:
        seen.add(at)
        at = wholes[at]
    return at == id_


def of_cells(rows: Iterable[Row], make: Callable[[Cell], Made]) -> list[list[Made]]:
    """What is made of the cells of each row; of a cell that several rows share, as in a matrix, it is made once."""
    listed = list(rows)
    shared = {id(value): value for row in listed for value in row.cells}
    made = {identity: make(value) for identity, value in shared.items()}
    return [[made[id(value)] for value in row.cells] for row in listed]


def groups(table: Table) -> Iterator[tuple[Row, ...]]:
    """The rows of each group of a table, all rows of one that is not grouped."""
    if not table.grouped:
        yield table.rows
        return
    for _, rows in groupby(table.rows, key=lambda row: plain(row.cells[0])):
        yield tuple(rows)


def tally(rows: Collection[Row]) -> str:
    """How many rows a group has, and how many of them are gaps."""
    gaps = sum(row.gap for row in rows)
    return f"{counted(len(rows), 'row')}{f', {counted(gaps, GAP)}' if gaps else ''}"


def narrowed(
    table: Table,
    *,
    columns: Iterable[str] = (),
    sort: Iterable[str] = (),
    keep: Keep | None = None,
    group: str = "",
) -> Table:
    """The rows that `keep` keeps, sorted, with the chosen columns in the order they are named.

    `keep` sees each row as column name to plain text, columns that are not shown included, and :data:`GAP`. `sort`
    holds column names, the weightiest first, with `-` before one that descends; rows that tie stay as they were, and
    empty cells come last either way. The column `group` comes first and makes groups of the rows; these stand in the
    order of their first rows, the group of those whose cell is empty last.
    Without `columns` all are shown but the optional ones.

    :raises ValueError: with a sentence for people, if there is no column of a name, or none is left beside the groups
    """
    kept = table if keep is None else _kept(table, keep)
    rows = kept.rows
    for name in reversed(list(sort)):
        rows = _sorted(table, rows, name.removeprefix("-"), descending=name.startswith("-"))
    chosen = [_index(table, name) for name in dict.fromkeys(columns)] or _default(table)
    if group:
        label = _index(table, group)
        rows = _together(rows, label)
        chosen = [label, *(index for index in chosen if index != label)]
        if len(chosen) == 1:
            raise ValueError(f"rows are grouped by the column {group!r}, and no other column is shown")
    return replace(
        kept,
        columns=tuple(replace(table.columns[index], optional=False) for index in chosen),
        rows=tuple(Row(tuple(row.cells[index] for index in chosen), row.gap) for row in rows),
        grouped=bool(group),
    )


def _kept(table: Table, keep: Keep) -> Table:
    """The table with the rows that pass the filter; that others do not is said, so that nobody takes a part for all.

    A figure draws all rows, so it goes with those that are left out.
    """
    rows = tuple(row for row in table.rows if keep(_seen(table, row)))
    if len(rows) == len(table.rows):
        return table
    note = f"The filter shows {len(rows)} of {counted(len(table.rows), 'row')}."
    return replace(table, rows=rows, empty=note, notes=(*table.notes, note) if rows else table.notes, figure=None)


def _seen(table: Table, row: Row) -> Mapping[str, str]:
    seen = {column.name: plain(value) for column, value in zip(table.columns, row.cells, strict=True)}
    return {**seen, GAP: "yes" if row.gap else ""}


def _sorted(table: Table, rows: Iterable[Row], name: str, *, descending: bool) -> tuple[Row, ...]:
    index = _index(table, name)
    column = table.columns[index]
    keyed = [(plain(row.cells[index]), row) for row in rows]
    filled = sorted((one for one in keyed if one[0]), key=lambda one: _key(column, one[0]), reverse=descending)
    return tuple(row for _, row in filled) + tuple(row for text, row in keyed if not text)


def _together(rows: Iterable[Row], index: int) -> tuple[Row, ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(plain(row.cells[index]), []).append(row)
    rest = found.pop("", [])
    return tuple(chain(*found.values(), rest))


def _key(column: Column, text: str) -> tuple[int, SortKey]:
    rank = column.order.index(text) if text in column.order else len(column.order)
    return rank, natural(text)


def _index(table: Table, name: str) -> int:
    names = [column.name for column in table.columns]
    if name not in names:
        raise ValueError(f"there is no column {name!r}{suggester(names)(name)}; the table has {', '.join(names)}")
    return names.index(name)


def _default(table: Table) -> list[int]:
    return [index for index, column in enumerate(table.columns) if not column.optional]
