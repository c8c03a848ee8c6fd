"""How the PDFs of a project look, as settings say: paper, margins, colours, fonts, logo, header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

_PAPERS = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}
"""Width and height in millimetres."""
_SIDES = ("top", "bottom", "left", "right")
_LEAST_MARGIN, _MOST_MARGIN = 10, 60
_POINTS = 72 / 25.4
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_WORD = re.compile(r"\{(\w+)\}")
WORDS = ("number", "title", "revision", "project", "date", "status", "page", "pages")
"""What header and footer can say, each in braces."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How pages look. Lengths are in millimetres; header and footer have a text for the left, the middle, the right.

    `colours` are those that differ from ours, `logo` is a path relative to conf.py.
    """

    paper: str = "a4"
    margins: Mapping[str, float]
    colours: Mapping[str, str]
    fonts: Sequence[str] = ("Source Sans 3",)
    code_fonts: Sequence[str] = ("DejaVu Sans Mono",)
    logo: str = ""
    header: Sequence[str] = ("{number}", "", "{title}")
    footer: Sequence[str] = ("{revision}", "", "page {page} of {pages}")

    @property
    def upright(self) -> float:
        """The width of the text on an upright page, in points."""
        return (_PAPERS[self.paper][0] - self.margins["left"] - self.margins["right"]) * _POINTS

    @property
    def turned(self) -> float:
        """The width of the text on a turned page, in points."""
        return (_PAPERS[self.paper][1] - self.margins["left"] - self.margins["right"]) * _POINTS


_MARGINS = {"top": 26.0, "bottom": 23.0, "left": 22.0, "right": 20.0}
_COLOURS = {"ink": "#1d2733", "faint": "#5b6673", "hairline": "#c9d1d9", "accent": "#1f4e79"}
_NAMES = tuple(one.name for one in fields(Look))


def look(stated: Mapping[str, Any]) -> Look:
    """How the PDFs look where the project stated so much; see :func:`misfit`."""
    margins = {**_MARGINS, **stated.get("margins", {})}
    colours = {**_COLOURS, **stated.get("colours", {})}
    return Look(**{**stated, "margins": margins, "colours": colours})


def misfit(stated: Any) -> str:
    """What is wrong with a setting, to go behind its name; empty where nothing is."""
    if not isinstance(stated, Mapping):
        return f"must be a table with some of: {', '.join(_NAMES)}"
    return next(_misfits(stated), "")


def _misfits(stated: Mapping[str, Any]) -> Iterator[str]:
    if unknown := sorted(str(name) for name in stated if name not in _NAMES):
        yield f"has the key {unknown[0]!r}; keys are: {', '.join(_NAMES)}"
    if stated.get("paper", "a4") not in _PAPERS:
        yield f"must have one of these as 'paper': {', '.join(_PAPERS)}"
    margins, colours = stated.get("margins", {}), stated.get("colours", {})
    if not isinstance(margins, Mapping) or not all(map(_is_margin, margins.items())):
        yield f"must have numbers from {_LEAST_MARGIN} to {_MOST_MARGIN} as 'margins', for {', '.join(_SIDES)}"
    if not isinstance(colours, Mapping) or not all(map(_is_colour, colours.items())):
        yield f"must have colours such as '#1f4e79' as 'colours', for {', '.join(_COLOURS)}"
    for name in ("fonts", "code_fonts"):
        if not _are_texts(stated.get(name, ["x"])) or not stated.get(name, ["x"]):
            yield f"must have a list of names of fonts as {name!r}"
    if not isinstance(stated.get("logo", ""), str):
        yield "must have the path of an image as 'logo'"
    for name in ("header", "footer"):
        parts = stated.get(name, ("", "", ""))
        if not _are_texts(parts) or len(parts) != 3:
            yield f"must have three texts as {name!r}: for the left, the middle and the right"
        elif wrong := [word for part in parts for word in _WORD.findall(part) if word not in WORDS]:
            yield f"has {{{wrong[0]}}} in {name!r}; it can say {', '.join(f'{{{word}}}' for word in WORDS)}"


def _is_margin(side: tuple[Any, Any]) -> bool:
    name, wide = side
    return name in _SIDES and type(wide) in (int, float) and _LEAST_MARGIN <= wide <= _MOST_MARGIN


def _is_colour(colour: tuple[Any, Any]) -> bool:
    name, written = colour
    return name in _COLOURS and isinstance(written, str) and _COLOUR.fullmatch(written) is not None


def _are_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)


def filled(part: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A text of header or footer in pieces: each with the word it is if the compiler alone knows that, else empty."""
    for index, piece in enumerate(_WORD.split(part)):
        if index % 2 and piece not in words:
            yield piece, ""
        elif said := words[piece] if index % 2 else piece:
            yield "", said
