"""Java (https://docs.oracle.com/javase/specs/jls/se21/html/jls-7.html#jls-7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import CHARACTER, PARAGRAPH, QUOTED, blanker, code
from sphinxcontrib_soup.readers.dotted_code import CLASS_IN_PACKAGE, class_of, written_out

_IMPORT = re.compile(
    r"(?:^|[;}])\s*(?P<all>import\s+(?:static\s+|module\s+)?(?P<name>[\w.]+?)(?:\.\*)?\s*;)", re.MULTILINE
)
_PACKAGE = re.compile(r"^\s*package\s+[\w.]+\s*;", re.MULTILINE)
_BY_NAME = re.compile(r"\bClass\s*\.\s*forName\s*\(\s*(?:(?P<sign>\")(?P<name> *)\"\s*[,)])?")
_PUBLIC_TYPE = re.compile(
    r"^[ \t]*public\s+(?:(?:abstract|final|sealed|static|strictfp)\s+)*"
    r"(?P<signature>(?:class|interface|enum|record|@interface)\s+(?P<name>\w+))",
    re.MULTILINE,
)
_PUBLIC_METHOD = re.compile(
    r"^[ \t]*public\s+(?P<signature>(?:[\w<>\[\],.?&@]+\s+){0,6}?(?P<name>\w+)\s*\()", re.MULTILINE
)
_blank = blanker(texts=(PARAGRAPH, QUOTED, CHARACTER))


@reader("*.java", imports=("maven",))
def java_code(source: Source) -> Iterator[Evidence]:
    """Java: imports, classes that are written with their package, and `Class.forName`; public types and methods.

    A package of Java says nothing of the Maven artefact it comes from: name the packages at the SOUP.
    """
    file = code(source, _blank)
    for found in _IMPORT.finditer(file.bare):
        yield file.use(found.start("all"), found["name"], symbols=class_of(found["name"]))
    yield from file.loaded(_BY_NAME)
    yield from written_out(file, CLASS_IN_PACKAGE, (_IMPORT, _PACKAGE))
    yield from file.public(_PUBLIC_TYPE)
    yield from file.public(_PUBLIC_METHOD)
