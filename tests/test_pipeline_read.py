"""Read: which files are taken, who reads them, and what becomes of every failure."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinxcontrib_soup.model import Component, Evidence, Location, Outcome, TestResult, Unread
from sphinxcontrib_soup.pipeline.gather import expand, label, walk
from sphinxcontrib_soup.pipeline.read import Reading, read_files, read_patterns
from sphinxcontrib_soup.plugin import Reader, ReadError, Source, discover, reader

READERS = discover().readers


@reader("*.ok")
def words(source: Source) -> Iterator[Evidence]:
    """A component for each word; a line `!` breaks the file, a line `+name` includes another one."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if line == "!":
            raise ReadError("it breaks here", number)
        if line.startswith("+"):
            yield from words.read(source.beside(line[1:]))
        else:
            yield Component(name=line, location=source.at(number))


@reader("*.ok", "*.trip")
def zealous(source: Source) -> Iterator[Evidence]:
    """Trips over everything."""
    yield Component(name="lost", location=source.at(1))
    raise KeyError(source.path.name)


def nosy(source: Source) -> bool:
    raise RuntimeError("what is this?")


@reader("*.odd", sniff=nosy)
def timid(source: Source) -> Iterator[Evidence]:
    """Trips in looking."""
    yield Component(name="never", location=source.at(1))


OURS: tuple[Reader, ...] = (timid, words, zealous)


def sources(folder: Path, *names: str) -> list[Source]:
    return [Source(path=folder / name, label=name, root=folder) for name in names]


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def unread(reading: Reading) -> list[tuple[str, str]]:
    return [(str(one.location), one.reason) for one in reading.evidence if isinstance(one, Unread)]


def names(reading: Reading) -> list[str]:
    return [one.name for one in reading.evidence if isinstance(one, Component)]


def test_files_become_evidence_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, b_ok="two\nthree", a_ok="one")
    reading = read_files(sources(tmp_path, "b.ok", "a.ok"), OURS, {"a.ok": {"level": "unit"}})
    assert names(reading) == ["two", "three", "one"]
    assert [(one.path, one.reader, one.facts) for one in reading.sources] == [
        ("b.ok", "words", {}),
        ("a.ok", "words", {"level": "unit"}),
    ]
    assert reading.sources[1].sha256 == hashlib.sha256(b"one").hexdigest()
    assert reading.counts == {Component: 3}


def test_a_file_is_used_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, a_ok="one\n!\ntwo", b_ok="three", c_trip="four")
    reading = read_files(sources(tmp_path, "a.ok", "b.ok", "c.trip"), OURS)
    assert names(reading) == ["three"]
    assert unread(reading) == [
        ("a.ok:2", "it breaks here"),
        ("c.trip", "the reader zealous failed: KeyError: 'c.trip'"),
    ]
    assert [one.reader for one in reading.sources] == ["words", "words", "zealous"]


def test_a_reader_that_trips_in_looking(tmp_path: Path) -> None:
    write(tmp_path, a_odd="x")
    reason = "a reader that looked at it failed: RuntimeError: what is this?"
    assert unread(read_files(sources(tmp_path, "a.odd"), OURS)) == [("a.odd", reason)]


@pytest.mark.parametrize(
    ("name", "place", "reason"),
    [
        ("missing.ok", "missing.ok", "it does not exist"),
        ("folder.ok", "folder.ok", "it is not a file"),
        ("pipe.ok", "pipe.ok", "it is not a file"),
        ("loop.ok", "loop.ok", "it does not exist"),
        ("empty.ok", "empty.ok:1", "it is empty"),
        ("latin.ok", "latin.ok:2", "the file is not UTF-8 text"),
        ("other.bin", "other.bin", "no reader knows a file of this name and content"),
        ("page.xml", "page.xml", "its name could be that of cyclonedx-xml or junit-xml"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, place: str, reason: str) -> None:
    write(tmp_path, empty_ok="", latin_ok="a\ngr\u00f6\u00dfe".encode("latin-1"), other_bin="x", page_xml="<html/>")
    (tmp_path / "folder.ok").mkdir()
    os.mkfifo(tmp_path / "pipe.ok")
    (tmp_path / "loop.ok").symlink_to("loop.ok")
    ((where, why),) = unread(read_files(sources(tmp_path, name), (*OURS, *READERS)))
    assert where == place
    assert why.startswith(reason)


@pytest.mark.skipif(os.geteuid() == 0, reason="for root nothing is closed")
def test_a_closed_file(tmp_path: Path) -> None:
    write(tmp_path, a_ok="x")
    (tmp_path / "a.ok").chmod(0)
    assert unread(read_files(sources(tmp_path, "a.ok"), OURS)) == [("a.ok", "it cannot be opened: Permission denied")]


def test_a_file_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, a_ok="one\none")
    (tmp_path / "b.ok").symlink_to("a.ok")
    reading = read_files(sources(tmp_path, "a.ok", "b.ok", "a.ok"), OURS)
    assert [str(one.location) for one in reading.evidence] == ["a.ok:1", "a.ok:2"]


def test_included_files_are_sources_and_say_everything_once(tmp_path: Path) -> None:
    write(tmp_path, a_ok="one\n+b.ok", b_ok="two", c_ok="+b.ok")
    reading = read_files(sources(tmp_path, "a.ok", "b.ok", "c.ok"), OURS, {"a.ok": {"level": "unit"}})
    assert names(reading) == ["one", "two"]
    assert [(one.path, dict(one.facts)) for one in reading.sources] == [
        ("a.ok", {"level": "unit"}),
        ("b.ok", {"level": "unit"}),
        ("c.ok", {}),
    ]


def test_an_included_file_must_lie_in_the_root(tmp_path: Path) -> None:
    write(tmp_path, outside_ok="secret", inside__a_ok="+../outside.ok")
    reading = read_files(sources(tmp_path / "inside", "a.ok"), OURS)
    assert names(reading) == []
    assert unread(reading) == [("a.ok", "'../outside.ok' leads out of the folder that is read, so it is not followed")]


def test_equal_results_are_two_results(tmp_path: Path) -> None:
    write(tmp_path, a_xml='<testsuite name="s"><testcase name="a"/><testcase name="a"/></testsuite>')
    reading = read_files(sources(tmp_path, "a.xml"), READERS)
    one = TestResult(name="a", outcome=Outcome.PASSED, suite="s", location=Location("a.xml", 1))
    assert reading.evidence == (one, one)


def test_a_walk_finds_what_readers_claim_and_counts_what_it_passes_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        b__a_ok="x",
        a__z_ok="x",
        a__y_txt="x",
        node_modules="",
        c__site_packages="",
        env__pyvenv_cfg="",
        env__lib__a_ok="x",
    )
    (tmp_path / "node.modules").unlink()
    (tmp_path / "c" / "site.packages").unlink()
    write(tmp_path / "node_modules", a_ok="x")
    write(tmp_path / "c" / "node_modules", a_ok="x")
    write(tmp_path / ".git", a_ok="x")
    found = walk(tmp_path, (words,), tmp_path)
    assert [one.label for one in found.sources] == ["a/z.ok", "b/a.ok"]
    assert found.passed_over == {".git": 1, "Python environments": 1, "node_modules": 2}
    assert found.unread == ()
    assert names(read_files(found.sources, (words,))) == ["x", "x"]


