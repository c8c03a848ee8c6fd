"""A part of a document as it stands in the whole: the numbers of its pages, its objects and its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sphinxcontrib_soup.pdf.layout import Layout, Place
from sphinxcontrib_soup.pdf.objects import STRING, Source, dictionary, named, reference, references

_ABOVE = 10.0
"""Points above a target that a link to it shows, as the compiler has it."""
_PAIR = re.compile(rb"(\d+) (\d+) 0 R")
_MOVED = re.compile(
    rb"(?P<number>\d+) 0 R|(?P<key>/StructParents?) (?P<parents>\d+)|/ID(?P<id>" + STRING + rb")"
    rb"|/Headers\[(?P<headers>(?:" + STRING + rb"\s*)*)\]|" + STRING,
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a document, as the PDF it was compiled to.

    `before` and `after` are how many pages were added at its ends. Those after it stand, from the second on, for places
    on pages of other parts: `stand_ins` has the part, from 0, and the place, where its own first page is 1.
    """

    made: bytes
    layout: Layout
    before: int = 0
    after: int = 0
    stand_ins: Sequence[tuple[int, Place]] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Where a link leads to: the object of a page, its number from 1 in the document, and points from below.

    `title` is what stands there, as far as that is known.
    """

    page: int
    number: int
    x: float
    y: float
    title: str = ""

    @property
    def said(self) -> str:
        """Words for those who do not see the link."""
        return f"{self.title}, page {self.number}" if self.title else f"page {self.number}"

    @property
    def written(self) -> bytes:
        return b"[%d 0 R/XYZ %b %b 0]" % (self.page, _short(self.x), _short(self.y))


def _short(points: float) -> bytes:
    return f"{points:.3f}".rstrip("0").rstrip(".").encode("ascii")


class Sheet:
    """A part within the whole.

    :param index: its place among the parts, from 0
    :param offset: what is added to the numbers of its objects
    :param parents: what is added to the keys by which its pages and links find their elements of structure
    :param first: how many pages of the document are before it
    """

    def __init__(self, part: Part, *, index: int = 0, offset: int = 0, parents: int = 0, first: int = 0) -> None:
        self.part = part
        self.index, self.offset, self.parents, self.first = index, offset, parents, first
        self.source = Source(part.made)
        self.root = reference(self.source.catalog[b"/Pages"])
        self.pages = references(self.source.entries(self.root)[b"/Kids"])
        self.kept = self.pages[part.before : len(self.pages) - part.after]
        self.structure = self.source.entries(reference(self.source.catalog[b"/StructTreeRoot"]))
        self.document = reference(self.structure[b"/K"])

    @property
    def parents_after(self) -> int:
        return self.parents + int(self.structure[b"/ParentTreeNextKey"])

    @cached_property
    def _heights(self) -> list[float]:
        boxes = (self.source.entries(page)[b"/MediaBox"] for page in self.pages)
        return [float(box.strip(b"[]").split()[3]) for box in boxes]

    def point(self, place: Place) -> Point:
        """A place on a page as it was compiled."""
        page, x, y = place
        number = self.first + page - self.part.before
        return Point(self.pages[page - 1] + self.offset, number, x, self._heights[page - 1] - max(y - _ABOVE, 0))

    def targets(self) -> Iterator[tuple[str, Point]]:
        """The targets of links on its own pages, with their names."""
        layout = self.part.layout
        own = range(self.part.before + 1, self.part.before + len(self.kept) + 1)
        titles = {one["name"]: one["text"] for one in layout["headings"]}
        for name, place in layout["targets"].items():
            if place[0] in own:
                yield name, replace(self.point(place), title=titles.get(name, "") if "#" in name else name)

    def own_point(self, place: Place) -> Point:
        """A place on one of its own pages."""
        return self.point((place[0] + self.part.before, place[1], place[2]))

    def moved(self, written: bytes) -> bytes:
        """Code with the numbers and IDs that it has in the whole; those of the first part stay what they are."""
        return _MOVED.sub(self._moved, written) if self.index else written

    def _moved(self, match: re.Match[bytes]) -> bytes:
        if match["number"]:
            return b"%d 0 R" % (int(match["number"]) + self.offset)
        if match["key"]:
            return b"%b %d" % (match["key"], int(match["parents"]) + self.parents)
        if match["id"]:
            return b"/ID" + self.unique(match["id"])
        if match["headers"]:
            return b"/Headers[%b]" % re.sub(STRING, lambda one: self.unique(one[0]), match["headers"])
        return match[0]

    def unique(self, id_: bytes) -> bytes:
        """The ID of an element, as no other part has it."""
        return b"(%d %b" % (self.index + 1, id_[1:]) if self.index else id_

    def parent_tree(self) -> Iterator[tuple[bytes, bytes]]:
        """The elements of structure of pages and links, by their keys in the whole."""
        pairs = _PAIR.findall(self.structure[b"/ParentTree"])
        return ((b"%d" % (int(key) + self.parents), self.moved(b"%b 0 R" % number)) for key, number in pairs)

    def ids(self) -> Iterator[tuple[bytes, bytes]]:
        """The IDs of elements with their objects, as they are in the whole."""
        known = named(self.structure.get(b"/IDTree", b""))
        return ((self.unique(id_), b"%d 0 R" % (number + self.offset)) for id_, number in known)

    def labels(self) -> Iterator[tuple[bytes, bytes]]:
        """How each of its pages is numbered, with its index in the whole: as its template says, else from 1 on."""
        catalog = self.source.catalog
        tree = self.source.object(reference(catalog[b"/PageLabels"])) if b"/PageLabels" in catalog else b""
        begun = {int(index): int(number) for index, number in _PAIR.findall(tree)}
        label, counted = {b"/S": b"/D"}, self.first - self.part.before + 1
        for index in range(len(self.pages) - self.part.after):
            if index in begun:
                label = self.source.entries(begun[index])
                counted = int(label.get(b"/St", b"1")) - index
            if index >= self.part.before:
                numbered = {**label, b"/St": b"%d" % (counted + index)} if b"/S" in label else label
                yield b"%d" % (self.first + index - self.part.before), dictionary(numbered)
