"""Pipfile, the manifest of Pipenv.

Format: https://pipenv.pypa.io/en/latest/pipfile.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.python_project import pipfile_declared
from sphinxcontrib_soup.readers.toml_text import load_toml


@reader("Pipfile", ecosystem="pypi", locks=("Pipfile.lock",))
def pipfile(source: Source) -> Iterator[Evidence]:
    """Pipfile: direct components with the range asked for, and what for by their section."""
    yield from pipfile_declared(load_toml(source), source)
