"""pip's requirement files: their lines, options, and the files they include.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from optparse import Values
from pathlib import Path

from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from pip_requirements_parser import CommentLine, OptionParsingError, break_args_options, build_parser, preprocess

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.digests import labelled
from sphinxcontrib_soup.readers.pypi import addressed_url, component, named, purpose, requirement, shortened

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|file:)", re.IGNORECASE)
_FOLDER = re.compile(r"\.{1,2}(?:/|\[|$)|/|[A-Za-z]:[\\/]")
_ARCHIVE = re.compile(r"\.(?:whl|zip|tar|tgz|tbz|txz|tar\.(?:gz|bz2|xz|lz|lzma))$", re.IGNORECASE)
_NAMED = re.compile(r"[\w.-]+\s*(?:\[[^\]]*\]\s*)?@")
_EGG = re.compile(r"[#&]egg=([^&]+)")
_LARGEST = 1_000_000
"""Bytes of the largest file that is looked through for requirements although its name does not promise any."""


@dataclass(frozen=True)
class _File:
    """A requirement file in the course of reading: whether it only constrains, and which files led to it."""

    source: Source
    constraint: bool = False
    chain: tuple[Path, ...] = ()
    done: set[tuple[Path, bool]] = field(default_factory=set)

    @property
    def scope(self) -> Scope | None:
        return purpose(self.source.path.stem)


def requirements(source: Source) -> Iterator[Evidence]:
    """The components a requirement file names, those of the files it includes among them.

    What only a constraint names may not be installed at all: whether it is direct is unknown.

    :raises ReadError: if most of its lines are not for pip
    """
    only_constrains = "constraints" in source.path.name.lower()
    yield from _read(_File(source, only_constrains, chain=(source.path.resolve(),)))


def looks_like_requirements(source: Source) -> bool:
    """Whether every line could stand in a requirement file, and at least one could stand nowhere else."""
    try:
        if source.path.stat().st_size > _LARGEST:
            return False
        unmistakable = [_unmistakable(line) for _, line in _lines(source.text)]
    except (OSError, ReadError, ValueError):
        return False
    return any(unmistakable)


def _unmistakable(line: str) -> bool:
    """Whether only pip could be meant by a line.

    :raises ValueError: if pip cannot be meant
    """
    text, options = _parsed(line)
    if not text:
        return True
    if _ADDRESS.match(text):
        if not (_EGG.search(text) or _ARCHIVE.search(text) or "+" in text.partition(":")[0]):
            raise ValueError("an address of anything")
        return True
    if _FOLDER.match(text):
        return False
    wanted = component(text, Location(""), None)
    return bool(wanted.requested or "[" in text or ";" in text or options)


def _read(file: _File) -> Iterator[Evidence]:
    found: list[Evidence] = []
    bad: list[Unread] = []
    refuse_conflict(file.source.text)
    lines = list(_lines(file.source.text))
    for number, line in lines:
        try:
            found += _evidence(file, number, line)
        except (ReadError, ValueError, OSError) as error:
            bad.append(Unread(reason=str(error), location=file.source.at(number)))
    if len(bad) > len(lines) / 2 and len(bad) > 1:
        text = f"{len(bad)} of its {len(lines)} lines are not for pip, so it is not read; the first: {bad[0].reason}"
        raise ReadError(text, bad[0].location.line)
    yield from found
    yield from bad


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines and the number of the first line of each, without comments."""
    for line in preprocess(text):
        if not isinstance(line, CommentLine):
            yield line.line_number, line.line


