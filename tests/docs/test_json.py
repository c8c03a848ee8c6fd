"""The page on JSON lists exactly the keys that are written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sphinxcontrib_soup.cli import main
from tests.docs.manual import DOCS

PAGE = (DOCS / "reference" / "json.rst").read_text(encoding="utf-8")


def keys(anchor: str) -> set[str]:
    """The keys in the table below a label of the page."""
    text = PAGE.partition(f".. _{anchor}:")[2].partition("\n.. _")[0]
    return set(re.findall(r"^   \* - ``(\w+)``$", text, re.M))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    result = CliRunner().invoke(main, ["build", str(DOCS / "examples" / "risks"), str(folder), "-q"])
    assert result.exit_code == 0
    return folder


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_evidence() -> None:
    folder = DOCS / "examples" / "evidence"
    result = CliRunner().invoke(main, ["read", str(folder), "--format", "json"])
    printed = json.loads(result.stdout)
    assert printed["schema"] == "soup-evidence/1"
    seen = {one["kind"]: set(one) for one in printed["evidence"]}
    assert seen == {kind: keys(f"json-{kind}") for kind in ("test-result", "unread")}
    result = CliRunner().invoke(
        main, ["read", str(DOCS / "examples" / "soups" / "requirements.txt"), "--format", "json"]
    )
    assert set(json.loads(result.stdout)["evidence"][0]) == keys("json-component")


def test_findings() -> None:
    result = CliRunner().invoke(main, ["check", str(DOCS / "examples" / "risks"), "--format", "json", "-q"])
    printed = json.loads(result.stdout)
    assert set(printed) == keys("json-findings")
    assert {key for one in printed["findings"] for key in one} == keys("json-finding")
    assert set(printed["counts"]["risk-uncontrolled"]) == {"examined", "found"}
    result = CliRunner().invoke(main, ["check", str(DOCS / "examples" / "levels"), "--format", "json", "-q"])
    assert "R. Okafor" in json.loads(result.stdout)["counts"]["requirement-untested"]["off"]


def test_trace(package: Path) -> None:
    trace = read(package / "trace.json")
    assert set(trace) == keys("json-trace")
    assert {key for one in trace["items"] for key in one} == keys("json-item")
    assert set(trace["counts"]["risk-uncontrolled"]) == {"examined", "found"}
    assert set(trace["provenance"]) == {"project", "release", "tool", "date", "commit", "dirty"}
    assert set(trace["links"][0]) == {"source", "type", "target"}
    assert set(trace["sources"][0]) == {"path", "sha256", "reader", "facts", "ecosystem", "locks", "imports"}
    assert set(trace["executions"]["REQ_UNIT"][0]) == {"name", "outcome", "of", "note", "location"}


def test_licence_and_table(tmp_path: Path) -> None:
    folder = DOCS / "examples" / "licences"
    result = CliRunner().invoke(main, ["read", str(folder / "licences" / "units.txt"), "--format", "json"])
    assert set(json.loads(result.stdout)["evidence"][0]) == keys("json-licence")
    result = CliRunner().invoke(main, ["export", str(folder), "licence-table", "-o", str(tmp_path / "t.json"), "-q"])
    assert result.exit_code == 0, result.output
    assert set(read(tmp_path / "t.json")) == keys("json-table")


def test_progress(tmp_path: Path) -> None:
    path = DOCS / "examples" / "trend" / "history" / "1.0.0.json"
    result = CliRunner().invoke(main, ["read", str(path), "--format", "json"])
    assert set(json.loads(result.stdout)["evidence"][0]) == keys("json-earlier-build")
    assert "1 earlier build" in CliRunner().invoke(main, ["read", str(path)]).stdout
    written = tmp_path / "p.json"
    result = CliRunner().invoke(main, ["export", str(path.parents[1]), "progress", "-o", str(written), "-q"])
    assert result.exit_code == 0, result.output
    assert set(read(written)) == set(read(path)) == keys("json-progress")


def test_manifest(package: Path) -> None:
    manifest = read(package / "manifest.json")
    assert set(manifest) == keys("json-package")
    assert set(manifest["files"][0]) == {"path", "sha256", "size"}
