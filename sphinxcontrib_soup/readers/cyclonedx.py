"""CycloneDX as an object of JSON: its components and their graph (https://cyclonedx.org/docs/1.7/json/)."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object
from sphinxcontrib_soup.readers.sbom import Bill, Need, joined, pairs, references
from sphinxcontrib_soup.wording import listing, shown

NEWEST = (1, 7)

SCOPES = {"required": Scope.RUNTIME, "optional": Scope.OPTIONAL, "excluded": Scope.DEVELOPMENT}
"""An excluded component is one for tests and other purposes than the use of the product."""

PURPOSES = {
    ("cdx:composer:package:isDevRequirement", "true"): Scope.DEVELOPMENT,
    ("cdx:npm:package:development", "true"): Scope.DEVELOPMENT,
    ("cdx:pipenv:category", "default"): Scope.RUNTIME,
    ("cdx:pipenv:category", "develop"): Scope.DEVELOPMENT,
    ("cdx:poetry:group", "dev"): Scope.DEVELOPMENT,
    ("cdx:poetry:group", "main"): Scope.RUNTIME,
    ("gitlab:dependency_scanning:category", "development"): Scope.DEVELOPMENT,
    ("gitlab:dependency_scanning:category", "production"): Scope.RUNTIME,
    ("gitlab:dependency_scanning:category", "test"): Scope.TEST,
}
"""What properties say of the use of a component (https://cyclonedx.github.io/cyclonedx-property-taxonomy/)."""

PARTS = {"application"}
"""Types of component that may be a part of the project itself, such as a lock file."""

OTHERS = ("services", "vulnerabilities")
"""What a bill may hold instead of components."""

BOM_LINK = "urn:cdx:"
"""How a reference into another bill begins."""


def components(bom: Object, source: Source, oldest: tuple[int, int]) -> Iterator[Evidence]:
    """The components of a bill of materials, and what is wrong with it.

    :raises ReadError: if it is of a version before `oldest` or after the newest that is known
    """
    _check_version(bom, oldest)
    bill = Bill(source)
    for entry in _entries(bill, bom):
        _add(bill, entry)
    subject = bom.object("metadata").object("component")
    bill.roots |= {ref for ref in (subject.text("bom-ref"), subject.text("purl")) if ref}
    bill.known |= references(bom, "bom-ref")
    for dependency in bill.objects(bom, "dependencies"):
        _add_needs(bill, dependency)
    others = [key for key in OTHERS if bom.get(key)]
    if others and not bill.listed:
        bill.problem(f"it names no component, only {listing(others)}, which are not read", bom.lines.get(others[0]))
    yield from bill.evidence()


def _check_version(bom: Object, oldest: tuple[int, int]) -> None:
    stated = bom.text("specVersion") or ""
    number = tuple(int(part) for part in stated.split(".") if part.isdecimal() and len(part) < 4)
    if not oldest <= number[:2] <= NEWEST or len(number) != 2:
        known = " to ".join(".".join(map(str, one)) for one in (oldest, NEWEST))
        said = f"CycloneDX {shown(stated)}" if stated else "CycloneDX without `specVersion`"
        raise ReadError(
            f"it is {said}; {known} can be read: have it written in one of them", bom.lines.get("specVersion", 1)
        )


def _entries(bill: Bill, bom: Object) -> Iterator[Object]:
    """The components in the order of the file, each before those within it."""
    waiting = list(bill.objects(bom, "components"))[::-1]
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting += list(bill.objects(entry, "components"))[::-1]


def _add(bill: Bill, entry: Object) -> None:
    type_ = bill.text(entry, "type") or ""
    name = bill.text(entry, "name") or ""
    line = entry.lines.get("name", min(entry.lines.values(), default=None))
    properties = [
        (bill.text(one, "name") or "", bill.text(one, "value") or "") for one in bill.objects(entry, "properties")
    ]
    bill.add(
        Component(
            name=name,
            version=bill.text(entry, "version"),
            purl=bill.text(entry, "purl"),
            requested=bill.text(entry, "versionRange"),
            scope=_scope(bill, entry, properties),
            licence=_licence(bill, entry),
            supplier=_supplier(bill, entry),
            hashes=_hashes(bill, entry, name),
            properties=(
                *pairs(
                    ("ref", entry.text("bom-ref")),
                    ("type", type_),
                    *((key, bill.text(entry, key)) for key in ("cpe", "copyright", "description")),
                    *_addresses(bill, entry),
                ),
                *(one for one in properties if one[0]),
            ),
            location=bill.source.at(line),
        ),
        ref=bill.text(entry, "bom-ref"),
        group=bill.text(entry, "group"),
        part=type_ in PARTS,
    )


def _add_needs(bill: Bill, dependency: Object) -> None:
    ref = bill.text(dependency, "ref")
    line = dependency.lines.get("ref")
    if ref is None:
        bill.problem("an entry of `dependencies` has no `ref`", line or min(dependency.lines.values(), default=None))
        return
    needed = [one for one in bill.texts(dependency, "dependsOn") if not one.startswith(BOM_LINK)]
    line = dependency.lines.get("dependsOn", line)
    bill.needs += [Need(ref, one, line) for one in needed]


def _scope(bill: Bill, entry: Object, properties: list[tuple[str, str]]) -> Scope | None:
    """What a component is for; one that says nothing is required, as the specification has it."""
    stated = bill.text(entry, "scope")
    if stated is not None:
        if stated not in SCOPES:
            bill.problem(f"`scope` is {shown(stated)!r}, none of {', '.join(SCOPES)}", entry.lines.get("scope"))
        return SCOPES.get(stated)
    told = {PURPOSES[one] for one in properties if one in PURPOSES}
    return next(iter(told)) if len(told) == 1 else Scope.RUNTIME


def _licence(bill: Bill, entry: Object) -> str | None:
    """The licences as one expression: the concluded ones where some are said to be, otherwise all."""
    said: list[tuple[str | None, str | None]] = []
    for choice in bill.objects(entry, "licenses"):
        licence = choice.object("license")
        name = bill.text(choice, "expression") or bill.text(licence, "id") or bill.text(licence, "name")
        said.append((choice.text("acknowledgement") or licence.text("acknowledgement"), name))
    concluded = [name for acknowledged, name in said if acknowledged == "concluded"]
    return joined(concluded or [name for _, name in said])


def _supplier(bill: Bill, entry: Object) -> str | None:
    """Who supplies a component, or else who makes, publishes or wrote it."""
    organisations = (bill.text(entry.object(key), "name") for key in ("supplier", "manufacturer"))
    authors = ", ".join(name for one in bill.objects(entry, "authors") if (name := bill.text(one, "name")))
    return next(
        filter(None, (*organisations, bill.text(entry, "publisher"), authors, bill.text(entry, "author"))), None
    )


def _hashes(bill: Bill, entry: Object, name: str) -> tuple[str, ...]:
    found = [(bill.text(one, "alg"), bill.text(one, "content")) for one in bill.objects(entry, "hashes")]
    return bill.hashes(name, found, entry.lines.get("hashes"))


def _addresses(bill: Bill, entry: Object) -> Iterator[tuple[str, str | None]]:
    """The references to what lies elsewhere, such as the list of known anomalies."""
    for one in bill.objects(entry, "externalReferences"):
        yield f"reference:{one.text('type') or 'other'}", without_secret(bill.text(one, "url"))
