"""The folder that keeps what was read, so that the next check reads only what changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sphinxcontrib_soup.extension.session import Sources

OWN = Path("_build", ".soup-check")
"""Where checks keep what they read, below the sources. No pattern of `soup_evidence` matches a hidden folder."""

_LOCK = ".soup-lock"
_PAUSE = 0.1


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
