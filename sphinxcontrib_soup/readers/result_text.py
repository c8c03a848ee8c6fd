"""What readers of test results share: durations and messages."""

from __future__ import annotations

import math
import re

KEPT_LINES, KEPT_SIGNS = 5, 2000
"""How much of a message is kept."""

_PLAIN = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")


def first_lines(text: str) -> str:
    """The first lines of a message, without blank ones before it."""
    lines = text.strip()[: KEPT_SIGNS + 1].splitlines()[:KEPT_LINES]
    short = "\n".join(line.rstrip() for line in lines)
    return short if len(short) <= KEPT_SIGNS else f"{short[:KEPT_SIGNS]}…"


def seconds(text: str) -> float | None:
    """A duration, thousands set apart by commas or not; `None` where it is none, or may mean two things."""
    text = text.strip()
    if not _PLAIN.fullmatch(text):
        if not _GROUPED.fullmatch(text):
            return None
        text = text.replace(",", "")
    value = float(text)
    return value if math.isfinite(value) else None
