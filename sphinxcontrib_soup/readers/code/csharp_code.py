"""C# (https://learn.microsoft.com/dotnet/csharp/language-reference/keywords/using-directive)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import CHARACTER, QUOTED, blanker, code
from sphinxcontrib_soup.readers.dotted_code import NAMESPACED, written_out

_RAW = r'\$*(?P<quotes>"{3,})(?:(?!(?P=quotes)).)*(?P=quotes)"*'
_VERBATIM = r'(?:@\$?|\$@)"[^"]*(?:""[^"]*)*"(?!")'
_USING = re.compile(
    r"(?:^|[;{}])\s*(?P<all>(?:global\s+)?using\s+(?:static\s+|unsafe\s+)*(?:\w+\s*=\s*)?(?:global::)?"
    r"(?P<name>[A-Za-z_][\w.]*)\s*(?:<[^;(){}]*>)?\s*;)",
    re.MULTILINE,
)
_NAMESPACE = re.compile(r"\bnamespace\s+[\w.]+")
_LOADED = re.compile(r"\bAssembly\s*\.\s*Load(?:From|File)?\s*\(\s*(?:(?P<sign>\")(?P<name> *)\"\s*[,)])?")
_PUBLIC_TYPE = re.compile(
    r"^[ \t]*public\s+(?:(?:abstract|partial|readonly|ref|sealed|static|unsafe)\s+)*"
    r"(?P<signature>(?:class|interface|enum|struct|record)\s+(?:class\s+|struct\s+)?(?P<name>\w+))",
    re.MULTILINE,
)
_PUBLIC_METHOD = re.compile(
    r"^[ \t]*public\s+(?P<signature>(?:[\w<>\[\],.?]+\s+){0,6}?(?P<name>\w+)\s*(?:<[^>(]*>)?\s*\()", re.MULTILINE
)
_blank = blanker(texts=(_RAW, _VERBATIM, QUOTED, CHARACTER))


@reader("*.cs", imports=("nuget",))
def csharp_code(source: Source) -> Iterator[Evidence]:
    """C#: `using` in all its forms, names that are written with their namespaces, and assemblies that are loaded.

    A namespace says nothing for certain of the package it comes from: name the namespaces at the SOUP. Public are types
    and methods.
    """
    file = code(source, _blank)
    for found in _USING.finditer(file.bare):
        yield file.use(found.start("all"), found["name"])
    yield from file.loaded(_LOADED)
    yield from written_out(file, NAMESPACED, (_USING, _NAMESPACE))
    yield from file.public(_PUBLIC_TYPE)
    yield from file.public(_PUBLIC_METHOD)
