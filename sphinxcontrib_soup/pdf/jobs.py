"""What is asked of the compiler and what it answers, as both sides know it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

from sphinxcontrib_soup.pdf.layout import Layout, Place

Standard = Literal["a-2b", "a-2u", "a-2a", "ua-1"]
STANDARDS: Mapping[Standard, str] = {"a-2b": "PDF/A-2b", "a-2u": "PDF/A-2u", "a-2a": "PDF/A-2a", "ua-1": "PDF/UA-1"}
"""The standards that a PDF can be asked to keep, as the compiler and as people call them."""

LEAST: Standard = "a-2b"
"""The standard that is kept where others cannot be."""


class Job(TypedDict):
    """What to compile: `images` are relative to `root`, `timestamp` is in seconds since 1970 and stands for now.

    What is wanted is a whole document, a part to be bound, or no output but the layout. `standards` are those that it
    is to keep and to claim; see :data:`STANDARDS`.
    """

    source: str
    root: str
    images: list[str]
    fonts: list[str]
    timestamp: int
    wanted: Literal["whole", "part", "layout"]
    standards: list[Standard]
    output: str


class Answer(TypedDict):
    """How it went: the digest of the output, or the diagnostic of the error that left none.

    `unprintable` holds characters no font has, `unreadable` images with the reason, `standards` those that the PDF
    keeps, and `unmet` says why it does not keep all, beside those characters. The layout is known of parts alone.
    """

    sha256: str | None
    error: str | None
    unprintable: list[str]
    unreadable: dict[str, str]
    unmet: str | None
    standards: list[Standard]
    layout: Layout | None


def failed(error: str) -> Answer:
    """The answer for a document that could not be made."""
    return Answer(sha256=None, error=error, unprintable=[], unreadable={}, unmet=None, standards=[], layout=None)


class BindingPart(TypedDict):
    """A part to bind: its PDF, its layout, and what was added to it; see `sheets.Part`."""

    path: str
    layout: Layout
    before: int
    after: int
    stand_ins: list[tuple[int, Place]]


class BindingJob(TypedDict):
    """Which parts to bind."""

    parts: list[BindingPart]
    output: str
