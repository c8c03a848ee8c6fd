"""No content stops the reading, and no reader trips: whatever is wrong with a file is said in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.model import Component, Unread
from sphinxcontrib_soup.pipeline.read import Reading, read_files
from sphinxcontrib_soup.plugin import Source, discover
from sphinxcontrib_soup.trace_json import dumps
from tests.readers.test_samples import FILES, SAMPLES

NAMES = (
    "npm-shrinkwrap.json",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "x.txt",
    "x.xml",
)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

words = st.sampled_from(
    ["dependencies", "version", "1.0.0", "npm:a@1", "node_modules/a", "a", "link", "resolved", "license", "", "file:b"]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | words | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)
toml_lines = st.lists(
    st.sampled_from(
        [
            "[project]",
            "[[a.b]]",
            "[a.b.c]",
            "[tool.poetry.dependencies]",
            "[dependency-groups]",
            'dependencies = ["a>=1", # "x"',
            "  'b', '''c''', \"\"\"d\ne\"\"\"]",
            'x = {y = [1, {z = "]"}], "q.r" = 1.5}',
            "a.b.c = 1979-05-27T07:32:00Z",
            'name = "a\\"b"',
            "dynamic = ['dependencies']",
            "]",
            "list = [[1, 2], [], [{include-group = 'x'}],]",
        ]
    ),
    max_size=8,
).map("\n".join)
requirement_lines = st.lists(
    st.sampled_from(
        ["a", "a==1", "-r x.txt", "-c x.txt", "-e .", "-e ..", "\\", "a \\", "#", "a @ file:x", "./a.whl", "-", "--"]
    )
    | st.text(max_size=12),
    max_size=8,
).map("\n".join)
xml_parts = st.lists(
    st.sampled_from(
        [
            "<testsuites>",
            "</testsuites>",
            '<testsuite name="s" tests="99999999999">',
            "</testsuite>",
            "<testcase>",
            '<testcase name="a" time="1,0" status="?"/>',
            "</testcase>",
            "<failure>",
            "</failure>",
            "<flakyError/>",
            "<properties>",
            "</properties>",
            '<property name="verifies">',
            "</property>",
            "<![CDATA[",
            "]]>",
            "&lt;",
            "text",
        ]
    ),
    max_size=12,
).map("".join)


def read(name: str, content: bytes) -> Reading:
    """What is read of such a file; fails where a reader tripped over it, or where it cannot be written as JSON."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        reading = read_files([Source(path=path, label=name, root=Path(folder))], discover().readers)
    assert not [one for one in reading.evidence if isinstance(one, Unread) and "failed: " in one.reason]
    assert all(one.reason for one in reading.evidence if isinstance(one, Unread))
    dumps(reading.evidence)
    return reading


@SLOW
@given(st.sampled_from(NAMES), st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes(name: str, content: bytes) -> None:
    read(name, content)


@SLOW
@given(st.sampled_from([path for path in FILES if path.stat().st_size]), st.data())
def test_any_damage_to_a_sample(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    piece = data.draw(st.binary(max_size=6))
    rest = data.draw(st.sampled_from([b"", content[cut:], content[cut + len(piece) :]]))
    read(path.name, content[:cut] + piece + rest)


@SLOW
@given(st.sampled_from(NAMES[:3]), json_values, st.sampled_from([None, 1, 2, 3]))
def test_any_json(name: str, value: object, version: int | None) -> None:
    content = {"lockfileVersion": version, "packages": value, "dependencies": value, "license": value}
    read(name, json.dumps(content if version else value, indent=1).encode())


@SLOW
@given(toml_lines)
def test_any_toml(text: str) -> None:
    read("pyproject.toml", text.encode())


@SLOW
@given(st.sampled_from(["requirements.txt", "x.txt"]), requirement_lines)
def test_any_requirements(name: str, text: str) -> None:
    read(name, text.encode())


@SLOW
@given(xml_parts)
def test_any_xml(text: str) -> None:
    read("x.xml", f"<testsuites>{text}</testsuites>".encode())


@pytest.mark.parametrize("name", ["package.json", "package-lock.json"])
def test_json_that_is_too_deep(name: str) -> None:
    reading = read(name, b'{"dependencies":' * 200_000)
    assert [type(one) for one in reading.evidence] == [Unread]


def test_a_number_that_is_too_long() -> None:
    (unread,) = read("package.json", b'{"size": ' + b"9" * 10_000 + b"}").evidence
    assert isinstance(unread, Unread)
    assert "not JSON that can be read" in unread.reason


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stat().st_size > 4], ids=lambda path: str(path.relative_to(SAMPLES))
)
def test_half_a_sample_is_used_whole_or_not_at_all(path: Path) -> None:
    """Half of a structured file is no file; a requirement file has no end that could be missing."""
    content = path.read_bytes()
    reading = read(path.name, content[: len(content) // 2])
    if path.suffix in (".json", ".xml"):
        assert [type(one) for one in reading.evidence] == [Unread]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_a_file_that_was_merged_badly_is_refused_at_the_line(path: Path) -> None:
    """Half of one side and half of the other is no list of what is in use."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        pytest.skip("marks of a merge stand in no such file")
    middle = len(lines) // 2
    whole = read(path.name, "\n".join(lines).encode())
    sides = [lines[middle], "=======", lines[middle]]
    merged = [*lines[:middle], "<<<<<<< ours", *sides, ">>>>>>> theirs", *lines[middle + 1 :]]
    reading = read(path.name, "\n".join(merged).encode())
    if middle and any(isinstance(one, Component) for one in whole.evidence):
        (told,) = reading.evidence
        assert isinstance(told, Unread)
        assert told.location.line in (middle, middle + 1, middle + 2, None)
