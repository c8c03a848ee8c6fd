"""Kotlin (https://kotlinlang.org/spec/packages-and-imports.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import CHARACTER, QUOTED, blanker, code
from sphinxcontrib_soup.readers.dotted_code import CLASS_IN_PACKAGE, class_of, written_out

_RAW = r'""".*?"""+'
_IMPORT = re.compile(r"^[ \t]*(?P<all>import\s+(?P<name>[\w.`]+?)(?:\.\*|\s+as\s+\w+)?[ \t]*;?[ \t]*)$", re.MULTILINE)
_PACKAGE = re.compile(r"^[ \t]*package\s+[\w.]+", re.MULTILINE)
_blank = blanker(texts=(_RAW, QUOTED, CHARACTER), nested=True)


@reader("*.kt", "*.kts", imports=("maven",))
def kotlin_code(source: Source) -> Iterator[Evidence]:
    """Kotlin: imports, and classes that are written with their package.

    A package says nothing of the Maven artefact it comes from: name the packages at the SOUP.
    """
    file = code(source, _blank)
    for found in _IMPORT.finditer(file.bare):
        name = found["name"].replace("`", "")
        yield file.use(found.start("all"), name, symbols=class_of(name))
    yield from written_out(file, CLASS_IN_PACKAGE, (_IMPORT, _PACKAGE))
