"""XML as a stream of elements with their lines; entity declarations are refused (https://www.w3.org/TR/xml/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from sphinxcontrib_soup.plugin import ReadError, Source

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

CHUNK = 1 << 16

_FIRST_TAG = re.compile(rb"<([A-Za-z_][\w.-]*)")


class Elements:
    """What is done with the elements of a file as they come by. Texts are heard only where they are listened to."""

    parser: XMLParserType

    @property
    def line(self) -> int:
        """The line of the element that begins or ends."""
        return self.parser.CurrentLineNumber

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; `tag` may have its namespace before it (see :func:`local`)."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def listen(self) -> None:
        """Take the texts from here on."""
        self.heard: list[str] = []
        self.parser.CharacterDataHandler = self.heard.append

    def text(self) -> str:
        """The texts since :meth:`listen`; what follows is passed over again."""
        self.parser.CharacterDataHandler = None
        return "".join(self.heard)


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def stream(source: Source, elements: Elements) -> Iterator[None]:
    """Give a file to `elements` piece by piece, and pause after each, so that memory stays flat.

    :raises ReadError: with the line, if the file cannot be opened, is not well-formed or declares entities
    """
    parser = DefusedXMLParser(target=elements)
    _shorten(parser.parser, elements)
    try:
        with source.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                parser.feed(chunk)
                yield
        parser.close()
        yield
    except ParseError as error:
        reason = str(error).partition(": line")[0]
        raise ReadError(f"it is not well-formed XML: {reason}", error.position[0]) from error
    except DefusedXmlException as error:
        reason = "it declares or refers to an entity, which is refused because entities can do harm"
        raise ReadError(reason, elements.line) from error
    except (LookupError, ValueError) as error:
        if "encoding" not in str(error):
            raise
        raise ReadError(f"its encoding cannot be read ({error}): save it as UTF-8", 1) from error
    except OSError as error:
        raise ReadError(f"it cannot be opened: {error.strerror}") from error


def _shorten(expat: XMLParserType, elements: Elements) -> None:
    """Let the parser call `elements` itself: its own steps between make attributes and texts that nobody asks for."""

    def unknown(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise ReadError(f"it refers to the entity {name!r}, which it does not declare", elements.line)

    elements.parser = expat
    expat.SkippedEntityHandler = unknown
    expat.ordered_attributes = False
    expat.StartElementHandler = elements.start
    expat.EndElementHandler = elements.end
    expat.DefaultHandlerExpand = None


def root(source: Source) -> str | None:
    """The name of the outermost element, `None` where the file is not XML. A broken file tells it by its first tag."""
    first = _First()
    try:
        for _ in stream(source, first):
            if first.tag:
                break
    except ReadError:
        found = None if first.tag else _FIRST_TAG.search(source.head.replace(b"\0", b""))
        return found[1].decode() if found else first.tag
    return first.tag


class _First(Elements):
    tag: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - what the parser calls it with
        self.tag = self.tag or local(tag)
