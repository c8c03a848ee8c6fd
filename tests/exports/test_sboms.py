"""SBOMs out: valid by the official schemas, read again without loss, and the same bytes from the same facts."""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from sphinxcontrib_soup.model import (
    Component,
    Dossier,
    Evidence,
    Item,
    Judgement,
    Location,
    Provenance,
    Scope,
    Unread,
)
from sphinxcontrib_soup.pipeline.read import read_files
from sphinxcontrib_soup.plugin import Source, discover
from tests.rules.traces import HOSTILE, item, package, trace

DATA = Path(__file__).parents[3] / "shared" / "data" / "B-sbom"
FOLDERS = ("cyclonedx-json", "cyclonedx-xml", "spdx-json", "spdx-other", "spdx-tag-value")
SBOMS = sorted(path for folder in FOLDERS for path in (DATA / folder).rglob("*") if path.is_file())
EXPORTS = {one.name: one for one in discover().exports if one.name in ("cyclonedx", "spdx")}
PRODUCT = Provenance(project="Pump", release="2.1", tool="sphinxcontrib-soup 1", date="2026-01-02")
SLOW = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])

each = pytest.mark.parametrize("name", EXPORTS)


# --- validity --------------------------------------------------------------------------------------------------------


def refuse(uri: str) -> Any:
    raise ValueError(f"a schema would be fetched: {uri}")


def cyclonedx_validator() -> Any:
    """Official schemas of CycloneDX, which its own library holds."""
    folder = files("cyclonedx") / "schema" / "_res"
    texts = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".schema.json")}
    known = {name: json.loads(text) for name, text in texts.items()}
    named = [(f"http://cyclonedx.org/schema/{name}", one) for name, one in known.items() if not name.startswith("bom-")]
    registry = jsonschema_rs.Registry(named, retriever=refuse)
    schema = known["bom-1.6.SNAPSHOT.schema.json"]
    return jsonschema_rs.validator_for(schema, registry=registry, validate_formats=True)


CYCLONEDX = cyclonedx_validator()


def problems(name: str, content: bytes) -> list[str]:
    """What the official schema, or the validation of those who make the format, finds wrong."""
    if name == "cyclonedx":
        return [f"{one.instance_path}: {one.message}" for one in CYCLONEDX.iter_errors(json.loads(content))]
    document = JsonLikeDictParser().parse(json.loads(content))
    return [one.validation_message for one in validate_full_spdx_document(document)]


def test_a_bad_bill_is_noticed() -> None:
    content = json.loads(written("cyclonedx", package("a", "1")))
    content["components"][0]["type"] = "thing"
    assert problems("cyclonedx", json.dumps(content).encode())
    content = json.loads(written("spdx", package("a", "1")))
    content["relationships"][0]["relatedSpdxElement"] = "SPDXRef-nowhere"
    assert problems("spdx", json.dumps(content).encode())


# --- writing and reading ---------------------------------------------------------------------------------------------


def written(name: str, *facts: Item | Evidence, provenance: Provenance = PRODUCT) -> bytes:
    dossier = Dossier(trace=trace(*facts), judgement=Judgement(findings=(), counts={}), provenance=provenance)
    return EXPORTS[name].write(dossier)


def read(path: Path) -> list[Evidence]:
    return list(read_files([Source(path=path, label=path.name, root=path.parent)], discover().readers).evidence)


