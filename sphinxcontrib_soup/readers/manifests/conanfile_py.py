"""conanfile.py, the recipe of a project that uses Conan 1 or 2: read as a text, never run.

Format: https://docs.conan.io/2/reference/conanfile.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.conan import component
from sphinxcontrib_soup.readers.conan_recipe import recipe


@reader("conanfile.py", ecosystem="conan")
def conanfile_py(source: Source) -> Iterator[Evidence]:
    """conanfile.py: direct components that its attributes and methods name in so many words.

    A name may be put together from texts that stand in the file. What can be known only by running the recipe is a
    finding. A recipe that overrides a version asks for nothing itself.
    """
    for one in recipe(source):
        if isinstance(one, Unread):
            yield one
        elif not one.overrides:
            yield component(one.reference, source.at(one.line), one.scope, direct=True)
