"""The manifests of the next release, judged by the pages of this one: what moved and what is new is said."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from sphinxcontrib_soup.cli import main

SAMPLE = Path(__file__).parents[2] / "sample_docs"


def run(command: str, tmp_path: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        main, [command, str(SAMPLE), "-c", str(SAMPLE / "next"), "-d", str(tmp_path / "doctrees"), *options]
    )
    return done.exit_code, done.stdout


def test_a_soup_that_moved_and_one_that_nobody_declared_are_found(tmp_path: Path) -> None:
    code, printed = run("check", tmp_path, "--format", "json")
    now = {(one["rule"], one["subject"]) for one in json.loads(printed)["findings"]}
    listed = json.loads((SAMPLE / "expected-findings.json").read_text(encoding="utf-8"))["findings"]
    before = {(one["rule"], one["subject"]) for one in listed}
    assert now - before == {("soup-version-moved", "SOUP_DEBIAN"), ("soup-undeclared", "uplot")}
    assert before - now == {("licence-unknown", "inventory")}  # the packages of the new system are not known yet
    assert code == 1


def test_a_stub_is_written_for_the_new_one(tmp_path: Path) -> None:
    code, printed = run("stub", tmp_path)
    assert code == 0
    fields = [line.strip() for line in printed.splitlines() if line]
    assert fields == [
        ".. soup:: uplot",
        ":id: SOUP_UPLOT",
        ":purl: pkg:npm/uplot",
        ":designator: 1.6.32",
        ":licence: MIT",
    ]
