"""TOML with the line of every key and array element (https://toml.io/en/v1.0.0)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict

Path = tuple[str | int, ...]
Table = Mapping[str, object]

_TOKEN = re.compile(
    r'''(?P<skip>[^\S\n]+|\#[^\n]*)
      | (?P<long>"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5})
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
      | (?P<mark>[\[\]{}=,.\n])
      | (?P<word>[^\s\[\]{}=,.\#"']+)''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Toml:
    """A TOML document and the lines its parts are written in, by their path of keys and indexes."""

    document: Table
    lines: Mapping[Path, int]

    def table(self, *path: str) -> Table:
        """The table at this path, empty where there is none."""
        value: object = self.document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    def line(self, *path: str | int) -> int | None:
        """The line of the part at this path, or of the nearest part around it."""
        return next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)


def load_toml(source: Source) -> Toml:
    """A TOML file.

    :raises ReadError: with the line, if it is not TOML
    """
    text = source.text
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        refuse_conflict(text)
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise ReadError(f"it is not TOML: {error}", line) from error
    except (RecursionError, ValueError) as error:
        raise ReadError(f"it is not TOML that can be read: {error}") from error
    return Toml(document, _Scanner(text).scan())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in _TOKEN.finditer(text.replace("\r\n", "\n")):
        kind = found.lastgroup or ""
        if kind != "skip":
            yield _Token(kind, found[0], line)
        line += found[0].count("\n")
    yield _Token("mark", "\n", line)


class _Scanner:
    """A walk over the tokens of a document that :mod:`tomllib` has accepted, noting where each part begins."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self.at < len(self.tokens):
            if self.take("\n"):
                continue
            if self.take("["):
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self, mark: str) -> bool:
        """Pass over this mark if it comes next."""
        next_is_mark = self.at < len(self.tokens) and self.token.kind == "mark" and self.token.text == mark
        self.at += next_is_mark
        return next_is_mark

    def header(self) -> Path:
        line, of_array = self.token.line, self.take("[")
        path: Path = ()
        for key in self.keys("]"):
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path])
        if of_array:
            path = path[:-1] if isinstance(path[-1], int) else path
            self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, self.counts[path])
            self.take("]")
        self.lines.setdefault(path, line)
        return path

    def pair(self, table: Path) -> None:
        line = self.token.line
        path = (*table, *self.keys("="))
        self.lines.setdefault(path, line)
        self.value(path)

    def keys(self, end: str) -> list[str]:
        """The parts of a dotted key, up to and with the mark that ends it."""
        found: list[str] = []
        while not self.take(end):
            if not self.take("."):
                text = self.token.text
                found.append(_unquoted(text) if self.token.kind == "text" else text)
                self.at += 1
        return found

    def value(self, path: Path) -> None:
        if self.take("["):
            self.array(path)
        elif self.take("{"):
            while not self.take("}"):
                if not (self.take(",") or self.take("\n")):
                    self.pair(path)
        else:
            while not (self.token.kind == "mark" and self.token.text in ",]}\n"):
                self.at += 1

    def array(self, path: Path) -> None:
        index = 0
        while not self.take("]"):
            if self.take(",") or self.take("\n"):
                continue
            self.lines[(*path, index)] = self.token.line
            self.value((*path, index))
            index += 1


def _unquoted(text: str) -> str:
    """A quoted key as it reads."""
    value = tomllib.loads(f"key = {text}")["key"]
    return str(value)
