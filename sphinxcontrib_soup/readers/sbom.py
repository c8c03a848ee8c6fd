"""What SBOMs have in common: components, how they are identified, and the graph of what needs what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from packageurl import PackageURL

from sphinxcontrib_soup.identity import DISTRIBUTORS, parsed
from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.remembered import restored
from sphinxcontrib_soup.wording import shown

NAMELESS = "(no name)"
"""Stands for a name that the file does not give, so that its component is counted all the same."""

_STRENGTH = (Scope.RUNTIME, None, Scope.OPTIONAL, Scope.BUILD, Scope.TEST, Scope.DEVELOPMENT)
"""What a component is for where several need it, the strongest first; a need of no stated kind may be any."""

_PURL = re.compile(r"pkg:/*[A-Za-z][A-Za-z0-9.+-]*/(?:[^@?#]*[^@?#/])(?:[@?#].*)?", re.IGNORECASE | re.DOTALL)
"""A package URL whose path ends with a name; the library would take the namespace for one that is empty."""

_RANGE = re.compile(r"[\^~<>=!]+\s*[vV]?[\d*].*|\*|.*\|\|.*", re.DOTALL)
_HEX = re.compile(r"(?:[0-9a-f]{2}){4,}")
_DASH = re.compile(r"(?<=^sha)-(?=\d)|_")
_BLAKE = re.compile(r"(?<=^blake2b)(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A component, how the graph of the file calls it, and whether it is a part of the project itself."""

    ref: str
    component: Component
    part: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """The edge of the graph by which one component needs another, what for, and the line that says so."""

    source: str
    target: str
    line: int | None
    scope: Scope | None = None


