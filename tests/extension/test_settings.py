"""Settings that do not fit are findings at their line of conf.py, and their default is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxcontrib_soup.model import SafetyClass
from tests.project import Project

WRONG = [
    ('soup_safety_class = "D"', "must be 'A', 'B' or 'C'"),
    ('soup_phase = "alpha"', "must be one of: 'development', 'release'"),
    ("soup_evidence = 'results.xml'", "must be a list of file patterns"),
    ("soup_evidence = [{'file': 'results.xml'}]", "the pattern as its key 'files'"),
    ("soup_rules = {'requirement-untested': 'loud'}", "a level is one of: off, info, warning, error"),
    ("soup_risk_matrix = {'severities': ['a']}", "must be a table with 'severities', 'probabilities' and 'cells'"),
    (
        "soup_risk_matrix = {'severities': ['a'], 'probabilities': ['p'], 'cells': [['fine']]}",
        "a cell is one of: acceptable, investigate, unacceptable",
    ),
    ("soup_risk_matrix = {'severities': ['a'], 'probabilities': ['p'], 'cells': 3}", "not of its form"),
    ("soup_kinds = {'swreq': 'requirment'}", "names requirment; kinds are: user-need"),
    ("soup_date = 'today'", "must be a date as 'YYYY-MM-DD'"),
    ("soup_date = '20260102'", "must be a date as 'YYYY-MM-DD'"),
    ("soup_documents = 'index'", "must be a table of names to pages"),
    ("soup_documents = {'DOC': ['index']}", "must be a table of names to pages"),
    ("soup_pdf_fonts = [5]", "must be a list of folders"),
    ("soup_rows_per_page = -1", "must be a number, 0 or above"),
    ("soup_rows_per_page = True", "must be a number, 0 or above"),
    ("soup_source_url = 'https://example.org/'", "must be an http(s) address with {path} in it"),
    ("soup_source_url = 'javascript:{path}'", "must be an http(s) address with {path} in it"),
    ("soup_rules = {1: 'error'}", "must be a table of rules to levels"),
    (
        "soup_risk_matrix = {'severities': [1], 'probabilities': ['p'], 'cells': [['acceptable']]}",
        "lists of different names",
    ),
    (
        "soup_risk_matrix = {'severities': ['a', 'a'], 'probabilities': ['p'], 'cells': [['acceptable'] * 2]}",
        "lists of different names",
    ),
    ("soup_risk_matrix = {'severities': [], 'probabilities': [], 'cells': []}", "lists of different names"),
    (
        "soup_risk_matrix = {'severities': ['a'], 'probabilities': ['p'], 'cells': [['acceptable']], 'classes': 'AB'}",
        "must have as 'classes' one of 'A', 'B', 'C' for each severity",
    ),
    (
        "soup_risk_matrix = {'severities': ['a'], 'probabilities': ['p'], 'cells': [['acceptable']], 'classes': ['D']}",
        "must have as 'classes' one of 'A', 'B', 'C' for each severity",
    ),
    ("soup_defaults = ['MIT']", "must be a table of patterns to tables of fields"),
    ("soup_defaults = {'*': 'MIT'}", "must be a table of patterns to tables of fields"),
    ("soup_defaults = {'*': {'designator': '1'}}", "gives '*' the field 'designator', which is each SOUP's own"),
    ("soup_defaults = {'*': {'lisence': 'MIT'}}", "gives '*' the field 'lisence'; fields are: released_on"),
    ("soup_defaults = {'*': {'licence': 5}}", "gives '*' a 'licence' that is no text"),
    ("soup_defaults = {'*': {'released_on': 'May'}}", "released_on is 'May'; it must be a date as YYYY-MM-DD"),
    ("soup_defaults = {'*': {'security_category': 'good'}}", "it must be one of: maintained, supported, required"),
    ("soup_planned_life_end = '2034'", "must be a date as 'YYYY-MM-DD'"),
    ("soup_anomaly_lists = 'never'", "must be one of: 'cause', 'always'"),
    ("soup_kinds = {'swreq': 'requirement'}", "maps 'swreq', which sphinx-needs does not know"),
    ("soup_links = {'verifes': 'verifies'}", "maps 'verifes', which sphinx-needs does not know (did you mean verifies"),
    ("soup_blocks = 'no'", "must be True or False, on the command line 1 or 0"),
    ("soup_blocks = 0", "must be True or False, on the command line 1 or 0"),
    ("soup_links = {'links': 'verify'}", "names verify; link types are: derives_from"),
    ("soup_evidense = ['results.xml']", "there is no setting of this name (did you mean soup_evidence?)"),
]


@pytest.mark.parametrize(
    ("line", "problem"), WRONG, ids=[line.split(" =")[0] + str(at) for at, (line, _) in enumerate(WRONG)]
)
def test_a_setting_that_does_not_fit_is_a_finding_at_its_line(project: Project, line: str, problem: str) -> None:
    project.conf(line)
    project.write("index.rst", "Empty\n=====\n")
    conf = (project.folder / "conf.py").read_text().splitlines()
    run = project.build("soup-check")
    (rejection,) = run.built.trace.rejections
    assert problem in rejection.problem
    assert rejection.location.path == "conf.py"
    assert rejection.location.line == len(conf)
    assert ("soup.item-rejected", f"conf.py:{len(conf)}") in run.said


def by_command(project: Project, value: str) -> tuple[int, str]:
    """What `sphinx-build -D soup_blocks=VALUE` says, and how it ends."""
    arguments = [*("-q", "-E", "-D", f"soup_blocks={value}"), str(project.folder), str(project.folder.parent / "html")]
    done = subprocess.run([sys.executable, "-m", "sphinx", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(("value", "blocks"), [("0", 0), ("1", 1), ("False", 1), ("", 1)])
def test_a_switch_can_be_set_on_the_command_line(project: Project, value: str, blocks: int) -> None:
    project.write("index.rst", "Dossier\n=======\n\n.. requirement:: One\n   :id: REQ_1\n   :source: a\n")
    code, said = by_command(project, value)
    assert code == 0
    assert ("soup_blocks must be True or False, on the command line 1 or 0" in said) == (value not in ("0", "1"))
    assert "Traceback" not in said
    page = (project.folder.parent / "html/index.html").read_text()
    assert page.count("<article") == blocks


def test_what_soups_share_and_how_long_the_device_lives_reach_the_judgement(project: Project) -> None:
    project.conf(
        """
        soup_defaults = {
            "pkg:pypi/*": {"used_features": ["a", "b, c"], "manufacturer": "community", "licence": ""},
        }
        soup_planned_life_end = "2034-12-31"
        soup_anomaly_lists = "always"
        soup_risk_matrix = {
            "severities": ["minor"], "probabilities": ["rare"], "cells": [["acceptable"]], "classes": ["B"],
        }
        """
    )
    project.write("index.rst", "SOUPs\n=====\n\n.. soup:: A\n   :id: SOUP_A\n   :purl: pkg:pypi/a\n")
    trace = project.build("soup-check").built.trace
    soup = trace.items["SOUP_A"]
    assert soup.fields["used_features"] == ("a", "b, c")
    assert soup.shared == {"used_features": "pkg:pypi/*", "manufacturer": "pkg:pypi/*"}
    assert (trace.settings.planned_life_end, trace.settings.anomaly_lists_always) == ("2034-12-31", True)
    assert trace.settings.risk_matrix.classes == (SafetyClass.B,)
