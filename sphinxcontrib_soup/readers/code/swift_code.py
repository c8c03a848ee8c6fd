"""Swift (https://docs.swift.org/swift-book/documentation/the-swift-programming-language/declarations/)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import PARAGRAPH, QUOTED, blanker, code

_RAW = r'(?P<marks>#+)"(?:(?!"(?P=marks)).)*"(?P=marks)'
_IMPORT = re.compile(
    r"(?:^|;)[ \t]*(?:@\w+(?:\([^)]*\))?[ \t\n]+|(?:public|internal|private|fileprivate|package)[ \t]+)*"
    r"(?P<all>import[ \t]+(?:(?:typealias|struct|class|enum|protocol|let|var|func)[ \t]+)?(?P<name>[\w.]+))",
    re.MULTILINE,
)
_PUBLIC = re.compile(
    r"^[ \t]*(?:public|open)\s+(?:(?:static|class|final|mutating|override|convenience|required)\s+)*"
    r"(?P<signature>(?:func\s+)?(?P<name>(?<=func )\w+|init)\s*(?:<[^>(]*>)?[?!]?\()",
    re.MULTILINE,
)
_TYPE = re.compile(
    r"^[ \t]*(?:public|open)\s+(?:(?:final|indirect)\s+)*"
    r"(?P<signature>(?:class|struct|enum|protocol|actor)\s+(?P<name>\w+))",
    re.MULTILINE,
)
_blank = blanker(texts=(_RAW, PARAGRAPH, QUOTED), nested=True)


@reader("*.swift", imports=("swift", "cocoapods"))
def swift_code(source: Source) -> Iterator[Evidence]:
    """Swift: imports of modules and of what is in them; the public functions and types.

    A module is taken for the package, or the pod, of the same name; where it has another, name the module at the SOUP.
    """
    file = code(source, _blank)
    for found in _IMPORT.finditer(file.bare):
        module, _, symbol = found["name"].partition(".")
        packages = (package_url("swift", module), package_url("cocoapods", module))
        yield file.use(found.start("all"), found["name"], packages, (symbol,) if symbol else ())
    yield from file.public(_PUBLIC)
    yield from file.public(_TYPE)