class Bill:
    """What a reader gathers of an SBOM.

    `roots` is what the document is about, by what the graph calls it: a component that they need is direct. `known`
    are things of the document that are no components and may stand in its graph.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.listed: list[Listed] = []
        self.refs: set[str] = set()
        self.needs: list[Need] = []
        self.roots: set[str] = set()
        self.known: set[str] = set()
        self.problems: list[Unread] = []

    def problem(self, reason: str, line: int | None) -> None:
        """Something that is wrong at a line."""
        self.problems.append(Unread(reason=reason, location=self.source.at(line)))

    def text(self, entry: Object, key: str) -> str | None:
        """The value of a key where it is a text that says something; what is no text is a problem."""
        value = entry.get(key)
        if value is None or isinstance(value, str):
            return (value or "").strip() or None
        self.problem(f"`{key}` is not a text", entry.lines.get(key))
        return None

    def objects(self, entry: Object, key: str) -> Iterator[Object]:
        """The members of a list of objects; what is none is a problem."""
        for one in self.listing(entry, key):
            if isinstance(one, Object):
                yield one
            else:
                self.problem(f"an entry of `{key}` is not an object", entry.lines.get(key))

    def texts(self, entry: Object, key: str) -> Iterator[str]:
        """The members of a list of texts; what is none is a problem."""
        for one in self.listing(entry, key):
            if isinstance(one, str):
                yield one
            else:
                self.problem(f"an entry of `{key}` is not a text", entry.lines.get(key))

    def listing(self, entry: Object, key: str) -> list[Value]:
        """The value of a key where it is a list, otherwise an empty one; what is none is a problem."""
        value = entry.get(key)
        if value is None or isinstance(value, list):
            return value or []
        self.problem(f"`{key}` is not a list", entry.lines.get(key))
        return []

    def add(self, component: Component, *, ref: str | None, group: str | None, part: bool = False) -> None:
        """Take up a component with what it says of its identity, `purl` and `version` as they are written.

        A part of the project itself is taken for one only where nothing identifies it as the work of others.
        """
        purl, line = component.purl, component.location.line
        found = _parsed(purl)
        if purl and found is None:
            self.problem(f"{_called(component)}: {shown(purl)!r} is no package URL", line)
        name = component.name or (found.name if found else "")
        if not name:
            self.problem("a component has no name", line)
        version, requested = component.version, component.requested
        if version and _RANGE.fullmatch(version):
            version, requested = None, version
        version = version or (found.version if found else None) or None
        made = replace(
            component,
            name=_full_name(name, group, found) or NAMELESS,
            version=version,
            requested=requested,
            purl=purl if found else None,
        )
        if ref and ref in self.refs:
            self.problem(f"{shown(made.name)} has the same reference as a component before it, {shown(ref)!r}", line)
        self.refs.add(ref or made.purl or "")
        own = part and found is None and version is None
        self.listed.append(Listed(ref=ref or made.purl or "", component=made, part=own))

    def hashes(
        self, component: str, found: Iterable[tuple[str | None, str | None]], line: int | None
    ) -> tuple[str, ...]:
        """Algorithms and values as `algorithm:hex`; what is no hash is a problem."""
        made: list[str] = []
        for algorithm, value in found:
            if not algorithm or not value or not _HEX.fullmatch(value.lower()):
                self.problem(f"{shown(component)}: {shown(value or '')!r} is no hash ({shown(algorithm or '?')})", line)
            else:
                made.append(f"{_algorithm(algorithm)}:{value.lower()}")
        return tuple(dict.fromkeys(made))

    def evidence(self) -> Iterator[Evidence]:
        """The components with what the graph says of them, and every problem."""
        self._check_graph()
        needed: dict[str, list[Need]] = defaultdict(list)
        scopes: dict[str, set[Scope | None]] = defaultdict(set)
        for need in self.needs:
            needed[need.source].append(need)
            scopes[need.target].add(need.scope)
        asked = self._asked(needed)
        placed = self.roots.union(scopes)  # what nothing needs came in by a way that the graph does not tell
        whole = {one.ref: restored(one.component) for one in self.listed if one.ref}
        names = {ref: one.purl or one.name for ref, one in whole.items()}
        for one in self.listed:
            requires = dict.fromkeys(names[need.target] for need in needed.get(one.ref, ()) if need.target in names)
            requires.pop(names.get(one.ref, ""), None)
            told = replace(
                one.component,
                direct=True if one.ref in asked else False if asked and one.ref in placed else None,
                scope=one.component.scope or min(scopes.get(one.ref, ()), key=_STRENGTH.index, default=None),
                requires=tuple(requires),
            )
            yield restored(told)
        yield from sorted(self.problems, key=lambda one: one.location)

    def _asked(self, needed: Mapping[str, Sequence[Need]]) -> frozenset[str]:
        """What the project itself needs, by the graph; empty where the graph does not say.

        A lock file, or a module of the project, that stands in the graph between the project and what it needs is a
        part of the project, and what it needs the project needs.
        """
        parts = {one.ref for one in self.listed if one.part}
        asked: set[str] = set()
        own = list(self.roots)
        for ref in own:
            for need in needed.get(ref, ()):
                if need.target in parts and need.target not in asked:
                    own.append(need.target)
                asked.add(need.target)
        return frozenset(asked.difference(own))

    def _check_graph(self) -> None:
        """Find what the graph speaks of that is nowhere in the document."""
        known = self.refs | self.known | self.roots
        for need in self.needs:
            for missing in (need.source, need.target):
                if missing not in known:
                    known.add(missing)
                    reason = (
                        f"{shown(missing)!r} is in the graph of what needs what, but is not listed: write the SBOM anew"
                    )
                    self.problem(reason, need.line)


def references(value: Value, key: str) -> set[str]:
    """Every text that this key has anywhere in a document."""
    found: set[str] = set()
    waiting: list[Value] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Object):
            if named := one.text(key):
                found.add(named)
            waiting += [inner for inner in one.values() if isinstance(inner, Object | list)]
        elif isinstance(one, list):
            waiting += [inner for inner in one if isinstance(inner, Object | list)]
    return found


def joined(licences: Iterable[str | None]) -> str | None:
    """Licences that all hold, as one expression; a choice among them is put in brackets."""
    said = list(dict.fromkeys(one for one in licences if one))
    several = len(said) > 1
    return (
        " AND ".join(f"({one})" if several and " OR " in one and not _bracketed(one) else one for one in said) or None
    )


def pairs(*stated: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    """The properties that say something."""
    return tuple((name, value) for name, value in stated if value)


def kebab(word: str) -> str:
    """A word of a list of values as CycloneDX writes it: `OPERATING_SYSTEM`, `operatingSystem` → `operating-system`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word).replace("_", "-").lower()


def _bracketed(expression: str) -> bool:
    """Whether one pair of brackets holds the whole expression."""
    depth = 0
    for at, char in enumerate(expression):
        depth += (char == "(") - (char == ")")
        if depth == 0 and at < len(expression) - 1:
            return False
    return expression.endswith(")")


def _parsed(purl: str | None) -> PackageURL | None:
    return parsed(purl) if purl and _PURL.fullmatch(purl) else None


def _called(component: Component) -> str:
    return shown(component.name or NAMELESS)


def _algorithm(name: str) -> str:
    """One spelling for the name of a hash: `SHA-256`, `SHA256` → `sha256`, `sha3_256` → `sha3-256`."""
    small = name.lower()
    return _BLAKE.sub("-", _DASH.sub(lambda found: "" if found[0] == "-" else "-", small))


def _full_name(name: str, group: str | None, purl: PackageURL | None) -> str:
    """The ecosystem's own full name: what stands before the name belongs to it where the package URL says so."""
    if purl is None:
        prefix, separator = group, "/"
    else:
        same = purl.type not in DISTRIBUTORS and purl.name.casefold() == name.casefold()
        prefix, separator = purl.namespace if same else None, ":" if purl.type == "maven" else "/"
    if not prefix or not name or re.match(rf"{re.escape(prefix)}[:/.]", name, re.IGNORECASE):
        return name
    written = group if group and group.casefold() == prefix.casefold() else prefix
    return f"{written}{separator}{name}"
