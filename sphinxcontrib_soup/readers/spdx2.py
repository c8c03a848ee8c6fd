"""SPDX 2 as an object of JSON: its packages and their relationships (https://spdx.github.io/spdx-spec/v2.3/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object
from sphinxcontrib_soup.readers.sbom import Bill, Need, kebab, pairs, references
from sphinxcontrib_soup.remembered import pairs_of
from sphinxcontrib_soup.wording import shown

VERSION = re.compile(r"SPDX-2\.[0-3](?:\.\d+)?")
DOCUMENT = "SPDXRef-DOCUMENT"
ELSEWHERE = re.compile(r"NONE|NOASSERTION|DocumentRef-.*")
"""What a relationship may lead to that is not in the document."""

NEEDS = {
    "DEPENDS_ON": None,
    "DYNAMIC_LINK": Scope.RUNTIME,
    "HAS_PREREQUISITE": None,
    "STATIC_LINK": Scope.RUNTIME,
}
"""Relationships by which an element needs another, and what for."""

NEEDED_BY = {
    "BUILD_DEPENDENCY_OF": Scope.BUILD,
    "BUILD_TOOL_OF": Scope.BUILD,
    "DEPENDENCY_OF": None,
    "DEV_DEPENDENCY_OF": Scope.DEVELOPMENT,
    "DEV_TOOL_OF": Scope.DEVELOPMENT,
    "OPTIONAL_COMPONENT_OF": Scope.OPTIONAL,
    "OPTIONAL_DEPENDENCY_OF": Scope.OPTIONAL,
    "PREREQUISITE_FOR": None,
    "PROVIDED_DEPENDENCY_OF": Scope.RUNTIME,
    "RUNTIME_DEPENDENCY_OF": Scope.RUNTIME,
    "TEST_DEPENDENCY_OF": Scope.TEST,
    "TEST_TOOL_OF": Scope.TEST,
}
"""Relationships by which an element is needed by another, and what for."""

PARTS = {"application"}
"""Purposes of packages that may be a part of the project itself, such as a lock file."""

_PERSON = re.compile(
    r"(?:(?:Organization|Person|Tool)\s*:\s*)?(?P<name>.*?)\s*(?:\([^()]*@[^()]*\)|\(\s*\))?", re.DOTALL
)


def components(document: Object, source: Source) -> Iterator[Evidence]:
    """The packages of a document, and what is wrong with it.

    :raises ReadError: if it is of a version that is not known
    """
    version = document.text("spdxVersion") or ""
    if not VERSION.fullmatch(version):
        reason = f"it is {shown(version) or 'SPDX of no version'}; SPDX-2.0 to SPDX-2.3 can be read"
        raise ReadError(reason, document.lines.get("spdxVersion", 1))
    bill = Bill(source)
    own = document.text("SPDXID") or DOCUMENT
    bill.roots |= {ref for ref in bill.texts(document, "documentDescribes") if ref != own}
    relationships = [_relationship(bill, one) for one in bill.objects(document, "relationships")]
    for source_, type_, target, _ in relationships:
        if type_ == "DESCRIBES" and source_ == own:
            bill.roots.add(target)
        elif type_ == "DESCRIBED_BY" and target == own:
            bill.roots.add(source_)
    for package in bill.objects(document, "packages"):
        _add(bill, package)
    bill.known |= references(document, "SPDXID") | {own}
    parts = {one.ref for one in bill.listed if one.part}
    for source_, type_, target, line in relationships:
        if type_ in NEEDS or (type_ == "CONTAINS" and target in parts):
            _need(bill, Need(source_, target, line, NEEDS.get(type_)))
        elif type_ in NEEDED_BY:
            _need(bill, Need(target, source_, line, NEEDED_BY[type_]))
    yield from bill.evidence()


def _relationship(bill: Bill, entry: Object) -> tuple[str, str, str, int | None]:
    """Source, type, target and line of a relationship."""
    keys = ("spdxElementId", "relationshipType", "relatedSpdxElement")
    source, type_, target = (bill.text(entry, key) or "" for key in keys)
    line = entry.lines.get("relationshipType", min(entry.lines.values(), default=None))
    if not (source and type_ and target):
        bill.problem("a relationship lacks one of its ends, or its type", line)
    return source, type_.upper().replace("-", "_"), target, line


def _need(bill: Bill, need: Need) -> None:
    ends = (need.source, need.target)
    if all(ends) and not any(ELSEWHERE.fullmatch(end) for end in ends):
        bill.needs.append(need)


def _add(bill: Bill, package: Object) -> None:
    name, ref = bill.text(package, "name") or "", bill.text(package, "SPDXID")
    purpose = kebab(bill.text(package, "primaryPackagePurpose") or "")
    locators = [
        (_ending(one.text("referenceType")), bill.text(one, "referenceLocator"))
        for one in bill.objects(package, "externalRefs")
    ]
    purls = [locator for type_, locator in locators if type_ == "purl" and locator]
    concluded, declared = (_said(bill, package, key) for key in ("licenseConcluded", "licenseDeclared"))
    bill.add(
        Component(
            name=name,
            version=_said(bill, package, "versionInfo"),
            purl=purls[0] if purls else None,
            licence=concluded or declared,
            supplier=person(_said(bill, package, "supplier")) or person(_said(bill, package, "originator")),
            hashes=_hashes(bill, package, name),
            properties=pairs(
                *(pair for one in bill.objects(package, "annotations") for pair in _remembered(bill, one)),
                ("ref", ref),
                ("described", "yes" if ref in bill.roots else None),
                ("type", purpose),
                *(("cpe", locator) for type_, locator in locators if type_ in ("cpe22Type", "cpe23Type")),
                *(("purl", locator) for locator in purls[1:]),
                ("copyright", _said(bill, package, "copyrightText")),
                ("description", bill.text(package, "description")),
                ("licence:declared", declared if declared != concluded else None),
                ("reference:website", without_secret(_said(bill, package, "homepage"))),
                ("reference:distribution", without_secret(_said(bill, package, "downloadLocation"))),
                *((key, bill.text(package, key)) for key in ("releaseDate", "validUntilDate")),
            ),
            location=bill.source.at(package.lines.get("name", min(package.lines.values(), default=None))),
        ),
        ref=ref,
        group=None,
        part=purpose in PARTS,
    )


def _remembered(bill: Bill, annotation: Object) -> Iterable[tuple[str, str]]:
    """The facts that our own export put into an annotation."""
    return pairs_of(bill.text(annotation, "comment") or "")


def _said(bill: Bill, package: Object, key: str) -> str | None:
    """The text of a key, `None` where it says that there is nothing to say; that there is no licence says something."""
    text = bill.text(package, key)
    unsaid = text == "NOASSERTION" or (text == "NONE" and not key.startswith("license"))
    return None if unsaid else text


def person(text: str | None) -> str | None:
    """The name of an organisation or a person, without the word for which it is and without an address."""
    found = _PERSON.fullmatch(text) if text else None
    return found["name"] or None if found else None


def _ending(reference: str | None) -> str:
    """The type of a reference, which may be written as an address that ends with it."""
    return (reference or "").rpartition("/")[2]


def _hashes(bill: Bill, package: Object, name: str) -> tuple[str, ...]:
    keys = ("algorithm", "checksumValue")
    found = [(bill.text(one, keys[0]), bill.text(one, keys[1])) for one in bill.objects(package, "checksums")]
    return bill.hashes(name, found, package.lines.get("checksums"))
