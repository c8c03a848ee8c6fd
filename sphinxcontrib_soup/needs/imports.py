"""`needimport`: the needs of a `needs.json`, and what sphinx-needs cannot take of them, told in every build."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.logging import is_suppressed_warning
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.directives.needimport import NeedimportDirective
from sphinx_needs.utils import logger  # the one that its directive uses

from sphinxcontrib_soup.kinds import ID_PATTERN
from sphinxcontrib_soup.model import Rejection
from sphinxcontrib_soup.needs.directive import in_our_words, made_ids, notice, source_location, take_over
from sphinxcontrib_soup.needs.written import WrittenItem, page

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_DOUBLED = re.compile(r"Need '(?P<id>.*?)' could not be imported: A need with ID .* already exists")


class ImportDirective(NeedimportDirective):
    """Declares the needs of a `needs.json`. What is wrong with them stays a rejection."""

    def run(self) -> Sequence[nodes.Node]:
        made, complaints = self._imported()
        later = [id_ for id_ in _doubled(complaints) if take_over(self.env, id_)]
        if later:  # pages that come after this one had them first
            for id_ in made_ids(made):
                SphinxNeedsData(self.env).remove_need(id_)
            made, complaints = self._imported()
        wrong = [*self._complaints(complaints), *_note_items(self, made_ids(made), _doubled(complaints))]
        location, name = source_location(self), Path(self.arguments[0]).name
        page(self.env, self.env.docname).rejections += [
            Rejection(id=None, kind=self.name, title=name, problem=one, location=location, kept=bool(made_ids(made)))
            for one in wrong
        ]
        return [*made, notice(name, wrong, self.block_text)] if wrong else made

    def _imported(self) -> tuple[Sequence[nodes.Node], list[str]]:
        with _overheard(self.config.suppress_warnings) as complaints:
            return super().run(), complaints

    def _complaints(self, complaints: Iterable[str]) -> Iterator[str]:
        kinds, store = self.config.soup_kinds, SphinxNeedsData(self.env).get_needs_mutable()
        path = self.env.relfn2path(self.arguments[0], self.env.docname)[1]
        for one in complaints:
            doubled = _DOUBLED.match(one)
            if not (doubled and store[doubled["id"]]["type"] in kinds):  # that of items is a finding already
                yield in_our_words(one.replace(path, self.arguments[0]), [], self.env)


def _doubled(complaints: Iterable[str]) -> list[str]:
    """The IDs that other needs have."""
    return [found["id"] for found in map(_DOUBLED.match, complaints) if found]


def _note_items(directive: NeedimportDirective, taken: Sequence[str], doubled: Sequence[str]) -> Iterator[str]:
    """Note which items came and which did not; gives what is wrong with the IDs of those that did."""
    env, config = directive.env, directive.config
    store = SphinxNeedsData(env).get_needs_mutable()
    for id_ in (*taken, *doubled):
        kind = config.soup_kinds.get(store[id_]["type"])
        if not kind:
            page(env, env.docname).cards.append(id_)
            continue
        item = WrittenItem(
            id=id_,
            kind=kind,
            title=store[id_]["title"],
            docname=env.docname,
            location=source_location(directive),
            taken=id_ in taken,
        )
        page(env, env.docname).items.append(item)
        # a pattern of the project's own is for its own IDs, says sphinx-needs
        if id_ in taken and config.needs_id_regex == ID_PATTERN and not re.match(ID_PATTERN, id_):
            yield f"the ID {id_} does not match {ID_PATTERN}; a link to it may lead nowhere"


@contextmanager
def _overheard(suppressed: Sequence[str]) -> Iterator[list[str]]:
    """Collect what sphinx-needs warns of while it imports, in place of its saying so once; not what is suppressed."""
    said: list[str] = []

    def hear(record: logging.LogRecord) -> bool:
        kept = record.levelno >= logging.WARNING and not is_suppressed_warning(
            getattr(record, "type", ""), getattr(record, "subtype", ""), suppressed
        )
        said.extend([record.getMessage()] if kept else [])
        return not kept

    logger.logger.addFilter(hear)
    try:
        yield said
    finally:
        logger.logger.removeFilter(hear)


def register(_app: Sphinx, _config: Config) -> None:
    """Put our directive in the place of sphinx-needs'."""
    if directives._directives.get("needimport") is NeedimportDirective:  # type: ignore[attr-defined]
        directives._directives["needimport"] = ImportDirective  # type: ignore[attr-defined]
