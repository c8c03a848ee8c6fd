"""What is asked of the compiler and what it answers, as both sides know it."""

from __future__ import annotations

from typing import Literal, TypedDict

from sphinxcontrib_soup.pdf.layout import Layout, Place


class Job(TypedDict):
    """What to compile: `images` are relative to `root`, `timestamp` is in seconds since 1970 and stands for now.

    What is wanted is a whole document, a part to be bound, or no output but the layout. A part that is not to be
    `archival` makes no claim to be PDF/A.
    """

    source: str
    root: str
    images: list[str]
    fonts: list[str]
    timestamp: int
    wanted: Literal["whole", "part", "layout"]
    archival: bool
    output: str


class Answer(TypedDict):
    """How it went: the digest of the output, or the diagnostic of the error that left none.

    `unprintable` holds characters no font has, `unreadable` images with the reason, and `not_archival` says why the PDF
    is no PDF/A, beside those characters. The layout is known of parts alone.
    """

    sha256: str | None
    error: str | None
    unprintable: list[str]
    unreadable: dict[str, str]
    not_archival: str | None
    archival: bool
    layout: Layout | None


def failed(error: str) -> Answer:
    """The answer for a document that could not be made."""
    return Answer(
        sha256=None, error=error, unprintable=[], unreadable={}, not_archival=None, archival=True, layout=None
    )


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
