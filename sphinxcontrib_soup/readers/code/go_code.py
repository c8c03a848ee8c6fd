"""Go (https://go.dev/ref/spec#Import_declarations)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import CodeUse, Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import BLOCK, CHARACTER, LINE, QUOTED, Code, blanker, code, dotted_prefixes

_SPEC = r"(?:(?P<alias>[\w.]+)[ \t]*)?(?P<sign>[\"`])(?P<name> *)(?P=sign)"
_IMPORT = re.compile(r"^[ \t]*import\s*(?:\((?P<block>[^)]*)\)|(?=[\w.]*[ \t]*[\"`]))", re.MULTILINE)
_ONE = re.compile(_SPEC)
_FUNCTION = re.compile(r"^(?P<signature>func\s+(?:\([^)]*\)\s*)?(?P<name>[A-Z]\w*)\s*(?:\[[^\]]*\])?\()", re.MULTILINE)
_TYPE = re.compile(r"^(?P<signature>type\s+(?P<name>[A-Z]\w*))", re.MULTILINE)
_blank = blanker(comments=(LINE, BLOCK), texts=(QUOTED, r"`[^`]*`", CHARACTER))


@reader("*.go", imports=("golang",))
def go_code(source: Source) -> Iterator[Evidence]:
    """Go: imports with the names that are used of them, and the exported functions and types.

    The import path is that of the module, or lies below it. What has no host in its path is the standard library's.
    """
    file = code(source, _blank)
    for found in _IMPORT.finditer(file.bare):
        start, end = (found.span("block")) if found["block"] is not None else (found.end(), len(file.bare))
        for one in _ONE.finditer(file.bare, start, end):
            yield _use(file, one)
            if found["block"] is None:
                break
    yield from file.public(_FUNCTION)
    yield from file.public(_TYPE)


def _use(file: Code, found: re.Match[str]) -> CodeUse:
    path = file.text[found.start("name") : found.end("name")]
    packages: tuple[str | None, ...] = ()
    if "." in path.partition("/")[0]:
        packages = tuple(_package(one) for one in dotted_prefixes(path, "/"))
    return file.use(found.start("sign"), path, packages, tuple(_symbols(file, found["alias"], path)))


def _package(path: str) -> str | None:
    namespace, _, name = path.rpartition("/")
    return package_url("golang", name, namespace=namespace or None)


def _symbols(file: Code, alias: str | None, path: str) -> list[str]:
    """What is used of a package, by the name that the file has for it: where none is given, the usual one."""
    parts = [part for part in path.split("/") if not re.fullmatch(r"v\d+", part)]
    name = alias or re.sub(r"\.v\d+$", "", parts[-1] if parts else "")
    if name in ("_", ".", ""):
        return []
    return [member for member in file.members.get(name, ()) if member[0].isupper()]
