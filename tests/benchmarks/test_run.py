"""The runner measures fresh processes, counts what changed, and makes a table that names each goal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import run

RUNNER = Path(run.__file__)


def figure(flavour: str, scenario: str, seconds: float, *, size: int = 200, **counted: float) -> run.Figure:
    return run.Figure(
        size=size, flavour=flavour, scenario=scenario, seconds=seconds, megabytes=100, counted={"html": 1.0, **counted}
    )


def figures(*several: run.Figure) -> dict[tuple[int, str, str], run.Figure]:
    return {(one.size, one.flavour, one.scenario): one for one in several}


def goal(text: str, among: dict[tuple[int, str, str], run.Figure], size: int = 200) -> str:
    return next(one.row(among, size) for one in run.GOALS if text in one.text)


def test_a_run_measures_counts_and_verifies(tmp_path: Path) -> None:
    record, output = tmp_path / "record.jsonl", tmp_path / "last.md"
    chosen = ["--sizes", "5", "--runs", "1", "--flavours", "soup", "needs", "--scenarios", "clean", "nothing", "result"]
    files = ["--record", str(record), "--output", str(output)]
    done = subprocess.run(
        [sys.executable, RUNNER, *chosen, "--verify", *files], capture_output=True, text=True, check=True
    )
    text = output.read_text(encoding="utf-8")
    assert done.stdout == text
    assert "sphinx-needs + sphinx-test-reports was not measured: no --peers-python was given." in text
    assert "| nothing changed: files that changed | ≤ 0 | 0.00 | met |" in text
    assert "| one result file changed: pages unlike a fresh build | ≤ 0 | 0.00 | met |" in text
    assert str(tmp_path) not in text
    kept = run._recorded(record)
    assert kept.keys() == {(5, "soup", "clean"), (5, "soup", "nothing"), (5, "soup", "result")}
    assert kept[5, "soup", "result"].counted["pages changed"] > 0
    assert all(one.seconds > 0.1 and one.megabytes > 20 for one in kept.values())


def test_a_build_that_fails_ends_the_run_with_its_message(tmp_path: Path) -> None:
    project = run.Project(tmp_path, "soup", 5, sys.executable)
    (project.source / "conf.py").write_text("1 +", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"(?s)soup: -m sphinx .* ended with 2:.*syntax error"):
        project.build()


def test_a_ratio_is_met_or_missed() -> None:
    both = figures(figure("soup", "clean", 3.0), figure("needs", "clean", 10.0))
    assert goal("clean HTML build", both).endswith("| ≤ 0.35 | 0.30 | met |")
    slower = figures(figure("soup", "clean", 4.0), figure("needs", "clean", 10.0))
    assert goal("clean HTML build", slower).endswith("| ≤ 0.35 | 0.40 | missed |")


def test_what_was_not_measured_is_said() -> None:
    assert goal("clean HTML build", figures(figure("soup", "clean", 3.0))).endswith("| ≤ 0.35 | not measured | |")
    assert goal("growth", figures(figure("soup", "clean", 3.0))).endswith("| not measured | |")


def test_growth_is_the_exponent_from_the_next_smaller_size() -> None:
    linear = figures(figure("soup", "clean", 3.0), figure("soup", "clean", 15.0, size=1000))
    assert goal("growth", linear, 1000).endswith("| ≤ 1.1 | 1.00 | met |")


def test_pages_of_a_pdf_count_against_its_seconds() -> None:
    assert goal("PDF pages", figures(figure("soup", "pdf", 2.0, pages=70))).endswith("| ≥ 30 | 35.00 | met |")
    assert goal("PDF pages", figures(figure("soup", "pdf", 2.0, pages=50))).endswith("| ≥ 30 | 25.00 | missed |")


def test_a_file_that_differs_in_random_names_alone_is_the_same(tmp_path: Path) -> None:
    project = run.Project(tmp_path, "soup", 5, sys.executable)
    page = tmp_path / "html" / "out" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<div id="SNCB-0a1b2c">')
    first = project.files()
    page.write_text('<div id="SNCB-ffffff">')
    assert project.files() == first
    page.write_text('<div id="other">')
    assert project.files() != first
