"""The package.json beside a lock file, and those of its workspaces (https://classic.yarnpkg.com/en/docs/workspaces)."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Container, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from sphinxcontrib_soup.model import Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.npm import NO_COPY, wishes
from sphinxcontrib_soup.wording import shown

MANIFEST = "package.json"

_PASSED_OVER = {"node_modules", "bower_components", ".git"}


@dataclass(frozen=True)
class Member:
    """A package of the project: its folder relative to the lock, and its manifest."""

    folder: str
    source: Source
    package: Object


def member(lock: Source, folder: str) -> Member | None:
    """The package in this folder, `None` where it has no manifest that can be read: that is a finding of its own."""
    manifest = nearby(lock, posixpath.join(folder, MANIFEST))
    try:
        return Member(folder, manifest, load_object(manifest)) if manifest else None
    except ReadError:
        return None


def unlocked(lock: Source, noted: Container[str], command: str) -> Iterator[Unread]:
    """What the package.json beside a lock asks for and the lock has no note of: it was changed since."""
    project = member(lock, "")
    if project is None:
        return
    for wish in wishes(project.package):
        if wish.folder not in noted and not wish.may_be_absent and not NO_COPY.match(wish.requested):
            reason = f"{shown(wish.folder)} is asked for and not in the lock: run {command} again"
            yield Unread(reason=reason, location=project.source.at(wish.line))


def members(lock: Source) -> list[Member]:
    """The package beside a lock and the members of its workspace, none where there is no manifest that can be read."""
    root = member(lock, "")
    if root is None:
        return []
    stated = root.package.get("workspaces")
    patterns = stated.get("packages") if isinstance(stated, Object) else stated
    texts = [one for one in patterns if isinstance(one, str)] if isinstance(patterns, list) else []
    wanted = [folder for pattern in texts if not pattern.startswith("!") for folder in _folders(lock, pattern)]
    barred = {folder for pattern in texts if pattern.startswith("!") for folder in _folders(lock, pattern[1:])}
    found = (member(lock, folder) for folder in dict.fromkeys(wanted) if folder not in barred)
    return [root, *(one for one in found if one)]


def _folders(lock: Source, pattern: str) -> list[str]:
    """The folders that a pattern matches, in order. Links to folders are not followed."""
    parts = posixpath.normpath(pattern).split("/")
    if ".." in parts or pattern.startswith("/"):
        return []
    return sorted(set(_matches(lock.path.parent, "", parts)))


def _matches(around: Path, folder: str, parts: list[str]) -> Iterator[str]:
    if not parts:
        yield folder
        return
    first, *rest = parts
    if first == "**":
        yield from _matches(around, folder, rest)
    elif not any(sign in first for sign in "*?["):
        yield from _matches(around, posixpath.join(folder, first), rest)
        return
    for name in _inside(around / folder):
        if first == "**":
            yield from _matches(around, posixpath.join(folder, name), parts)
        elif fnmatchcase(name, first):
            yield from _matches(around, posixpath.join(folder, name), rest)


def _inside(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [one.name for one in entries if one.name not in _PASSED_OVER and one.is_dir(follow_symlinks=False)]
    except OSError:
        return []
