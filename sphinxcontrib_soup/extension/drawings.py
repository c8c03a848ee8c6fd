"""Pictures that extensions draw while pages are written, such as graphs: those that no page shows any more go.

Sphinx knows nothing of them. Each has a digest in its name, and a changed graph has another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder

_DIGEST = re.compile(r"[0-9a-f]{32,}|need_(?:pie|bar)_[0-9a-f]{5}")
"""What tells a drawing from others: a digest, or for the charts of sphinx-needs a name with a short one."""


def sweep(builder: Builder) -> None:
    """Take away the drawings whose digest stands in no page."""
    drawn = {path: set(_DIGEST.findall(path.name)) for path in _drawn(builder)}
    if not any(drawn.values()):
        return
    shown = {digest for page in _pages(builder) for digest in _DIGEST.findall(page)}
    for path, digests in drawn.items():
        if digests and digests.isdisjoint(shown):
            path.unlink()


def _drawn(builder: Builder) -> Iterator[Path]:
    """The files in the folder of images that are not those of sources."""
    folder, env = Path(builder.outdir, builder.imagedir), builder.env
    known = {name for _, name in env.images.values()}
    yield from (path for path in folder.glob("*") if path.name not in known and path.is_file())


def _pages(builder: Builder) -> Iterator[str]:
    for docname in builder.env.found_docs:
        path = Path(builder.get_outfilename(docname))  # type: ignore[attr-defined]
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")
