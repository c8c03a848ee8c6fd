"""What a build of many items holds in memory, and how often Python looks there for what nobody reaches any more.

Looking costs such a build a quarter of its time. While the environment is loaded, and while the trace and what is shown
of it are made, everything that comes into being stays: there is nothing to find then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

ALLOCATIONS = 10_000
"""How many objects are made before Python looks for unreachable ones again; its default is at most 2,000."""


def setup_memory(app: Sphinx) -> None:
    app.connect("doctree-read", _let_go)
    first, *others = gc.get_threshold()
    if 0 < first < ALLOCATIONS:  # what the user set higher, or switched off, stays
        gc.set_threshold(ALLOCATIONS, *others)
    if gc.isenabled():
        app.connect("config-inited", lambda *_: gc.disable(), priority=999)
        app.connect("builder-inited", lambda *_: gc.enable(), priority=0)
        app.connect("needs-before-post-processing", lambda *_: gc.disable(), priority=0)
        app.connect("write-started", lambda *_: gc.enable(), priority=999)
        app.connect("build-finished", lambda *_: gc.enable(), priority=0)


def _let_go(app: Sphinx, _doctree: nodes.document) -> None:
    """Let go of the pages read before, which Sphinx holds until they are written: they are on disk, and soon loaded."""
    getattr(app.env, "_write_doc_doctree_cache", {}).clear()


@contextmanager
def resting() -> Iterator[None]:
    """Do not look for unreachable objects here."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
