"""Which import is of which SOUP, which files an item is made of, and checks that requirements name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxcontrib_soup.model import CHECK, Location, Outcome, PublicName, TestResult, Verdict
from sphinxcontrib_soup.pipeline.code import code_files
from sphinxcontrib_soup.pipeline.read import read_patterns
from sphinxcontrib_soup.plugin import discover
from tests.rules.traces import imported, item, trace

READERS = discover().readers


# --- imports of SOUPs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purl", "names", "use", "package", "is_it"),
    [
        ("pkg:npm/luxon", "", "luxon/src/x", "npm/luxon", True),
        ("pkg:npm/%40a/b", "", "@a/b/c", "npm/%40a/b", True),
        ("pkg:npm/lodash", "", "lodash-es", "npm/lodash-es", False),
        ("pkg:pypi/ruamel.yaml", "", "ruamel.yaml", "pypi/ruamel-yaml", True),
        ("pkg:pypi/PyYAML", "", "yaml", "pypi/yaml", False),
        ("pkg:pypi/PyYAML", "yaml", "yaml.nodes", "pypi/yaml-nodes", True),
        ("pkg:pypi/PyYAML", "yaml", "yamllint", "pypi/yamllint", False),
        ("pkg:pypi/pillow", "PIL", "PIL", "pypi/pil", True),
        ("pkg:pypi/x", "none", "x", "pypi/x", False),
        ("pkg:cargo/serde-json", "", "serde_json", "cargo/serde_json", True),
        ("pkg:swift/github.com/Alamofire/Alamofire", "", "Alamofire", "swift/Alamofire", True),
        ("pkg:golang/github.com/A/B", "", "github.com/a/b/c", "golang/github.com/a/b", True),
        ("pkg:nuget/Newtonsoft.Json", "", "Newtonsoft.Json", "", False),
        ("pkg:nuget/Newtonsoft.Json", "Newtonsoft.Json", "newtonsoft.json.Linq", "", True),
        ("pkg:maven/org.slf4j/slf4j-api", "org.slf4j", "org.slf4j.Logger", "", True),
        ("pkg:conan/boost", "", "boost/asio.hpp", "conan/boost", True),
        ("", "openssl", "openssl/ssl.h", "conan/openssl", True),
        ("", "", "x", "pypi/x", False),
    ],
)
def test_what_imports_a_soup(purl: str, names: str, use: str, package: str, is_it: bool) -> None:
    soup = item("soup", "SOUP_1", title="other", purl=purl, import_names=names)
    found = trace(soup, imported(use, "a", package=package)).soup_code
    assert list(found) == (["SOUP_1"] if is_it else [])


def test_the_closest_name_decides() -> None:
    facts = [
        item("soup", "SOUP_BASE", import_names="org.example"),
        item("soup", "SOUP_STORE", import_names="org.example.store"),
        item("soup", "SOUP_PACKAGE", purl="pkg:pypi/org"),
    ]
    made = trace(
        *facts, imported("org.example.store.Log", "A.java"), imported("org.example.Dose", "A.java", package="pypi/org")
    )
    assert {id_: [use.name for use in uses] for id_, uses in made.soup_code.items()} == {
        "SOUP_BASE": ["org.example.Dose"],
        "SOUP_STORE": ["org.example.store.Log"],
    }


def test_a_soup_in_two_versions_is_imported_as_both() -> None:
    soups = [item("soup", id_, purl="pkg:npm/a") for id_ in ("SOUP_1", "SOUP_2")]
    assert set(trace(*soups, imported("a", "a.js", package="npm/a")).soup_code) == {"SOUP_1", "SOUP_2"}


def test_only_wrappers_have_an_interface() -> None:
    names = [
        PublicName(name=path, signature=f"{path}()", location=Location(path, 1)) for path in ("a.py", "b.py", "c.py")
    ]
    wrapper = item("software-item", "ITEM_1", wraps="SOUP_1", code="a.py")
    other = item("software-item", "ITEM_2", uses="SOUP_1", code="b.py")
    made = trace(item("soup", "SOUP_1"), wrapper, other, *names)
    assert {id_: [one.name for one in several] for id_, several in made.interfaces.items()} == {"ITEM_1": ["a.py"]}
    assert made.item_code == {"ITEM_1": ("a.py",), "ITEM_2": ("b.py",)}


# --- files of items --------------------------------------------------------------------------------------------------


def project(folder: Path) -> Path:
    for path in (
        "docs/conf.py",
        "src/a.py",
        "src/sub/b.py",
        "src/sub/query.sql",
        "src/sub/.venv/c.py",
        "src/node_modules/d.js",
        "other.py",
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    return folder / "docs"


def labels(folder: Path, code: str) -> tuple[list[str], list[str]]:
    docs = project(folder)
    one = item("software-item", "ITEM_1", code=code)
    found, unread = code_files([(one, docs / "../src")], docs, folder, READERS)
    return [source.label for source in found["ITEM_1"]], [one.reason for one in unread]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a.py", ["../src/a.py"]),
        ("a.py, sub/*.py,a.py", ["../src/a.py", "../src/sub/b.py"]),
        ("**/*.py", ["../src/a.py", "../src/sub/b.py"]),
        ("**/*.py, node_modules", ["../src/a.py", "../src/sub/b.py", "../src/node_modules/d.js"]),
        ("node_modules/*.js", ["../src/node_modules/d.js"]),
        ("sub", ["../src/sub/b.py"]),
        ("sub/", ["../src/sub/b.py"]),
        ("sub/query.sql", ["../src/sub/query.sql"]),
        ("/../other.py", ["../other.py"]),
        ("none", []),
    ],
)
def test_the_files_that_an_item_names(tmp_path: Path, code: str, expected: list[str]) -> None:
    assert labels(tmp_path, code) == (expected, [])


def test_what_is_not_there_is_said_and_the_rest_taken(tmp_path: Path) -> None:
    found, reasons = labels(tmp_path, "gone.py, a.py")
    assert found == ["../src/a.py"]
    (reason,) = reasons
    assert "`:code:` of ITEM_1 names 'gone.py', which matches no file" in reason


@pytest.mark.parametrize("code", ["../../outside.py", "link.py", "folder"])
def test_nothing_outside_is_taken(tmp_path: Path, code: str) -> None:
    root = tmp_path / "repository"
    (tmp_path / "outside.py").write_text("import x")
    project(root)
    (root / "src/link.py").symlink_to(tmp_path / "outside.py")
    (root / "src/folder").symlink_to(tmp_path)
    found, reasons = labels(root, code)
    assert found == []
    assert "leads out of the folders that are read" in reasons[0]


def test_a_link_within_a_folder_that_leads_out_is_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (tmp_path / "outside.py").write_text("import x")
    project(root)
    (root / "src/sub/link.py").symlink_to(tmp_path / "outside.py")
    assert labels(root, "sub") == (["../src/sub/b.py"], [])


def test_a_file_that_is_evidence_too_is_read_once_and_other_files_of_an_item_are_kept(tmp_path: Path) -> None:
    docs = project(tmp_path)
    (tmp_path / "src/a.py").write_text("import yaml")
    one = item("software-item", "ITEM_1", code="a.py, sub/query.sql")
    found, _ = code_files([(one, tmp_path / "src")], docs, tmp_path, READERS)
    reading = read_patterns(["../src/*.py"], docs, tmp_path, READERS, found["ITEM_1"])
    assert len(reading.evidence) == 1
    assert [(one.path, one.reader) for one in reading.sources] == [
        ("../src/a.py", "python-code"),
        ("../src/sub/query.sql", None),
    ]
    assert all(one.sha256 for one in reading.sources)


# --- checks of scanners ----------------------------------------------------------------------------------------------


def scanned(name: str, outcome: Outcome, *identifiers: str) -> TestResult:
    properties = tuple((CHECK, one) for one in identifiers)
    return TestResult(name=name, outcome=outcome, properties=properties, location=Location("scan.xml", 1))


def verdict(checks: str, *results: TestResult) -> Verdict:
    asked = item("soup-requirement", "SREQ_1", checks=checks, specifies="SOUP_1", category="hardening")
    return trace(item("soup", "SOUP_1", soup_kind="os"), asked, *results).verdicts["SREQ_1"]


def test_a_requirement_names_its_checks_by_any_of_their_identifiers() -> None:
    result = scanned("xccdf_a_rule_no_shell", Outcome.PASSED, "no_shell", "CCE-1")
    for name in ("xccdf_a_rule_no_shell", "no_shell", "CCE-1"):
        assert verdict(name, result) is Verdict.PASSED
    assert verdict("no_shell", scanned("no_shell", Outcome.FAILED)) is Verdict.FAILED
    assert verdict("", result) is Verdict.UNTESTED


def test_a_check_that_was_not_carried_out_is_missed() -> None:
    assert verdict("a, b", scanned("a", Outcome.PASSED)) is Verdict.UNTESTED
    assert verdict("a, b", scanned("a", Outcome.PASSED), scanned("b", Outcome.SKIPPED)) is Verdict.UNTESTED
    assert verdict("a, b", scanned("a", Outcome.PASSED), scanned("x", Outcome.PASSED, "b")) is Verdict.PASSED
