"""requirements.txt, pip's requirement files and constraint files, by whatever name.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.pip import looks_like_requirements, requirements


def _claims(source: Source) -> bool:
    name = source.path.name.lower()
    return "requirements" in name or "constraints" in name or looks_like_requirements(source)


@reader("*.txt", "*.in", "requirements*.lock", sniff=_claims, ecosystem="pypi")
def requirements_txt(source: Source) -> Iterator[Evidence]:
    """pip's requirement files: direct components, with a version where it is pinned.

    Files whose name does not speak of requirements or constraints are recognised by their lines. Files that are
    included with `-r` and `-c` are read too. The project's own folder (`-e .`) is no component.
    """
    yield from requirements(source)
