"""CMake's language: the commands of a file with their arguments and lines.

Grammar: https://cmake.org/cmake/help/latest/manual/cmake-language.7.html#syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.wording import shown

_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#\[(?P<many>=*)\[.*?\](?P=many)\]|\#[^\n]*)
      | \[(?P<bracket>=*)\[\n?(?P<raw>.*?)\](?P=bracket)\]
      | "(?P<quoted>(?:[^"\\]|\\.)*)"
      | (?P<sign>[()])
      | (?P<bare>(?:[^\s()\#"\\]|\\.|"(?:[^"\\\n]|\\.)*")+)""",
    re.VERBOSE | re.DOTALL,
)
_REFERENCE = re.compile(r"\$\{([\w./+-]+)\}")
_LIST = re.compile(r"(?<!\\);")
_ESCAPE = re.compile(r"\\(?:\n|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a command; no reference to a variable is resolved in a `raw` one."""

    text: str
    line: int
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a file, its name in small letters."""

    name: str
    line: int
    arguments: tuple[Argument, ...]


def commands(source: Source) -> Iterator[Command]:
    """The commands of a file, in its order.

    :raises ReadError: with the line, if it is not CMake's language
    """
    text = source.text.replace("\r\n", "\n")
    refuse_conflict(text)
    name: Argument | None = None
    arguments: list[Argument] = []
    depth = 0
    for kind, argument in _tokens(text):
        if depth == 0:
            if kind == "bare" and name is None:
                name = argument
            elif argument.text == "(" and kind == "sign" and name:
                depth = 1
            else:
                raise ReadError(
                    f"it is not CMake's language: {shown(argument.text, 60)!r} is no command", argument.line
                )
        elif kind == "sign":
            depth += 1 if argument.text == "(" else -1
            if depth == 0 and name:
                yield Command(name.text.lower(), name.line, tuple(arguments))
                name, arguments = None, []
        else:
            arguments.append(argument)
    if name:
        raise ReadError(f"it is not CMake's language: the command {shown(name.text, 60)!r} does not end", name.line)


def _tokens(text: str) -> Iterator[tuple[str, Argument]]:
    at, line = 0, 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ReadError(f"it is not CMake's language: {shown(text[at : at + 20])!r}", line)
        if found["raw"] is not None:
            yield "raw", Argument(found["raw"], line, raw=True)
        elif found["quoted"] is not None:
            yield "quoted", Argument(_ESCAPE.sub(_unescaped, found["quoted"]), line)
        elif found["sign"]:
            yield "sign", Argument(found[0], line)
        elif found["bare"]:
            for part in _LIST.split(found[0]) if "$<" not in found[0] else [found[0]]:
                yield "bare", Argument(_ESCAPE.sub(_unescaped, part), line)
        line += text.count("\n", at, found.end())
        at = found.end()


def _unescaped(escape: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t", "r": "\r", ";": "\\;"}.get(escape[1] or "", escape[1] or "")


def variables(several: Sequence[Command]) -> Mapping[str, str]:
    """The variables that have one and the same value wherever the file sets them; of others no value is sure."""
    found: dict[str, set[str]] = {}
    for command in several:
        texts = [one.text for one in command.arguments]
        if command.name == "set" and len(texts) >= 2:
            known = texts[2:3] in ([], ["CACHE"], ["PARENT_SCOPE"])
            found.setdefault(texts[0], set()).update({texts[1]} if known else {"", texts[1]})
        elif command.name == "project" and "VERSION" in texts[:-1]:
            found.setdefault("PROJECT_VERSION", set()).add(texts[texts.index("VERSION") + 1])
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def resolved(argument: Argument, values: Mapping[str, str]) -> str:
    """The text of an argument; a reference to a variable without a sure value stays as it is written."""
    text = argument.text
    for _ in range(0 if argument.raw else 5):  # a value may refer to a variable itself
        text = _REFERENCE.sub(lambda found: values.get(found[1], found[0]), text)[:10_000]
    return text
