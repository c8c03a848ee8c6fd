"""Which PDFs a project has, and which pages are in which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxcontrib_soup.model import Item, Trace

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_STEM = re.compile(r"[\w.@+-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF to make: the name of its file without the ending, the page it starts from, and its item if it has one.

    One that is `combined` repeats what others hold: no other leads to it.
    """

    stem: str
    docname: str
    item: Item | None = None
    combined: bool = False

    @property
    def number(self) -> str:
        """The number it is filed under."""
        return (self.item and self.item.text("number")) or self.stem


def documents(
    env: BuildEnvironment, stated: Mapping[str, str] | None, trace: Trace, *, combined: bool = False
) -> list[Document]:
    """The PDFs to make: as stated, else one for each item that is a document, else one of the whole project.

    :param combined: whether to make one of the whole project beside the others
    """
    whole = Document(slug(env.config.project), env.config.root_doc)
    if stated is None:
        items = [item for item in trace.of_kind("document") if item.document in env.found_docs]
        if not items:
            return [whole]
        stated = {item.id: item.document for item in items}
    made = [
        Document(stem, docname, trace.items.get(stem))
        for stem, docname in stated.items()
        if _can_be_made(stem, docname, env)
    ]
    taken = {document.stem for document in made}
    return [*made, replace(whole, combined=True)] if combined and whole.stem not in taken else made


def homes(env: BuildEnvironment, made: Sequence[Document]) -> dict[str, Document]:
    """The document that a page is found in: of several the one with the fewest pages, and no combined one."""
    found: dict[str, Document] = {}
    pages = [(document, set(_below(env, document.docname, set()))) for document in made if not document.combined]
    for document, docnames in sorted(pages, key=lambda one: -len(one[1])):
        found.update(dict.fromkeys(docnames, document))
    return found


def _below(env: BuildEnvironment, docname: str, seen: set[str]) -> Iterator[str]:
    """A page and all that hang below it."""
    if docname not in seen:
        seen.add(docname)
        yield docname
        for child in env.toctree_includes.get(docname, ()):
            yield from _below(env, child, seen)


def slug(name: str) -> str:
    """A file name from the name of a project."""
    return "-".join(_STEM.findall(name)).strip(".-") or "document"


def _can_be_made(stem: str, docname: str, env: BuildEnvironment) -> bool:
    wrong = ""
    if not _STEM.fullmatch(stem) or stem.startswith("."):
        wrong = f"{stem!r} cannot be the name of a PDF: use letters, digits and _ - . alone"
    elif docname not in env.found_docs:
        wrong = f"{stem!r} starts from the page {docname!r}, which does not exist"
    if wrong:
        logger.warning("soup_documents: %s", wrong, type="soup", subtype="pdf")
    return not wrong
