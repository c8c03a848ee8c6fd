"""C and C++ (https://en.cppreference.com/w/cpp/preprocessor/include)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import BLOCK, QUOTED, blanker, code

TYPES = ("conan", "vcpkg", "generic")

_LINE = r"//[^\\\n]*(?:\\\n?[^\\\n]*)*"
_RAW = r'(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\((?:(?!\)(?P=mark)").)*\)(?P=mark)"'
_CHARACTER = r"(?<![0-9A-Fa-f])'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
_INCLUDE = re.compile(
    r"^[ \t]*(?P<all>#[ \t]*(?:include|include_next|import)\b[ \t]*"
    r"(?:<(?P<system>[^>\n]*)>|\"(?P<own> *)\"|(?P<macro>[A-Za-z_]\w*)))",
    re.MULTILINE,
)
_blank = blanker(comments=(_LINE, BLOCK), texts=(_RAW, QUOTED, _CHARACTER))


@reader(
    *("*.c", "*.cc", "*.cpp", "*.cxx", "*.c++", "*.h", "*.hh", "*.hpp", "*.hxx", "*.h++", "*.inl", "*.ipp", "*.ixx"),
    *("*.m", "*.mm", "*.ino", "*.cu", "*.cuh"),
    imports=TYPES,
)
def c_code(source: Source) -> Iterator[Evidence]:
    """C and C++: every `#include`, also below `#if`; one of a macro is said.

    A header is taken for that of a package that has the name of its folder or, without folder, of the header; what is
    called otherwise has to be named at the SOUP.
    """
    file = code(source, _blank)
    for found in _INCLUDE.finditer(file.bare):
        if found["macro"]:
            yield file.use(found.start("all"), None)
            continue
        group = "system" if found["system"] is not None else "own"
        path = file.text[found.start(group) : found.end(group)].strip()
        if path and not path.startswith("."):
            first = PurePosixPath(path).parts[0]
            name = first if "/" in path else PurePosixPath(first).stem
            yield file.use(found.start("all"), path, tuple(package_url(type_, name.lower()) for type_ in TYPES))
