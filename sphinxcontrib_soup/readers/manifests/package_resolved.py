"""Package.resolved, the lock file of the Swift Package Manager and of Xcode, versions 1 to 3.

Format: https://github.com/swiftlang/swift-package-manager/blob/main/Sources/PackageGraph/ResolvedPackagesStore.swift
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import repository
from sphinxcontrib_soup.readers.json_lists import element_lines
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object

NEWEST = 3


@reader("Package.resolved", ecosystem="swift")
def package_resolved(source: Source) -> Iterator[Evidence]:
    """Swift's lock file: every package. It does not say which are direct, nor what for.

    A package without a version has its commit as version; the branch that it follows is what is requested. A package in
    a folder has no package URL.
    """
    lock = load_object(source)
    table, pins = _pins(lock)
    for pin, line in zip(pins, element_lines(source, table, "pins"), strict=True):
        name = (pin.text("identity") or pin.text("package")) if isinstance(pin, Object) else None
        if isinstance(pin, Object) and name:
            yield _component(pin, name, source)
        else:
            yield Unread(reason="the pin names no package", location=source.at(line))


def _pins(lock: Object) -> tuple[Object, Sequence[Value]]:
    """The list of pins and the object that has it.

    :raises ReadError: if the lock is of a version that is not known, or has no pins
    """
    version = lock.get("version")
    if isinstance(version, bool) or version not in range(1, NEWEST + 1):
        reason = f"it is a lock file of version {version!r}; 1 to {NEWEST} can be read: let an older Swift write it"
        raise ReadError(reason, lock.lines.get("version", 1))
    table = lock.object("object") if version == 1 else lock
    pins = table.get("pins")
    if not isinstance(pins, list):
        raise ReadError("it has no list `pins`: run swift package resolve", 1)
    return table, pins


def _component(pin: Object, name: str, source: Source) -> Component:
    state = pin.object("state")
    address = pin.text("location") or pin.text("repositoryURL") or ""
    version, revision, branch = state.text("version"), state.text("revision"), state.text("branch")
    exact = version or revision
    return Component(
        name=name,
        version=exact,
        purl=_purl(pin, name, address, exact),
        requested=branch if not version else None,
        properties=(("revision", revision),) if revision and version else (),
        location=source.at(pin.lines["identity" if "identity" in pin else "package"]),
    )


def _purl(pin: Object, name: str, address: str, version: str | None) -> str | None:
    """The package URL: host and owner of the repository, or the scope in a registry, and the name of the repository."""
    if pin.get("kind") == "registry":
        scope, dot, short = name.partition(".")
        return package_url("swift", short, version, scope) if dot else None
    place = repository(address)
    if place is None:
        return None
    namespace, _, short = f"{place[0]}/{place[1]}".rpartition("/")
    return package_url("swift", short, version, namespace)
