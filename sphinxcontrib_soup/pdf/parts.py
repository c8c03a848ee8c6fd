"""Where a long document is parted, so that its parts can be compiled one by one within memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

LIMIT = 6_000_000
"""The weight up to which a document is compiled in one piece: about 600 pages of items, or 1.3 GB."""

_LEAST = 0.6
"""A part is at least this much of what it should weigh, unless there is no place to part it."""
_STRING, _LINE, _IMAGE = 20, 120, 15_000
"""What a piece of text, a line of code and an image weigh beside their characters; about 200 bytes of memory each."""
_NOTE_AGAIN = re.compile(r'note-again\(("(?:[^"\\]|\\.)*")\)')


@dataclass(frozen=True, slots=True)
class Cut:
    """A place before a statement where a part may end. The lower its `rank`, the less the reader is disturbed.

    `ends` is code that closes what is open there, `begins` is code that opens it again.
    """

    rank: int
    ends: str = ""
    begins: str = ""


def weight(code: str) -> int:
    """About how much memory it takes to compile some code, in units of 200 bytes.

    Fitted to measurements of prose, lists, tables, items, code and photographs.
    """
    strings, lines, images = code.count('"') // 2, code.count("\\n"), code.count('"images/')
    return len(code) + strings * _STRING + lines * _LINE + images * _IMAGE


def parted(body: Sequence[str], cuts: Mapping[int, Cut], limit: int, notes: Mapping[str, str]) -> list[str]:
    """Join the statements of a body to as few parts as the limit of their weight allows, and of about equal weight.

    :param cuts: by the index of the statement they come before
    :param notes: what footnotes say, by the name under which they are referred to again
    """
    weights = list(accumulate(map(weight, body), initial=0))
    parts: list[str] = []
    start, begins = 0, ""
    for end in [*_ends(weights, cuts, limit), len(body)]:
        cut = cuts.get(end, Cut(0))
        parts.append("\n".join(filter(None, [begins, *body[start:end], cut.ends])))
        start, begins = end, cut.begins
    return [parts[0], *(_with_notes(part, notes) for part in parts[1:])]


def _ends(weights: Sequence[int], cuts: Mapping[int, Cut], limit: int) -> Iterator[int]:
    """The indices of the statements before which a body is parted; `weights` are those of all before each."""
    start, places = 0, sorted(index for index in cuts if 0 < index < len(weights) - 1)
    while (rest := weights[-1] - weights[start]) > limit:
        wanted = rest / -(-rest // limit)
        after = {index: weights[index] - weights[start] for index in places if index > start}
        fitting = [index for index, heavy in after.items() if wanted * _LEAST <= heavy <= limit]
        if not fitting:
            small = [index for index, heavy in after.items() if heavy <= limit]
            fitting = small[-1:] or list(after)[:1]
        if not fitting:
            return
        start = min(fitting, key=lambda index: (cuts[index].rank, abs(after[index] - wanted)))
        yield start


def _with_notes(part: str, notes: Mapping[str, str]) -> str:
    """A part that says anew what a footnote of an earlier part says, where it is first referred to again."""
    for name in dict.fromkeys(_NOTE_AGAIN.findall(part)):
        again, said = f"note-again({name})", f"note({name}, {notes.get(name, '[]')})"
        if f"note({name}," not in part:
            part = part.replace(again, said, 1)
    return part
