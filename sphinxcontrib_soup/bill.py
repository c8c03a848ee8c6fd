"""The bill of materials of the product: its components, joined from all files, with what SOUP items state of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sphinxcontrib_soup.identity import DISTRIBUTORS, package_key, parsed
from sphinxcontrib_soup.licences.packages import Package, packages
from sphinxcontrib_soup.model import Component, Dossier, Item, Scope, Trace, Use
from sphinxcontrib_soup.wording import unstated

STRENGTH = (Scope.RUNTIME, None, Scope.OPTIONAL, Scope.BUILD, Scope.TEST, Scope.DEVELOPMENT)
"""What a component is for where files differ: the strongest first."""

LENGTHS = {
    "md5": 32,
    "sha1": 40,
    "sha256": 64,
    "sha384": 96,
    "sha512": 128,
    "sha3-256": 64,
    "sha3-384": 96,
    "sha3-512": 128,
}
"""The hashes that every format knows, and how many digits each has."""

TYPES = {
    "os": "operating-system",
    "runtime": "platform",
    "framework": "framework",
    "driver": "device-driver",
    "service": "application",
    "tool": "application",
    "model": "machine-learning-model",
}
"""What a SOUP is, by its `soup_kind`, in the words of CycloneDX."""

SUPPORT = {
    "level_of_support": "cdx:fda:level-of-support",
    "end_of_support": "cdx:fda:end-of-support-date",
    "end_of_life": "cdx:fda:end-of-life-date",
}
"""Fields of SOUP items by the properties that CycloneDX keeps for the FDA
(https://github.com/CycloneDX/cyclonedx-property-taxonomy)."""

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A component of the bill: how the graph calls it, what it needs, and whether a file tells what it needs at all."""

    ref: str
    component: Component
    needs: tuple[str, ...]
    traced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What an SBOM says: the product, its components, and which of them it needs itself.

    `whole` tells whether all files could be read and every component has a version.
    """

    name: str
    version: str
    tool: str
    date: str | None
    entries: tuple[Entry, ...]
    whole: bool

    @property
    def ref(self) -> str:
        """What the graph calls the product."""
        return _unique(f"{self.name}@{self.version}", {one.ref for one in self.entries})

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(one.ref for one in self.entries if one.component.direct)

    def told_direct(self) -> Mapping[str, bool | None]:
        """What the graph tells of each component: whether the product needs it itself."""
        asked = set(self.asked)
        needed = {ref for one in self.entries for ref in one.needs if ref != one.ref}
        told = dict.fromkeys(needed, False) | dict.fromkeys(asked, True) if asked else {}
        return {one.ref: told.get(one.ref) for one in self.entries}

    def needed(self) -> frozenset[str]:
        """The components that the product or another component needs."""
        return frozenset((*self.asked, *(ref for one in self.entries for ref in one.needs)))


def bill(dossier: Dossier) -> Bill:
    """The bill of a dossier: the same facts give an equal one."""
    trace, said = dossier.trace, dossier.provenance
    listed = list(_listed(trace))
    refs = _refs(listed)
    traced = {one.location.path for one in trace.components if one.requires}
    found = _Index(listed, refs)
    entries = tuple(
        Entry(
            ref=refs[at],
            component=joined,
            needs=tuple(dict.fromkeys(found.needs(several))),
            traced=any(one.location.path in traced for one in several),
        )
        for at, (joined, several) in enumerate(listed)
    )
    return Bill(
        name=said.project or "product",
        version=said.release,
        tool=said.tool,
        date=said.date,
        entries=entries,
        whole=not trace.unread and all(one.component.version for one in entries),
    )


# --- components ------------------------------------------------------------------------------------------------------


def _listed(trace: Trace) -> Iterator[tuple[Component, Sequence[Component]]]:
    """Each component as it is written, with those it is joined from."""
    by_version: dict[tuple[str, str | None], Package] = {(one.key, one.version): one for one in packages(trace)}
    for key, use in trace.uses.items():
        for several in _merged(use):
            component = _joined(several)
            known = by_version.get((key, component.version)) or by_version.get((key, None))
            yield _stated(component, known) if known else component, several
    used = {id(one) for use in trace.uses.values() for one in use.components}
    for one in trace.components:  # what an SBOM is about is no use of a package, but was said all the same
        if id(one) not in used:
            yield one, (one,)
    for soup in trace.of_kind("soup"):
        if not trace.soup_uses.get(soup.id):
            package = by_version[(package_key(soup.text("purl")) or soup.id, soup.text("designator") or None)]
            yield _stated(_of_item(soup), package), ()


def _merged(use: Use) -> list[list[Component]]:
    """The components of a package that are the same one: of one version, or without one, in different files."""
    groups: list[list[Component]] = []
    for one in sorted(use.components, key=lambda one: (not one.version, not one.direct)):
        free = (group for group in groups if all(other.location.path != one.location.path for other in group))
        fitting = next((group for group in free if one.version in (None, group[0].version)), None)
        if fitting is None:
            groups.append([one])
        else:
            fitting.append(one)
    return groups


def _joined(several: Sequence[Component]) -> Component:
    """One component with what all of them say; of what they say differently the first counts."""
    first, *others = several
    direct = [one.direct for one in several if one.direct is not None]
    return replace(
        first,
        purl=_first(one.purl for one in several),
        requested=_first(one.requested for one in several),
        licence=_first(one.licence for one in several),
        supplier=_first(one.supplier for one in several),
        direct=any(direct) if direct else None,
        scope=min((one.scope for one in several), key=STRENGTH.index) if others else first.scope,
        hashes=tuple(dict.fromkeys(text for one in several for text in one.hashes)),
        properties=first.properties
        + tuple(dict.fromkeys(pair for one in others for pair in one.properties if pair not in first.properties)),
    )


def _first(stated: Iterable[str | None]) -> str | None:
    return next(filter(None, stated), None)


def _of_item(soup: Item) -> Component:
    """A SOUP that no file names, as its item states it."""
    version = None if unstated(soup.text("designator")) else soup.text("designator")
    kind = TYPES.get(soup.text("soup_kind"), "library")
    return Component(
        name=soup.title,
        version=version,
        purl=_versioned(soup.text("purl"), version),
        direct=True,
        scope=Scope.RUNTIME,
        properties=(("type", kind),),
        location=soup.location,
    )


def _versioned(purl: str, version: str | None) -> str | None:
    found = parsed(purl)
    return found._replace(version=found.version or version).to_string() if found else None


def _stated(component: Component, package: Package) -> Component:
    """A component with what its SOUP item states: licence, manufacturer and support; else the licence that is known."""
    for soup in package.soups:
        support = tuple(_support(soup))
        names = {name for name, _ in support}
        kept = tuple(one for one in component.properties if one[0] not in names)
        manufacturer = None if unstated(soup.text("manufacturer")) else soup.text("manufacturer")
        component = replace(component, supplier=manufacturer or component.supplier, properties=(*kept, *support))
    if package.by == "its item" or not component.licence:
        return replace(component, licence=package.expression or " AND ".join(package.stated) or None)
    return component


def _support(soup: Item) -> Iterator[tuple[str, str]]:
    for field, name in SUPPORT.items():
        text = soup.text(field).strip()
        if not unstated(text) and (field == "level_of_support" or _DATE.fullmatch(text)):
            yield name, text


# --- what readers of SBOMs make of it --------------------------------------------------------------------------------


def read_name(one: Component) -> str:
    """The name that is read again where no group is written: one that lacks a namespace is given it, so it is lost."""
    purl = parsed(one.purl)
    lacks = purl and purl.namespace and purl.type not in DISTRIBUTORS and one.name.casefold() == purl.name.casefold()
    return "" if lacks else one.name


def read_version(one: Component) -> str | None:
    """The version that is read again: that of the package URL where no other is written."""
    purl = parsed(one.purl)
    return one.version or (purl.version if purl else None) or None


def common_hashes(one: Component) -> tuple[str, ...]:
    """The hashes that every format knows."""
    split = ((text, *text.partition(":")[::2]) for text in one.hashes)
    return tuple(text for text, name, digits in split if len(digits) == LENGTHS.get(name))


# --- the graph -------------------------------------------------------------------------------------------------------


class _Index:
    """The references of components by what others call them: package URL with or without version, or name."""

    def __init__(self, listed: Sequence[tuple[Component, Sequence[Component]]], refs: Sequence[str]) -> None:
        self.found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for ref, (joined, several) in zip(refs, listed, strict=True):
            paths = frozenset(one.location.path for one in several)
            for called in _calls((joined, *several)):
                self.found[called].append((ref, paths))

    def needs(self, several: Iterable[Component]) -> Iterator[str]:
        """The references of what components need, of those in the same file first; what is not listed is left out."""
        for one in several:
            for called in one.requires:
                known = self.found.get(called) or self.found.get(package_key(called) or "", [])
                same = [ref for ref, paths in known if one.location.path in paths]
                yield from (same or [ref for ref, _ in known])[:1]


def _calls(components: Iterable[Component]) -> Iterable[str]:
    calls = ((one.purl, one.purl and package_key(one.purl), one.name) for one in components)
    return dict.fromkeys(called for several in calls for called in several if called)


def _refs(listed: Sequence[tuple[Component, Sequence[Component]]]) -> list[str]:
    """A reference for each component: the one that its file has, else its package URL, else its name and version."""
    made: dict[str, None] = {}
    for one, _ in listed:
        own = dict(one.properties).get("ref")
        made[_unique(own or one.purl or f"{one.name}@{one.version or ''}", made)] = None
    return list(made)


def _unique(wanted: str, taken: Container[str]) -> str:
    number = 1
    while (made := wanted if number == 1 else f"{wanted}#{number}") in taken:
        number += 1
    return made
