"""From what a directive asks for to its table: the view's own options, then those that every view takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sphinxcontrib_soup.extension.config import example_matrix
from sphinxcontrib_soup.extension.parts import SPLIT, WHOLE, checked_split
from sphinxcontrib_soup.model import Dossier, Judgement, Settings, Table, Trace
from sphinxcontrib_soup.needs.row_filter import row_filter
from sphinxcontrib_soup.needs.written import WrittenView
from sphinxcontrib_soup.plugin import View, parse_options, words
from sphinxcontrib_soup.tables import narrowed

_COMMON = ("title", "columns", "sort", "filter", "group", SPLIT)
NOTHING = Judgement(findings=(), counts={})


def table(view: View[Any], asked: WrittenView, dossier: Dossier) -> Table:
    """The table that a directive asks for.

    :raises ValueError: with a sentence for people, where it asks for what cannot be shown
    """
    own = {name: text for name, text in asked.options.items() if name not in _COMMON}
    options = asked.options
    made = view.show(dossier, parse_options(view.options, own, ("name", *_COMMON)))
    checked_split(options.get(SPLIT, WHOLE))
    shown = narrowed(
        made,
        columns=words(options.get("columns", "")),
        sort=words(options.get("sort", "")),
        keep=row_filter(options["filter"], [column.name for column in made.columns]) if options.get("filter") else None,
        group=options.get("group", "").strip(),
    )
    return replace(shown, title=options["title"]) if "title" in options else shown


def without_facts(view: View[Any], asked: WrittenView) -> Table:
    """The table that a directive asks for, of a trace without facts: it tells whether it can be shown, and its title.

    :raises ValueError: as :func:`table` does
    """
    empty = Trace(settings=Settings(risk_matrix=example_matrix()), items={})
    return table(view, asked, Dossier(trace=empty, judgement=NOTHING))
