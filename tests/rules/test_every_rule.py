"""What holds for every rule: names, clause, levels, and a docstring that makes a page."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from sphinxcontrib_soup.clauses import find
from sphinxcontrib_soup.kinds import BY_NAME, links_of
from sphinxcontrib_soup.model import Basis
from sphinxcontrib_soup.pipeline.judge import RULE_FAILED, judge
from sphinxcontrib_soup.plugin import Rule, discover
from tests.rules.pages import SECTIONS, example, sections
from tests.rules.traces import judged, trace

RULES = discover().rules
OURS = [rule for rule in RULES if rule.module.startswith("sphinxcontrib_soup.rules.")]
_DIRECTIVE = re.compile(r"^\.\. (?P<name>[\w-]+):: (?P<title>.+)\n(?P<options>(?:   .*\n)*)", re.M)

each = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_each_file_is_one_rule() -> None:
    folder = Path(import_module("sphinxcontrib_soup.rules").__path__[0])
    stems = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert sorted(rule.module.rpartition(".")[2] for rule in OURS) == stems


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert RULE_FAILED not in names


@each
def test_name_is_that_of_file_and_function(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.module.rpartition(".")[2] == rule.judge.__name__ == rule.name.replace("-", "_")


@each
def test_clause_is_known_and_in_force(rule: Rule) -> None:
    if not rule.clause:
        assert rule.basis is Basis.PRACTICE
        return
    clause = find(rule.clause)
    assert clause is not None
    assert "retired" not in clause.tags


@each
def test_a_release_is_judged_no_less_strictly(rule: Rule) -> None:
    assert rule.at_release.rank >= rule.level.rank


@each
def test_docstring_makes_a_page(rule: Rule) -> None:
    parts = sections(rule.doc)
    assert tuple(parts) == ("", *SECTIONS)
    assert re.fullmatch(r"[A-Z][^.]*\.", parts[""])
    assert len(parts["Why"].split()) >= 15


@each
def test_bad_example_expects_this_rule_and_good_one_nothing(rule: Rule) -> None:
    bad = example(rule, "Bad")
    assert {name for name, _ in bad.expected} == {rule.name}
    assert not example(rule, "Good").expected
    for _, place in bad.expected:
        assert place.path in {"conf.py", *bad.files}


@each
@pytest.mark.parametrize("section", ["Bad", "Good"])
def test_examples_are_written_with_our_directives(rule: Rule, section: str) -> None:
    page = example(rule, section).page
    written = list(_DIRECTIVE.finditer(page))
    assert len(written) == len(re.findall(r"^\.\. [\w-]+::", page, re.M))
    for found in written:
        kind = BY_NAME[found["name"]]
        known = {"id", *(one.name for one in kind.fields), *(link.name for link in links_of(kind.name))}
        options = dict(re.findall(r"^   :(\w+): (.+)$", found["options"], re.M))
        allowed = known | ({"verifies"} if rule.name == "link-unfitting" else set())
        assert set(options) <= allowed
        assert options["id"].startswith(kind.prefix)


@each
def test_nothing_is_found_in_nothing(rule: Rule) -> None:
    judgement = judged(rule.name, trace())
    assert judgement.findings == ()
    about_settings = rule.name == "safety-class-unset"
    assert (judgement.counts[rule.name].examined, judgement.counts[rule.name].found) == (int(about_settings), 0)


def test_all_rules_together_find_nothing_in_nothing() -> None:
    judgement = judge(trace(), RULES)
    assert judgement.findings == ()
    assert set(judgement.counts) == {RULE_FAILED, *(rule.name for rule in RULES)}
    assert judgement.counts[RULE_FAILED].examined == len(RULES)
