"""A table in web pages with all that belongs to it: its parts, and the script that has the rows of all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

from sphinxcontrib_soup.extension import markup
from sphinxcontrib_soup.extension.chains import SCRIPT
from sphinxcontrib_soup.extension.parts import Part, script

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder


@dataclass(frozen=True)
class View:
    """Draws the parts of a table, of which a short one has one: the first on the page that the table stands on.

    `id` is what the table is linked by, `chains` whether the chains of items stand beside the pages, `version` tells
    the script with the rows of all parts from that of an earlier build. `drawn` are those rows as on the first page,
    with the addresses `uris`.
    """

    builder: StandaloneHTMLBuilder
    parts: Sequence[Part]
    id: str | None
    chains: bool
    version: str = ""
    uris: markup.Uris = field(default_factory=dict)
    drawn: Sequence[markup.Drawn] = ()

    def opening(self, part: Part) -> str:
        """A part up to the text of its caption."""
        around = markup.view_opening(dict(self._attributes(part)))
        if len(self.parts) > 1:
            links = [(one.label, self._uri(part, one.page), one is part) for one in self.parts]
            around += markup.contents(part.table.title, links)
        return around + markup.table_opening(part.table, self.id)

    def rest(self, part: Part) -> str:
        """A part from the end of its caption on."""
        rest = markup.table_rest(part.table, self._rows(part), self.id)
        if after := self._neighbour(part, 1):
            uri = escape(self._uri(part, after.page))
            rest += f'<p class="soup-next"><a href="{uri}" rel="next">Next part: {escape(after.label)}</a></p>\n'
        return f"{rest}</div>\n"

    def _rows(self, part: Part) -> Sequence[markup.Drawn]:
        """The rows of a part; on most pages their addresses are those of the first page."""
        if self.drawn and part.uris.items() <= self.uris.items():
            return self.drawn[part.first : part.first + len(part.table.rows)]
        return markup.drawn_rows(part.table, part.uris, self._tallies)

    @cached_property
    def _tallies(self) -> Mapping[str, str]:
        return markup.tallies(one.table for one in self.parts)

    def _attributes(self, part: Part) -> Iterator[tuple[str, str]]:
        """What soup.js has to know."""
        yield "view", part.table.name
        if part.table.grouped:
            yield "group", part.table.columns[0].title
        if self.chains:
            yield "chains", self._uri_of_file(part, SCRIPT)
        if len(self.parts) > 1:
            rows = script(self.parts[0].page, self.id or "")
            yield "rows", f"{self._uri_of_file(part, rows)}?v={self.version}"
            yield "key", rows
            yield "page", self._uri(part, self.parts[0].page)
            yield "first", str(part.first)
            yield "total", str(self._total)

    @property
    def _total(self) -> int:
        return sum(len(part.table.rows) for part in self.parts)

    def _neighbour(self, part: Part, step: int) -> Part | None:
        at = self.parts.index(part) + step
        return self.parts[at] if 0 <= at < len(self.parts) else None

    def _uri(self, part: Part, page: str) -> str:
        return self.builder.get_relative_uri(part.page, page)

    def _uri_of_file(self, part: Part, file: str) -> str:
        return relative_uri(self.builder.get_target_uri(part.page), quote(file))

    # --- what stands on no page of the project -----------------------------------------------------------------------

    def write_others(self) -> None:
        """Write the pages of all parts but the first."""
        if len(self.parts) > 1:
            page = self.builder.get_doc_context(self.parts[0].page, "", "")
            for part in self.parts[1:]:
                self.builder.handle_page(part.page, {**page, **self._context(part, page)})

    def _context(self, part: Part, page: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the page of a part says otherwise than the page that the table stands on, which is the one above it."""
        above = {"link": self._uri(part, self.parts[0].page), "title": page["title"]}
        number, last = self.parts.index(part) + 1, part.first + len(part.table.rows)
        whole = f'<a href="{escape(above["link"])}">{page["title"]}</a>'
        body = (
            f"<section>\n<h1>{escape(part.table.title)}: {escape(part.label)}</h1>\n"
            f"<p>Part {number} of {len(self.parts)} of {whole}: rows {part.first + 1} to {last} of {self._total}.</p>\n"
            f"{self.opening(part)}{self.rest(part)}</section>\n"
        )
        return {
            "title": f"{page['title']} ({number}/{len(self.parts)})",
            "body": body,
            "parents": [*page["parents"], above],
            "prev": self._link(part, -1),
            "next": self._link(part, 1),
            "sourcename": "",  # there is no source of this name
            "toc": "",
            "display_toc": False,
        }

    def _link(self, part: Part, step: int) -> Mapping[str, str] | None:
        other = self._neighbour(part, step)
        return {"link": self._uri(part, other.page), "title": escape(other.label)} if other else None


def split_view(
    builder: StandaloneHTMLBuilder, parts: Sequence[Part], id_: str | None, uris: markup.Uris, *, chains: bool
) -> View:
    """The view of a table in several parts; writes the script with all rows. `uris` are those of its first page."""
    first = parts[0]
    table = replace(first.table, rows=tuple(row for part in parts for row in part.table.rows))
    name = script(first.page, id_ or "")
    drawn = markup.drawn_rows(table, uris, markup.tallies([table]))
    text = markup.rows_script(name, table, drawn, id_)
    path = Path(builder.outdir) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    return View(builder, parts, id_, chains, version, uris, drawn)