def _parsed(line: str) -> tuple[str, Values | None]:
    """A line as its requirement and its options.

    :raises ValueError: if pip does not know an option, or something is left over
    """
    text, options = break_args_options(line)
    if not options:
        return text.strip(), None
    parser = build_parser()
    parser.add_option("-C", "--config-settings", "--config-setting", action="append", dest="config_settings")
    try:
        values, rest = parser.parse_args(shlex.split(options))
    except (OptionParsingError, ValueError) as error:
        raise ValueError(f"{shortened(line)!r}: {str(error).strip().rpartition('error: ')[2]}") from error
    if rest:
        raise ValueError(f"{shortened(line)!r}: {shortened(' '.join(rest))!r} is left over")
    if text.strip() and (values.requirements or values.constraints or values.editables):
        raise ValueError(f"{shortened(line)!r}: a requirement and an option for other lines")
    return text.strip(), values


def _evidence(file: _File, number: int, line: str) -> list[Evidence]:
    """What a line gives.

    :raises ValueError: with a sentence for people, if it is not for pip
    """
    text, options = _parsed(line)
    place = file.source.at(number)
    wanted = [text] if text else (options and options.editables) or []
    hashes = labelled((options and options.hashes) or [])
    found: list[Evidence] = [replace(one, hashes=hashes) for each in wanted for one in _components(each, place, file)]
    for name in (options and options.requirements) or ():
        found += _included(file, name, constraint=file.constraint)
    for name in (options and options.constraints) or ():
        found += _included(file, name, constraint=True)
    return found


def _included(file: _File, name: str, *, constraint: bool) -> list[Evidence]:
    if _ADDRESS.match(name):
        raise ValueError(f"{shortened(name)} is not read from the network: save it beside this file and name that")
    source = file.source.beside(name)
    path = source.path
    if not path.is_file():
        raise ValueError(f"it includes {shortened(name)!r}, which does not exist")
    if path in file.chain:
        raise ValueError(f"it includes {shortened(name)!r} in a circle, which pip refuses; its lines are read once")
    if (path, constraint) in file.done:
        return []
    file.done.add((path, constraint))
    try:
        return list(_read(replace(file, source=source, constraint=constraint, chain=(*file.chain, path))))
    except ReadError as error:
        return [Unread(reason=error.reason, location=source.at(error.line))]


def _components(text: str, place: Location, file: _File) -> list[Component]:
    """What a requirement names; nothing where it is the folder of the project itself."""
    direct = None if file.constraint else True
    if _NAMED.match(text) or not (_ADDRESS.match(text) or _FOLDER.match(text) or _ARCHIVE.search(text)):
        return [component(text, place, file.scope, direct=direct)]
    address = re.split(r"\s;|;\s", text)[0].strip()
    path = _path(address)
    egg = _EGG.search(address)
    if egg:
        found = named(requirement(egg[1]).name, place, file.scope, address, direct=direct)
        return [replace(found, purl=addressed_url(found.name, None, address))]
    if _FOLDER.match(path) and not _ARCHIVE.search(path) and _is_around(path):
        return []
    name, version = _file_name(path)
    found = named(name, place, file.scope, address, version=version, direct=direct)
    return [replace(found, purl=addressed_url(name, version, address) if version else None)]


def _path(address: str) -> str:
    """The path of an address or of a file, without fragment and, in a repository, without the revision."""
    path = re.sub(r"^file:(?://)?", "", address.partition("#")[0], flags=re.IGNORECASE)
    if "://" in path:
        path = path.partition("://")[2].partition("/")[2].partition("@")[0]
    return path.rstrip("/")


def _is_around(folder: str) -> bool:
    """Whether a folder is that of the requirement file or one around it: the project, not a component."""
    parts = posixpath.normpath(re.sub(r"\[[^\]]*\]$", "", folder)).split("/")
    return all(part in (".", "..") for part in parts)


def _file_name(path: str) -> tuple[str, str | None]:
    """The name, and of a wheel the version, that the last part of an address gives away."""
    last = path.replace("\\", "/").rpartition("/")[2].partition("[")[0]
    try:
        name, version, _, _ = parse_wheel_filename(last)
    except InvalidWheelFilename:
        stem = re.sub(r"\.git$", "", _ARCHIVE.sub("", last))
        return re.sub(r"-v?\d[\w.+!]*$", "", stem) or stem or path, None
    return name, str(version)
