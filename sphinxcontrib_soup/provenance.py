"""Where a build comes from: the commit, whether files differ from it, the as-of date, never the clock, and digests."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sphinxcontrib_soup.model import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """The commit that a folder stands at: its hash, its ISO date, and whether tracked files differ from it."""

    sha: str
    date: str
    dirty: bool


def commit_of(folder: Path) -> Commit | None:
    """The commit of the repository that holds `folder`; `None` where there is no git, no repository or no commit."""
    shown = _git(folder, "show", "--no-patch", "--no-show-signature", "--format=%H %cs", "HEAD")
    if shown is None:
        return None
    sha, date = shown.split()
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return Commit(sha=sha, date=date, dirty=bool(changed))


def top_of(folder: Path) -> Path:
    """The folder that reading must not leave: the top of the repository, or `folder` where there is none."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def as_of(stated: str | None, commit: Commit | None) -> str | None:
    """The as-of date: as stated, else SOURCE_DATE_EPOCH (https://reproducible-builds.org), else that of the commit."""
    if stated:
        return stated
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return commit.date if commit else None


def digest_of(files: Iterable[SourceFile]) -> str:
    """One SHA-256 for several files: that of the list which `sha256sum` prints for them in the order of their paths."""
    listed = (f"{file.sha256 or 'unread'}  {file.path}\n" for file in sorted(files, key=lambda one: one.path))
    return hashlib.sha256("".join(listed).encode("utf-8", "backslashreplace")).hexdigest()


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
