"""Files that a format expects beside its own: a manifest beside its lock, a parent above its module."""

from __future__ import annotations

from sphinxcontrib_soup.plugin import ReadError, Source


def nearby(source: Source, relative: str) -> Source | None:
    """The file of this name, relative to the folder of another; `None` where it is not there or may not be followed."""
    try:
        there = Source.beside(source, relative).path.is_file()
    except (ReadError, OSError, ValueError):  # no file can have the name
        return None
    return source.beside(relative) if there else None
