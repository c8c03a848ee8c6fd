"""XML as a tree of elements with their lines, for files that are small enough to be held whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.xml_text import Elements, local, stream

LARGEST = 50_000_000
"""Bytes of the largest file that is read as a tree."""

DEEPEST = 200


@dataclass
class Node:
    """An element: its name without namespace, its attributes, the line it begins in, and what is in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text without white space around it."""
        return "".join(self.pieces).strip()

    def of(self, *tags: str) -> Iterator[Node]:
        """The elements of these names that are directly in it."""
        return (child for child in self.children if child.tag in tags)


class _Tree(Elements):
    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) == DEEPEST:
            raise ReadError(f"its elements are nested deeper than {DEEPEST} levels", self.line)
        node = Node(local(tag), {local(name): value for name, value in attributes.items()}, self.line)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
            self.parser.CharacterDataHandler = self.hear
        self.open.append(node)

    def end(self, tag: str) -> None:  # noqa: ARG002 - what the parser calls it with
        self.open.pop()

    def hear(self, text: str) -> None:
        if self.open:
            self.open[-1].pieces.append(text)


def load_tree(source: Source) -> Node:
    """The outermost element of a file.

    :raises ReadError: with the line, if the file is not well-formed, declares entities, or is too large or too deep
    """
    tree = _Tree()
    if source.path.stat().st_size > LARGEST:
        raise ReadError(f"it is larger than {LARGEST // 1_000_000} MB, more than any manifest")
    for _ in stream(source, tree):
        pass
    if tree.root is None:
        raise ReadError("it holds no element", 1)
    return tree.root
