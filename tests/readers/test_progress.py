"""The progress of earlier builds: what the export wrote comes back, and a file that says less or more is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup import model
from sphinxcontrib_soup.model import EarlierBuild, Evidence, Progress, Provenance, Unread
from sphinxcontrib_soup.progress import SCHEMA
from sphinxcontrib_soup.trace_json import dumps, encode
from tests.readers.test_robustness import read

GOOD: dict[str, Any] = {
    "schema": SCHEMA,
    "provenance": {"project": "P", "release": "1", "tool": "t", "date": "2026-01-02", "commit": None, "dirty": None},
    "items": {"requirement": {"failed": 0, "passed": 3, "untested": 1}},
    "effectiveness": {"failed": 0, "passed": 1, "untested": 0},
    "findings": {"error": 0, "info": 1, "warning": 2},
}
SAMPLE = Path(__file__).parents[2] / "sample_docs" / "history"


def of(value: object) -> Evidence:
    """The one thing that is read of a file with this JSON."""
    (found,) = read("1.json", json.dumps(value, indent=1).encode()).evidence
    return found


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(GOOD))
    change(made)
    return made


def test_it_is_read_with_the_line_of_its_date() -> None:
    found = of(GOOD)
    assert isinstance(found, EarlierBuild)
    assert (found.date, found.location.line) == ("2026-01-02", 7)
    assert encode(found.progress) == {name: value for name, value in GOOD.items() if name != "schema"}


@pytest.mark.parametrize(
    ("change", "said", "line"),
    [
        (lambda one: one.pop("items"), "`items` is missing, and must be an object", 2),
        (lambda one: one.pop("findings"), "`findings` is missing", 2),
        (lambda one: one.update(effectiveness=[]), "`effectiveness` is [], and must be an object", 18),
        (lambda one: one.pop("provenance"), "`provenance` is missing", 2),
        (lambda one: one["provenance"].pop("date"), "its `date` is not told, so it has no place in the history", 4),
        (lambda one: one["provenance"].update(date="2. 1. 2026"), "its `date` is 2. 1. 2026, so it has no place", 7),
        (lambda one: one["provenance"].update(date="2026-02-30"), "its `date` is 2026-02-30", 7),
        (lambda one: one["provenance"].update(date=20260102), "`date` is 20260102, and must be a text", 7),
        (lambda one: one["provenance"].update(release=1.2), "`release` is 1.2, and must be a text", 5),
        (lambda one: one["provenance"].update(commit=7), "`commit` is 7, and must be a text", 8),
        (lambda one: one["provenance"].update(dirty="no"), '`dirty` is "no", and must be true, false or null', 9),
        (lambda one: one["items"].update(requirement=4), "`requirement` is 4, and must be an object", 12),
        (lambda one: one["items"]["requirement"].pop("failed"), "`requirement` does not tell how many are failed", 12),
        (lambda one: one["items"]["requirement"].update(stale=1), "`stale` is none of failed, untested, passed", 16),
        (lambda one: one["items"]["requirement"].update(failed=-1), "`failed` is -1, and must be a whole number", 13),
        (lambda one: one["items"]["requirement"].update(passed=1.5), "`passed` is 1.5, and must be a whole number", 14),
        (
            lambda one: one["items"]["requirement"].update(passed=True),
            "`passed` is true, and must be a whole number",
            14,
        ),
        (lambda one: one["items"]["requirement"].update(passed="3"), '`passed` is "3", and must be a whole number', 14),
        (lambda one: one["findings"].update(info=10**300), "a whole number from 0 to 10000000", 25),
        (lambda one: one["findings"].update(fatal=1), "`fatal` is none of info, warning, error", 27),
    ],
)
def test_what_says_less_or_more_is_refused_at_its_line(
    change: Callable[[dict[str, Any]], object], said: str, line: int
) -> None:
    found = of(changed(change))
    assert isinstance(found, Unread)
    assert said in found.reason
    assert found.location.line == line


@pytest.mark.parametrize("schema", ["soup-trace/1", "soup-findings/1", "other", 1, None])
def test_another_schema_is_nothing_that_is_known(schema: object) -> None:
    found = of({**GOOD, "schema": schema})
    assert isinstance(found, Unread)
    assert "its content is not" in found.reason


def test_a_key_that_is_written_twice_is_refused() -> None:
    text = json.dumps(GOOD, indent=1).replace('"passed": 3', '"passed": 3, "passed": 4')
    (found,) = read("1.json", text.encode()).evidence
    assert isinstance(found, Unread)
    assert "the key 'passed' is written twice" in found.reason


def test_a_huge_file_is_refused() -> None:
    found = of({**GOOD, "items": {f"kind-{number}": GOOD["effectiveness"] for number in range(5000)}})
    assert isinstance(found, Unread)
    assert "bytes, and the progress of one build takes" in found.reason


def test_the_files_of_the_sample_are_as_the_export_writes_them() -> None:
    kept = sorted(SAMPLE.glob("*.json"))
    assert len(kept) == 4
    for path in kept:
        (found,) = read(path.name, path.read_bytes()).evidence
        assert isinstance(found, EarlierBuild)
        written = dumps({"schema": SCHEMA, **vars_of(found.progress)})
        assert written == path.read_text(encoding="utf-8")


def vars_of(progress: Progress) -> dict[str, object]:
    return {name: getattr(progress, name) for name in ("provenance", "items", "effectiveness", "findings")}


numbers = st.integers(0, 10**7)
verdicts = st.fixed_dictionaries(dict.fromkeys(model.Verdict, numbers))
progress = st.builds(
    Progress,
    provenance=st.builds(Provenance, date=st.dates().map(str), commit=st.none() | st.text(max_size=9)),
    items=st.dictionaries(st.text(max_size=9), verdicts, max_size=4),
    effectiveness=verdicts,
    findings=st.fixed_dictionaries(dict.fromkeys(model.Severity, numbers)),
)


@settings(deadline=None)
@given(progress)
def test_any_progress_comes_back(given_: Progress) -> None:
    content = dumps({"schema": SCHEMA, **vars_of(given_)}).encode()
    (found,) = read("1.json", content).evidence
    assert isinstance(found, EarlierBuild)
    assert found.progress == given_


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2026-01-02", "0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["failed", "passed", "untested", "date", "requirement"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(GOOD.keys() - {"schema"})), anything, st.none() | st.sampled_from(sorted(GOOD["provenance"]))
)
def test_any_json_is_read_or_refused(key: str, value: object, inner: str | None) -> None:
    made = changed(lambda one: one["provenance"].update({inner: value}) if inner else one.update({key: value}))
    assert isinstance(of(made), EarlierBuild | Unread)
