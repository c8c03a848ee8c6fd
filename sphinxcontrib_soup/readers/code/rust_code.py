"""Rust (https://doc.rust-lang.org/reference/items/use-declarations.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import CodeUse, Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import Code, blanker, code, without

_RAW = r'[bc]?r(?P<marks>#*)"(?:(?!"(?P=marks)).)*"(?P=marks)'
_TEXT = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_SIGN = r"'(?:[^'\\\n]|\\(?:u\{[^}\n]*\}|x[0-9A-Fa-f]{2}|[^\n]))'"
_USE = re.compile(r"(?<![\w:])use\s+(?P<tree>[^;]+);")
_EXTERN = re.compile(r"\bextern\s+crate\s+(?P<name>\w+)(?:\s+as\s+(?P<alias>\w+))?\s*;")
_PATH = re.compile(r"(?<![\w:.])(?:::)?(?P<name>[a-z_]\w*)\s*::\s*(?P<first>[A-Za-z_]\w*)")
_MODULE = re.compile(r"\bmod\s+(\w+)")
_OWN = {"crate", "self", "super", "std", "core", "alloc", "proc_macro", "test"}
_PUBLIC = re.compile(
    r"^[ \t]*pub\s+(?P<signature>(?:(?:async|const|unsafe|extern(?:\s+\"[^\"]*\")?)\s+)*fn\s+(?P<name>\w+)\s*"
    r"(?:<[^(]*>)?\()",
    re.MULTILINE,
)
_TYPE = re.compile(r"^[ \t]*pub\s+(?P<signature>(?:struct|enum|trait|type|const|static)\s+(?P<name>\w+))", re.MULTILINE)
_blank = blanker(texts=(_RAW, _TEXT, _SIGN), nested=True)


@reader("*.rs", imports=("cargo",))
def rust_code(source: Source) -> Iterator[Evidence]:
    """Rust: `use`, `extern crate`, and paths that begin with a crate; the public functions and types.

    A crate is imported by the name of its package, with `_` for `-`; one that is renamed has to be named at the SOUP.
    """
    file = code(source, _blank)
    local = set(_MODULE.findall(file.bare))
    for found in _USE.finditer(file.bare):
        leaves = list(_leaves(" ".join(found["tree"].split())))
        local |= {leaf.partition(" as ")[2] or leaf.removesuffix("::self").rpartition("::")[2] for leaf in leaves}
        for root in dict.fromkeys(_root(leaf) for leaf in leaves):
            if root and root not in _OWN:
                taken = (leaf.removeprefix("::").removesuffix("::self") for leaf in leaves if _root(leaf) == root)
                paths = [path.partition(" as ")[0] for path in taken]
                yield _crate(file, found.start(), root, [path.partition("::")[2] for path in paths])
    for found in _EXTERN.finditer(file.bare):
        if found["name"] not in _OWN:
            yield _crate(file, found.start(), found["name"], [])
    yield from _paths(file, local)
    yield from file.public(_PUBLIC)
    yield from file.public(_TYPE)


def _crate(file: Code, place: int, name: str, symbols: list[str]) -> CodeUse:
    return file.use(place, name, (package_url("cargo", name),), tuple(filter(None, symbols)))


def _root(path: str) -> str:
    return path.removeprefix("::").partition("::")[0].partition(" as ")[0].strip()


def _paths(file: Code, local: set[str]) -> Iterator[CodeUse]:
    """The crates that paths within the code begin with, each at the first place, with all that is used so."""
    found: dict[str, tuple[int, list[str]]] = {}
    for one in _PATH.finditer(without(file.bare, [_USE])):
        if one["name"] not in _OWN and one["name"] not in local:
            found.setdefault(one["name"], (one.start(), []))[1].append(one["first"])
    for name, (place, symbols) in found.items():
        yield _crate(file, place, name, symbols)


def _leaves(tree: str) -> Iterator[str]:
    """The paths of a tree of `use`, each written out: `a::{b, c as d}` holds `a::b` and `a::c as d`."""
    head, brace, rest = tree.partition("{")
    if not brace:
        yield tree.strip()
        return
    depth, part = 0, ""
    for sign in rest.rpartition("}")[0] + ",":
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            if part.strip():
                yield from (f"{head.strip()}{inner}" for inner in _leaves(part))
            part = ""
        else:
            part += sign
