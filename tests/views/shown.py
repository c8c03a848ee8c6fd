"""What the tests of views share: a view of facts given in memory, and its table as plain texts."""

from __future__ import annotations

from collections.abc import Iterable

from sphinxcontrib_soup.model import Dossier, Evidence, Item, Judgement, Rejection, Settings, Table, plain
from sphinxcontrib_soup.plugin import discover, parse_options
from tests.rules.traces import trace

NO_JUDGEMENT = Judgement(findings=(), counts={})


def show(name: str, dossier: Dossier, **options: str) -> Table:
    view = next(view for view in discover().views if view.name == name)
    return view.show(dossier, parse_options(view.options, options))


def dossier(*facts: Item | Evidence, stated: Settings | None = None, rejections: Iterable[Rejection] = ()) -> Dossier:
    return Dossier(trace=trace(*facts, stated=stated, rejections=rejections), judgement=NO_JUDGEMENT)


def texts(table: Table, *columns: str) -> list[list[str]]:
    """The rows as plain texts, of all columns or of those named; a gap begins with `!`."""
    names = [column.name for column in table.columns]
    chosen = [names.index(name) for name in columns] or range(len(names))
    return [["!" if row.gap else "", *(plain(row.cells[index]) for index in chosen)] for row in table.rows]
