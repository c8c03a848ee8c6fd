"""Cargo.lock, the lock file of Rust's Cargo, versions 1 to 4.

Format: https://github.com/rust-lang/cargo/blob/master/src/cargo/core/resolver/encode.rs
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.cargo import MANIFEST, Wish, cargo_url, load_manifest, members, wishes
from sphinxcontrib_soup.readers.digests import digest
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.toml_text import Path, Toml, load_toml
from sphinxcontrib_soup.wording import shown

NEWEST = 4

_PUBLIC = re.compile(r"registry\+https://github\.com/rust-lang/[^/]*index")
_NEED = re.compile(r"(?P<name>\S+)(?: (?P<version>[^\s(]+))?(?: \((?P<origin>[^)]+)\))?")
_CHECKSUM = re.compile(r"checksum (\S+) (\S+) \((.+)\)")
_ANEW = "run cargo generate-lockfile"


@reader("Cargo.lock", ecosystem="cargo")
def cargo_lock(source: Source) -> Iterator[Evidence]:
    """Cargo's lock file: every crate, once for each version and place it comes from.

    Crates without a place are the project itself, the members of its workspace and folders beside it: no components.
    Direct is what they depend on. The lock does not say what for, nor which range was asked: that is taken from the
    Cargo.toml beside it and those of the members, where they can be read.
    """
    toml = load_toml(source)
    packages, bad = _packages(toml, source)
    named: dict[str, list[_Package]] = defaultdict(list)
    for one in packages:
        named[one.name].append(one)
    yield from bad
    yield from _unmet(packages, named, source)
    needs = {one.key: [meant[0] for need in one.needs if len(meant := _meant(need, named)) == 1] for one in packages}
    own = [one for one in packages if one.own]
    entries = {one.key: Entry(None) for one in own}  # what these need is asked for, one by one
    for one in packages:
        if not one.own:
            entries[one.key] = Entry(_component(one, source), tuple(Need(other.key) for other in needs[one.key]))
    yield from _lost(own, named, source)
    yield from joined(entries, _asked(source, [(one, needs[one.key]) for one in own]) if own else None)


@dataclass(frozen=True)
class _Package:
    """An entry of the lock; `origin` is the place it comes from, empty for a folder of the project itself."""

    name: str
    version: str
    origin: str
    checksum: str
    needs: Mapping[str, int | None]
    line: int | None

    @property
    def key(self) -> str:
        return f"{self.name} {self.version} ({self.origin})"

    @property
    def own(self) -> bool:
        return not self.origin

    @property
    def purl(self) -> str | None:
        address, _, revision = self.origin.partition("#")
        if address.startswith("git+"):
            return cargo_url(self.name, self.version, vcs=vcs_url(address, revision))
        index = None if _PUBLIC.fullmatch(address) else without_secret(address.partition("+")[2])
        return cargo_url(self.name, self.version, index=index)


def _component(package: _Package, source: Source) -> Component:
    checksum = digest("sha256", package.checksum)
    return Component(
        name=package.name,
        version=package.version,
        purl=package.purl,
        hashes=(checksum,) if checksum else (),
        location=source.at(package.line),
    )


def _packages(toml: Toml, source: Source) -> tuple[list[_Package], list[Unread]]:
    """The entries of the lock, and those that are none.

    :raises ReadError: if the lock is of a version that is not known
    """
    version = toml.document.get("version", 1)
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version <= NEWEST:
        reason = f"it is a lock file of version {version!r}; 1 to {NEWEST} can be read: let an older Cargo write it"
        raise ReadError(reason, toml.line("version"))
    stated = toml.document.get("package", [])
    if not isinstance(stated, list):
        raise ReadError(f"`package` is not an array of tables: {_ANEW}", toml.line("package"))
    entries: list[tuple[object, Path]] = [(one, ("package", at)) for at, one in enumerate(stated)]
    if "root" in toml.document:  # before Cargo 1.19
        entries.append((toml.document["root"], ("root",)))
    metadata = [(_CHECKSUM.fullmatch(key), str(value)) for key, value in toml.table("metadata").items()]
    checksums = {found.groups(): value for found, value in metadata if found}
    packages: dict[str, _Package] = {}
    bad = []
    for entry, place in entries:
        package = _package(entry, place, toml, checksums)
        if package is None:
            bad.append(Unread(reason="the entry names no package and version", location=source.at(toml.line(*place))))
        elif package.key in packages:
            reason = f"{shown(package.name)} {shown(package.version)} is in the lock twice: {_ANEW}"
            bad.append(Unread(reason=reason, location=source.at(package.line)))
        else:
            packages[package.key] = package
    return list(packages.values()), bad


def _package(entry: object, place: Path, toml: Toml, checksums: Mapping[tuple[str, ...], str]) -> _Package | None:
    table = entry if isinstance(entry, dict) else {}
    needs = table.get("dependencies", [])
    texts = [table.get(part, "") for part in ("name", "version", "source", "checksum")]
    if not all(isinstance(one, str) for one in texts) or not texts[0] or not texts[1] or not isinstance(needs, list):
        return None
    name, version, origin, checksum = texts
    lines = {str(need): toml.line(*place, "dependencies", at) for at, need in enumerate(needs)}
    checksum = checksum or checksums.get((name, version, origin), "")
    return _Package(name, version, origin, checksum, lines, toml.line(*place, "name"))


def _meant(need: str, named: Mapping[str, Sequence[_Package]]) -> Sequence[_Package]:
    """The crates that an entry of a list of dependencies may mean: its name, with version and place if need be."""
    said = _NEED.fullmatch(need)
    found = named.get(said["name"], ()) if said else ()
    for part in ("version", "origin"):
        if said and said[part]:
            found = [one for one in found if getattr(one, part).partition("#")[0] == said[part].partition("#")[0]]
    return found


def _unmet(packages: Sequence[_Package], named: Mapping[str, Sequence[_Package]], source: Source) -> Iterator[Unread]:
    """Dependencies that no crate of the lock answers, or more than one."""
    for one in packages:
        for need, line in one.needs.items():
            found = len(_meant(need, named))
            if found != 1:
                what = "may be any of several in the lock" if found else "is not in the lock"
                reason = f"{shown(one.name)} depends on {shown(need)}, which {what}: {_ANEW}"
                yield Unread(reason=reason, location=source.at(line))


def _lost(own: Sequence[_Package], named: Mapping[str, Sequence[_Package]], source: Source) -> Iterator[Component]:
    """What the project's own packages depend on and the lock has not: in use, in a version that nobody knows."""
    lost = {
        said["name"]: line
        for one in reversed(own)
        for need, line in one.needs.items()
        if not _meant(need, named) and (said := _NEED.fullmatch(need))
    }
    for name, line in lost.items():
        yield Component(name=name, purl=cargo_url(name), direct=True, location=source.at(line))


