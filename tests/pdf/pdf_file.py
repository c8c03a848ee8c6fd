"""What a PDF holds, read with pypdf alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject


@dataclass(frozen=True)
class Pdf:
    """A PDF file; texts are without line ends, for lines break where they like."""

    path: Path

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def pages(self) -> list[str]:
        return [re.sub(r"[ \n\t\u202f]+", " ", page.extract_text()) for page in self.reader.pages]

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def squeezed(self) -> str:
        """The text without any white space, to find in it what may be broken anywhere."""
        return self.text.replace(" ", "")

    @cached_property
    def unpacked(self) -> bytes:
        """The file as it would be without any compression."""
        writer = PdfWriter(clone_from=self.reader)
        for found in writer._objects:
            if isinstance(found, StreamObject) and "/Filter" in found:
                packed, found._data = found.get_data(), b""
                del found["/Filter"]
                found._data = packed
        written = BytesIO()
        writer.write(written)
        return written.getvalue()

    @property
    def outline(self) -> list[tuple[int, str]]:
        """The bookmarks, with their level from 1."""
        return list(self._bookmarks(self.reader.outline, 1))

    def _bookmarks(self, entries: list[Any], level: int) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, level + 1)
            else:
                yield level, entry.title.replace("\u2002", " ")

    @property
    def destinations(self) -> set[str]:
        return set(self.reader.named_destinations)

    @cached_property
    def alternatives(self) -> set[str]:
        """The texts that stand for what is no text."""
        found = (one.get_object() for one in PdfWriter(clone_from=self.reader)._objects if one is not None)
        return {str(one["/Alt"]) for one in found if isinstance(one, dict) and "/Alt" in one}

    @cached_property
    def inner_links(self) -> list[int]:
        """The page numbers, from 1, that links within the document lead to; -1 where one leads nowhere."""
        return [self._page_of(target) for target in self._targets("/Dest", "/D")]

    @cached_property
    def web_links(self) -> list[str]:
        return [str(target) for target in self._targets("/URI")]

    @cached_property
    def outer_links(self) -> set[tuple[str, str]]:
        """The file and the name in it that links into other files lead to."""
        found = {(link["/F"]["/F"], str(link["/D"])) for link in self._targets("/A") if link["/S"] == "/GoToR"}
        return {(str(file), name) for file, name in found}

    def _targets(self, *keys: str) -> Iterator[Any]:
        for page in self.reader.pages:
            for annotation in page.get("/Annots") or ():
                link = annotation.get_object()
                for where in (link, link.get("/A", {})):
                    if where.get("/S") == "/GoToR" and "/A" not in keys:
                        continue
                    yield from (where[key] for key in keys if key in where)

    def _page_of(self, target: Any) -> int:
        if isinstance(target, str):
            found = self.reader.named_destinations.get(target)
            return -1 if found is None else (self.reader.get_destination_page_number(found) or 0) + 1
        return next((n for n, page in enumerate(self.reader.pages, 1) if page.indirect_reference == target[0]), -1)

    def pieces(self) -> Iterator[tuple[Any, str, float, float]]:
        """Each piece of text with its page, and where it begins, in points from the left and the lower edge."""
        for page in self.reader.pages:
            found: list[tuple[Any, str, float, float]] = []

            def visit(text: str, cm: Any, tm: Any, *_: Any, page: Any = page, found: list[Any] = found) -> None:
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                if text.strip():
                    found.append((page, text.strip(), x, y))

            page.extract_text(visitor_text=visit)
            yield from found

    def strays(self) -> list[str]:
        """Pieces of text that begin outside the box of their page."""
        return [
            text
            for page, text, x, y in self.pieces()
            if not (0 <= x <= float(page.mediabox.right) and 0 <= y <= float(page.mediabox.top))
        ]
