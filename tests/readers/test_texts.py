"""Texts with lines: what readers of JSON, TOML and XML stand on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.model import Component
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object
from sphinxcontrib_soup.readers.manifests.package_json import package_json
from sphinxcontrib_soup.readers.manifests.package_lock import package_lock
from sphinxcontrib_soup.readers.result_text import first_lines, seconds
from sphinxcontrib_soup.readers.toml_text import load_toml
from sphinxcontrib_soup.readers.xml_text import root

Write = Callable[[bytes], Source]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: bytes) -> Source:
        path = tmp_path / "file"
        path.write_bytes(content)
        return Source(path=path, label="file", root=tmp_path)

    return written


class Text(Source):
    """A file that was never written."""

    text = ""


def source_of(content: str) -> Source:
    source = Text(path=Path("file"), label="file", root=Path())
    source.__dict__["text"] = content
    return source


keys = st.text(max_size=5) | st.sampled_from(['"', "\\", "{", "}", ":", '\\"', "a"])
leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(['"x": {', "{}", '\\": '])
objects = st.dictionaries(
    keys, st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4))
)


@given(objects, st.booleans())
def test_json_tells_the_line_of_every_key(value: dict[str, object], ascii_only: bool) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=ascii_only)
    lines = text.split("\n")
    loaded = load_object(source_of(text))
    assert loaded == value

    def check(part: Value) -> None:
        if isinstance(part, Object):
            assert list(part.lines) == list(part)
            for key, line in part.lines.items():
                assert lines[line - 1].lstrip().startswith(f"{json.dumps(key, ensure_ascii=ascii_only)}: ")
                check(part[key])
        elif isinstance(part, list):
            for one in part:
                check(one)

    check(loaded)


def test_json_keeps_the_last_of_two_keys_and_its_line() -> None:
    loaded = load_object(source_of('{"a": 1,\n"b": 2,\n"a": 3}'))
    assert loaded == {"a": 3, "b": 2}
    assert loaded.lines == {"a": 3, "b": 2}


def test_toml_tells_the_line_of_every_part() -> None:
    toml = load_toml(
        source_of(
            '''# [not.a.table]
top = 1 # = 2
dotted."quoted \\"key\\"".end = "x"

[ table . inner ]
array = [ "a", # "b",
  "c", [1,
  2], {x = "]", y = [
  3]} ]
long = """
[not.a.table]
"""
after = \'\'\'it's\'\'\'
[[many]]
name = 'first'
[many.sub]
x = 1
[[many]]
name = "second"
  [[many.inner]]
  z = 1.5
'''
        )
    )
    assert toml.lines == {
        ("top",): 2,
        ("dotted", 'quoted "key"', "end"): 3,
        ("table", "inner"): 5,
        ("table", "inner", "array"): 6,
        ("table", "inner", "array", 0): 6,
        ("table", "inner", "array", 1): 7,
        ("table", "inner", "array", 2): 7,
        ("table", "inner", "array", 2, 0): 7,
        ("table", "inner", "array", 2, 1): 8,
        ("table", "inner", "array", 3): 8,
        ("table", "inner", "array", 3, "x"): 8,
        ("table", "inner", "array", 3, "y"): 8,
        ("table", "inner", "array", 3, "y", 0): 9,
        ("table", "inner", "long"): 10,
        ("table", "inner", "after"): 13,
        ("many", 0): 14,
        ("many", 0, "name"): 15,
        ("many", 0, "sub"): 16,
        ("many", 0, "sub", "x"): 17,
        ("many", 1): 18,
        ("many", 1, "name"): 19,
        ("many", 1, "inner", 0): 20,
        ("many", 1, "inner", 0, "z"): 21,
    }
    assert toml.line("table", "inner", "array", 9) == 6
    assert toml.line("nowhere") is None


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"a = 1\nb = \n", "not TOML", 2),
        (b"a = [\n1,\n", "not TOML", 3),
        (b"a = " + b"[" * 100_000, "not TOML that can be read", None),
    ],
)
def test_bad_toml(write: Write, content: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(ReadError, match=reason) as raised:
        load_toml(write(content))
    assert raised.value.line == line


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<a><b/></a>", "a"),
        (b'<?xml version="1.0"?><!-- <x> --><?p <y>?><!DOCTYPE a><n:a xmlns:n="u"/>', "a"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a/>', "a"),
        (b"<a", "a"),
        ('<?xml version="1.0" encoding="utf-16"?><größe/>'.encode("utf-16"), "größe"),
        (b"plain text", None),
        (b"", None),
    ],
)
def test_the_root_of_xml(write: Write, content: bytes, name: str | None) -> None:
    assert root(write(content)) == name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.012", 0.012),
        ("3", 3.0),
        ("0.", 0.0),
        (".5", 0.5),
        (" 1.5e-3 ", 0.0015),
        ("1,234.567", 1234.567),
        ("1,234,567", 1234567.0),
        ("1,234", None),
        ("0,5", None),
        ("-1", None),
        ("", None),
        ("nan", None),
        ("1e999", None),
        ("1_000", None),
        ("12 ms", None),
    ],
)
def test_seconds(text: str, value: float | None) -> None:
    assert seconds(text) == value


def test_a_message_is_kept_in_part() -> None:
    assert first_lines("\n\n  a \nb\n\nc\nd\ne") == "a\nb\n\nc\nd"
    assert first_lines("x" * 5000) == "x" * 2000 + "…"
    assert first_lines(" \n ") == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("git+https://me:secret@host/a.git", "git+https://host/a.git"),
        ("https://token@host/a.tgz", "https://host/a.tgz"),
        ("git+ssh://git@host/a.git", "git+ssh://git@host/a.git"),
        ("git+ssh://git:secret@host/a.git", "git+ssh://host/a.git"),
        ("https://host/a@1.0", "https://host/a@1.0"),
        ("npm:@scope/name@^1.0", "npm:@scope/name@^1.0"),
    ],
)
def test_an_address_is_shown_without_secrets(address: str, shown: str) -> None:
    assert without_secret(address) == shown


def test_npm_manifests_and_locks_give_no_secret_away() -> None:
    wish = '"dependencies": {"a": "git+https://me:secret@host/a.git", "b": "https://token@host/b.tgz"}'
    lock = f"""{{"lockfileVersion": 3, "packages": {{"": {{{wish}}},
        "node_modules/a": {{"version": "1.0.0"}}, "node_modules/b": {{"version": "1.0.0"}}}}}}"""
    for reader, text in ((package_json, f"{{{wish}}}"), (package_lock, lock)):
        found = list(reader.read(source_of(text)))
        assert [one.requested for one in found if isinstance(one, Component)] == [
            "git+https://host/a.git",
            "https://host/b.tgz",
        ]
