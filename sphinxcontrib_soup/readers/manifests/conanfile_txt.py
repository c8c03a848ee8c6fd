"""conanfile.txt, the manifest of a project that uses Conan 1 or 2 without a recipe of its own.

Format: https://docs.conan.io/2/reference/conanfile_txt.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.conan import component, sections


@reader("conanfile.txt", ecosystem="conan")
def conanfile_txt(source: Source) -> Iterator[Evidence]:
    """conanfile.txt: direct components, with a version where no range is asked for."""
    for one in sections(source):
        if isinstance(one, Unread):
            yield one
        else:
            yield component(one.reference, source.at(one.line), one.scope, direct=True)
