"""CycloneDX 1.6 in JSON: the bill of materials of the product (https://cyclonedx.org/docs/1.6/json/, ECMA-424)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from sphinxcontrib_soup.bill import Bill, Entry, bill, common_hashes, read_name, read_version
from sphinxcontrib_soup.identity import parsed
from sphinxcontrib_soup.licences import expression, is_listed
from sphinxcontrib_soup.model import Component, Dossier, Scope
from sphinxcontrib_soup.plugin import export
from sphinxcontrib_soup.remembered import remembered
from sphinxcontrib_soup.trace_json import Json, dumps

Object = dict[str, Json]

TYPES = (
    "application",
    "container",
    "data",
    "device",
    "device-driver",
    "file",
    "firmware",
    "framework",
    "library",
    "machine-learning-model",
    "operating-system",
    "platform",
)
SCOPES = {
    Scope.RUNTIME: "required",
    Scope.OPTIONAL: "optional",
    Scope.DEVELOPMENT: "excluded",
    Scope.BUILD: "excluded",
    Scope.TEST: "excluded",
}
REFERENCES = (
    "advisories",
    "bom",
    "build-meta",
    "build-system",
    "chat",
    "distribution",
    "distribution-intake",
    "documentation",
    "issue-tracker",
    "license",
    "mailing-list",
    "other",
    "release-notes",
    "security-contact",
    "social",
    "source-distribution",
    "support",
    "vcs",
    "website",
)
"""Types of references to what lies elsewhere."""

ONCE = ("type", "cpe", "copyright", "description")
"""Properties that the format has a place for, one each."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[!-;=?-\[\]_a-z~]+", re.IGNORECASE)


@export("cyclonedx", ".cdx.json")
def cyclonedx(dossier: Dossier) -> bytes:
    """Every component that files name and every SOUP, with supplier, licence, hashes, support and what needs what.

    What is not known is said: in `compositions` by components whose needs no file tells, and by the whole. The serial
    number follows from the content and the time from the as-of date, so that the same facts give the same bytes.
    """
    whole = bill(dossier)
    content = _document(whole)
    serial = uuid5(NAMESPACE_URL, dumps(content))
    return dumps({**content, "serialNumber": f"urn:uuid:{serial}"}).encode()


def _document(whole: Bill) -> Object:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": _metadata(whole),
        "components": [_component(one, direct) for one, direct in _told(whole)],
        "dependencies": [
            {"ref": whole.ref, "dependsOn": list(whole.asked)},
            *(_needs(one) for one in whole.entries if one.traced),
        ],
        "compositions": list(_compositions(whole)),
    }


def _needs(entry: Entry) -> Json:
    return {"ref": entry.ref, "dependsOn": list(entry.needs)}


def _told(whole: Bill) -> Iterator[tuple[Entry, bool | None]]:
    told = whole.told_direct()
    return ((one, told[one.ref]) for one in whole.entries)


def _metadata(whole: Bill) -> Object:
    name, _, version = whole.tool.partition(" ")
    subject: Object = {"bom-ref": whole.ref, "type": "application", "name": whole.name}
    tool: Object = {"type": "application", "name": name or "sphinxcontrib-soup"}
    return {
        **({"timestamp": f"{whole.date}T00:00:00Z"} if whole.date else {}),
        "tools": {"components": [tool | ({"version": version} if version else {})]},
        "component": subject | ({"version": whole.version} if whole.version else {}),
    }


def _compositions(whole: Bill) -> Iterator[Object]:
    """What is known to be unknown: whether the list is complete, and of which components no file tells their needs."""
    yield {"aggregate": "unknown" if whole.whole else "incomplete", "assemblies": [whole.ref]}
    if untraced := [one.ref for one in whole.entries if not one.traced]:
        yield {"aggregate": "unknown", "dependencies": list(untraced)}


def _component(entry: Entry, direct: bool | None) -> Object:
    one = entry.component
    group, name = _group(one)
    native, others = _native(one)
    stated: dict[str, Json] = {
        "bom-ref": entry.ref,
        "type": native.pop("type", "library"),
        "supplier": {"name": one.supplier} if one.supplier else None,
        "group": group,
        "name": name,
        "version": one.version,
        "scope": SCOPES.get(one.scope) if one.scope else None,
        "hashes": _hashes(one),
        "licenses": _licences(one.licence),
        "purl": one.purl,
        **native,
    }
    told = {
        "name": one.name if group else read_name(one),
        "version": read_version(one),
        "requested": None,
        "direct": direct,
        "scope": Scope.DEVELOPMENT if one.scope and SCOPES[one.scope] == "excluded" else one.scope or Scope.RUNTIME,
        "hashes": common_hashes(one),
    }
    stated["properties"] = [{"name": name, "value": value} for name, value in (*others, *remembered(one, told))]
    return {key: value for key, value in stated.items() if value not in (None, [])}


def _group(one: Component) -> tuple[str | None, str]:
    """The group and the name that a full name is made of; without a package URL that says so, there is no group."""
    purl = parsed(one.purl)
    if purl and purl.namespace:
        for separator in "/:":
            if one.name == f"{purl.namespace}{separator}{purl.name}":
                return purl.namespace, purl.name
    return None, one.name


def _native(one: Component) -> tuple[dict[str, Json], list[tuple[str, str]]]:
    """The properties that the format has a place for, and the others."""
    native: dict[str, Json] = {}
    references: list[Json] = []
    others: list[tuple[str, str]] = []
    for name, value in one.properties:
        type_ = name.removeprefix("reference:")
        if name in ONCE and name not in native and (name != "type" or value in TYPES):
            native[name] = value
        elif type_ != name and type_ in REFERENCES and _ADDRESS.fullmatch(value):
            references.append({"type": type_, "url": value})
        elif name != "ref":
            others.append((name, value))
    return native | ({"externalReferences": references} if references else {}), others


def _hashes(one: Component) -> list[Json]:
    pairs = (text.split(":", 1) for text in common_hashes(one))
    return [{"alg": _algorithm(name), "content": digits} for name, digits in pairs]


def _algorithm(name: str) -> str:
    return name.upper() if name == "md5" or name.startswith("sha3-") else name.replace("sha", "SHA-")


def _licences(text: str | None) -> Json:
    """An identifier, an expression, or whatever else is stated as the name of a licence."""
    if not text:
        return None
    if expression(text) != text:
        return [{"license": {"name": text}}]
    return [{"license": {"id": text}}] if is_listed(text) else [{"expression": text}]
