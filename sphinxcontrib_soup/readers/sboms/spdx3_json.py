"""SPDX 3.0 in JSON-LD: a bill of materials that tools write of a product, a build or an image.

Format: https://spdx.github.io/spdx-spec/v3.0.1/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object
from sphinxcontrib_soup.readers.sbom import Bill, Need, joined, kebab, pairs
from sphinxcontrib_soup.wording import shown

PACKAGES = {"ai_AIPackage", "dataset_DatasetPackage", "software_Package"}
"""Types of element that are components."""

COLLECTIONS = {"Bom", "Bundle", "SpdxDocument", "software_Sbom"}
"""Types of element that hold others, and name those they are about."""

NEEDS = {
    "dependsOn": None,
    "hasDynamicLink": Scope.RUNTIME,
    "hasOptionalComponent": Scope.OPTIONAL,
    "hasOptionalDependency": Scope.OPTIONAL,
    "hasPrerequisite": None,
    "hasProvidedDependency": Scope.RUNTIME,
    "hasStaticLink": Scope.RUNTIME,
}
"""Relationships by which an element needs another, and what for."""

LIFECYCLE = {
    "build": Scope.BUILD,
    "design": Scope.DEVELOPMENT,
    "development": Scope.DEVELOPMENT,
    "runtime": Scope.RUNTIME,
    "test": Scope.TEST,
}
"""What the scope of a relationship says of the use."""

PARTS = {"application", "manifest"}
"""Purposes of packages that may be a part of the project itself, such as a lock file."""

LICENCE = "expandedlicensing_"
DEEPEST = 50
"""How deep sets of licences may lie within each other."""

_CONTEXT = re.compile(r'"@context"\s*:\s*\[?\s*"https?://spdx\.org/rdf/')
_VERSION = re.compile(r"https?://spdx\.org/rdf/v?3\.0(?:\.\d+)?/.*", re.DOTALL)
_UNSAID = re.compile(r"(?:.*[/_])?(?:NOASSERTION|NoAssertion(?:License|Element)?)|", re.DOTALL)
_NOTHING = re.compile(r"(?:.*[/_])?(?:NONE|None(?:License|Element)?)", re.DOTALL)
_LISTED_LICENCE = re.compile(r"https?://spdx\.org/licenses/([\w.+-]+?)(?:\.html|\.json)?")


def _claims(source: Source) -> bool:
    try:
        text = source.text
    except ReadError:
        text = source.head.decode("utf-8", "replace")
    return '"@context"' in text and _CONTEXT.search(text) is not None


@reader("*.json", "*.jsonld", "*.spdx", "*.sbom", sniff=_claims)
def spdx3_json(source: Source) -> Iterator[Evidence]:
    """SPDX 3.0 in JSON-LD: every package, those of artificial intelligence and of data too.

    What the document is about is a package like the others, marked by the property `described`. Direct is what it
    depends on by the relationships; where they only say what contains what, it is unknown. The licence is the one that
    was concluded, or else the declared one.
    """
    document = load_object(source, unique=True)
    context = _several(document.get("@context"))[:1]
    if not all(isinstance(one, str) and _VERSION.fullmatch(one) for one in context) or not context:
        said = f"its context is {shown(str(context[0]))}" if context else "it has no context"
        raise ReadError(f"{said}; that of SPDX 3.0 can be read", document.lines.get("@context", 1))
    yield from _Elements(Bill(source), document).evidence()


class _Elements:
    """The elements of a document by what they are called; they may be written side by side or within each other."""

    def __init__(self, bill: Bill, document: Object) -> None:
        self.bill = bill
        self.all = [one for one in _objects(document) if isinstance(one.get("type", one.get("@type")), str)]
        self.named: dict[str, Object] = {}
        for one in self.all:
            if ref := _ref(one):
                self.named.setdefault(ref, one)
        self.licences: dict[tuple[str, str], list[Value]] = {}

    def evidence(self) -> Iterator[Evidence]:
        self.bill.known |= self.named.keys()
        relationships = [one for one in self.all if "relationshipType" in one]
        for one in relationships:
            self._note(one)
        self._find_roots()
        for package in self.all:
            if _type(package) in PACKAGES:
                self._add(package)
        parts = {one.ref for one in self.bill.listed if one.part}
        for one in relationships:
            self._relate(one, parts)
        yield from self.bill.evidence()

    def _note(self, relationship: Object) -> None:
        """Keep what a relationship says of licences, and of what the document is about."""
        source, type_ = _ref(relationship.get("from")), _relation(relationship)
        if type_ in ("hasConcludedLicense", "hasDeclaredLicense"):
            self.licences.setdefault((source, type_), []).extend(_several(relationship.get("to")))
        elif type_ == "describes" and _type(self.named.get(source, Object())) in COLLECTIONS:
            self.bill.roots |= {_ref(one) for one in _several(relationship.get("to"))}

    def _find_roots(self) -> None:
        """What the document is about: the roots of the collections in it, down to what is none."""
        documents = [one for one in self.all if _type(one) == "SpdxDocument"]
        waiting = [*self.bill.roots, *(_ref(ref) for one in documents for ref in _several(one.get("rootElement")))]
        self.bill.roots = set()
        for ref in waiting:
            element = self.named.get(ref, Object())
            if _type(element) in COLLECTIONS:
                waiting += [
                    one for inner in _several(element.get("rootElement")) if (one := _ref(inner)) not in waiting
                ]
            else:
                self.bill.roots.add(ref)

    def _relate(self, relationship: Object, parts: set[str]) -> None:
        type_, source = _relation(relationship), _ref(relationship.get("from"))
        line = relationship.lines["relationshipType"]
        for target in map(_ref, _several(relationship.get("to"))):
            if not source or not target:
                self.bill.problem("a relationship lacks one of its ends", line)
            elif _UNSAID.fullmatch(target) or _NOTHING.fullmatch(target):
                continue
            elif type_ in NEEDS:
                scope = LIFECYCLE.get(relationship.text("scope") or "", NEEDS[type_])
                self.bill.needs.append(Need(source, target, line, scope))
            elif type_ == "contains" and target in parts:
                self.bill.needs.append(Need(source, target, line))

    def _add(self, package: Object) -> None:
        bill, ref = self.bill, _ref(package)
        name = bill.text(package, "name") or ""
        purpose = kebab(bill.text(package, "software_primaryPurpose") or "")
        identifiers = [
            (one.text("externalIdentifierType"), bill.text(one, "identifier"))
            for one in self._inner(package, "externalIdentifier")
        ]
        purls = [bill.text(package, "software_packageUrl"), *_told(identifiers, "packageUrl")]
        concluded, declared = (self._licence(ref, key) for key in ("hasConcludedLicense", "hasDeclaredLicense"))
        bill.add(
            Component(
                name=name,
                version=bill.text(package, "software_packageVersion"),
                purl=next(filter(None, purls), None),
                licence=concluded or declared,
                supplier=self._names(package, "suppliedBy") or self._names(package, "originatedBy"),
                hashes=self._hashes(package, name),
                properties=pairs(
                    ("ref", ref),
                    ("described", "yes" if ref in bill.roots else None),
                    ("type", purpose),
                    *(("cpe", text) for text in _told(identifiers, "cpe22", "cpe23")),
                    ("copyright", bill.text(package, "software_copyrightText")),
                    ("description", bill.text(package, "description")),
                    ("licence:declared", declared if declared != concluded else None),
                    ("reference:website", without_secret(bill.text(package, "software_homePage"))),
                    ("reference:distribution", without_secret(bill.text(package, "software_downloadLocation"))),
                    *((key, bill.text(package, key)) for key in ("releaseTime", "validUntilTime")),
                    *(("supportLevel", _ref(one)) for one in _several(package.get("supportLevel"))),
                    *self._properties(package),
                ),
                location=bill.source.at(package.lines.get("name", min(package.lines.values(), default=None))),
            ),
            ref=ref,
            group=None,
            part=purpose in PARTS,
        )

    def _inner(self, element: Object, key: str) -> Iterator[Object]:
        """The objects that a key has, one or several, each written in place or named."""
        for one in _several(element.get(key)):
            found = one if isinstance(one, Object) else self.named.get(_ref(one))
            if found is not None:
                yield found

    def _names(self, package: Object, key: str) -> str | None:
        return ", ".join(name for one in self._inner(package, key) if (name := one.text("name"))) or None

    def _hashes(self, package: Object, name: str) -> tuple[str, ...]:
        found = [one for one in self._inner(package, "verifiedUsing") if _type(one) == "Hash"]
        told = [(one.text("algorithm"), one.text("hashValue")) for one in found]
        return self.bill.hashes(name, told, package.lines.get("verifiedUsing"))

    def _properties(self, package: Object) -> Iterator[tuple[str, str | None]]:
        """Properties of CycloneDX, for which SPDX has an extension."""
        for extension in self._inner(package, "extension"):
            for one in self._inner(extension, "extension_cdxProperty"):
                yield one.text("extension_cdxPropName") or "property", one.text("extension_cdxPropValue")

    def _licence(self, ref: str, relation: str) -> str | None:
        return joined(self._expression(one) for one in self.licences.get((ref, relation), ()))

    def _expression(self, value: Value, depth: int = 0) -> str | None:
        """An element that is a licence, a set of some or an expression, as an expression; `None` for no assertion."""
        ref = _ref(value)
        licence = value if isinstance(value, Object) else self.named.get(ref)
        if licence is None:
            listed = _LISTED_LICENCE.fullmatch(ref)
            return listed[1] if listed else "NONE" if _NOTHING.fullmatch(ref) else None
        if depth > DEEPEST:
            raise ReadError(
                "its sets of licences lie too deep within each other", min(licence.lines.values(), default=None)
            )
        type_ = _type(licence).removeprefix(LICENCE)
        if type_ in ("ConjunctiveLicenseSet", "DisjunctiveLicenseSet"):
            members = [self._expression(one, depth + 1) for one in _several(licence.get(f"{LICENCE}member"))]
            return joined(members) if type_.startswith("C") else " OR ".join(one for one in members if one) or None
        if type_ == "OrLaterOperator":
            inner = self._expression(licence.get(f"{LICENCE}subjectLicense"), depth + 1)
            return inner and f"{inner}+"
        if type_ == "WithAdditionOperator":
            ends = (
                self._expression(licence.get(f"{LICENCE}subject{end}"), depth + 1)
                for end in ("ExtendableLicense", "Addition")
            )
            return " WITH ".join(one for one in ends if one) or None
        return _licence_name(licence, ref)


def _licence_name(licence: Object, ref: str) -> str | None:
    said = licence.text("simplelicensing_licenseExpression")
    listed = _LISTED_LICENCE.fullmatch(ref)
    name = said or (listed[1] if listed else licence.text("name") or ref.rpartition("#")[2].rpartition("/")[2])
    return None if _UNSAID.fullmatch(name) else name


def _told(identifiers: Iterable[tuple[str | None, str | None]], *types: str) -> Iterator[str]:
    """The identifiers of some types."""
    return (text for type_, text in identifiers if text and type_ in types)


def _objects(document: Object) -> Iterator[Object]:
    """Every object of a document, in the order of the file."""
    waiting: list[Value] = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Object):
            yield one
        inner = one.values() if isinstance(one, Object) else one if isinstance(one, list) else ()
        waiting += [value for value in reversed(list(inner)) if isinstance(value, Object | list)]


def _type(element: Object) -> str:
    return element.text("type") or element.text("@type") or ""


def _relation(relationship: Object) -> str:
    """The type of a relationship; some tools write it with underscores."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), relationship.text("relationshipType") or "")


def _ref(value: Value) -> str:
    """What an element is called: by its name, or by itself where it is written in the place of its name."""
    if isinstance(value, Object):
        return value.text("spdxId") or value.text("@id") or ""
    return value if isinstance(value, str) else ""


def _several(value: Value) -> list[Value]:
    """One value or a list of them."""
    return value if isinstance(value, list) else [] if value is None else [value]
