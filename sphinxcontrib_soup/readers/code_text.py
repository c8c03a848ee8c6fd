"""Code as text: comments and the contents of texts are blanked, so that nothing in them is taken for code.

A scanner of our own, because it reads every file of code in every build: Pygments, which is there, too, takes a second
for 0.1 MB of C#; a parser for each language would be 50 MB to install.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from sphinxcontrib_soup.model import CodeUse, Location, PublicName
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict

LARGEST = 5_000_000
"""Bytes. What is larger was made by a tool: a bundle, a table."""

LINE = r"//[^\n]*"
BLOCK = r"/\*.*?\*/"
QUOTED = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
CHARACTER = r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
PARAGRAPH = r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""+'
"""Comments to the end of the line and between signs, texts, characters, and texts of several lines."""

_BLANK = re.compile(r"[^\n]")
_COMMENT_SIGNS = re.compile(r"/\*|\*/")
_MEMBER = re.compile(r"(?<![\w$.])([\w$]+)\??\.([\w$]+)")
_BRACKETS = re.compile(r"[()]")
_RESULT = re.compile(r"(?:[^\n{;=]|=(?!>))*")

Blank = Callable[[str], str]
"""What blanks the comments and texts of code; it raises `ReadError` where one of several lines does not end."""


@dataclass(frozen=True)
class Code:
    """A file of code: its text, and the same without comments and the contents of texts; places agree in both."""

    source: Source
    text: str
    bare: str

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """What is used of each name by a point behind it: `DateTime.now` is `now` of `DateTime`."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, member in _MEMBER.findall(self.bare):
            found[name].add(member)
        return {name: frozenset(members) for name, members in found.items()}

    def at(self, place: int) -> Location:
        """The location of a place in the text."""
        return self.source.at(bisect_right(self._ends, place - 1) + 1)

    def use(
        self, place: int, name: str | None, packages: tuple[str | None, ...] = (), symbols: tuple[str, ...] = ()
    ) -> CodeUse:
        """An import that stands at this place; what is `None` among the packages is none."""
        return CodeUse(
            name=name,
            packages=tuple(dict.fromkeys(one for one in packages if one)),
            symbols=tuple(sorted(set(symbols))),
            location=self.at(place),
        )

    def loaded(self, pattern: re.Pattern[str]) -> Iterator[CodeUse]:
        """What a pattern finds that is loaded when the code runs: by its group `name`, where a `sign` begins a text.

        What follows a comma tells of the version. What is no text is known only when the code runs.
        """
        for found in pattern.finditer(self.bare):
            said = self.text[found.start("name") : found.end("name")].partition(",")[0] if found["sign"] else None
            yield self.use(found.start(), said)

    def public(self, pattern: re.Pattern[str]) -> Iterator[PublicName]:
        """The names that a pattern finds: its groups `name`, and `signature`, which ends with `(` where one follows."""
        for found in pattern.finditer(self.bare):
            end = _end_of_signature(self.bare, found.end() - 1) if found[0].endswith("(") else found.end()
            signature = " ".join(self.text[found.start("signature") : end].split())
            yield PublicName(name=found["name"], signature=signature, location=self.at(found.start("name")))


def _end_of_signature(bare: str, opening: int) -> int:
    """The place behind the parameters that begin here, and what is said of the result in the same line."""
    depth = 0
    end = bare.find("\n", opening) % (len(bare) + 1)
    for found in _BRACKETS.finditer(bare, opening):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            rest = _RESULT.match(bare, found.end())
            return rest.end() if rest else found.end()
    return end


def code(source: Source, blank: Blank) -> Code:
    """A file of code. Bytes that are not UTF-8 are taken for Latin-1: what is asked for is ASCII in nearly all code.

    :raises ReadError: if it is too large, holds a merge that is not finished, or `blank` refuses it
    """
    content = within_bounds(source)
    try:
        text = source.text
    except ReadError:
        text = content.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bare = blank(text)
    refuse_conflict(bare)
    return Code(source=source, text=text, bare=bare)


def without(bare: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Code with what these patterns match blanked as well."""
    for pattern in patterns:
        bare = pattern.sub(lambda found: spaces(found[0]), bare)
    return bare


def within_bounds(source: Source) -> bytes:
    """The content of a file that somebody may have written.

    :raises ReadError: if it is larger than that
    """
    if len(source.content) > LARGEST:
        raise ReadError(
            f"it has more than {LARGEST // 1_000_000} MB, so it is not read as code: leave out what tools made"
        )
    return source.content


def spaces(text: str) -> str:
    """As many spaces, with the ends of lines kept."""
    return _BLANK.sub(" ", text)


def emptied(text: str) -> str:
    """A text between its signs, blanked: what it begins and ends with is kept."""
    head = len(text) - len(text.lstrip("\"'`"))
    tail = len(text) - len(text.rstrip("\"'`"))
    if head + tail >= len(text):
        return text
    return text[:head] + spaces(text[head : len(text) - tail]) + text[len(text) - tail :]


def blanker(
    *, comments: tuple[str, ...] = (LINE, BLOCK), texts: tuple[str, ...] = (QUOTED, CHARACTER), nested: bool = False
) -> Blank:
    """What blanks code of a language whose comments and texts these patterns match, the first that fits before others.

    `nested` says that comments between `/*` and `*/` may hold others.
    """
    known = [one for one in comments if not (nested and one == BLOCK)]
    parts = [f"(?P<comment>{'|'.join(known)})", f"(?P<text>{'|'.join(texts)})", r"(?P<open>/\*)"]
    pattern = re.compile("|".join(parts if BLOCK in comments else parts[:2]), re.DOTALL)

    def blank(text: str) -> str:
        made: list[str] = []
        at = 0
        while found := pattern.search(text, at):
            end = found.end()
            if found.groupdict().get("open"):
                end = _comment_end(text, found.start(), nested)
            made += [text[at : found.start()], (emptied if found["text"] else spaces)(text[found.start() : end])]
            at = end
        return "".join([*made, text[at:]])

    return blank


def _comment_end(text: str, start: int, nested: bool) -> int:
    depth = 0
    for found in _COMMENT_SIGNS.finditer(text, start) if nested else ():
        depth += 1 if found[0] == "/*" else -1
        if depth == 0:
            return found.end()
    return no_end(text, start)


def no_end(text: str, start: int, what: str = "comment") -> NoReturn:
    """Refuse code in which something of several lines begins and does not end: what follows would not be seen.

    :raises ReadError: always
    """
    raise ReadError(f"a {what} begins here and does not end", text.count("\n", 0, start) + 1)


def dotted_prefixes(name: str, separator: str) -> list[str]:
    """A name and what it lies in, the closest first: `a.b.c`, `a.b`, `a`."""
    parts = name.split(separator)
    return [separator.join(parts[:end]) for end in range(len(parts), 0, -1)]
