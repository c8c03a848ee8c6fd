"""The lines of the elements of a JSON array, which have no keys of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.json_text import Object

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},]|[^\s\[\]{},:"]+', re.DOTALL)


def element_lines(source: Source, table: Object, key: str) -> list[int]:
    """The line in which each element of the array of this key begins; that of the key where they cannot be told."""
    array = table.get(key)
    if not isinstance(array, list):
        return []
    line = table.lines[key]
    start = _offset(source.text, line)
    named = re.compile(rf"{re.escape(json.dumps(key))}\s*:\s*\[").search(source.text, start)
    found = list(_starts(source.text, named.end(), line + source.text.count("\n", start, named.end()))) if named else []
    return found if len(found) == len(array) else [line] * len(array)


def _offset(text: str, line: int) -> int:
    """Where a line begins."""
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at


def _starts(text: str, at: int, line: int) -> Iterator[int]:
    """The lines of the elements of an array that is open at this place."""
    depth, counted, fresh = 1, at, True
    for token in _TOKEN.finditer(text, at):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        if token[0] in "]}":
            depth -= 1
            if not depth:
                return
            continue
        if depth == 1:
            if fresh:
                yield line
            fresh = token[0] == ","
        if token[0] in "[{":
            depth += 1
