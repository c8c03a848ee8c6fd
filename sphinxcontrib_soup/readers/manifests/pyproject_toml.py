"""pyproject.toml: what a Python project asks for.

Formats: https://packaging.python.org/en/latest/specifications/pyproject-toml/ (PEP 518, 621),
https://packaging.python.org/en/latest/specifications/dependency-groups/ (PEP 735),
https://python-poetry.org/docs/pyproject/ (tool.poetry).
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.pip import requirements
from sphinxcontrib_soup.readers.python_project import declared
from sphinxcontrib_soup.readers.toml_text import Toml, load_toml


@reader("pyproject.toml", ecosystem="pypi", locks=("poetry.lock", "uv.lock"))
def pyproject_toml(source: Source) -> Iterator[Evidence]:
    """pyproject.toml: direct components with the range asked for, and what for.

    Read are `dependencies` and `optional-dependencies`, dependency groups, the build system's requirements, the groups
    that uv and PDM had before, and Poetry's tables with their groups. The interpreter and the project itself are no
    components. A component that is asked for only in some environments has the marker among its properties.
    """
    toml = load_toml(source)
    yield from declared(toml, source)
    yield from _dynamic(toml, source)


def _dynamic(toml: Toml, source: Source) -> Iterator[Evidence]:
    """Dependencies that the file leaves to the build backend: setuptools names files with them."""
    dynamic = toml.table("project").get("dynamic")
    if not isinstance(dynamic, list) or "dependencies" not in dynamic:
        return
    stated = toml.table("tool", "setuptools", "dynamic", "dependencies").get("file", [])
    files = [stated] if isinstance(stated, str) else stated if isinstance(stated, list) else []
    if not files:
        reason = "its dependencies are dynamic, known to the build backend alone: name a lock or requirement file, too"
        yield Unread(reason=reason, location=source.at(toml.line("project", "dynamic")))
    for name in files:
        place = source.at(toml.line("tool", "setuptools", "dynamic", "dependencies"))
        try:
            yield from requirements(source.beside(str(name)))
        except (ReadError, ValueError, OSError) as error:
            yield Unread(reason=f"its dependencies are in {str(name)!r}: {error}", location=place)
