"""Figures as SVG: bars, columns, grids and trees, the same for web pages and PDFs.

Colours are literal, on a ground of their own, because a figure stands in light and dark pages and in print; each colour
has a word beside it. There is no style and no script within, which a strict content security policy would not allow.
The table that a figure belongs to says all that it shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from sphinxcontrib_soup.model import Figure, Tone

WIDTH = 720
"""The width of every figure, in user units; it is scaled to the room there is."""
_FONT = "Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif"
_INK, _MUTED, _GROUND, _LINE = "#1f2328", "#57606a", "#ffffff", "#d0d7de"
_FILLS = {Tone.GOOD: "#cfe8cf", Tone.BAD: "#f6c9c4", Tone.OPEN: "#f6e3b0", Tone.QUIET: "#e3e6ea"}
_EDGES = {Tone.GOOD: "#1a7f37", Tone.BAD: "#b42318", Tone.OPEN: "#8a6100", Tone.QUIET: "#6e7781"}
_LETTER = 0.54
"""The width of a letter in the mean, of the size of the type; a figure is drawn without knowing the font."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIZE = 14
_SMALL = 12
_PAD = 12


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar or of a column: what it counts, how many, and how that is to be read."""

    name: str
    count: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a grid: its texts, one below the other, the first in bold."""

    texts: tuple[str, ...]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of a tree: how deep it stands, the first at 0, what it says, what is told at its right, and any tone."""

    depth: int
    words: str
    note: str
    tone: Tone | None = None


def bars(rows: Sequence[tuple[str, Sequence[Share]]], text: str) -> Figure:
    """A bar for each row, as long as the share that each of its parts has of the row; its counts stand to the right."""
    left = _label_width(label for label, _ in rows)
    said = [", ".join(f"{one.count} {one.name}" for one in shares if one.count) for _, shares in rows]
    right = min(max((_width(line, _SMALL) for line in said), default=0), WIDTH * 0.4)
    room = WIDTH - left - right - 2 * _PAD - 16
    step, thick = 32, 20
    drawn: list[str] = []
    for index, ((label, shares), line) in enumerate(zip(rows, said, strict=True)):
        top = _PAD + index * step
        middle = top + thick / 2 + 5
        drawn.append(_words(left, middle, _cut(label, left - _PAD, _SIZE), anchor="end"))
        at, total = left + 8.0, sum(one.count for one in shares)
        drawn.append(_box(at, top, room, thick, _GROUND, _LINE))
        for one in shares:
            wide = room * one.count / total if total else 0
            if wide:
                drawn.append(_box(at, top, wide, thick, _FILLS[one.tone], _EDGES[one.tone]))
            at += wide
        drawn.append(_words(WIDTH - _PAD - right, middle, _cut(line, right, _SMALL), size=_SMALL, ink=_MUTED))
    return _figure(drawn, _PAD * 2 + len(rows) * step - (step - thick), text)


def columns(stacks: Sequence[tuple[Sequence[str], Sequence[Share]]], axis: str, text: str) -> Figure:
    """A column for each stack of shares, as high as they count, the first at its foot; `axis` says what is counted.

    Below a column stand its texts, one below the other; where columns are narrow, below some of them alone, the last
    one among them.
    """
    most = max((sum(one.count for one in shares) for _, shares in stacks), default=0)
    step = _step(most)
    left, top, high = _PAD + _width(str(most), _SMALL) + 8, 90.0, 200.0
    foot, unit = top + high, high / (step * max(-(-most // step), 1))
    wide = (WIDTH - _PAD - left) / max(len(stacks), 1)
    drawn = [_words(_PAD, 52, axis, size=_SMALL, ink=_MUTED), *_legend(stacks[-1][1] if stacks else ())]
    for count in range(0, most + step, step):
        y = foot - count * unit
        drawn.append(f'<path d="M{left:g} {y:.2f}H{WIDTH - _PAD}" stroke="{_LINE}"/>')
        drawn.append(_words(left - 6, y + 4, str(count), anchor="end", size=_SMALL, ink=_MUTED))
    widest = max((_width(one, _SMALL) for texts, _ in stacks for one in texts), default=0.0)
    every = min(math.ceil((widest + 8) / wide), len(stacks)) or 1
    for index, (texts, shares) in enumerate(stacks):
        middle = left + (index + 0.5) * wide
        drawn += _stack(shares, middle, wide, foot, unit)
        if (len(stacks) - 1 - index) % every == 0:
            drawn += _below(texts, middle, foot + 18, every * wide - 4)
    lines = max((len(texts) for texts, _ in stacks), default=0)
    return _figure(drawn, foot + 16 * lines + _PAD, text)


def _step(most: int) -> int:
    """The step of a scale from 0 that takes up to five of them: 1, 2 or 5, or these times a power of ten."""
    power: int = 10 ** (len(str(most // 5)) - 1)
    return next(one * power for one in (1, 2, 5, 10) if 5 * one * power >= most)


def _legend(shares: Sequence[Share]) -> Iterator[str]:
    """What each colour stands for, in the order from the foot up."""
    x = float(_PAD)
    for one in shares:
        yield _box(x, 12, 14, 14, _FILLS[one.tone], _EDGES[one.tone])
        yield _words(x + 20, 24, one.name, size=_SMALL)
        x += 40 + _width(one.name, _SMALL)


def _stack(shares: Sequence[Share], middle: float, room: float, foot: float, unit: float) -> Iterator[str]:
    """The shares one upon the other, each with its count; that of a thin one stands above the column."""
    thick = min(room * 0.7, 96)
    above: list[str] = []
    for one in filter(lambda one: one.count, shares):
        high = one.count * unit
        foot -= high
        yield _box(middle - thick / 2, foot, thick, round(high, 2), _FILLS[one.tone], _EDGES[one.tone])
        whole = f"{one.count} {one.name}"
        said = whole if _width(whole, _SMALL) < thick - 4 else str(one.count)
        if high >= 16 and _width(said, _SMALL) < thick - 4:
            yield _words(middle, foot + high / 2 + 4, said, anchor="middle", size=_SMALL)
        elif _width(whole, _SMALL) < room:
            above.append(whole)
    for line, words in enumerate(reversed(above)):
        yield _words(middle, foot - 6 - 16 * line, words, anchor="middle", size=_SMALL)


def _below(texts: Iterable[str], middle: float, top: float, room: float) -> Iterator[str]:
    for line, words in enumerate(_cut(one, room, _SMALL) for one in texts):
        half = _width(words, _SMALL) / 2
        x = max(min(middle, WIDTH - 6 - half), 6 + half)
        yield _words(x, top + 16 * line, words, anchor="middle", size=_SMALL)


def grid(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Field]]], axes: tuple[str, str], text: str) -> Figure:
    """A grid of fields with a head for each column and a label for each row; `axes` say what goes across and down."""
    left = _label_width([*(label for label, _ in rows), axes[1]])
    wide = (WIDTH - left - 2 * _PAD) / max(len(heads), 1)
    high = 12 + 18 * max((len(field.texts) for _, fields in rows for field in fields), default=1)
    top = 54
    drawn = [
        _words(left + (WIDTH - left - _PAD) / 2, 22, axes[0], anchor="middle", size=_SMALL, ink=_MUTED),
        _words(left, 44, axes[1], anchor="end", size=_SMALL, ink=_MUTED),
    ]
    for column, head in enumerate(heads):
        drawn.append(_words(left + 8 + (column + 0.5) * wide, 44, _cut(head, wide - 8, _SIZE), anchor="middle"))
    for down, (label, fields) in enumerate(rows):
        y = top + down * high
        drawn.append(_words(left, y + high / 2 + 5, _cut(label, left - _PAD, _SIZE), anchor="end"))
        for column, field in enumerate(fields):
            x = left + 8 + column * wide
            drawn.append(_box(x, y, wide, high, _FILLS[field.tone], _GROUND))
            for line, words in enumerate(field.texts):
                middle = y + high / 2 + 5 + 18 * (line - (len(field.texts) - 1) / 2)
                style = {"bold": True} if not line else {"size": _SMALL}
                drawn.append(_words(x + wide / 2, middle, _cut(words, wide - 8, _SIZE), anchor="middle", **style))
    return _figure(drawn, top + len(rows) * high + _PAD, text)


def tree(branches: Sequence[Branch], text: str) -> Figure:
    """A box for each branch, below the one that it belongs to; lines lead from each to those one deeper."""
    step, high, indent = 34, 26, 26
    drawn: list[str] = []
    above: list[float] = []
    for index, branch in enumerate(branches):
        x, y = _PAD + branch.depth * indent, _PAD + index * step
        del above[branch.depth :]
        if above:
            bend = x - indent / 2
            drawn.append(_path(bend, above[-1], y + high / 2, x))
        above.append(y + high)
        wide = WIDTH - _PAD - x
        room = wide - 3 * _PAD - _width(branch.note, _SMALL)
        fill, edge = (_FILLS[branch.tone], _EDGES[branch.tone]) if branch.tone else (_GROUND, _MUTED)
        drawn.append(_box(x, y, wide, high, fill, edge))
        drawn.append(_words(x + _PAD, y + 18, _cut(branch.words, room, _SIZE)))
        drawn.append(_words(WIDTH - 2 * _PAD, y + 18, branch.note, anchor="end", size=_SMALL, ink=_MUTED))
    return _figure(drawn, 2 * _PAD + len(branches) * step - (step - high), text)


def _path(x: float, top: float, bottom: float, right: float) -> str:
    return f'<path d="M{x:g} {top:g}V{bottom:g}H{right:g}" fill="none" stroke="{_MUTED}"/>'


def _figure(drawn: Iterable[str], height: float, text: str) -> Figure:
    ground = _box(0.5, 0.5, WIDTH - 1, height - 1, _GROUND, _LINE)
    content = "\n".join((f"<title>{_escaped(text)}</title>", ground, *drawn))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" '
        f'role="img" font-family="{_FONT}">'
    )
    return Figure(svg=f"{opening}\n{content}\n</svg>", text=text, ratio=height / WIDTH)


def _box(x: float, y: float, wide: float, high: float, fill: str, edge: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:.2f}" height="{high:g}" fill="{fill}" stroke="{edge}"/>'


def _words(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = _SIZE, ink: str = _INK, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{ink}" text-anchor="{anchor}"{weight}>'
        f"{_escaped(text)}</text>"
    )


def _escaped(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


def _width(text: str, size: int) -> float:
    return len(text) * size * _LETTER


def _label_width(labels: Iterable[str]) -> float:
    return min(_PAD + max((_width(label, _SIZE) for label in labels), default=0), WIDTH * 0.35)


def _cut(text: str, room: float, size: int) -> str:
    """A text that fits the room; what is cut stands in the table."""
    letters = max(int(room / (size * _LETTER)), 1)
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
