"""JSON with the line of every key (RFC 8259)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from sphinxcontrib_soup.plugin import ReadError, Source


class Object(dict[str, "Value"]):
    """A JSON object; `lines` tells the line that each of its keys is written in."""

    def __init__(self, pairs: Sequence[tuple[str, Value]] = (), lines: Iterable[int] = ()) -> None:
        super().__init__(pairs)
        self.lines = dict(zip((key for key, _ in pairs), lines, strict=True))

    def text(self, key: str) -> str | None:
        """The value of a key where it is a text."""
        value = self.get(key)
        return value if isinstance(value, str) else None

    def object(self, key: str) -> Object:
        """The value of a key where it is an object, otherwise an empty one."""
        value = self.get(key)
        return value if isinstance(value, Object) else Object()


Value = None | bool | int | float | str | list["Value"] | Object

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}]', re.DOTALL)

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def load_object(source: Source) -> Object:
    """A file that holds one JSON object.

    :raises ReadError: with the line, if it is not JSON, not an object, or not text that can be written again
    """
    text = source.text
    lines = _key_lines(text)
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: Object(pairs, next(lines)), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ReadError(f"it is not JSON: {error.msg}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise ReadError(f"it is not JSON that can be read: {error}") from error
    if half := _SURROGATE.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            line = text.count("\n", 0, half.start()) + 1
            raise ReadError("a text in it holds half of a character (a lone surrogate)", line) from error
    if not isinstance(value, Object):
        raise ReadError("it holds no JSON object", 1)
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def _key_lines(text: str) -> Iterator[list[int]]:
    """The lines of the keys of each object, in the order in which the objects end: the order of a decoder's hook."""
    line, counted = 1, 0
    unfinished: list[list[int]] = []
    for token in _TOKEN.finditer(text):
        start = token.start()
        if token[1]:
            line += text.count("\n", counted, start)
            counted = start
            unfinished[-1].append(line)
        elif text[start] == "{":
            unfinished.append([])
        elif text[start] == "}":
            yield unfinished.pop()
