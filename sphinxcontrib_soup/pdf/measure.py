"""How a table fits on a page: widths of columns, size of type, whether the page is turned. Lengths are in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PORTRAIT = 476.0
"""The width of the text on an upright A4 page; the margins are those of `style.typ`."""
LANDSCAPE = 722.0
MANY_COLUMNS = 8
"""From this number of columns on a table is set on a page of its own, turned, where it may be."""

_SIZES = (9.0, 8.0, 7.0, 6.0, 5.0)
_LONGEST = 22
_PADDING = 0.88
"""What the cells of `style.typ` leave free at both sides together, in ems."""
_SLACK = 0.85
_MOST_LINES = 14
_WIDTH, _MEAN_WIDTH = 0.6, 0.5
"""How wide a character is in ems: hardly ever more than the first, in running text about the second."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a column holds: its share of the width, the length in ems of its longest word and of its longest cell, and
    the most lines that a cell is written in.
    """

    share: float
    word: float
    cell: float
    lines: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set. `longest` is how many characters a word may have in each column before it is broken.

    `whole` tells that no row is so high that it must be allowed to break over pages.
    """

    widths: tuple[float, ...]
    size: float
    longest: tuple[int, ...]
    turned: bool
    whole: bool


def content(texts: Sequence[str], share: float | None = None) -> Content:
    """What a column of these texts holds; where its share is not given, it is made of how much they say."""
    word = max((word for text in texts for word in text.split()), key=len, default="")[:_LONGEST]
    longest = max(map(len, texts), default=0)
    broken = max((text.count("\n") for text in texts), default=0)
    said = sum(map(len, texts)) / max(len(texts), 1)
    return Content(share or (said + longest) ** 0.5 + 1, _WIDTH * len(word), _MEAN_WIDTH * longest, broken + 1)


def fit(columns: Sequence[Content], room: float = PORTRAIT, *, may_turn: bool) -> Fit:
    """Set a table with the largest type at which no word needs breaking, upright rather than turned."""
    places = [(room, size, False) for size in _SIZES]
    if may_turn:
        upright = places[:2] if len(columns) < MANY_COLUMNS else []
        places = [*upright, *((LANDSCAPE, size, True) for size in _SIZES)]
    fitting = (place for place in places if sum(_needs(columns, place[1])) <= place[0] * _SLACK)
    width, size, turned = next(fitting, places[-1])
    widths = _widths(columns, _needs(columns, size), width)
    longest = tuple(max(2, int((wide / size - _PADDING) / _WIDTH + 0.01)) for wide in widths)
    lines = max(
        (
            column.lines + column.cell / max(wide / size - _PADDING, 1)
            for column, wide in zip(columns, widths, strict=True)
        ),
        default=0,
    )
    return Fit(widths, size, longest, turned, lines <= _MOST_LINES)


def _needs(columns: Sequence[Content], size: float) -> list[float]:
    return [(column.word + _PADDING) * size for column in columns]


def _widths(columns: Sequence[Content], needs: Sequence[float], width: float) -> tuple[float, ...]:
    """Share out the width, giving no column less than it needs while there is room."""
    if sum(needs) >= width:
        return tuple(need * width / sum(needs) for need in needs)
    fixed: dict[int, float] = {}
    while True:
        rest = width - sum(fixed.values())
        free = [index for index in range(len(columns)) if index not in fixed]
        shares = sum(columns[index].share for index in free)
        short = [index for index in free if rest * columns[index].share / shares < needs[index]]
        if not short:
            return tuple(fixed.get(i, rest * columns[i].share / (shares or 1)) for i in range(len(columns)))
        fixed.update({index: needs[index] for index in short})
