"""`sphinx-soup export`: one table or file, from sources or from a trace.json."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.pipeline.load import dossier, records
from sphinxcontrib_soup.plugin import discover
from tests.project import Project

SAMPLE = Path(__file__).parents[2] / "sample_docs"
PAGE = """
    Dossier
    =======

    .. requirement:: It works
       :id: REQ_1
       :source: a

       It has :need_part:`(a) a part`.

    .. soup:: Left pad
       :id: SOUP_PAD
       :purl: pkg:npm/left-pad
       :designator: 1.3.0

    .. soup-list::
       :name: one-list
       :columns: id, title, version
       :filter: version != ""

    .. traceability-matrix::
       :chain: requirement
    """
RESULTS = """<testsuite name="s"><testcase classname="c" name="t"><properties>
    <property name="verifies" value="REQ_1.a"/></properties></testcase></testsuite>"""


@pytest.fixture
def written(project: Project) -> Project:
    project.conf("soup_evidence = ['results.xml']\nneeds_types = [{'directive': 'odd', 'title': 'O', 'prefix': 'O_'}]")
    project.write("index.rst", PAGE + "\n    .. odd:: Another\n       :id: O_1\n       :links: REQ_1\n")
    project.write("results.xml", RESULTS)
    return project


def export(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], catch_exceptions=False)


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_table_of_a_page_is_written_as_the_page_shows_it(written: Project, tmp_path: Path) -> None:
    done = export(written.folder, "index#one-list", "-o", tmp_path / "list.csv", "-q")
    assert (done.exit_code, done.output) == (0, "")
    assert rows(tmp_path / "list.csv") == [["ID", "Title", "Version"], ["SOUP_PAD", "Left pad", "1.3.0"]]


def test_a_view_takes_the_options_of_its_directive(written: Project, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert export(written.folder, "soup-list", "-O", "columns=title", "-O", "sort=-id", "-o", path).exit_code == 0
    assert rows(path) == [["Title"], ["Left pad"]]


def test_a_grouped_table_has_its_labels_in_the_first_column(written: Project, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert export(written.folder, "soup-list", "-O", "columns=id", "-O", "group=version", "-o", path).exit_code == 0
    assert rows(path) == [["Version", "ID"], ["1.3.0", "SOUP_PAD"]]
    refused = export(written.folder, "soup-list", "-O", "group=versoin", "-o", path)
    assert refused.exit_code == 2
    assert "there is no column 'versoin'" in refused.stderr


@pytest.mark.parametrize("ending", [one.ending for one in discover().formats])
def test_from_a_trace_it_gives_the_same_bytes_without_a_build(written: Project, tmp_path: Path, ending: str) -> None:
    trace = written.build("html").output / "trace.json"
    moved = shutil.copy(trace, tmp_path / "kept.json")
    for number, what in enumerate(("index#one-list", "index#traceability-matrix", "findings-table")):
        paths = [tmp_path / f"{number}.{source}{ending}" for source in ("built", "kept")]
        assert export(written.folder, what, "-o", paths[0], "-q").exit_code == 0
        shutil.rmtree(written.folder / "_build")
        assert export(moved, what, "-o", paths[1]).exit_code == 0
        assert not (written.folder / "_build").exists()
        assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("source", ["sample", "small"])
def test_a_trace_comes_back_whole(source: str, project: Project, written: Project) -> None:
    if source == "sample":
        shutil.rmtree(project.folder)
        ignored = shutil.ignore_patterns("node_modules", "_build")
        shutil.copytree(SAMPLE, project.folder, ignore=ignored)
    run = project.build("html")
    loaded = dossier(records((run.output / "trace.json").read_text(encoding="utf-8")), discover().rules)
    assert loaded == run.built.dossier


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("soup-lst", "-o", "x.csv"), "there is no view or export 'soup-lst' (did you mean soup-list?)"),
        (("index#one-lst", "-o", "x.csv"), "there is no index#one-lst (did you mean index#one-list?)"),
        (("soup-list", "-o", "x.docx"), "x.docx ends with none of those that soup-list is written as: .csv"),
        (("soup-list", "-o", "x"), "x ends with none of those"),
        (("soup-list", "-O", "colums=id", "-o", "x.csv"), "unknown option 'colums'"),
        (("soup-list", "-O", "columns=nothing", "-o", "x.csv"), "there is no column 'nothing'"),
        (("index#one-list", "-O", "columns=id", "-o", "x.csv"), "-O goes with a view by its name"),
        (("soup-list", "-O", "columns", "-o", "x.csv"), "-O takes OPTION=VALUE"),
        (("soup-list", "-o", "no/such/folder/x.csv"), "No such file"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    written: Project, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    done = export(written.folder, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not list(tmp_path.glob("x*"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is no JSON"),
        ("[]", "its schema is None"),
        ('{"schema": "soup-evidence/1"}', "its schema is 'soup-evidence/1', not 'soup-trace/1'"),
        ('{"schema": "soup-trace/1"}', "should be"),
        ("[" * 100000, "it is no JSON"),
    ],
)
def test_a_file_that_is_no_trace_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    path.write_text(text)
    done = export(path, "soup-list", "-o", tmp_path / "x.csv")
    assert done.exit_code == 2
    assert f"{path} cannot be used: " in done.stderr
    assert said in done.stderr


def test_a_trace_that_was_changed_is_refused_with_the_place(written: Project, tmp_path: Path) -> None:
    found = json.loads((written.build("html").output / "trace.json").read_text())
    found["items"][0]["title"] = 7
    (tmp_path / "trace.json").write_text(json.dumps(found))
    done = export(tmp_path / "trace.json", "soup-list", "-o", tmp_path / "x.csv")
    assert done.exit_code == 2
    assert "[0].title should be of type str, not 7" in done.stderr


def test_sources_that_sphinx_cannot_build_end_with_2(written: Project, tmp_path: Path) -> None:
    written.write("conf.py", "extensions = [")
    assert export(written.folder, "soup-list", "-o", tmp_path / "x.csv").exit_code == 2
