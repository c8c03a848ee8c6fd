"""Visual Basic (https://learn.microsoft.com/dotnet/visual-basic/language-reference/statements/imports-statement)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import blanker, code
from sphinxcontrib_soup.readers.dotted_code import NAMESPACED, written_out

_COMMENT = r"['\u2018\u2019][^\n]*|(?:(?<=\n)|(?<=:)|(?<![\s\S]))[ \t]*[Rr][Ee][Mm]\b[^\n]*"
_TEXT = r'"[^"\n]*(?:""[^"\n]*)*"(?!")'
_IMPORTS = re.compile(r"^[ \t]*Imports[ \t]+(?P<names>[^\n:]+)", re.IGNORECASE | re.MULTILINE)
_ONE = re.compile(r"(?:\w+\s*=\s*)?(?:Global\.)?(?P<name>[A-Za-z_][\w.]*)", re.IGNORECASE)
_NAMESPACE = re.compile(r"^[ \t]*Namespace[ \t]+[^\n]+", re.IGNORECASE | re.MULTILINE)
_LOADED = re.compile(r"\bAssembly\.Load(?:From|File)?\s*\(\s*(?:(?P<sign>\")(?P<name> *)\"\s*[,)])?", re.IGNORECASE)
_PUBLIC = re.compile(
    r"^[ \t]*Public[ \t]+(?:\w+[ \t]+)*?(?P<signature>(?:Function|Sub|Class|Module|Interface|Structure|Enum)[ \t]+"
    r"(?P<name>\w+)\(?)",
    re.IGNORECASE | re.MULTILINE,
)
_blank = blanker(comments=(_COMMENT,), texts=(_TEXT,))


@reader("*.vb", imports=("nuget",))
def visual_basic_code(source: Source) -> Iterator[Evidence]:
    """Visual Basic: `Imports`, names that are written with their namespaces, and assemblies that are loaded.

    A namespace says nothing for certain of the package it comes from: name the namespaces at the SOUP. Public are
    types, functions and subs.
    """
    file = code(source, _blank)
    for found in _IMPORTS.finditer(file.bare):
        for one in found["names"].split(","):
            if said := _ONE.match(one.strip()):
                yield file.use(found.start("names"), said["name"])
    yield from file.loaded(_LOADED)
    yield from written_out(file, NAMESPACED, (_IMPORTS, _NAMESPACE))
    yield from file.public(_PUBLIC)
