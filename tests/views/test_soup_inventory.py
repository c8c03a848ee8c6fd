"""The inventory: every package in use, the SOUP that brings it in, and everything that was read accounted for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import SUBJECT, Component, Scope, Table
from sphinxcontrib_soup.tables import narrowed
from tests.rules.traces import HOSTILE, item, package
from tests.views.shown import dossier, show, texts

LOG4J = "log4j-core"


def inventory(*facts: object, **options: str) -> Table:
    return show("soup-inventory", dossier(*facts), **options)  # type: ignore[arg-type]


def needing(one: Component, *needs: str) -> Component:
    return replace(one, requires=tuple(f"pkg:pypi/{need}" for need in needs))


def test_direct_promoted_and_transitive() -> None:
    facts = [
        needing(package("requests", "2.32.3"), "urllib3", "idna"),
        needing(package("flask", "3.0", line=2), "urllib3"),
        needing(package("urllib3", "2.2.1", direct=False, line=3), "brotli"),
        package("idna", "3.7", direct=False, line=4),
        package("brotli", "1.1", direct=False, line=5),
        item("soup", "SOUP_REQUESTS", purl="pkg:pypi/requests", designator="2.32.3"),
        item("soup", "SOUP_URLLIB3", purl="pkg:pypi/urllib3", designator="2.2.1"),
    ]
    assert texts(inventory(*facts), "package", "version", "soup", "brought_in_by", "place") == [
        ["", "brotli", "1.1", "", "SOUP_URLLIB3", "requirements.txt:5"],
        ["!", "flask", "3.0", "not declared", "the project", "requirements.txt:2"],
        ["", "idna", "3.7", "", "SOUP_REQUESTS", "requirements.txt:4"],
        ["", "requests", "2.32.3", "SOUP_REQUESTS", "the project", "requirements.txt:1"],
        ["", "urllib3", "2.2.1", "SOUP_URLLIB3", "flask; SOUP_REQUESTS", "requirements.txt:3"],
    ]


def test_tools_stand_apart_with_what_they_serve() -> None:
    facts = [
        needing(package("pytest", "8", scope=Scope.TEST), "pluggy"),
        package("pluggy", "1", direct=False, scope=Scope.TEST),
        package("black", "24", scope=Scope.DEVELOPMENT),
        package("requests", "2", scope=Scope.RUNTIME),
    ]
    device, tools, every = (inventory(*facts, scope=scope) for scope in ("device", "tools", "all"))
    assert texts(device, "package", "scope") == [["!", "requests", "runtime"]]
    assert texts(tools, "package", "scope", "brought_in_by") == [
        ["", "black", "development", "the project"],
        ["", "pluggy", "test", "pytest"],
        ["", "pytest", "test", "the project"],
    ]
    assert texts(every, "package") == texts(device, "package") + texts(tools, "package")
    assert device.notes == (
        "Read: 1 component of 1 package may go into the device, 3 components of 3 packages serve development, build or "
        "test alone and are not listed.",
    )


def test_the_versions_of_a_package_stand_where_they_belong() -> None:
    facts = [
        needing(package("a", "1", scope=Scope.RUNTIME), "x"),
        package("x", "1.0", direct=False, scope=Scope.RUNTIME, line=2),
        package("x", "2.0", direct=True, scope=Scope.RUNTIME, line=3),
        package("x", "3.0", direct=False, scope=Scope.DEVELOPMENT, line=4),
    ]
    assert texts(inventory(*facts), "package", "version", "brought_in_by", "place")[1:] == [
        ["!", "x", "1.0; 2.0", "the project; a", "requirements.txt:2; requirements.txt:3"]
    ]
    assert texts(inventory(*facts, scope="tools"), "package", "version") == [["", "x", "3.0"]]


def test_what_no_file_tells_is_said() -> None:
    facts = [package("a", "1", direct=None), package("b", "1", direct=False), package("c", direct=True)]
    assert texts(inventory(*facts), "package", "version", "brought_in_by") == [
        ["", "a", "1", "not told"],
        ["", "b", "1", "needed by nothing that is listed"],
        ["!", "c", "not told", "the project"],
    ]


def test_hashes_are_short_and_whole_where_they_are_asked_for() -> None:
    one = replace(
        package("a", "1"), hashes=("sha256:" + "ab" * 32, "sha1:" + "cd" * 20), supplier="ACME", licence="MIT"
    )
    table = inventory(one)
    assert texts(table, "hash", "licence", "supplier") == [["!", "sha256:abababababab…; and 1 more", "MIT", "ACME"]]
    assert texts(table, "hashes", "ecosystem", "purl") == [
        ["!", f"sha256:{'ab' * 32}; sha1:{'cd' * 20}", "pypi", "pkg:pypi/a@1"]
    ]
    assert "hashes" not in {column.name for column in narrowed(table).columns}


def test_every_component_that_was_read_is_counted_once() -> None:
    root = replace(package("product", "1", path="sbom.json"), properties=(SUBJECT,))
    scopes = (None, Scope.RUNTIME, Scope.OPTIONAL, Scope.BUILD, Scope.TEST)
    facts = [
        package(f"p{number % 7}", f"{number % 3}", scope=scopes[number % 5], direct=number % 2 == 0, line=number)
        for number in range(40)
    ]
    in_sbom = package("p1", "1", path="sbom.json")
    for scope in ("device", "tools", "all"):
        (note,) = inventory(root, in_sbom, *facts, scope=scope).notes
        told = [int(number) for number in re.findall(r"(\d+) components? of", note)]
        assert sum(told) + 1 == len(facts) + 2
        assert note.endswith("1 are what their SBOM is about.")


def test_what_an_sbom_is_about_is_not_in_use() -> None:
    about = replace(package("product", "1", path="sbom.json"), properties=(SUBJECT,))
    assert inventory(about).rows == ()
    assert texts(inventory(about, package("a", "1", path="sbom.json")), "package") == [["!", "a"]]


def test_an_sbom_that_is_about_all_of_its_packages_is_a_list_of_them() -> None:
    both = [replace(package(name, "1", path="sbom.json"), properties=(SUBJECT,)) for name in "ab"]
    assert texts(inventory(*both), "package") == [["!", "a"], ["!", "b"]]


def test_ranges_that_nobody_here_can_judge_are_named() -> None:
    one = replace(package("a/b", "1.2", ecosystem="composer"), requested="~1.0@dev")
    assert inventory(one).notes[-1] == (
        "Whether the version in use is one that is asked for cannot be judged for a/b ~1.0@dev."
    )
    assert len(inventory(replace(package("b", "1.2.0", ecosystem="npm"), requested="^1")).notes) == 1


def test_an_option_that_is_none() -> None:
    with pytest.raises(ValueError, match="it must be one of device, tools, all"):
        inventory(scope="everything")


def test_nothing_read_and_hostile_names() -> None:
    assert inventory().notes == ()
    assert inventory().rows == ()
    (row,) = texts(inventory(package(HOSTILE, "1", ecosystem="")), "package")
    assert row[1].startswith("x")
