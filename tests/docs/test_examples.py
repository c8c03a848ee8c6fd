"""The examples of the manual are projects: they are run, and say what the manual shows that they say.

What `sphinx-soup check` says of an example stands in its `findings.txt`, without the last line, which sums up; an
example without that file has no findings. `--update-golden` writes the files anew; then read the change.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from sphinxcontrib_soup.cli import main
from tests.docs.manual import DOCS, EXAMPLES, blocks

FIRST, PLUGINS = DOCS / "examples" / "first", DOCS / "examples" / "plugins"
REPORTER = DOCS.parent / "sample_docs" / "display" / "tests" / "junit.js"
METADATA = "Metadata-Version: 2.1\nName: acme-soup\nVersion: 1.0\n"

Copy = Callable[[Path], Path]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """Copies an example and goes there. What a conf.py adds to the module path is taken away again."""

    def copied(example: Path) -> Path:
        folder = shutil.copytree(example, tmp_path / "example", ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.chdir(folder)
        return folder

    monkeypatch.setattr(sys, "path", sys.path.copy())
    return copied


def soup(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments], catch_exceptions=False)
    assert result.exit_code != 2, result.stderr
    return result


def python(*arguments: str, installed: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python as a user does, with what is installed in a further folder."""
    path = {"PYTHONPATH": str(installed)} if installed else {}
    environment = {**os.environ, **path, "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, env=environment)


def compare(said: str, golden: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("update_golden"):
        golden.write_text(said, encoding="utf-8")
    assert said == (golden.read_text(encoding="utf-8") if golden.exists() else "")


def findings(said: str) -> str:
    """What `check` said, without the line that sums up."""
    lines = said.splitlines(keepends=True)
    assert re.match(r"\d+ error, \d+ warning, \d+ info ", lines[-1])
    return "".join(lines[:-1])


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one != FIRST], ids=lambda one: one.name)
def test_an_example_has_the_findings_that_it_states(example: Path, copy: Copy, request: pytest.FixtureRequest) -> None:
    copy(example)
    result = soup("check", ".", "-q")
    said = findings(result.stdout)
    assert result.exit_code == (1 if " error: " in said else 0)
    compare(said, example / "findings.txt", request)


# --- getting started -------------------------------------------------------------------------------------------------


def run_the_tests() -> None:
    """Run the tests of the example as the page says."""
    plugins = ("-p", "sphinxcontrib_soup.pytest_plugin", "-p", "no:cacheprovider")
    done = python("-m", "pytest", *plugins, "-q", "--rootdir=.", "--junitxml=results.xml")
    assert "2 passed" in done.stdout, done.stdout


def test_the_first_example_has_the_findings_that_it_states(copy: Copy, request: pytest.FixtureRequest) -> None:
    copy(FIRST)
    run_the_tests()
    result = soup("check", ".", "-q")
    assert result.exit_code == 0
    compare(findings(result.stdout), FIRST / "findings.txt", request)


def test_mended_as_the_page_says_the_first_example_says_what_its_soup_owes(
    copy: Copy, request: pytest.FixtureRequest
) -> None:
    folder = copy(FIRST)
    page = DOCS / "guide" / "getting-started.rst"
    test, index = folder / "test_dose.py", folder / "index.rst"
    marked = next(blocks(page, "python")).replace(": ...\n", ":")
    test.write_text(test.read_text().replace("def test_a_negative_dose_is_refused():", marked.strip()))
    index.write_text(f"{index.read_text()}\n{next(blocks(page, 'rst'))}")
    run_the_tests()
    compare(findings(soup("check", ".", "-q").stdout), FIRST / "mended.txt", request)


def test_the_first_example_is_built_as_a_package(copy: Copy) -> None:
    folder = copy(FIRST)
    run_the_tests()
    result = soup("build", ".", "build", "-q")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["build/html/index.html", "build/pdf/Dose-limiter.pdf", "build/manifest.json"]
    assert {path.name for path in (folder / "build").iterdir()} >= {"html", "pdf", "exports", "inputs", "trace.json"}


# --- what other pages say --------------------------------------------------------------------------------------------


def test_each_document_of_the_example_is_a_pdf(copy: Copy) -> None:
    folder = copy(DOCS / "examples" / "pdf")
    soup("build", ".", "build", "-q")
    made = {path.stem: PdfReader(path).pages[0].extract_text() for path in (folder / "build" / "pdf").glob("*.pdf")}
    assert made.keys() == {"DOC_SRS", "DOC_SOUPS"}
    for shown in ("Software requirements specification", "R. Okafor", "2026-03-02", "States what the software does"):
        assert shown in made["DOC_SRS"]


