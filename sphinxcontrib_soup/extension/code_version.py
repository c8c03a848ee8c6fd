"""A number for the code that reads pages: what other code read and kept is not used, whatever its version is called."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sphinxcontrib_soup
from sphinxcontrib_soup.plugin import discover


@cache
def number() -> int:
    """The digest of this package and of the module of each plugin, as far as they are files."""
    made = hashlib.sha256(sphinxcontrib_soup.__version__.encode())
    for path in sorted(set(_files())):
        if path.is_file():
            made.update(path.read_bytes())
    return int.from_bytes(made.digest()[:8])


def _files() -> Iterator[Path]:
    yield from Path(sphinxcontrib_soup.__path__[0]).rglob("*.py")
    plugins = discover()
    for plugin in (*plugins.readers, *plugins.rules, *plugins.views, *plugins.exports):
        if file := sys.modules[plugin.module].__file__:
            yield Path(file)