def _asked(source: Source, own: Sequence[tuple[_Package, Sequence[_Package]]]) -> list[Ask]:
    """What the project's own packages ask for: the crates by the lock, ranges and purposes by their manifests.

    Where one of the manifests cannot be read, only what is sure to be for the device has a purpose.
    """
    said = _said(source)
    asks = []
    for member, needs in own:
        for need in needs:
            stated = said.get((member.name, need.name), [Ask(need.key, None, None)])
            ranges = {one.requested for one in stated}
            asks += [Ask(need.key, one.requested if len(ranges) == 1 else None, one.scope) for one in stated]
    if all(one.scope for one in asks):
        return asks
    return [one if one.scope is Scope.RUNTIME else one._replace(scope=None) for one in asks]


def _said(source: Source) -> Mapping[tuple[str, str], list[Ask]]:
    """What the manifests beside the lock say, by the names of the package that asks and of the crate."""
    found: dict[tuple[str, str], list[Ask]] = defaultdict(list)
    try:
        beside = nearby(source, MANIFEST)
        manifests = members(load_manifest(beside))[0] if beside else ()
    except ReadError:
        return {}
    for manifest in manifests:
        for wish in wishes(manifest):
            if isinstance(wish, Wish):
                name = str(manifest.toml.table("package").get("name"))
                found[name, wish.name].append(Ask("", wish.requested, wish.scope))
    return found