def test_the_template_of_the_example_draws_the_block(copy: Copy) -> None:
    folder = copy(DOCS / "examples" / "templates")
    soup("build", ".", "build", "-q")
    page = (folder / "build" / "html" / "index.html").read_text(encoding="utf-8")
    assert '<section class="our-item" id="DEC_DECIMAL">\n<h2>A dose is a decimal number (DEC_DECIMAL)</h2>' in page
    assert "<li>Decided by: R. Okafor</li>" in page
    assert "soup-item" not in page


def test_mapped_types_have_a_verdict_in_both_sorts_of_views(copy: Copy) -> None:
    folder = copy(DOCS / "examples" / "own-types")
    soup("build", ".", "build", "-q")
    page = (folder / "build" / "html" / "index.html").read_text(encoding="utf-8")
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page, re.S)]
    passed = [row for row in rows if "passed" in row]
    assert {row[0] for row in passed} == {"SR-1", "SR-2"}
    assert 'class="soup-item soup-kind-requirement" id="SR-2"' in page
    assert 'id="SR-3"' in page
    assert "soup-kind-risk" not in page


def test_the_filtered_matrix_of_the_example_shows_what_is_open(copy: Copy) -> None:
    folder = copy(DOCS / "examples" / "views")
    soup("build", ".", "build", "-q")
    shown = (folder / "build" / "exports" / "index.traceability-matrix.2.csv").read_text(encoding="utf-8-sig")
    assert shown.splitlines() == ["Requirement,Verdict", "REQ_NEGATIVE A negative dose is refused,failed"]


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")
@pytest.mark.skipif(not REPORTER.exists(), reason="the sample comes with the repository, not with this archive")
def test_the_reporter_for_node_writes_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = DOCS / "guide" / "tests.rst"
    monkeypatch.chdir(tmp_path)
    Path("tests").mkdir()
    shutil.copy(REPORTER, "tests")
    Path("package.json").write_text('{"type": "module"}')
    Path("tests", "dose.test.js").write_text(next(blocks(page, "js")))
    done = subprocess.run(shlex.split(next(blocks(page, "sh"))), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(soup("read", "results.xml", "--format", "json").stdout)["evidence"]
    assert (found["name"], found["verifies"]) == ("a dose is cut at the maximum", ["REQ_MAX"])


# --- plugins ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def acme(tmp_path: Path, copy: Copy) -> Path:
    """The folder into which the example of plugins is installed: its package and the entry points of its project."""
    folder = copy(PLUGINS)
    installed = tmp_path / "installed"
    shutil.copytree(folder / "acme_soup", installed / "acme_soup")
    project = (folder / "pyproject.toml").read_text(encoding="utf-8")
    group, entry = re.search(r'\[project\.entry-points\."(.+)"\]\n(acme = ".+")', project).groups()  # type: ignore[union-attr]
    metadata = installed / "acme_soup-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(METADATA)
    (metadata / "entry_points.txt").write_text(f"[{group}]\n{entry.replace(chr(34), '')}\n")
    return installed


SOUP = ("-c", "from sphinxcontrib_soup.cli import main; main()")


def test_the_plugins_read_judge_and_show(acme: Path, request: pytest.FixtureRequest) -> None:
    done = python(*SOUP, "check", "docs", "-q", installed=acme)
    assert (done.returncode, done.stderr) == (1, "")
    compare(findings(done.stdout).replace("docs/", ""), PLUGINS / "docs" / "findings.txt", request)
    python(*SOUP, "build", "docs", "build", "-q", installed=acme)
    shown = Path("build/exports/index.decision-log.1.csv").read_text(encoding="utf-8-sig")
    assert shown.splitlines() == [
        "Decision,Title,On,By",
        "DEC_DECIMAL,A dose is a decimal number,2026-03-02,R. Okafor",
    ]


def test_the_reader_finds_what_its_golden_file_holds(acme: Path, request: pytest.FixtureRequest) -> None:
    done = python(*SOUP, "read", "docs/parts.csv", "--format", "json", installed=acme)
    assert done.stderr == ""
    compare(done.stdout, PLUGINS / "parts.json", request)


def test_the_options_of_the_view_are_parsed(acme: Path) -> None:
    index = Path("docs/index.rst")
    index.write_text(index.read_text().replace(":most: 10", ":most: many"))
    done = python(*SOUP, "check", "docs", "-q", installed=acme)
    assert "option 'most': 'many' is not a number" in done.stdout
