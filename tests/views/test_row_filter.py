"""`:filter:` on rows: the portable grammar, and refusals in words for all else."""

from __future__ import annotations

import subprocess

import pytest

from sphinxcontrib_soup.needs.row_filter import LONGEST, row_filter

COLUMNS = ("id", "verdict", "executions")
ROW = {"id": "REQ_7", "verdict": "failed", "executions": "failed t results.xml:3", "gap": "yes"}


@pytest.mark.parametrize(
    ("expression", "kept"),
    [
        ('verdict == "failed"', True),
        ('verdict != "failed"', False),
        ('"results.xml" in executions', True),
        ('verdict in ["failed", "untested"]', True),
        ('id == "REQ_7" and not (verdict == "passed" or verdict == "untested")', True),
        ('search("^REQ_[0-9]+$", id)', True),
        ('id.lower() == "req_7"', True),
        ('id.startswith("SYS")', False),
        ("len(executions) > 3", True),
        ("gap", True),
        ("not gap", False),
        ("executions is None", False),
        ("True", True),
        ('  verdict ==\n  "failed"  ', True),
    ],
)
def test_what_the_grammar_holds_is_answered(expression: str, kept: bool) -> None:
    assert row_filter(expression, COLUMNS)(ROW) is kept


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("", "outside of sphinx-needs' portable filter grammar (syntax)"),
        ("verdict ==", "(syntax)"),
        ("\x00", "(syntax)"),
        ("[x for x in id]", "(comprehension)"),
        ('id[0] == "R"', "(subscript)"),
        ("lambda: 1", "(lambda)"),
        ('f"{id}"', "(fstring)"),
        ('id + "x" == "y"', "(arithmetic)"),
        ("any(id)", "(call:any)"),
        ("id.__class__", "(attribute:id)"),
        ("needs", "(name:needs)"),
        ('search("(", id)', "(call:search)"),
        ('verdict == "a" == id', "(compare:chained)"),
        ("c.this_doc()", "the rows of a table stand on no page"),
        ('var.release == "1"', "the filter names var, which is no column; the table has id, verdict, executions, gap"),
        ('verdct == "failed"', "which is no column (did you mean verdict?); the table has id, verdict"),
        ('open == "x"', "the filter names open, which is no column"),
        ("len", "the filter names len, which is no column"),
        ("__import__", "the filter names __import__, which is no column"),
        ("verdict > 3", "the filter cannot apply verdict > 3: every column is a text"),
        ('gap == "no" and verdict > 3', "cannot apply verdict > 3"),
        ("5 in id", "cannot apply 5 in id"),
        ('len(id).startswith("a")', "cannot apply len(id).startswith('a')"),
        ('search("x", len(id))', "cannot apply search('x', len(id))"),
        ("x" * (LONGEST + 1), f"longer than {LONGEST} characters"),
        ("not " * 4000 + "gap", "nested too deep"),
        ('search("a{99999999999999999999}", id)', "one of its numbers is too large"),
    ],
)
def test_what_is_outside_of_it_is_refused_in_words(expression: str, problem: str) -> None:
    with pytest.raises(ValueError, match="filter") as refused:
        row_filter(expression, COLUMNS)
    assert problem in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    "expression",
    [
        '__import__("subprocess").run("true")',
        'verdict == "failed" and __import__("subprocess").run("true")',
        "[].__class__.__base__.__subclasses__()",
        'exec("import subprocess; subprocess.run(1)")',
        'search(__import__("subprocess").run("true"), id)',
    ],
)
def test_nothing_is_executed(expression: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    monkeypatch.setattr(subprocess, "run", lambda *args, **_: ran.append(args))
    with pytest.raises(ValueError, match="portable filter grammar"):
        row_filter(expression, COLUMNS)
    assert ran == []
