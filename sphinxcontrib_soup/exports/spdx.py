"""SPDX 2.3 in JSON: the bill of materials of the product (https://spdx.github.io/spdx-spec/v2.3/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from sphinxcontrib_soup.bill import Bill, Entry, bill, common_hashes, read_name, read_version
from sphinxcontrib_soup.licences import NOASSERTION, expression, own_identifiers
from sphinxcontrib_soup.model import Component, Dossier, Scope
from sphinxcontrib_soup.plugin import export
from sphinxcontrib_soup.remembered import as_comment, remembered
from sphinxcontrib_soup.trace_json import Json, dumps

Object = dict[str, Json]

DOCUMENT, PRODUCT = "SPDXRef-DOCUMENT", "SPDXRef-Product"
UNDATED = "1970-01-01"
"""The date of a document whose as-of date is not known; the format asks for one."""

PURPOSES = (
    "application",
    "archive",
    "container",
    "device",
    "file",
    "firmware",
    "framework",
    "install",
    "library",
    "operating-system",
    "other",
    "source",
)
NEEDED_AS = {
    None: "DEPENDENCY_OF",
    Scope.RUNTIME: "RUNTIME_DEPENDENCY_OF",
    Scope.OPTIONAL: "OPTIONAL_DEPENDENCY_OF",
    Scope.DEVELOPMENT: "DEV_DEPENDENCY_OF",
    Scope.BUILD: "BUILD_DEPENDENCY_OF",
    Scope.TEST: "TEST_DEPENDENCY_OF",
}
"""What a component is needed as, by its scope."""

PLACES = {
    "copyright": "copyrightText",
    "description": "description",
    "reference:website": "homepage",
    "reference:distribution": "downloadLocation",
    "releaseDate": "releaseDate",
    "validUntilDate": "validUntilDate",
}
"""Properties that the format has a place for, one each."""

END_OF_SUPPORT = "cdx:fda:end-of-support-date"
"""The property whose date the format holds as `validUntilDate`, too."""

_REF = re.compile(r"SPDXRef-[A-Za-z0-9.-]+")
_ADDRESS = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,5}(?:/[!-;=?-\[\]_a-z~]*)?", re.IGNORECASE)
_CPE = re.compile(r"cpe:2\.3:[aho](?::[A-Za-z0-9._*-]+){10}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ANY = re.compile(r".+", re.DOTALL)
_CHECKED = {
    "reference:website": _ADDRESS,
    "reference:distribution": _ADDRESS,
    "releaseDate": _TIME,
    "validUntilDate": _TIME,
}
_PURPOSE = "primaryPackagePurpose"


@export("spdx", ".spdx.json")
def spdx(dossier: Dossier) -> bytes:
    """Every component that files name and every SOUP, with supplier, licence, hashes, support and what needs what.

    What is not known is `NOASSERTION`. What the format has no place for, such as the level of support, stands in an
    annotation of the package. The name space follows from the content and the time from the as-of date, so that the
    same facts give the same bytes.
    """
    content = _document(bill(dossier))
    space = uuid5(NAMESPACE_URL, dumps(content))
    return dumps({**content, "documentNamespace": f"urn:uuid:{space}"}).encode()


def _document(whole: Bill) -> Object:
    refs = _refs(whole)
    made = f"{whole.date or UNDATED}T00:00:00Z"
    name, _, version = whole.tool.partition(" ")
    tool = f"Tool: {name or 'sphinxcontrib-soup'}{f'-{version}' if version else ''}"
    told, needed = whole.told_direct(), whole.needed()
    own = sorted({id_ for one in whole.entries for id_ in own_identifiers(_expressed(one.component.licence) or "")})
    return {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": DOCUMENT,
        "dataLicense": "CC0-1.0",
        "name": f"{whole.name} {whole.version}".strip(),
        "creationInfo": {"created": made, "creators": [tool]},
        "packages": [
            _product(whole),
            *(_package(one, refs[one.ref], told[one.ref], one.ref in needed, (made, tool)) for one in whole.entries),
        ],
        "relationships": list(_relationships(whole, refs)),
        **({"hasExtractedLicensingInfos": [_own(id_) for id_ in own]} if own else {}),
    }


def _refs(whole: Bill) -> dict[str, str]:
    """A reference of the form of SPDX for each component: its own where it is one."""
    made: dict[str, str] = {}
    taken = {DOCUMENT, PRODUCT}
    for one in whole.entries:
        plain = re.sub("[^A-Za-z0-9.]+", "-", one.ref).strip("-") or "Package"
        bare = one.ref if _REF.fullmatch(one.ref) else f"SPDXRef-{plain}"
        wanted, number = bare, 1
        while wanted in taken:
            number += 1
            wanted = f"{bare}-{number}"
        taken.add(wanted)
        made[one.ref] = wanted
    return made


def _own(id_: str) -> Object:
    return {"licenseId": id_, "extractedText": f"The terms that the product's licences call {id_}.", "name": id_}


def _product(whole: Bill) -> Object:
    return {
        "SPDXID": PRODUCT,
        "name": whole.name,
        **({"versionInfo": whole.version} if whole.version else {}),
        "downloadLocation": NOASSERTION,
        "filesAnalyzed": False,
        "primaryPackagePurpose": "APPLICATION",
    }


def _relationships(whole: Bill, refs: dict[str, str]) -> Iterator[Json]:
    yield _relationship(DOCUMENT, "DESCRIBES", PRODUCT)
    scopes = {one.ref: one.component.scope for one in whole.entries}
    for ref in whole.asked:
        yield _relationship(refs[ref], NEEDED_AS[scopes[ref]], PRODUCT)
    for one in whole.entries:
        for ref in one.needs:
            yield _relationship(refs[ref], NEEDED_AS[scopes[ref]], refs[one.ref])
        if not one.traced:
            yield _relationship(refs[one.ref], "DEPENDS_ON", NOASSERTION)


def _relationship(source: str, type_: str, target: str) -> Json:
    return {"spdxElementId": source, "relationshipType": type_, "relatedSpdxElement": target}


def _package(entry: Entry, ref: str, direct: bool | None, needed: bool, noted: tuple[str, str]) -> Object:
    one = entry.component
    native, locators, others = _native(one)
    licence, supplier, hashes = _expressed(one.licence), _named(one.supplier), common_hashes(one)
    told = {
        "name": read_name(one),
        "version": read_version(one),
        "requested": None,
        "direct": direct,
        "scope": one.scope if needed else None,
        "licence": licence,
        "supplier": supplier,
        "hashes": hashes,
        "properties": (),
    }
    rest = remembered(replace(one, properties=others), told)
    purl = [_reference("PACKAGE-MANAGER", "purl", one.purl)] if one.purl else []
    stated: Object = {
        "SPDXID": ref,
        "name": one.name,
        "versionInfo": one.version,
        "supplier": f"Organization: {supplier}" if supplier else NOASSERTION,
        "downloadLocation": NOASSERTION,
        "filesAnalyzed": False,
        "licenseConcluded": licence or NOASSERTION,
        "licenseDeclared": licence or NOASSERTION,
        "copyrightText": NOASSERTION,
        "checksums": [_checksum(text) for text in hashes],
        **native,
        "externalRefs": [*purl, *locators],
        "annotations": [_annotation(as_comment(rest), noted)] if rest else [],
    }
    return {key: value for key, value in stated.items() if value not in (None, [])}


def _native(one: Component) -> tuple[Object, list[Json], tuple[tuple[str, str], ...]]:
    """The properties that the format has a place for, its references to CPEs, and the others."""
    native: Object = {}
    locators: list[Json] = []
    others: list[tuple[str, str]] = []
    for name, value in one.properties:
        key = PLACES.get(name)
        if key and key not in native and _CHECKED.get(name, _ANY).fullmatch(value):
            native[key] = value
        elif name == "type" and value in PURPOSES and _PURPOSE not in native:
            native[_PURPOSE] = value.upper().replace("-", "_")
        elif name == "cpe" and _CPE.fullmatch(value):
            locators.append(_reference("SECURITY", "cpe23Type", value))
        elif name != "ref":
            others.append((name, value))
    end = dict(one.properties).get(END_OF_SUPPORT, "")
    if _DAY.fullmatch(end):
        native.setdefault("validUntilDate", f"{end}T00:00:00Z")
    return native, locators, tuple(others)


def _expressed(text: str | None) -> str | None:
    """A licence where it is an expression in its canonical spelling; what is none is told in the annotation."""
    return text if text and expression(text) == text else None


def _named(supplier: str | None) -> str | None:
    """A supplier whose name is read again as it is: what stands in brackets behind it may be an address."""
    plain = supplier and not re.search(r"[():\n]|NOASSERTION|NONE", supplier)
    return supplier if plain else None


def _checksum(text: str) -> Json:
    name, _, digits = text.partition(":")
    return {"algorithm": name.upper(), "checksumValue": digits}


def _reference(category: str, type_: str, locator: str) -> Json:
    return {"referenceCategory": category, "referenceType": type_, "referenceLocator": locator}


def _annotation(comment: str, noted: tuple[str, str]) -> Json:
    made, tool = noted
    return {"annotationDate": made, "annotationType": "OTHER", "annotator": tool, "comment": comment}
