"""Every rule finds in its bad example what is marked there, and nothing in its good one: in a real build."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.model import Severity
from sphinxcontrib_soup.plugin import Rule, discover
from tests.project import Project, Run
from tests.rules.pages import Example, example

RULES = discover().rules
SETTLED = {
    "soup_risk_matrix": {
        "severities": ["negligible", "minor", "serious", "catastrophic"],
        "probabilities": ["remote", "occasional", "frequent"],
        "cells": [
            ["acceptable", "acceptable", "acceptable", "investigate"],
            ["acceptable", "acceptable", "investigate", "unacceptable"],
            ["acceptable", "investigate", "unacceptable", "unacceptable"],
        ],
    }
}


def built(project: Project, shown: Example) -> Run:
    """The build of an example: one that has a conf.py is judged by that, another by settings that are in order."""
    for path, text in shown.files.items():
        project.write(path, text)
    evidence = [path for path in shown.files if not path.endswith((".rst", ".py"))]
    conf = shown.files.get("conf.py", "\n".join(f"{name} = {value!r}" for name, value in SETTLED.items()))
    if "conf.py" in shown.files:
        project.write("conf.py", f'{conf}\nextensions = ["sphinxcontrib_soup"]\nsoup_date = "2026-01-02"\n')
    else:
        project.conf(f"soup_evidence = {evidence!r}\n{conf}")
    return project.build("dummy")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_bad_example(rule: Rule, project: Project) -> None:
    shown = example(rule, "Bad")
    run = built(project, shown)
    found = [one for one in run.built.judgement.findings if one.rule == rule.name]
    assert [(one.rule, one.location) for one in found] == sorted(shown.expected, key=lambda one: one[1])
    warned = {place for type_, place in run.said if type_ == f"soup.{rule.name}"}
    assert warned == {str(one.location) for one in found if one.severity is not Severity.INFO}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_good_example(rule: Rule, project: Project) -> None:
    shown = example(rule, "Good")
    judgement = built(project, shown).built.judgement
    assert [one.message for one in judgement.findings if one.rule == rule.name] == []
    assert judgement.counts[rule.name].examined > 0
    assert [one for one in judgement.findings if one.rule in ("item-rejected", "evidence-unread", "rule-failed")] == []


def test_docstrings_make_pages_without_a_warning(project: Project) -> None:
    for rule in RULES:
        title, _, text = rule.doc.partition("\n")
        project.write(f"{rule.name}.rst", f"{rule.name}\n{'=' * 40}\n\n{title}\n{text}\n")
    names = "".join(f"   {rule.name}\n" for rule in RULES)
    project.write("index.rst", f"Rules\n=====\n\n.. toctree::\n\n{names}")
    assert project.build("html").warnings == ""
