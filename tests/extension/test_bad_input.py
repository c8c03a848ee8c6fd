"""Bad files and hostile names: each a finding with its place; nothing crashes, nothing runs, the rest is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project import Project

GOOD = """<testsuite name="s"><testcase classname="c" name="t"><properties>
<property name="verifies" value="REQ_1"/></properties></testcase></testsuite>"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<testsuite><testcase name="&b;"/></testsuite>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<testsuite><testcase name="&secret;"/></testsuite>"""
BAD = {
    "empty.xml": b"",
    "truncated.xml": GOOD[:60].encode(),
    "latin.xml": b"<testsuite><testcase name='\xe9'/></testsuite>",
    "bomb.xml": BOMB.encode(),
    "outside.xml": OUTSIDE.encode(),
    "other.xml": b"<nothing-we-know/>",
    "package.json": b'{"dependencies": ',
    "package-lock.json": b'{"lockfileVersion": 99, "packages": {}}',
    "requirements.txt": b"good==1.0\n??? not a requirement\n",
    "pyproject.toml": b"[project\n",
    "requirements-bytes.txt": b"\x80\x81==1.0\n",
}
HOSTILE = """[[copy('id', 'REQ_1')]] <script>alert(1)</script> #eval("1+1") *x* `y` $z$ {{ 7*7 }} ]] -->"""
PAGE = """
    Dossier
    =======

    .. requirement:: It works
       :id: REQ_1
       :source: a

    .. traceability-matrix::
       :chain: requirement

    .. soup-list::

    .. findings-table::
"""


@pytest.fixture
def hostile(project: Project) -> Project:
    project.conf(
        """
        soup_evidence = ["*.xml", "*.json", "*.txt", "*.toml", "missing.xml", "folder"]
        soup_rules = {"soup-undeclared": "info"}
        """
    )
    (project.folder / "folder").mkdir()
    project.write("index.rst", PAGE)
    project.write("good.xml", GOOD)
    name = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    project.write("hostile.xml", GOOD.replace('name="t"', f'name="{name}"'))
    for path, content in BAD.items():
        (project.folder / path).write_bytes(content)
    return project


@pytest.mark.parametrize("builder", ["html", "soup-pdf"])
def test_every_bad_file_is_a_finding_and_the_rest_is_built(hostile: Project, builder: str) -> None:
    run = hostile.build(builder)
    unread = {
        Path(one.location.path).name: one for one in run.built.judgement.findings if one.rule == "evidence-unread"
    }
    assert unread.keys() == {*BAD, "conf.py"}
    assert sum("soup_evidence" in one for one in run.finding("evidence-unread")) == 2
    for name in BAD:
        assert any(kind == "soup.evidence-unread" and place.startswith(name) for kind, place in run.said), name
    assert unread["requirements.txt"].location.line == 2
    assert unread["latin.xml"].location.line == 1
    assert run.built.trace.verdicts["REQ_1"] == "passed"
    assert [component.name for component in run.built.trace.components] == ["good"]
    assert not [kind for kind, _ in run.said if not kind.startswith("soup.")], run.warnings
    assert (run.output / ("index.html" if builder == "html" else "Test.pdf")).is_file(), list(run.output.iterdir())


def test_hostile_names_are_shown_as_they_are_and_never_run(hostile: Project) -> None:
    page = hostile.build().page()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert (
        "[[copy(&#39;id&#39;, &#39;REQ_1&#39;)]]" in page
        or "[[copy('id', 'REQ_1')]]" in page
        or "[[copy(&#x27;id" in page
    )
    assert "{{ 7*7 }}" in page
    assert "#eval(" in page


def test_a_file_of_another_machine_is_never_read(hostile: Project) -> None:
    secret = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "no such text"
    trace = (hostile.build().output / "trace.json").read_text()
    assert f'"name": "{secret}"' not in trace
    assert "aaaaaaaaaaaaaaaaaaaa" not in trace


MALFORMED = """
    Dossier
    =======

    .. requirement:: It works
       :id: REQ_1
       :source: a
       The blank line before this one is missing.

    .. requirement:: It is "twice" sourced
       :id: REQ_2
       :source: a
       :source: b

    .. soup-list::
       :columns: id
       :columns: title

    .. requirement:: Sound
       :id: REQ_3
       :derives_from: REQ_1
"""


def test_a_directive_that_cannot_be_parsed_is_a_finding_in_every_build_and_stands_in_the_page(project: Project) -> None:
    project.write("index.rst", MALFORMED)
    for fresh in (True, False):
        run = project.build(fresh=fresh)
        found = {one.subject: one for one in run.built.judgement.findings if one.rule == "item-rejected"}
        assert {subject: one.location.line for subject, one in found.items()} == {
            "REQ_1": 5,
            "REQ_2": 10,
            "soup-list": 15,
        }
        assert "it cannot be parsed: invalid option block" in found["REQ_1"].message
        assert "REQ_1 was written at index.rst:5, but could not be taken" in run.finding("link-dangling")[0]
        page = run.page()
        assert page.count("soup-rejected") == 3
        assert "The blank line before this one is missing." in page


def test_a_verdict_that_somebody_typed_does_not_stand(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Dossier
        =======

        .. hazard:: Overdose
           :id: HAZ_1
           :verdict: passed

        .. requirement:: It works
           :id: REQ_1
           :source: a
           :verdict: passed

        .. needtable::
           :columns: id, verdict
           :style: table
        """,
    )
    run = project.build()
    assert len([one for one in run.finding("item-rejected") if "nobody types it" in one]) == 2
    (table,) = re.findall(r"<table class=.*?</table>", run.page(), re.DOTALL)
    assert "untested" in table
    assert "passed" not in table
    assert run.built.trace.verdicts == {"REQ_1": "untested"}


def test_a_complaint_of_sphinx_needs_names_no_folder_of_this_machine(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Dossier
        =======

        .. requirement:: It works
           :id: REQ_1
           :template: none
        """,
    )
    run = project.build()
    assert "Template folder does not exist: needs_templates" in run.finding("item-rejected")[0]
    assert str(project.folder) not in (run.output / "trace.json").read_text()
