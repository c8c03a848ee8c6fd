"""JSON with the line of every key (RFC 8259)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.wording import shown


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
_TEXT = re.compile(r'\s*"([^"\\]*)"')

_COMMENT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|(?P<blank>//[^\n]*|/\*.*?\*/)', re.DOTALL)
_LAST_COMMA = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|(?P<blank>,)(?=\s*[}\]])', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def load_object(source: Source, *, lenient: bool = False, unique: bool = False) -> Object:
    """A file that holds one JSON object; a `lenient` format has comments, and commas before a bracket that closes.

    `unique` refuses an object that has a key twice, of which one would be lost.

    :raises ReadError: with the line, if it is not JSON, not an object, or not text that can be written again
    """
    text = _strict(source.text) if lenient else source.text
    lines = _key_lines(text)
    made = _unique if unique else Object
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: made(pairs, next(lines)), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        refuse_conflict(text)
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


def _strict(text: str) -> str:
    """A text without comments and last commas: blanks stand in their place, so that lines stay what they are."""
    for pattern in (_COMMENT, _LAST_COMMA):
        text = pattern.sub(lambda found: re.sub(r"\S", " ", found[0]) if found["blank"] else found[0], text)
    return text


def _unique(pairs: Sequence[tuple[str, Value]], lines: Sequence[int]) -> Object:
    made = Object(pairs, lines)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        again = next(index for index, key in enumerate(keys) if key in keys[:index])
        raise ReadError(f"the key {shown(keys[again])!r} is written twice in one object", lines[again])
    return made


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


def outer_text(source: Source, key: str) -> str | None:
    """The text that a key of the outermost object has, found without decoding the file; `None` where it has none.

    A file that is cut off, or whose encoding breaks, tells it where it stands before the break.
    """
    try:
        text = source.text
    except ReadError:
        text = source.head.decode("utf-8", "replace")
    if f'"{key}"' not in text:
        return None
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[1] and depth == 1 and token[0].startswith(f'"{key}"'):
            value = _TEXT.match(text, token.end())
            return value[1] if value else None
        depth += {"{": 1, "}": -1}.get(token[0], 0)
    return None