def test_a_walk_does_not_follow_links_out(tmp_path: Path) -> None:
    write(tmp_path / "out", a_ok="x")
    write(tmp_path / "in", b_ok="x", sub__c_ok="x")
    (tmp_path / "in" / "file.ok").symlink_to("../out/a.ok")
    (tmp_path / "in" / "folder").symlink_to("../out")
    (tmp_path / "in" / "again").symlink_to("sub")
    (tmp_path / "in" / "same.ok").symlink_to("b.ok")
    (tmp_path / "in" / "loop.ok").symlink_to("loop.ok")
    found = walk(tmp_path / "in", (words,), tmp_path)
    assert [one.label for one in found.sources] == ["in/b.ok", "in/same.ok", "in/sub/c.ok"]
    assert found.passed_over == {"links that lead out": 1, "links to folders": 2}


def test_a_walk_takes_a_file_that_a_reader_trips_over(tmp_path: Path) -> None:
    write(tmp_path, a_odd="x")
    assert len(unread(read_files(walk(tmp_path, OURS, tmp_path).sources, OURS))) == 1


def test_a_folder_that_cannot_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr("os.scandir", closed)
    (one,) = walk(tmp_path / "closed", OURS, tmp_path).unread
    assert one == Unread(reason="the folder cannot be entered: Permission denied", location=Location("closed"))


def test_labels_are_relative_and_can_always_be_printed(tmp_path: Path) -> None:
    assert label(tmp_path / "a" / "b.txt", tmp_path / "docs") == "../a/b.txt"
    assert label(Path(os.fsdecode(b"/x/\xff.txt")), Path("/x")) == "\\udcff.txt"


def test_patterns(tmp_path: Path) -> None:
    write(
        tmp_path,
        docs__conf_py="x = 1\nsoup_evidence = ['none/*.ok', 'sub']",
        b__two_ok="two",
        b__one_ok="one",
        b__x="x",
    )
    (tmp_path / "docs" / "sub").mkdir()
    patterns = [{"files": "../b/*.ok", "level": "unit", "runs": 3}, "../b/one.ok", "none/*.ok", "sub", "../b/x"]
    reading = read_patterns(patterns, tmp_path / "docs", tmp_path, OURS)
    assert names(reading) == ["one", "two"]
    assert [(one.path, dict(one.facts)) for one in reading.sources] == [
        ("../b/one.ok", {"level": "unit", "runs": "3"}),
        ("../b/two.ok", {"level": "unit", "runs": "3"}),
        ("../b/x", {}),
    ]
    assert [(place, why.partition(":")[0]) for place, why in unread(reading)] == [
        ("../b/x", "no reader knows a file of this name and content"),
        ("conf.py:2", "the pattern 'none/*.ok' of soup_evidence matches no file"),
        ("conf.py:2", "the pattern 'sub' of soup_evidence names a folder"),
    ]


def test_a_pattern_may_be_absolute_and_go_down(tmp_path: Path) -> None:
    write(tmp_path, a__b__c_ok="x", a__d_ok="y")
    found, missing = expand(f"{tmp_path.as_posix()}/a/**/*.ok", tmp_path / "docs", tmp_path)
    assert [one.label for one in found] == ["../a/b/c.ok", "../a/d.ok"]
    assert missing == []
