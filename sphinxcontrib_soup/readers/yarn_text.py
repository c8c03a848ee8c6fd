"""The text of a yarn.lock of Yarn 1: blocks of indented keys and values (https://classic.yarnpkg.com/en/docs/yarn-lock)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.json_text import Object
from sphinxcontrib_soup.wording import shown

_LINE = re.compile(r"(?P<indent> *)(?P<content>[^\s#].*?)[ \t]*")
_TOKEN = re.compile(r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[,:])|(?P<bare>[^\s",:](?:[^\s",:]|:(?=\S))*))')


@dataclass(frozen=True)
class Block:
    """A block of the outermost level: its keys, the line they are written in, and what is indented below them."""

    keys: tuple[str, ...]
    line: int
    fields: Object = field(default_factory=Object)


def is_berry(source: Source) -> bool:
    """Whether a yarn.lock is of Yarn 2 or later, whose locks are YAML, or JSON, with facts about themselves."""
    try:
        return re.search(r"^__metadata:|\A\s*\{", source.text, re.MULTILINE) is not None
    except ReadError:
        return False


def blocks(source: Source) -> list[Block]:
    """The blocks of a file.

    :raises ReadError: with the line, if it is not text of this form
    """
    refuse_conflict(source.text)
    found: list[Block] = []
    open_: list[Object] = []
    for number, line in enumerate(source.text.splitlines(), 1):
        shape = _LINE.fullmatch(line)
        if shape is None:
            continue
        depth, odd = divmod(len(shape["indent"]), 2)
        if odd or depth > len(open_):
            raise ReadError("it is not a yarn.lock: a line is indented otherwise than by a step of two spaces", number)
        words, opens = _words(shape["content"], number)
        del open_[depth:]
        if depth == 0:
            found.append(Block(tuple(words), number))
            made = found[-1].fields
        else:
            made = _put(open_[-1], words, number, opens=opens)
        if opens:
            open_.append(made)
        elif depth == 0:
            raise ReadError(f"it is not a yarn.lock: no colon ends {shown(line, 60)!r}", number)
    return found


def _put(around: Object, words: list[str], line: int, *, opens: bool) -> Object:
    """Put a line into the object that it is indented below; what opens an object of its own is that object."""
    if len(words) != (1 if opens else 2):
        raise ReadError("it is not a yarn.lock: a line is not a key and a value", line)
    made = Object()
    around[words[0]] = made if opens else words[1]
    around.lines[words[0]] = line
    return made


def _words(content: str, line: int) -> tuple[list[str], bool]:
    """The words of a line, and whether a colon ends it."""
    words = []
    opens = False
    for token in _tokens(content, line):
        if opens:
            raise ReadError("it is not a yarn.lock: something follows a colon", line)
        opens = token[0] == ":"
        words += [] if token in (":", ",") else [_word(token, line)]
    return words, opens


def _word(token: str, line: int) -> str:
    try:
        return str(json.loads(token)) if token[0] == '"' else token
    except ValueError as error:
        raise ReadError(f"it is not a yarn.lock: {shown(token, 60)} is not a text that can be read", line) from error


def _tokens(content: str, line: int) -> Iterator[str]:
    at = 0
    while at < len(content):
        token = _TOKEN.match(content, at)
        if token is None:
            raise ReadError(f"it is not a yarn.lock: {shown(content[at:], 60)!r} cannot be read", line)
        yield token[0].strip()
        at = token.end()
