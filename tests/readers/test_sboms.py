"""SBOMs that are made up here: every format says the same, and what one of them cannot say is never guessed."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.pipeline.read import read_files
from sphinxcontrib_soup.plugin import Source, discover
from tests.readers.test_robustness import SLOW, read

NOWHERE = Location("")
FEWER = settings(SLOW, max_examples=40)


@dataclass(frozen=True)
class Made:
    """A component to be written into an SBOM, and those it needs by their place in the list."""

    name: str
    version: str
    licence: str | None
    supplier: str | None
    sha1: str | None
    needs: tuple[int, ...]

    @property
    def purl(self) -> str:
        return package_url("generic", self.name, self.version) or ""

    def ref(self, index: int) -> str:
        return f"SPDXRef-{index}"


@dataclass(frozen=True)
class Bill:
    """What an SBOM says: its components, and which of them the subject needs; `None` where that is not said."""

    made: tuple[Made, ...]
    asked: tuple[int, ...]

    def edges(self) -> Iterable[tuple[str, list[str]]]:
        yield "SPDXRef-pump", [self.made[index].ref(index) for index in self.asked]
        for index, one in enumerate(self.made):
            yield one.ref(index), [self.made[other].ref(other) for other in one.needs]


words = st.text(string.ascii_lowercase, min_size=1, max_size=6)
versions = st.from_regex(r"[0-9]\.[0-9]{1,2}(-[a-z]{1,3})?", fullmatch=True)
said = st.none() | st.text(string.ascii_letters + " <&\"'é", min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    names = draw(st.lists(words, min_size=1, max_size=6, unique=True))
    places = st.lists(st.integers(0, len(names) - 1), unique=True, max_size=3).map(tuple)
    licence = st.none() | st.sampled_from(["MIT", "Apache-2.0 OR ISC"])
    made = [
        Made(
            name=name,
            version=draw(versions),
            licence=draw(licence),
            supplier=draw(said),
            sha1=draw(st.none() | st.text("0123456789abcdef", min_size=40, max_size=40)),
            needs=draw(places),
        )
        for name in names
    ]
    return Bill(tuple(made), draw(places))


def expected(bill: Bill) -> list[Component]:
    """The components of a bill, as any reader should find them; where only a graph tells, by the graph."""
    targets = {*bill.asked, *(other for one in bill.made for other in one.needs)}
    return [
        Component(
            name=one.name,
            version=one.version,
            purl=one.purl,
            licence=one.licence,
            supplier=one.supplier,
            hashes=(f"sha1:{one.sha1}",) if one.sha1 else (),
            direct=(True if index in bill.asked else False if index in targets else None) if bill.asked else None,
            requires=tuple(bill.made[other].purl for other in one.needs if other != index),
            location=NOWHERE,
        )
        for index, one in enumerate(bill.made)
    ]


# --- the bill in each format -----------------------------------------------------------------------------------------


def cyclonedx_json(bill: Bill) -> str:
    components = [
        {
            "type": "library",
            "bom-ref": one.ref(index),
            "name": one.name,
            "version": one.version,
            "purl": one.purl,
            **({"licenses": [{"expression": one.licence}]} if one.licence else {}),
            **({"supplier": {"name": one.supplier}} if one.supplier else {}),
            **({"hashes": [{"alg": "SHA-1", "content": one.sha1}]} if one.sha1 else {}),
        }
        for index, one in enumerate(bill.made)
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {"type": "application", "bom-ref": "SPDXRef-pump", "name": "pump"}},
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": needed} for ref, needed in bill.edges()],
    }
    return json.dumps(document, indent=1)


def cyclonedx_xml(bill: Bill) -> str:
    components = "\n".join(
        f'<component type="library" bom-ref="{one.ref(index)}">\n'
        + (f"<supplier><name>{escape(one.supplier)}</name></supplier>\n" if one.supplier else "")
        + f"<name>{one.name}</name>\n<version>{one.version}</version>\n"
        + (f'<hashes><hash alg="SHA-1">{one.sha1}</hash></hashes>\n' if one.sha1 else "")
        + (f"<licenses><expression>{one.licence}</expression></licenses>\n" if one.licence else "")
        + f"<purl>{one.purl}</purl>\n</component>"
        for index, one in enumerate(bill.made)
    )
    edges = "\n".join(
        f'<dependency ref="{ref}">' + "".join(f'<dependency ref="{one}"/>' for one in needed) + "</dependency>"
        for ref, needed in bill.edges()
    )
    return (
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.4">\n<metadata><component type="application" '
        'bom-ref="SPDXRef-pump"><name>pump</name></component></metadata>\n'
        f"<components>\n{components}\n</components>\n<dependencies>\n{edges}\n</dependencies>\n</bom>\n"
    )


def spdx_document(bill: Bill) -> dict[str, object]:
    packages: list[dict[str, object]] = [{"name": "pump", "SPDXID": "SPDXRef-pump"}]
    packages += [
        {
            "name": one.name,
            "SPDXID": one.ref(index),
            "versionInfo": one.version,
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": one.licence or "NOASSERTION",
            "supplier": f"Organization: {one.supplier}" if one.supplier else "NOASSERTION",
            "checksums": [{"algorithm": "SHA1", "checksumValue": one.sha1}] if one.sha1 else [],
            "externalRefs": [{"referenceType": "purl", "referenceLocator": one.purl}],
        }
        for index, one in enumerate(bill.made)
    ]
    return {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "packages": packages,
        "documentDescribes": ["SPDXRef-pump"],
        "relationships": [
            {"spdxElementId": ref, "relationshipType": "DEPENDS_ON", "relatedSpdxElement": one}
            for ref, needed in bill.edges()
            for one in needed
        ],
    }


def spdx_json(bill: Bill) -> str:
    return json.dumps(spdx_document(bill), indent=1)


def spdx_yaml(bill: Bill) -> str:
    """JSON is YAML, too; the version stands in a line of its own, as people write it."""
    document = spdx_document(bill)
    version = document.pop("spdxVersion")
    return f"spdxVersion: {version}\n" + "\n".join(f"{key}: {json.dumps(value)}" for key, value in document.items())


def spdx_tag_value(bill: Bill) -> str:
    lines = ["SPDXVersion: SPDX-2.3", "SPDXID: SPDXRef-DOCUMENT", "PackageName: pump", "SPDXID: SPDXRef-pump"]
    lines.append("Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-pump")
    for index, one in enumerate(bill.made):
        lines += ["", f"PackageName: {one.name}", f"SPDXID: {one.ref(index)}", f"PackageVersion: {one.version}"]
        lines += [f"PackageSupplier: Organization: {one.supplier}"] if one.supplier else []
        lines += [f"PackageLicenseDeclared: {one.licence}"] if one.licence else []
        lines += [f"PackageChecksum: SHA1: {one.sha1}"] if one.sha1 else []
        lines += [f"ExternalRef: PACKAGE-MANAGER purl {one.purl}"]
    lines += [f"Relationship: {ref} DEPENDS_ON {one}" for ref, needed in bill.edges() for one in needed]
    return "\n".join(lines)


def spdx3_json(bill: Bill) -> str:
    graph: list[dict[str, object]] = [
        {"type": "SpdxDocument", "spdxId": "urn:document", "rootElement": ["SPDXRef-pump"]},
        {"type": "software_Package", "spdxId": "SPDXRef-pump", "name": "pump"},
    ]
    for index, one in enumerate(bill.made):
        ref = one.ref(index)
        package = {
            "type": "software_Package",
            "spdxId": ref,
            "name": one.name,
            "software_packageVersion": one.version,
            "software_packageUrl": one.purl,
            "verifiedUsing": [{"type": "Hash", "algorithm": "sha1", "hashValue": one.sha1}] if one.sha1 else [],
        }
        if one.supplier:
            package["suppliedBy"] = {"type": "Organization", "spdxId": f"urn:maker-{index}", "name": one.supplier}
        graph.append(package)
        if one.licence:
            licence = {"type": "simplelicensing_LicenseExpression", "spdxId": f"urn:licence-{index}"}
            graph.append({**licence, "simplelicensing_licenseExpression": one.licence})
            graph.append(_relationship(ref, "hasDeclaredLicense", [f"urn:licence-{index}"]))
    graph += [_relationship(ref, "dependsOn", needed) for ref, needed in bill.edges() if needed]
    return json.dumps({"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": graph}, indent=1)


def _relationship(source: str, type_: str, targets: list[str]) -> dict[str, object]:
    return {"type": "Relationship", "from": source, "relationshipType": type_, "to": targets}


FORMATS: Mapping[str, tuple[str, Callable[[Bill], str]]] = {
    "cyclonedx-json": ("x.json", cyclonedx_json),
    "cyclonedx-xml": ("x.xml", cyclonedx_xml),
    "spdx-json": ("y.json", spdx_json),
    "spdx-tag-value": ("y.spdx", spdx_tag_value),
    "spdx-yaml": ("y.yaml", spdx_yaml),
    "spdx3-json": ("z.json", spdx3_json),
}


def evidence(format_: str, bill: Bill) -> list[Evidence]:
    name, write = FORMATS[format_]
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(write(bill), encoding="utf-8")
        reading = read_files([Source(path=path, label=name, root=Path(folder))], discover().readers)
    assert [source.reader for source in reading.sources] == [format_]
    return list(reading.evidence)


def components(format_: str, bill: Bill) -> list[Component]:
    """What is read of a bill, without its subject, its places and what only one format has."""
    found = evidence(format_, bill)
    assert not [one for one in found if isinstance(one, Unread)]
    listed = [one for one in found if isinstance(one, Component) and one.name != "pump"]
    return [replace(one, location=NOWHERE, properties=(), scope=None) for one in listed]


@pytest.mark.parametrize("format_", FORMATS)
@FEWER
@given(bill=bills())
def test_what_is_written_is_read(format_: str, bill: Bill) -> None:
    assert components(format_, bill) == expected(bill)


@pytest.mark.parametrize("format_", FORMATS)
@FEWER
@given(bill=bills(), data=st.data())
def test_one_version_changed_changes_one_row(format_: str, bill: Bill, data: st.DataObject) -> None:
    """The others stay what they are but for what they say they need: that is named by its version."""
    index = data.draw(st.integers(0, len(bill.made) - 1))
    changed = list(bill.made)
    changed[index] = replace(changed[index], version=f"{changed[index].version}9")
    before, after = components(format_, bill), components(format_, replace(bill, made=tuple(changed)))
    moved = [at for at, (old, new) in enumerate(zip(before, after, strict=True)) if _row(old) != _row(new)]
    assert moved == [index]


def _row(one: Component) -> Component:
    return replace(one, requires=())


@pytest.mark.parametrize("format_", FORMATS)
def test_every_component_has_the_line_that_names_it(format_: str) -> None:
    bill = Bill((Made("alpha", "1.0", None, None, None, (1,)), Made("beta", "2.0", None, None, None, ())), (0,))
    lines = FORMATS[format_][1](bill).splitlines()
    found = [one for one in evidence(format_, bill) if isinstance(one, Component)]
    assert {one.name for one in found} >= {"alpha", "beta"}
    assert all(one.location.line and one.name in lines[one.location.line - 1] for one in found)


@pytest.mark.parametrize("format_", FORMATS)
def test_thousands_of_components_in_a_circle(format_: str) -> None:
    number = 5000
    made = tuple(
        Made(f"p{index}", "1.0", "MIT", None, "ab" * 20, ((index + 1) % number, index)) for index in range(number)
    )
    found = components(format_, Bill(made, (0, 7)))
    assert len(found) == number
    assert [one.name for one in found if one.direct] == ["p0", "p7"]
    assert all(len(one.requires) == 1 for one in found)


# --- whatever is written ---------------------------------------------------------------------------------------------

keys = st.sampled_from(
    [
        "components", "name", "version", "purl", "bom-ref", "licenses", "license", "expression", "hashes", "alg",
        "content", "supplier", "dependencies", "ref", "dependsOn", "metadata", "component", "properties", "value",
        "packages", "SPDXID", "versionInfo", "relationships", "relationshipType", "spdxElementId", "checksums",
        "relatedSpdxElement", "externalRefs", "documentDescribes", "@graph", "type", "spdxId", "from", "to",
        "rootElement", "suppliedBy", "verifiedUsing", "expandedlicensing_member", "sbom", "scope", "group",
    ]
)  # fmt: skip
texts = st.sampled_from(
    [
        "", "a", "1.0", "pkg:npm/a@1", "pkg:", "SPDXRef-a", "SPDXRef-DOCUMENT", "DESCRIBES", "DEPENDS_ON", "CONTAINS",
        "software_Package", "Relationship", "dependsOn", "hasDeclaredLicense", "SpdxDocument", "required", "library",
        "expandedlicensing_DisjunctiveLicenseSet", "expandedlicensing_WithAdditionOperator", "Hash", "application",
    ]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=30,
)
HEADS: tuple[dict[str, object], ...] = (
    {"bomFormat": "CycloneDX", "specVersion": "1.5"},
    {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT"},
    {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"},
)
LISTS = ("components", "dependencies", "packages", "relationships", "@graph")


@SLOW
@given(st.sampled_from(HEADS), st.dictionaries(keys, values), st.lists(values, max_size=5))
def test_any_json(head: dict[str, object], outer: dict[str, object], entries: list[object]) -> None:
    document = {**dict.fromkeys(LISTS, entries), **outer, **head}
    read("x.json", json.dumps(document, indent=1).encode())


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                "<components>",
                "</components>",
                '<component type="library" bom-ref="a">',
                "</component>",
                "<component/>",
                "<name>a</name>",
                "<name>",
                "</name>",
                "<version>1</version>",
                "<purl>pkg:npm/a@1</purl>",
                "<licenses>",
                "</licenses>",
                "<expression>MIT</expression>",
                "<license><id>MIT</id></license>",
                "<hashes>",
                "</hashes>",
                '<hash alg="MD5">00</hash>',
                "<dependencies>",
                "</dependencies>",
                '<dependency ref="a">',
                "</dependency>",
                "<properties>",
                "</properties>",
                '<property name="a">b</property>',
                "<property/>",
                "<pedigree>",
                "</pedigree>",
                "<supplier><name>s</name></supplier>",
                "<supplier/>",
                "text",
                "<![CDATA[",
                "]]>",
                "&lt;",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_any_xml(text: str) -> None:
    read("x.xml", f'<bom xmlns="http://cyclonedx.org/schema/bom/1.5">{text}</bom>'.encode())


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                "PackageName: a",
                "PackageName:",
                "PackageVersion: 1",
                "SPDXID: SPDXRef-a",
                "<text>",
                "</text>",
                "",
                "PackageComment: <text>a",
                "a</text>",
                "Relationship: SPDXRef-a DEPENDS_ON SPDXRef-a",
                "Relationship: x",
                "ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1",
                "PackageChecksum: SHA1: 00",
                "FileName: a",
                "# a",
                ":",
                "PackageCopyrightText: <text></text>",
                "SnippetSPDXID: b",
                "LicenseID: LicenseRef-1",
                "\x0bPackageName: b",
            ]
        )
        | st.text(max_size=10),
        max_size=12,
    ).map("\n".join)
)
def test_any_tags(text: str) -> None:
    read("x.spdx", f"SPDXVersion: SPDX-2.3\n{text}".encode())


@pytest.mark.parametrize("opened", ['{"components":[', '{"components":{"a":'])
def test_json_that_is_too_deep(opened: str) -> None:
    text = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [' + opened * 100_000
    (unread,) = read("x.json", text.encode()).evidence
    assert isinstance(unread, Unread)


@pytest.mark.parametrize("element", ["component", "dependency"])
def test_xml_that_is_deep(element: str) -> None:
    """However deep it is, it is read; each component stands within the one before."""
    depth = 20_000
    start = {"component": '<component type="data"><name>a</name><components>', "dependency": '<dependency ref="a">'}
    end = {"component": "</components></component>", "dependency": "</dependency>"}
    inner = f"{start[element]}\n" * depth + end[element] * depth
    outer = "components" if element == "component" else "dependencies"
    text = f'<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><{outer}>{inner}</{outer}></bom>'
    reading = read("x.xml", text.encode())
    assert len(reading.evidence) == (depth if element == "component" else 1)


# --- what only one format has ----------------------------------------------------------------------------------------


def one(name: str, content: object) -> list[Evidence]:
    return list(read(name, json.dumps(content, indent=1).encode()).evidence)


def bom(*listed: object, **more: object) -> dict[str, object]:
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": listed, **more}


def library(name: str, **more: object) -> dict[str, object]:
    return {"type": "library", "name": name, "version": "1", **more}


@pytest.mark.parametrize(
    ("more", "full"),
    [
        ({"group": "@a", "purl": "pkg:npm/%40a/b@1"}, "@a/b"),
        ({"purl": "pkg:npm/%40a/b@1"}, "@a/b"),
        ({"name": "@a/b", "purl": "pkg:npm/%40a/b@1"}, "@a/b"),
        ({"group": "org.a", "purl": "pkg:maven/org.a/b@1"}, "org.a:b"),
        ({"name": "org.a:b", "purl": "pkg:maven/org.a/b@1"}, "org.a:b"),
        ({"name": "github.com/a/b", "purl": "pkg:golang/github.com/a/b@1"}, "github.com/a/b"),
        ({"group": "github.com/A", "purl": "pkg:golang/github.com/a/b@1"}, "github.com/A/b"),
        ({"group": "a", "purl": "pkg:composer/a/b@1"}, "a/b"),
        ({"purl": "pkg:deb/debian/b@1"}, "b"),
        ({"group": "vendor", "purl": "pkg:rpm/redhat/b@1"}, "b"),
        ({"group": "vendor"}, "vendor/b"),
        ({"name": "B", "purl": "pkg:maven/org.a/other@1"}, "B"),
        ({"group": "..", "name": "../b"}, "../b"),
    ],
)
def test_a_name_is_the_full_name_of_its_ecosystem(more: dict[str, object], full: str) -> None:
    (found,) = one("x.json", bom(library("b") | more))
    assert isinstance(found, Component)
    assert found.name == full


@pytest.mark.parametrize(
    ("properties", "scope"),
    [
        ({"cdx:npm:package:development": "true"}, Scope.DEVELOPMENT),
        ({"cdx:npm:package:development": "false"}, Scope.RUNTIME),
        ({"cdx:poetry:group": "dev"}, Scope.DEVELOPMENT),
        ({"gitlab:dependency_scanning:category": "test"}, Scope.TEST),
        ({"cdx:poetry:group": "main", "cdx:npm:package:development": "true"}, Scope.RUNTIME),
        ({}, Scope.RUNTIME),
    ],
)
def test_properties_tell_what_a_component_is_for(properties: dict[str, str], scope: Scope) -> None:
    listed = [{"name": name, "value": value} for name, value in properties.items()]
    (found,) = one("x.json", bom(library("b", properties=listed)))
    assert isinstance(found, Component)
    assert found.scope is scope


def test_support_and_addresses_are_kept_without_secrets() -> None:
    support = [("cdx:fda:level-of-support", "actively maintained"), ("cdx:fda:end-of-support-date", "2030-06-30")]
    listed = [{"name": name, "value": value} for name, value in support]
    references = [{"type": "vcs", "url": "https://bot:secret@git.example.org/b.git"}]
    (found,) = one("x.json", bom(library("b", properties=listed, externalReferences=references)))
    assert isinstance(found, Component)
    assert found.properties == (("type", "library"), ("reference:vcs", "https://git.example.org/b.git"), *support)


def test_a_component_that_stands_twice_is_two() -> None:
    text = json.dumps(bom(library("b", **{"bom-ref": "1"}), library("b", **{"bom-ref": "2"})))
    assert len(read("x.json", text.encode()).evidence) == 2


def test_nothing_outside_the_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    listed = library("../../outside", **{"bom-ref": "../../outside", "purl": "pkg:npm/..%2F..%2Foutside@1"})
    path.write_text(json.dumps(bom(listed)), encoding="utf-8")
    reading = read_files([Source(path=path, label="bom.json", root=tmp_path)], discover().readers)
    assert [source.path for source in reading.sources] == ["bom.json"]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", ["anything", "BOM-3", "über"])
def test_the_content_tells_the_format(format_: str, name: str, tmp_path: Path) -> None:
    usual, write = FORMATS[format_]
    path = tmp_path / f"{name}{Path(usual).suffix}"
    path.write_text(write(Bill((Made("a", "1.0", None, None, None, ()),), ())), encoding="utf-8")
    claims = [one.name for one in discover().readers if one.claims(Source(path=path, label=path.name, root=tmp_path))]
    assert claims == [format_]
