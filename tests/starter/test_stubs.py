"""Stubs of SOUP items: what they say, their IDs, and that they build whatever the evidence holds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.kinds import ID_PATTERN
from sphinxcontrib_soup.model import Component, Item, Scope
from sphinxcontrib_soup.starter.stubs import StubError, myst, rst, stubs
from tests.project import CONF, Project
from tests.rules.traces import HOSTILE, item, package, trace


def fits(id_: str) -> bool:
    return re.match(ID_PATTERN, id_) is not None


def ids(*facts: Item | Component) -> list[str]:
    return [one.id for one in stubs(trace(*facts), fits)]


def test_everything_that_is_known() -> None:
    known = replace(
        package("@babel/core", "7.1.0", ecosystem="npm"),
        purl="pkg:npm/%40babel/core@7.1.0",
        licence="MIT",
        supplier="Babel",
        properties=(
            ("reference:website", "https://babel.example.org/docs"),
            ("reference:issue-tracker", "https://example.org/babel/issues"),
        ),
    )
    (stub,) = stubs(trace(known), fits)
    assert rst(stub) == (
        ".. soup:: @babel/core\n"
        "   :id: SOUP_BABEL_CORE\n"
        "   :purl: pkg:npm/%40babel/core\n"
        "   :designator: 7.1.0\n"
        "   :manufacturer: Babel\n"
        "   :licence: MIT\n"
        "   :anomaly_list: https://example.org/babel/issues\n"
        "\n"
        "   Homepage: https://babel.example.org/docs\n"
    )
    assert myst(stub).startswith("```{soup} @babel/core\n:id: SOUP_BABEL_CORE\n:purl: 'pkg:npm/%40babel/core'\n")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("org.apache.logging.log4j:log4j-core", "SOUP_LOG4J_CORE"),
        ("github.com/google/uuid", "SOUP_GOOGLE_UUID"),
        ("Newtonsoft.Json", "SOUP_NEWTONSOFT_JSON"),
        ("libstdc++", "SOUP_LIBSTDCPP"),
        ("日本", "SOUP_UNNAMED"),
        ("x" * 300, f"SOUP_{'X' * 40}"),
    ],
)
def test_ids(name: str, id_: str) -> None:
    assert ids(package(name, "1", ecosystem="")) == [id_]
    assert fits(id_)


def test_ids_are_free_of_items_and_of_each_other() -> None:
    made = ids(item("soup", "SOUP_A", purl="pkg:pypi/other"), package("a", "1"), package("A", "1", ecosystem="npm"))
    assert made == ["SOUP_A_2", "SOUP_A_3"]


def test_an_id_that_the_project_would_not_take() -> None:
    with pytest.raises(StubError, match="SOUP_A for a does not fit needs_id_regex"):
        stubs(trace(package("a", "1")), lambda id_: id_.isdigit())


def test_which_packages_get_one() -> None:
    tool, inner, untold = (
        package("t", "1", scope=Scope.TEST),
        package("i", "1", direct=False),
        package("u", "1", direct=None),
    )
    declared = item("soup", "SOUP_D", purl="pkg:pypi/d", designator="1")
    assert ids(tool, inner, untold, declared, package("d", "1"), package("n")) == ["SOUP_N"]


def test_each_version_gets_one_and_a_moved_one_does_not() -> None:
    two = [package("p", version, path=version) for version in ("1", "2")]
    assert [dict(one.fields)["designator"] for one in stubs(trace(*two), fits)] == ["1", "2"]
    of_one = item("soup", "SOUP_P", purl="pkg:pypi/p", designator="2")
    assert [(one.id, dict(one.fields)["designator"]) for one in stubs(trace(*two, of_one), fits)] == [("SOUP_P_2", "1")]
    moved = item("soup", "SOUP_P", purl="pkg:pypi/p", designator="3")
    assert ids(*two, moved) == []


def test_a_name_that_makes_no_title_is_refused_where_only_the_title_would_declare_it() -> None:
    with pytest.raises(StubError, match="write its item by hand"):
        ids(package("a\nb", "1", ecosystem=""))
    assert ids(package("zlib", "1", ecosystem="")) == ["SOUP_ZLIB"]


NAMES = [
    "a_",
    "*b*",
    "`c`",
    "|d|",
    "__init__",
    ":e: f",
    "../../etc/passwd",
    "<script>",
    "g\\h",
    "'q': \"r\"",
    "# i",
    "- j",
    HOSTILE,
]


@pytest.mark.parametrize("page", ["soups.rst", "soups.md"])
def test_stubs_build_whatever_the_names_are_and_are_not_written_twice(page: str, project: Project) -> None:
    listed = [
        {
            "type": "library",
            "bom-ref": f"r{number}",
            "name": name,
            "version": f"1.{number}",
            "purl": package_url("generic", name.rpartition("/")[2], f"1.{number}"),
            "supplier": {"name": name},
            "licenses": [{"license": {"name": name}}],
            "externalReferences": [{"type": "website", "url": f"https://example.org/{name}"}],
        }
        for number, name in enumerate(NAMES)
    ]
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": listed,
        "metadata": {"component": {"bom-ref": "me"}},
    }
    bom["dependencies"] = [{"ref": "me", "dependsOn": [one["bom-ref"] for one in listed]}]
    project.write("bom.json", json.dumps(bom))
    project.write("conf.py", CONF.replace('"]', '", "myst_parser"]') + 'soup_evidence = ["bom.json"]\n')
    project.write("index.rst", "Root\n====\n\n.. toctree::\n   :glob:\n\n   *\n")
    into = project.folder / page
    first = run(project, "--into", str(into))
    assert (first.exit_code, f"{len(NAMES)} stubs written" in first.stderr) == (0, True), first.stderr
    written = into.read_bytes()
    built = project.build("dummy")
    assert [one for one in built.said if not one[0].startswith("soup.")] == [], built.warnings
    rejected = [one for one in built.built.judgement.findings if one.rule in ("item-rejected", "soup-undeclared")]
    assert rejected == []
    assert sum(one.kind == "soup" for one in built.built.trace.items.values()) == len(NAMES)
    assert run(project, "--into", str(into)).exit_code == 0
    assert into.read_bytes() == written


def run(project: Project, *options: str) -> Result:
    return CliRunner().invoke(main, ["stub", str(project.folder), "-q", *options])


def test_a_page_that_is_none_of_the_dossier(project: Project, tmp_path: Path) -> None:
    project.conf('soup_evidence = ["requirements.txt"]\nexclude_patterns = ["out.rst"]\n')
    project.write("requirements.txt", "requests==2.32.3\n")
    project.write("index.rst", "Root\n====\n")
    project.write("out.rst", "Out\n===\n")
    for page, said in (
        (project.folder / "out.rst", "is no page of this dossier; name one of its pages, or a new one"),
        (tmp_path / "elsewhere.rst", "would be no page of this dossier"),
        (project.folder / "soups.txt", "ends with .rst"),
        (project.folder / "none" / "soups.rst", "there is no folder"),
    ):
        result = run(project, "--into", str(page))
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
    assert not (tmp_path / "elsewhere.rst").exists()


def test_line_ends_of_the_page_stay(project: Project) -> None:
    project.conf('soup_evidence = ["requirements.txt"]\n')
    project.write("requirements.txt", "requests==2.32.3\n")
    (project.folder / "index.rst").write_bytes(b"Root\r\n====\r\n")
    assert run(project, "--into", str(project.folder / "index.rst")).exit_code == 0
    content = (project.folder / "index.rst").read_bytes()
    assert content.startswith(b"Root\r\n====\r\n\r\n.. soup:: requests\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_without_evidence_it_says_what_to_do(project: Project) -> None:
    project.write("index.rst", "Root\n====\n")
    result = run(project)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "name your manifests and lock files in `soup_evidence`" in result.stderr
