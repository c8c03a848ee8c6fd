"""`sphinx-soup check`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sphinxcontrib_soup.cli import main
from tests.project import Project

PAGE = """
    Items
    =====

    .. requirement:: It works
       :id: REQ_1
       :source: a

    .. requirement:: Hostile | `x` <b>
       :id: REQ_2
       :derives_from: REQ_404
"""


def check(project: Project, *options: str) -> Result:
    project.write("index.rst", PAGE)
    return CliRunner().invoke(main, ["check", str(project.folder), *options])


def only_warnings(project: Project) -> None:
    project.conf("soup_rules = {'link-dangling': 'warning'}")


def test_findings_at_the_gate_end_with_1(project: Project) -> None:
    done = check(project)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    dangling = next(line for line in lines if "link-dangling" in line)
    assert dangling.partition(": ")[0].endswith("source/index.rst:9")
    assert " error: REQ_2 links to nothing" in dangling
    assert dangling.endswith("[link-dangling: IEC 62304:2006+A1:2015, 5.1.1.c, practice]")
    assert lines[-1].startswith("1 error, 2 warning, 0 info (")


def test_findings_below_the_gate_end_with_0_and_the_gate_can_be_tightened(project: Project) -> None:
    only_warnings(project)
    assert check(project).exit_code == 0
    assert check(project, "--fail-on", "warning").exit_code == 1


def test_a_release_is_judged_more_strictly(project: Project) -> None:
    only_warnings(project)
    done = check(project, "--phase", "release", "--format", "json")
    assert done.exit_code == 1
    printed = json.loads(done.stdout)
    assert printed["phase"] == "release"
    assert {one["severity"] for one in printed["findings"] if one["rule"] == "requirement-untested"} == {"error"}


def test_json_holds_findings_and_counts(project: Project) -> None:
    printed = json.loads(check(project, "--format", "json").stdout)
    assert printed["schema"] == "soup-findings/1"
    assert printed["counts"]["requirement-untested"] == {"examined": 2, "found": 2}
    finding = next(one for one in printed["findings"] if one["rule"] == "link-dangling")
    assert finding.keys() == {"rule", "severity", "message", "subject", "clause", "basis", "location"}
    assert finding["location"]["line"] == 9
    assert not Path(finding["location"]["path"]).is_absolute()


def test_sarif_names_rules_levels_and_places(project: Project) -> None:
    (run,) = json.loads(check(project, "--format", "sarif").stdout)["runs"]
    results = {(one["ruleId"], one["level"]) for one in run["results"]}
    assert ("link-dangling", "error") in results
    assert ("requirement-untested", "warning") in results
    assert {one["id"] for one in run["tool"]["driver"]["rules"]} >= {rule for rule, _ in results}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("source/index.rst")
    assert place["region"]["startLine"] > 0


def test_markdown_shows_hostile_text_and_stays_a_table(project: Project) -> None:
    project.write("results.xml", '<testsuite><testcase name="a|b`c&lt;script&gt;*d*"><failure/><properties>'
                  '<property name="verifies" value="REQ_1"/></properties></testcase></testsuite>')  # fmt: skip
    project.conf("soup_evidence = ['results.xml']")
    table = [line for line in check(project, "--format", "markdown").stdout.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {6}
    assert any("a\\|b\\`c&lt;script>\\*d\\*" in line for line in table)


def test_clauses_say_what_was_checked(project: Project) -> None:
    text = check(project, "--clauses").stdout
    assert "IEC 62304:2006+A1:2015, 5.7.1" in text
    assert "requirement-untested (normative): 2 found in 2 examined" in text
    assert "a clause that is not listed was not checked" in text


def test_settings_and_doctrees_pass_through(project: Project, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done = check(project, "-d", str(kept), "-D", "soup_phase=release", "-j", "2", "-q")
    assert done.exit_code == 1
    assert (kept / "environment.pickle").is_file()


def test_warnings_of_sphinx_fail_only_where_asked(project: Project) -> None:
    project.write("index.rst", "Title\n=====\n\n:norole:`x`\n")
    folder = str(project.folder)
    assert CliRunner().invoke(main, ["check", folder]).exit_code == 0
    assert CliRunner().invoke(main, ["check", folder, "-W"]).exit_code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-D", "nonsense"], "-D takes NAME=VALUE, not 'nonsense'"),
        (["-j", "none"], "-j takes a number from 1 or `auto`, not 'none'"),
        (["--phase", "alpha"], "alpha"),
        (["--format", "xml"], "xml"),
    ],
)
def test_wrong_usage_ends_with_2(project: Project, options: list[str], said: str) -> None:
    done = check(project, *options)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("conf", "said"),
    [
        ("extensions = [", "syntax error"),
        ("extensions = ['no_such_extension']", "no_such_extension"),
        ("extensions = []", "conf.py does not name the extension sphinxcontrib_soup"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(project: Project, conf: str, said: str) -> None:
    project.write("index.rst", "Title\n=====\n")
    project.write("conf.py", conf)
    done = CliRunner().invoke(main, ["check", str(project.folder)])
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert "Traceback" not in done.stderr.replace("Traceback (most recent call last):\n  File", "", 1)


def test_a_folder_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", str(tmp_path / "none")]).exit_code == 2
