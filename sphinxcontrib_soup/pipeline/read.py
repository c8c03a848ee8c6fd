"""Read: files become evidence, and every failure becomes a fact of its own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinxcontrib_soup.model import Component, Evidence, SourceFile, Unread
from sphinxcontrib_soup.pipeline.gather import expand
from sphinxcontrib_soup.plugin import Reader, ReadError, Source


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read: the evidence in the order of the files, and every file that was opened for it."""

    evidence: tuple[Evidence, ...]
    sources: tuple[SourceFile, ...]

    @property
    def counts(self) -> Mapping[type[Evidence], int]:
        """How many facts of each type there are."""
        return Counter(type(one) for one in self.evidence)


def read_files(
    sources: Iterable[Source], readers: Sequence[Reader], facts: Mapping[str, Mapping[str, str]] | None = None
) -> Reading:
    """Read every file with the reader that claims it; a file named twice counts once.

    `facts` tells by the label of a file what the project says of it. A file is used whole or not at all: whatever goes
    wrong, and a file that no reader claims, becomes :class:`Unread`.
    """
    known = facts or {}
    evidence: list[Evidence] = []
    files: dict[str, SourceFile] = {}
    seen: set[str] = set()
    said: set[Evidence] = set()
    for source in sources:
        path = os.path.realpath(source.path)
        if path not in seen:
            seen.add(path)
            tracked = _Tracked(path=source.path, label=source.label, root=source.root)
            reader, found = _read(tracked, readers)
            evidence += _fresh(found, source.label, said)
            stated = known.get(source.label) or (files[source.label].facts if source.label in files else {})
            files[tracked.label] = _source_file(tracked, reader, stated)
            for opened in tracked.followed:
                files.setdefault(opened.label, _source_file(opened, reader, stated))
    return Reading(evidence=tuple(evidence), sources=tuple(files.values()))


def read_patterns(
    patterns: Iterable[str | Mapping[str, str]],
    base: Path,
    root: Path,
    readers: Sequence[Reader],
    code: Iterable[Source] = (),
) -> Reading:
    """Read the files that patterns name, each a glob relative to `base`, or a table: `files` and facts about them.

    Files that a file includes are followed within `root`. `code` are the files that software items are made of; what no
    reader of code knows among them is kept with its digest alone.
    """
    sources: list[Source] = []
    unread: list[Unread] = []
    facts: dict[str, Mapping[str, str]] = {}
    for entry in patterns:
        table = {"files": entry} if isinstance(entry, str) else entry
        found, missing = expand(table["files"], base, root)
        sources += found
        unread += missing
        for source in found:
            facts.setdefault(source.label, {key: str(value) for key, value in table.items() if key != "files"})
    known = {os.path.realpath(source.path) for source in sources}
    further = [source for source in code if os.path.realpath(source.path) not in known]
    readable = [source for source in further if any(one.imports and one.claims(source) for one in readers)]
    others = [_source_file(source, None, {}) for source in further if source not in readable]
    reading = read_files([*sources, *readable], readers, facts)
    return Reading(evidence=(*reading.evidence, *unread), sources=(*reading.sources, *others))


@dataclass(frozen=True, kw_only=True)
class _Tracked(Source):
    """A file that remembers which others were opened in reading it."""

    followed: list[Source] = field(default_factory=list)

    def beside(self, relative: str) -> Source:
        found = super().beside(relative)
        tracked = _Tracked(path=found.path, label=found.label, root=found.root, followed=self.followed)
        self.followed.append(tracked)
        return tracked


def _read(source: Source, readers: Sequence[Reader]) -> tuple[Reader | None, list[Evidence]]:
    """The reader that claimed a file, if any, and what it gave."""
    reader: Reader | None = None
    try:
        _look(source, readers)
        reader = _claiming(source, readers)
        if reader is None:
            raise ReadError(_unclaimed(source, readers))
        return reader, list(reader.read(source))
    except ReadError as error:
        problem = error
    except Exception as error:  # whatever a reader trips over is a fact about the file, not the end of the build
        name = f"the reader {reader.name}" if reader else "a reader that looked at it"
        problem = ReadError(f"{name} failed: {type(error).__name__}: {error}")
    return reader, [Unread(reason=problem.reason, location=source.at(problem.line))]


def _look(source: Source, readers: Sequence[Reader]) -> None:
    """Look whether there is anything to read; a file of code may be empty.

    :raises ReadError: if there is not
    """
    try:
        if not source.path.is_file():
            raise ReadError("it does not exist" if not source.path.exists() else "it is not a file")
        with source.path.open("rb") as file:
            if not file.read(1) and not any(one.imports and one.claims(source) for one in readers):
                raise ReadError("it is empty", 1)
    except OSError as error:
        raise ReadError(f"it cannot be opened: {error.strerror}") from error


def _claiming(source: Source, readers: Sequence[Reader]) -> Reader | None:
    """The reader that claims a file, the first by name if several do; a manifest that is written as code is no code."""
    claims = (one for code in (False, True) for one in readers if bool(one.imports) is code and one.claims(source))
    return next(claims, None)


def _unclaimed(source: Source, readers: Sequence[Reader]) -> str:
    likely = [reader.name for reader in readers if replace(reader, sniff=None).claims(source)]
    if likely:
        return f"its name could be that of {' or '.join(likely)}, but its content is not: check what wrote it"
    return "no reader knows a file of this name and content: take it out, or export it in a format of the reference"


def _fresh(found: Iterable[Evidence], label: str, said: set[Evidence]) -> Iterator[Evidence]:
    """The evidence of a file without what is `said` already, because one file includes another; then it is said, too.

    Components that a file itself lists twice are two, even in one line, and results are never taken for the same.
    """
    own: list[Evidence] = []
    for one in found:
        repeatable = isinstance(one, Component | Unread)
        if not repeatable or one not in said:
            yield one
        if isinstance(one, Component) and one.location.path == label:
            own.append(one)
        elif repeatable:
            said.add(one)
    said.update(own)


def _source_file(source: Source, reader: Reader | None, facts: Mapping[str, str]) -> SourceFile:
    digest = source.sha256 if source.path.is_file() else None
    if reader is None:
        return SourceFile(path=source.label, sha256=digest, reader=None, facts=facts)
    return SourceFile(
        path=source.label,
        sha256=digest,
        reader=reader.name,
        facts=facts,
        imports=reader.imports,
        ecosystem=reader.ecosystem,
        locks=reader.locks,
    )
