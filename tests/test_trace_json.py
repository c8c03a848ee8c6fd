"""Values as JSON and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, is_dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup import model, trace_json
from sphinxcontrib_soup.model import (
    Attempt,
    Badge,
    CodeUse,
    Component,
    EarlierBuild,
    Evidence,
    Location,
    Outcome,
    Part,
    PublicName,
    Ref,
    Scope,
    TestResult,
    Text,
    Unread,
)
from sphinxcontrib_soup.trace_json import decode, dumps, encode

OURS = [one for one in vars(model).values() if is_dataclass(one) and isinstance(one, type)]

# before any type is looked at: what hypothesis made of a type stays with it
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
evidence = st.one_of(*map(st.from_type, (Component, TestResult, CodeUse, PublicName, EarlierBuild, Unread)))


@given(st.lists(evidence))
def test_evidence_comes_back(several: list[Evidence]) -> None:
    text = dumps(several)
    assert [decode(Evidence, one) for one in json.loads(text)] == several
    assert dumps([decode(Evidence, one) for one in json.loads(text)]) == text


@pytest.mark.parametrize("type_", OURS, ids=lambda type_: type_.__name__)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_type_of_the_model_comes_back(type_: type, data: st.DataObject) -> None:
    """A new field of a type that JSON cannot hold is noticed here."""
    value = data.draw(st.from_type(type_))
    assert decode(type_, json.loads(dumps(value))) == value


@given(st.lists(st.from_type(Text) | st.from_type(Ref) | st.from_type(Badge) | st.from_type(model.Place)))
def test_what_has_no_kind_is_told_by_its_fields(parts: list[Part]) -> None:
    assert list(decode(tuple[Part, ...], encode(parts))) == parts


def test_evidence_is_as_people_were_promised() -> None:
    component = Component(name="lodash", version="4.17.21", direct=True, scope=Scope.RUNTIME, location=Location("a", 3))
    assert list(encode(component).items()) == [
        ("kind", "component"),
        ("name", "lodash"),
        ("version", "4.17.21"),
        ("purl", None),
        ("requested", None),
        ("direct", True),
        ("scope", "runtime"),
        ("licence", None),
        ("supplier", None),
        ("hashes", []),
        ("requires", []),
        ("properties", []),
        ("location", {"path": "a", "line": 3}),
    ]
    result = TestResult(
        name="n",
        outcome=Outcome.FAILED,
        duration=0.12,
        verifies=("REQ_7",),
        attempts=(Attempt(outcome=Outcome.PASSED),),
        properties=(("a", "b"),),
        location=Location("r.xml"),
    )
    assert encode(result) == {
        "kind": "test-result",
        "name": "n",
        "classname": None,
        "suite": None,
        "outcome": "failed",
        "duration": 0.12,
        "verifies": ["REQ_7"],
        "message": None,
        "attempts": [{"outcome": "passed", "message": None}],
        "properties": [["a", "b"]],
        "executed_on": None,
        "location": {"path": "r.xml", "line": None},
    }
    assert encode(Unread(reason="r", location=Location("x"))) == {
        "kind": "unread",
        "reason": "r",
        "location": {"path": "x", "line": None},
    }


def test_texts_are_stable_and_can_be_written() -> None:
    assert (
        dumps({"b": 1, "schema": "s", "a": "größe\ud800"}) == '{\n "schema": "s",\n "a": "größe\\ud800",\n "b": 1\n}\n'
    )
    assert json.loads(dumps("\ud800")) == "\ud800"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps(value)


def test_a_value_of_a_strange_type_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes has no form in JSON"):
        encode({"a": b"1"})


KINDS = "Component or TestResult or LicenceStatement or CodeUse or PublicName or EarlierBuild or Unread"
GOOD: dict[str, Any] = {"kind": "unread", "reason": "r", "location": {"path": "x", "line": 1}}


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        (
            Evidence,
            {**GOOD, "kind": "other"},
            f"should be of type {KINDS}",
        ),
        (Evidence, {"reason": "r"}, f"should be of type {KINDS}"),
        (Evidence, [], "should be of type"),
        (Unread, {**GOOD, "kind": "component"}, "should be of type Unread"),
        (Unread, {"kind": "unread", "reason": "r"}, "it lacks location, so it is no Unread"),
        (Unread, {**GOOD, "more": 1}, "it has unknown more, so it is no Unread"),
        (Unread, {**GOOD, "reason": 1}, "reason should be of type str, not 1"),
        (Unread, {**GOOD, "location": {"path": "x", "line": True}}, "location.line should be of type int or NoneType"),
        (Attempt, {"outcome": "lost", "message": None}, "outcome should be one of error, failed, .*, not 'lost'"),
        (tuple[int, ...], [1, "2"], r"\[1\] should be of type int"),
        (tuple[int, int], [1], "should be of type"),
        (float, True, "should be of type float"),
    ],
)
def test_json_of_something_else_is_refused_with_its_place(type_: Any, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        decode(type_, value)


def test_a_whole_number_is_a_float_too() -> None:
    assert repr(decode(float, 3)) == "3.0"


def test_a_type_that_cannot_come_back_says_so() -> None:
    @dataclass(frozen=True)
    class Strange:
        several: bytes = b""

    with pytest.raises(TypeError):
        decode(Strange, {"several": ""})


def test_the_trace_is_written_record_by_record_and_says_what_encode_says() -> None:
    value = {"schema": "x/1", "none": [], "counts": {"b": {"z": 1, "a": None}, "a": {}}, "list": [Location("p", 3)]}
    lines = list(trace_json._lines(value))
    assert json.loads("".join(lines)) == encode(value)
    assert "".join(lines).splitlines()[:3] == ["{", ' "schema": "x/1",', ' "counts": {']
    assert '  {"path": "p", "line": 3}' in "".join(lines).splitlines()
