"""A history in real builds: kept by the export, shown by the next builds, in pages and prints, and digested."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.model import plain
from sphinxcontrib_soup.pipeline.load import dossier, records
from sphinxcontrib_soup.plugin import discover
from tests.pdf.pdf_file import Pdf
from tests.project import Project, Run

PAGE = """
Dossier
=======

.. document:: Report
   :id: DOC_1

.. requirement:: It works
   :id: REQ_1
   :source: a

.. requirement:: It works well
   :id: REQ_2
   :source: a

.. progress-trend::
   :name: trend
   :columns: date, release, passed, untested, file
"""
RESULT = """<testsuite name="s"><testcase classname="c" name="t"><properties>
    <property name="verifies" value="REQ_1"/></properties></testcase></testsuite>"""


@pytest.fixture
def device(project: Project) -> Project:
    project.conf("soup_evidence = ['*.xml', 'history/*.json']\nrelease = '1.1'")
    project.write("index.rst", PAGE)
    project.write("results.xml", RESULT.replace("REQ_1", "REQ_9"))
    (project.folder / "history").mkdir()
    return project


def soup(*arguments: object, code: int = 0) -> None:
    done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == code, done.output


def keep(device: Project, name: str, *options: object) -> Path:
    path = device.folder / "history" / name
    soup("export", device.folder, "progress", "-o", path, "-q", *options)
    return path


def rows(run: Run) -> list[list[str]]:
    (table,) = run.built.tables.values()
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def test_what_the_export_keeps_is_the_history_of_the_next_builds(device: Project) -> None:
    kept = keep(device, "1.0.json", "-D", "release=1.0", "-D", "soup_date=2025-11-03")
    device.write("results.xml", RESULT)
    run = device.build()
    assert run.finding("evidence-unread") == []
    assert rows(run) == [
        ["2025-11-03", "1.0", "0", "2", "history/1.0.json:24"],
        ["2026-01-02", "1.1", "1", "1", "this build"],
    ]
    page = run.page()
    start = page.index('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720')
    figure = ElementTree.fromstring(page[start : page.index("</svg>", start) + 6])
    assert figure.get("role") == "img"
    assert figure[0].text == (
        "Items that passed, failed or were untested at 2 builds, "
        "from 0 of 2 passed on 2025-11-03 to 1 of 2 passed on 2026-01-02"
    )
    trace = json.loads((run.output / "trace.json").read_text(encoding="utf-8"))
    (source,) = (one for one in trace["sources"] if one["path"] == "history/1.0.json")
    assert source["sha256"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    assert source["reader"] == "progress-json"
    (build,) = (one for one in trace["evidence"] if one["kind"] == "earlier-build")
    assert build["progress"]["provenance"]["release"] == "1.0"
    assert dossier(records((run.output / "trace.json").read_text()), discover().rules) == run.built.dossier


def test_from_a_trace_the_export_writes_the_same_bytes(device: Project, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("folder.json", "trace.json")]
    soup("export", device.folder, "progress", "-o", paths[0], "-q")
    soup("export", device.build().output / "trace.json", "progress", "-o", paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_print_shows_the_figure_with_its_text_and_the_digest(device: Project) -> None:
    kept = keep(device, "1.0.json", "-D", "release=1.0", "-D", "soup_date=2025-11-03")
    (path,) = device.build("soup-pdf").output.glob("*.pdf")
    text = " ".join(Pdf(path).squeezed.split())
    assert "2025-11-03" in text
    assert "2untested" in text
    assert "history/1.0.json" in text
    assert hashlib.sha256(kept.read_bytes()).hexdigest()[:12] in text


def test_a_package_holds_the_progress_of_its_build_and_the_files_of_its_history(
    device: Project, tmp_path: Path
) -> None:
    keep(device, "1.0.json", "-D", "soup_date=2025-11-03")
    soup("build", device.folder, tmp_path / "package", "-q", code=1)  # for its findings
    assert (tmp_path / "package/inputs/history/1.0.json").is_file()
    made = json.loads((tmp_path / "package/exports/progress.json").read_text(encoding="utf-8"))
    assert made["schema"] == "soup-progress/1"
    assert made["items"]["requirement"] == {"failed": 0, "passed": 0, "untested": 2}


def test_what_is_wrong_with_a_history_is_said_and_the_table_stays(device: Project) -> None:
    kept = keep(device, "1.0.json", "-D", "soup_date=2025-11-03")
    shutil.copy(kept, device.folder / "history/copy.json")
    device.write("history/broken.json", kept.read_text(encoding="utf-8")[:200])
    device.write("history/trace.json", '{"schema": "soup-trace/1"}')
    device.write("history/late.json", kept.read_text(encoding="utf-8").replace("2025-11-03", "2031-11-03"))
    device.conf("soup_evidence = ['*.xml', 'history/*.json', 'older/*.json']\nrelease = '1.1'")
    run = device.build()
    assert [row[0] for row in rows(run)] == ["2025-11-03", "2025-11-03", "2031-11-03", "2026-01-02"]
    assert run.finding("earlier-build-misplaced") == [
        "history/copy.json keeps the same build as history/1.0.json; take one of them away",
        "history/late.json is of 2031-11-03, after the as-of date 2026-01-02; correct one of the two",
    ]
    unread = run.finding("evidence-unread")
    assert len(unread) == 3
    assert "the pattern 'older/*.json' of soup_evidence matches no file" in unread[0]
    assert unread[1].startswith("history/broken.json is not read, or not whole: it is not JSON")
    assert unread[2].startswith("history/trace.json is not read, or not whole: its name could be that of")
