"""Settings that do not fit are findings at their line of conf.py, and their default is used."""

from __future__ import annotations

import pytest

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
    ("soup_kinds = {'swreq': 'requirement'}", "maps 'swreq', which sphinx-needs does not know"),
    ("soup_links = {'verifes': 'verifies'}", "maps 'verifes', which sphinx-needs does not know (did you mean verifies"),
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
