"""JavaScript and TypeScript, ES modules and CommonJS (https://tc39.es/ecma262/, https://nodejs.org/api/modules.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import CodeUse, Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.code_text import BLOCK, CHARACTER, LINE, QUOTED, Code, code, emptied, no_end, spaces

_TOKEN = re.compile(
    rf"(?P<comment>{LINE}|{BLOCK})|(?P<text>{QUOTED}|{CHARACTER})|(?P<open>/\*)|(?P<slash>/)|(?P<sign>[`{{}}])",
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[[^\]\\\n]*(?:\\.[^\]\\\n]*)*\])+/[a-z]*")
_TEMPLATE = re.compile(r"\\.|`|\$\{", re.DOTALL)
_BEFORE_PATTERN = re.compile(
    r"(?:^|[(\[{,;=:!&|?+\-*%~^>]|\b(?:return|typeof|case|in|of|delete|void|throw|else|do|await))$"
)
"""What stands before a slash that begins a regular expression: where a value is due."""

_FROM = re.compile(
    r"(?<![\w$.])(?:import|export)\b(?P<clause>[\w$\s{},*]*?)\bfrom\s*(?P<sign>[\"'])(?P<name> *)(?P=sign)"
)
_BARE = re.compile(r"(?<![\w$.])import\s*(?P<sign>[\"'])(?P<name> *)(?P=sign)")
_CALL = re.compile(
    r"(?:(?:const|let|var|import)\s+(?P<clause>[\w$]+|\{[^{}=()]*\})\s*=\s*(?:await\s+)?)?"
    r"(?<![\w$.])(?<!function )(?:require|import)\s*\(\s*(?:(?P<sign>[\"'`])(?P<name>[^\"'`]*)(?P=sign)\s*[,)])?"
)
_METHOD = re.compile(r"\((?:[^()]|\([^()]*\))*\)\s*(?::[^;{}=()]*)?\{")
_PACKAGE = re.compile(r"(?:(@[a-z0-9~-][\w.~-]*)/)?([a-z0-9~-][\w.~-]*)", re.IGNORECASE)
_BINDING = re.compile(r"(?:\btype\s+)?([\w$]+)(?:\s*(?:\bas\b|:)\s*([\w$]+))?")
_TYPE_ONLY = re.compile(r"^\s*type\b(?!\s*(?:,|$))")
_EXPORTED = re.compile(
    r"^[ \t]*export\s+(?:default\s+|declare\s+)*"
    r"(?P<signature>(?:async\s+)?function\s*\*?\s*(?P<name>[\w$]+)\s*(?:<[^>(]*>)?\()",
    re.MULTILINE,
)
_DECLARED = re.compile(
    r"^[ \t]*export\s+(?:default\s+|declare\s+|abstract\s+)*"
    r"(?P<signature>(?:class|const|let|var|interface|type|enum)\s+(?P<name>[\w$]+))",
    re.MULTILINE,
)


@reader("*.js", "*.mjs", "*.cjs", "*.jsx", "*.ts", "*.mts", "*.cts", "*.tsx", imports=("npm",))
def javascript_code(source: Source) -> Iterator[Evidence]:
    """JavaScript and TypeScript: `import`, `export … from`, `require` and `import()`, with the names that are used.

    The package is told by the name itself. Names that begin with `.`, `/` or `#` are the project's own, those with
    `node:` the runtime's. Where `require` or `import()` is given something else than a text, that is said. Public are
    the functions, classes and values that are exported where they are declared.
    """
    file = code(source, _blank)
    for pattern in (_FROM, _BARE):
        for found in pattern.finditer(file.bare):
            yield from _use(file, found)
    for found in _CALL.finditer(file.bare):
        opening = file.bare.index("(", found.end("clause") if found["clause"] else found.start())
        if found["sign"] and "${" not in file.text[found.start("name") : found.end("name")]:
            yield from _use(file, found)
        elif not _METHOD.match(file.bare, opening):
            yield file.use(opening, None)
    yield from file.public(_EXPORTED)
    yield from file.public(_DECLARED)


def _use(file: Code, found: re.Match[str]) -> Iterator[CodeUse]:
    name = file.text[found.start("name") : found.end("name")]
    if name and name[0] not in "./#":
        said = _PACKAGE.match(name)
        package = package_url("npm", said[2], namespace=said[1]) if said and ":" not in name else None
        clause = found.groupdict().get("clause") or ""
        place = found.start("sign") if found["sign"] else found.start()
        yield file.use(place, name, (package,), tuple(_symbols(file, clause, found.re is _CALL)))


def _symbols(file: Code, clause: str, whole: bool) -> Iterator[str]:
    """The names that a clause takes from a module, and what is used of them; `whole`: a name alone is the module."""
    clause = _TYPE_ONLY.sub("", clause)
    braces = re.search(r"\{([^}]*)\}", clause)
    for part in (braces[1] if braces else "").split(","):
        if said := _BINDING.fullmatch(part.strip()):
            yield said[1]
            yield from (f"{said[1]}.{member}" for member in file.members.get(said[2] or said[1], ()))
    rest = clause.replace(braces[0], "") if braces else clause
    for part in rest.split(","):
        if space := re.fullmatch(r"\s*\*\s*as\s+([\w$]+)\s*", part):
            yield from file.members.get(space[1], ())
        elif part.strip() == "*":
            yield "*"
        elif name := re.fullmatch(r"\s*(?:type\s+)?([\w$]+)\s*", part):
            if whole:
                yield from file.members.get(name[1], ())
            else:
                yield "default"
                yield from (f"default.{member}" for member in file.members.get(name[1], ()))


# --- comments, texts, templates and regular expressions --------------------------------------------------------------


def _blank(text: str) -> str:
    """Code without comments, texts and regular expressions; what stands in `${…}` of a template is code."""
    made: list[str] = []
    depths: list[int] = []
    at = depth = 0
    last = ""
    while found := _TOKEN.search(text, at):
        plain = text[at : found.start()]
        last = plain.rstrip()[-12:] or last
        made.append(plain)
        start, at = found.span()
        if found["open"]:
            no_end(text, start)
        elif found["comment"]:
            made.append(spaces(found[0]))
        elif found["text"]:
            made.append(emptied(found[0]))
            last = '"'
        elif found["slash"]:
            pattern = _PATTERN.match(text, start) if _BEFORE_PATTERN.search(last) else None
            at = pattern.end() if pattern else at
            made.append(spaces(pattern[0]) if pattern else "/")
            last = '"' if pattern else "/"
        elif found[0] == "`" or (found[0] == "}" and depths and depth == depths[-1]):
            if found[0] == "}":
                depths.pop()
            inner = start + 1
            end = _template_end(text, inner)
            made.append(found[0] + spaces(text[inner : end.start()]) + end[0])
            at = end.end()
            if end[0] == "${":
                depths.append(depth)
            last = "" if end[0] == "${" else '"'
        else:
            depth += 1 if found[0] == "{" else -1
            made.append(found[0])
            last = found[0]
    return "".join([*made, text[at:]])


def _template_end(text: str, start: int) -> re.Match[str]:
    """Where the text of a template ends, or code begins in it."""
    found = _TEMPLATE.search(text, start)
    while found and found[0][0] == "\\":
        found = _TEMPLATE.search(text, found.end())
    return found or no_end(text, start, "template")
