"""The folder that keeps what was read, so that the next check reads only what changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

import click

from sphinxcontrib_soup.cli.sphinx_options import sources_of

if TYPE_CHECKING:
    from sphinxcontrib_soup.extension.session import Done, Sources

OWN = Path("_build", ".soup-check")
"""Where checks keep what they read, below the sources. No pattern of `soup_evidence` matches a hidden folder."""

_LOCK = ".soup-lock"
_PAUSE = 0.1


def checked(*, doctrees: Path | None, afresh: bool = False, **options: Any) -> Done:
    """What a check makes of the sources that the options name: no page is written, and what is read is kept.

    :raises SessionError: if Sphinx cannot do it
    :raises OSError: if a folder cannot be made or written
    """
    from sphinxcontrib_soup.extension.session import build

    with TemporaryDirectory(prefix="sphinx-soup-") as scratch:
        sources = sources_of(doctrees=Path(scratch, "doctrees"), **options)
        fresh = afresh or sources.warnings_fail  # Sphinx warns only of what it reads
        with alone(doctrees) if doctrees else kept(sources) as folder:
            return build(replace(sources, doctrees=folder, fresh=fresh), "soup-check", Path(scratch, "out"))


@contextmanager
def kept(sources: Sources) -> Iterator[Path]:
    """The folder that the checks of these sources share, held alone; their scratch folder where there can be none."""
    folder = sources.folder / OWN
    if not ((sources.conf or sources.folder) / "conf.py").is_file():  # Sphinx will say so: leave nothing behind
        yield sources.doctrees
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        if not sources.quiet:
            click.echo(f"nothing is kept for the next check: {folder}: {error.strerror}", err=True)
        yield sources.doctrees
    else:
        with alone(folder):
            yield folder


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Work in a folder of doctrees while no other command of ours does; wait for one that does.

    :raises OSError: if the folder cannot be made or written
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a", encoding="utf-8") as lock:
        if not _locked(lock):
            click.echo(f"waiting for another sphinx-soup that works in {folder}", err=True)
            while not _locked(lock):
                time.sleep(_PAUSE)
        yield folder


def _locked(file: IO[str]) -> bool:
    """Whether this process holds the lock now. It ends with the file or the process, however that ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # how POSIX and Windows say that another has it
        return False
    except OSError:  # a file system without locks: there is nothing to wait for
        return True
    return True