def read_again(name: str, content: bytes) -> list[Component]:
    """The components of a bill but the product itself, which SPDX lists, too."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"bill{EXPORTS[name].ending}")
        path.write_bytes(content)
        found = [one for one in read(path) if isinstance(one, Component)]
    return [one for one in found if ("ref", "SPDXRef-Product") not in one.properties]


def facts(components: Iterable[Component]) -> Counter[Component]:
    """All that is said of components but where, how the graph calls them, and in which order."""
    return Counter(
        replace(
            one,
            location=Location(""),
            properties=tuple(sorted(pair for pair in one.properties if pair[0] != "ref")),
        )
        for one in components
    )


def test_there_are_real_ones() -> None:
    if not DATA.is_dir():
        pytest.skip("the folder ../shared/data is not here")
    assert len(SBOMS) > 60


@pytest.mark.parametrize("path", SBOMS, ids=lambda path: path.relative_to(DATA).as_posix())
def test_what_was_read_from_a_real_sbom_is_valid_and_survives(path: Path) -> None:
    name = "cyclonedx" if "cyclonedx" in path.relative_to(DATA).parts[0] else "spdx"
    before = [one for one in read(path) if isinstance(one, Component)]
    content = written(name, *before)
    assert facts(read_again(name, content)) == facts(before)
    assert problems(name, content) == []


@pytest.mark.parametrize("path", SBOMS[::6], ids=lambda path: path.relative_to(DATA).as_posix())
@each
def test_the_other_format_is_valid_and_keeps_what_both_know(path: Path, name: str) -> None:
    before = [one for one in read(path) if isinstance(one, Component)]
    content = written(name, *before)
    assert problems(name, content) == []
    core = [replace(one, properties=()) for one in before]
    assert facts(replace(one, properties=()) for one in read_again(name, content)) == facts(core)


words = st.text(string.ascii_letters + string.digits + " .:()/+-@#ü=<&\"'", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()) or "x"
)
HASHES = ["md5:" + "0" * 32, "sha256:" + "ab" * 32, "sha512:" + "cd" * 64, "sha224:" + "0" * 56, "adler32:00000000"]
LICENCES = ["MIT", "mit", "MIT OR Apache-2.0", "LicenseRef-Acme AND MIT", "see its website", "GPL-3.0"]
NAMES = ["type", "cpe", "copyright", "description", "reference:website", "reference:vcs", "releaseDate", "marker"]
VALUES = ["library", "cpe:2.3:a:b:c:1:*:*:*:*:*:*:*", "© 2026 A", "https://example.org/a", "2026-01-02T00:00:00Z"]
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES))


@st.composite
def some_components(draw: st.DrawFn) -> list[Component]:
    """Components of one file, with what any reader could say of them; what they need is among them."""
    names = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    made = []
    for name in names:
        version = draw(st.none() | st.from_regex(r"[0-9]\.[0-9]{1,2}", fullmatch=True))
        purl = draw(st.none() | st.sampled_from(["npm", "deb", "generic"]))
        url = f"pkg:{purl}/{len(made)}-x{f'@{version}' if version else ''}" if purl else None
        made.append(
            Component(
                name=name,
                version=version,
                purl=url,
                requested=draw(st.none() | st.just("^1.0")),
                direct=draw(st.none() | st.booleans()),
                scope=draw(st.none() | st.sampled_from(Scope)),
                licence=draw(st.none() | st.sampled_from(LICENCES)),
                supplier=draw(st.none() | words),
                hashes=tuple(draw(st.lists(st.sampled_from(HASHES), unique=True, max_size=3))),
                properties=tuple(draw(st.lists(pairs, unique=True, max_size=3))),
                location=Location("any.lock", len(made) + 1),
            )
        )
    calls = [one.purl or one.name for one in made]
    needs = [draw(st.lists(st.sampled_from(calls), unique=True, max_size=3)) for _ in made]
    return [
        replace(one, requires=tuple(call for call in several if call != own))
        for one, own, several in zip(made, calls, needs, strict=True)
    ]


def core(components: Iterable[Component]) -> Counter[Component]:
    """The facts without `type`, which one format must state and the other need not, and without the order of needs."""
    return facts(
        replace(
            one,
            requires=tuple(sorted(one.requires)),
            properties=tuple(pair for pair in one.properties if pair[0] != "type"),
        )
        for one in components
    )


@each
@SLOW
@given(several=some_components())
def test_any_facts_are_valid_and_survive(name: str, several: list[Component]) -> None:
    content = written(name, *several)
    assert problems(name, content) == []
    assert core(read_again(name, content)) == core(several)


@each
def test_names_without_a_letter_are_written(name: str) -> None:
    several = [
        Component(name=sign, location=Location("any.lock", line)) for line, sign in enumerate((":", "%", "-"), 1)
    ]
    content = written(name, *several)
    assert problems(name, content) == []
    assert core(read_again(name, content)) == core(several)


# --- what is written -------------------------------------------------------------------------------------------------

SOUP = item(
    "soup",
    "SOUP_A",
    title="A",
    purl="pkg:npm/a",
    designator="1.0",
    manufacturer="Acme",
    licence="Apache 2",
    level_of_support="no longer maintained",
    end_of_support="2026-04-30",
    end_of_life="unknown",
)
RUNTIME = item(
    "soup", "SOUP_OS", title="Linux", purl="pkg:generic/linux", designator="6.1", soup_kind="os", licence="GPL-2.0-only"
)


def in_lock(name: str, version: str | None, **said: Any) -> Component:
    return replace(package(name, version, ecosystem="npm", path=said.pop("path", "lock.json")), **said)


@each
def test_a_soup_item_goes_before_what_files_say_and_one_without_a_file_is_listed(name: str) -> None:
    a = in_lock("a", "1.0", supplier="someone", licence="MIT", properties=(("cdx:fda:level-of-support", "abandoned"),))
    content = written(name, a, SOUP, RUNTIME)
    assert problems(name, content) == []
    first, second = sorted(read_again(name, content), key=lambda one: one.name)
    assert (second.name, second.version, second.supplier, second.licence) == ("a", "1.0", "Acme", "Apache-2.0")
    support = {pair for pair in second.properties if pair[0].startswith("cdx:")}
    assert support == {
        ("cdx:fda:level-of-support", "no longer maintained"),
        ("cdx:fda:end-of-support-date", "2026-04-30"),
    }
    assert (first.name, first.purl, first.licence) == ("Linux", "pkg:generic/linux@6.1", "GPL-2.0-only")
    assert ("type", "operating-system") in first.properties
    assert first.direct is True


def test_cyclonedx_says_support_by_the_names_of_its_taxonomy_and_spdx_by_its_own_date() -> None:
    (listed,) = json.loads(written("cyclonedx", in_lock("a", "1.0"), SOUP))["components"]
    assert {one["name"]: one["value"] for one in listed["properties"] if one["name"].startswith("cdx:")} == {
        "cdx:fda:level-of-support": "no longer maintained",
        "cdx:fda:end-of-support-date": "2026-04-30",
    }
    _, stated = json.loads(written("spdx", in_lock("a", "1.0"), SOUP))["packages"]
    assert stated["validUntilDate"] == "2026-04-30T00:00:00Z"


@each
def test_files_that_name_the_same_component_make_one_and_two_versions_stay_two(name: str) -> None:
    manifest = in_lock("a", None, requested="^1.0", path="package.json", scope=Scope.RUNTIME)
    locked = in_lock("a", "1.0", hashes=("md5:" + "0" * 32,), scope=Scope.DEVELOPMENT)
    listed = in_lock("a", "1.0", direct=None, licence="MIT", path="bom.json")
    other = in_lock("a", "2.0", direct=False)
    found = {one.version: one for one in read_again(name, written(name, manifest, locked, listed, other))}
    assert found.keys() == {"1.0", "2.0"}
    one = found["1.0"]
    assert (one.requested, one.hashes, one.licence, one.direct) == ("^1.0", locked.hashes, "MIT", True)
    assert one.scope is Scope.RUNTIME


def test_the_subject_is_the_product_and_needs_what_is_direct() -> None:
    a, b = in_lock("a", "1.0", requires=("pkg:npm/b",)), in_lock("b", "2.0", direct=False)
    content = json.loads(written("cyclonedx", a, b))
    assert content["metadata"]["component"] == {
        "bom-ref": "Pump@2.1",
        "type": "application",
        "name": "Pump",
        "version": "2.1",
    }
    assert content["dependencies"] == [
        {"ref": "Pump@2.1", "dependsOn": ["pkg:npm/a@1.0"]},
        {"ref": "pkg:npm/a@1.0", "dependsOn": ["pkg:npm/b@2.0"]},
        {"ref": "pkg:npm/b@2.0", "dependsOn": []},
    ]
    content = json.loads(written("spdx", a, b))
    ids = {one["name"]: one["SPDXID"] for one in content["packages"]}
    assert {
        (one["spdxElementId"], one["relationshipType"], one["relatedSpdxElement"]) for one in content["relationships"]
    } == {
        ("SPDXRef-DOCUMENT", "DESCRIBES", ids["Pump"]),
        (ids["a"], "DEPENDENCY_OF", ids["Pump"]),
        (ids["b"], "DEPENDENCY_OF", ids["a"]),
    }


def test_what_is_not_known_is_said() -> None:
    whole, untraced = in_lock("a", "1.0", requires=("pkg:npm/b",)), in_lock("c", None, path="package.json")
    content = json.loads(written("cyclonedx", whole, untraced))
    assert content["compositions"] == [
        {"aggregate": "incomplete", "assemblies": ["Pump@2.1"]},
        {"aggregate": "unknown", "dependencies": ["pkg:npm/c"]},
    ]
    assert "supplier" not in content["components"][0]
    told = json.loads(written("cyclonedx", whole))["compositions"]
    assert told == [{"aggregate": "unknown", "assemblies": ["Pump@2.1"]}]
    unread = Unread(reason="broken", location=Location("x"))
    assert json.loads(written("cyclonedx", whole, unread))["compositions"][0]["aggregate"] == "incomplete"
    content = json.loads(written("spdx", untraced))
    assert content["packages"][1]["supplier"] == "NOASSERTION"
    assert [one["relatedSpdxElement"] for one in content["relationships"]][-1] == "NOASSERTION"


@each
def test_the_same_facts_give_the_same_bytes_and_others_another_number(name: str) -> None:
    key = {"cyclonedx": "serialNumber", "spdx": "documentNamespace"}[name]
    several = [in_lock("a", "1.0"), in_lock("b", "2.0"), SOUP]
    content = written(name, *several)
    assert written(name, *reversed(several)) == content
    other = written(name, in_lock("a", "1.1"))
    assert json.loads(other)[key] != json.loads(content)[key]
    assert b"2026-01-02T00:00:00Z" in content
    undated = written(name, provenance=replace(PRODUCT, date=None, project="", release="", tool=""))
    assert problems(name, undated) == []


@each
def test_hostile_facts_are_written_as_text(name: str) -> None:
    hostile = replace(
        package(HOSTILE, HOSTILE, ecosystem=""),
        supplier=HOSTILE,
        licence=HOSTILE,
        requires=(HOSTILE,),
        properties=((HOSTILE, HOSTILE), ("ref", HOSTILE), ("reference:website", "javascript:alert(1)")),
    )
    assert problems(name, written(name, hostile)) == []
