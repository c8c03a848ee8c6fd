"""YAML as readers see it: texts as they are written, their lines, and nothing that could do harm."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.plugin import ReadError
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.readers.yaml_text import load_documents, load_yaml
from tests.readers.test_texts import source_of

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u2028\u2029\ufeff"), max_size=6
)
odd = st.sampled_from(
    ["on", "no", "1.10", "0x1f", "2026-01-01", "1:30", "null", "true", "~", "", "- a", "a: b", "#", "*a", "&a"]
)
values = st.recursive(
    st.none() | st.booleans() | texts | odd,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | odd, inner, max_size=4),
)


@given(st.dictionaries(texts | odd, values, max_size=5), st.booleans())
def test_what_is_written_is_read_with_the_line_of_every_key(value: dict[str, object], flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow or None, sort_keys=False, width=10_000)
    loaded = load_yaml(source_of(text))
    assert loaded == value
    lines = text.splitlines()

    def check(part: Value) -> None:
        if isinstance(part, Object):
            assert list(part.lines) == list(part)
            for key, line in part.lines.items():
                written = yaml.safe_dump(key, allow_unicode=True, width=10_000).splitlines()[0].strip("'\"")
                assert written[:1] in lines[line - 1]
                check(part[key])
        elif isinstance(part, list):
            for one in part:
                check(one)

    check(loaded)


def test_plain_values_are_texts_but_for_true_false_and_nothing() -> None:
    text = "version: 1.10\nhex: 0x1F\nday: 2026-01-01\non: yes\nyes: on\nflag: true\n"
    text += "said: 'true'\nnone: ~\nempty:\nquoted: ''\n"
    assert load_yaml(source_of(text)) == {
        "version": "1.10",
        "hex": "0x1F",
        "day": "2026-01-01",
        "on": "yes",
        "yes": "on",
        "flag": True,
        "said": "true",
        "none": None,
        "empty": None,
        "quoted": "",
    }


def test_aliases_and_merges_stand_for_what_they_name() -> None:
    loaded = load_yaml(source_of("a: &a\n  x: 1\nb: *a\nc:\n  <<: *a\n  y: 2\nd:\n  <<: [*a, {x: 3, z: 4}]\n  x: 5\n"))
    assert loaded == {"a": {"x": "1"}, "b": {"x": "1"}, "c": {"y": "2", "x": "1"}, "d": {"x": "5", "z": "4"}}
    assert loaded.object("c").lines == {"y": 6, "x": 2}


def test_documents_are_told_apart() -> None:
    first, second = load_documents(source_of("---\na: 1\n---\nb: 2\n"))
    assert (first.value, first.line, second.value, second.line) == ({"a": "1"}, 1, {"b": "2"}, 3)


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: b: c", "not YAML: mapping values are not allowed", 1),
        ("a: 1\nb: [", "not YAML", 3),
        ("a: 1\nb: \x01", "not YAML that can be read", 2),
        ("a: 1\n\tb: 2", "not YAML", 2),
        ("", "holds no YAML mapping", 1),
        ("- a", "holds no YAML mapping", 1),
        ("a: 1\n---\n- b", "holds no YAML mapping", 2),
        ("a: 1\n---\nb: 2", "more than one document", 2),
        ("a: 1\na: 2", "the key 'a' is written twice", 2),
        ("? [a]\n: 1", "a key in it is not a text", 1),
        ("a: *b", "the alias 'b' stands for no value", 1),
        ("a: &a [*a]", "the alias 'a' leads to itself", 1),
        ("<<: 3", "merges what is not a mapping", 1),
        (BOMB, "its aliases repeat more than a file can hold", 4),
        ("a: !!python/object/apply:os.system [ls]", "the tag 'python/object/apply:os.system', which is refused", 1),
        ("a: 1\nb: !mine 2", "the tag '!mine'", 2),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs", "a merge conflict is left in it", 2),
        ("a: " + "[" * 200_000, "deeper than 100 levels", 1),
        ("{a: " * 5_000, "deeper than 100 levels", 1),
        ("\n".join(" " * depth + "a:" for depth in range(300)), "deeper than 100 levels", 101),
    ],
)
def test_bad_yaml(text: str, reason: str, line: int) -> None:
    with pytest.raises(ReadError) as raised:
        load_yaml(source_of(text))
    assert reason in raised.value.reason
    assert raised.value.line == line
