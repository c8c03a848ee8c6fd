"""How a table fits on a page: widths of columns, size of type, whether the page is turned. Lengths are in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

MANY_COLUMNS = 8
"""From this number of columns on a table is set on a page of its own, turned, where it may be."""

_SIZES = (9.0, 8.0, 7.0, 6.0)
_LAST_SIZE, _VERY_MANY_COLUMNS = 5.0, 16
"""The size that only tables of more columns than this come to; in others words are rather broken."""
_LONGEST = 22
_MUCH_SHORTER = 0.7
"""Words of less than this part of the longest are not wider, whatever their letters."""
_PADDING = 0.88
"""What the cells of `style.typ` leave free at both sides together, in ems."""
_SLACK = 0.9
_HIGHEST = 220.0
"""Points of height up to which a row is kept in one piece."""
_LOWEST = 260.0
"""Points of height up to which a table is kept in one piece: about a third of an upright page."""
_NARROW, _BROAD = frozenset("fijlrtI.,:;!|'()[]/-"), frozenset("mwMW@%&✓▲")
_SOME_CHARACTER, _MEAN_CHARACTER = 0.62, 0.5
_LINE = 1.3


@dataclass(frozen=True, slots=True)
class Content:
    """What a column holds: its share of the width, and the length in ems of its longest word."""

    share: float
    word: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set. `longest` is how many characters a word may have in each column before it is broken."""

    widths: tuple[float, ...]
    size: float
    longest: tuple[int, ...]
    turned: bool

    def is_high(self, texts: Iterable[tuple[int, str]]) -> bool:
        """Whether a row of these texts, each with its column, must be allowed to break over pages."""
        return self._height(texts) > _HIGHEST

    def is_low(self, rows: Iterable[Iterable[tuple[int, str]]]) -> bool:
        """Whether a table of these rows is to stand on one page."""
        heights = accumulate(self._height(row) + _PADDING * self.size for row in rows)
        return all(height <= _LOWEST for height in heights)

    def _height(self, texts: Iterable[tuple[int, str]]) -> float:
        return max((self._lines(column, text) for column, text in texts), default=0) * self.size * _LINE

    def _lines(self, column: int, text: str) -> float:
        room = max(self.widths[column] / self.size - _PADDING, 1)
        return sum(1 + len(line) * _MEAN_CHARACTER // room for line in text.split("\n"))


def content(texts: Sequence[str], share: float | None = None) -> Content:
    """What a column of these texts holds; where its share is not given, it is made of how much they say."""
    words = {word[:_LONGEST] for text in texts for word in text.split()}
    least = max(map(len, words), default=0) * _MUCH_SHORTER
    word = max((_ems(word) for word in words if len(word) >= least), default=0.0)
    lengths = [len(text) for text in texts] or [0]
    return Content(share or (sum(lengths) / len(lengths) + max(lengths)) ** 0.5 + 1, word)


def _ems(word: str) -> float:
    """About how wide a word is in bold type, rather too wide than too narrow."""
    return sum(0.37 if c in _NARROW else 0.9 if c in _BROAD else 0.66 if c.isupper() else 0.57 for c in word)


def fit(columns: Sequence[Content], room: float, turned: float | None) -> Fit:
    """Set a table with the largest type at which no word needs breaking, upright rather than turned.

    :param turned: the room on a turned page, if it may be turned
    """
    sizes = (*_SIZES, _LAST_SIZE) if len(columns) > _VERY_MANY_COLUMNS else _SIZES
    places = [(room, size, False) for size in sizes]
    if turned is not None:
        upright = places[:2] if len(columns) < MANY_COLUMNS else []
        places = [*upright, *((turned, size, True) for size in sizes)]
    fitting = (place for place in places if sum(_needs(columns, place[1])) <= place[0] * _SLACK)
    width, size, is_turned = next(fitting, places[-1])
    widths = _widths(columns, _needs(columns, size), width)
    longest = (_longest(column, wide / size - _PADDING) for column, wide in zip(columns, widths, strict=True))
    return Fit(widths, size, tuple(longest), is_turned)


def _longest(column: Content, room: float) -> int:
    """How many characters a word may have: all that any has where the longest fits, but no more than a page bears."""
    return _LONGEST if column.word <= room + 0.01 else max(2, int(room / _SOME_CHARACTER))


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
