"""Gather: which files to read, by patterns or by a walk through a folder."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinxcontrib_soup.kinds import listed
from sphinxcontrib_soup.model import Item, Location, Unread
from sphinxcontrib_soup.plugin import Reader, Source

PASSED_OVER = frozenset(
    {
        ".eggs",
        ".git",
        ".hg",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "bower_components",
        "node_modules",
        "site-packages",
    }
)
"""Folders that hold what others wrote or what tools left, never what the project says itself."""

PACKAGE_MANIFEST, PACKAGE_SCHEMA = "manifest.json", "soup-package/1"
"""The file that makes a folder a package, and the schema that it names."""

ENVIRONMENT = "pyvenv.cfg"
"""The file that makes a folder a Python environment (PEP 405), whatever the folder is called."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """What a walk found: the files that a reader claims, the folders it could not enter, and what it passed over."""

    sources: tuple[Source, ...]
    unread: tuple[Unread, ...]
    passed_over: Mapping[str, int]


def label(path: Path, base: Path) -> str:
    """The name of a file in locations: relative to `base`, with slashes; bytes that are no text are escaped."""
    try:
        relative = os.path.relpath(path, base)
    except ValueError:  # another drive
        relative = str(path)
    return Path(relative).as_posix().encode("utf-8", "backslashreplace").decode()


def walk(folder: Path, readers: Sequence[Reader], base: Path, root: Path | None = None, *, code: bool = False) -> Walk:
    """The files below a folder that a reader claims, in the order of their names: those of code, or all others.

    Links that lead out of the folder, and links to folders, are not followed. Files they include are followed within
    `root`, by default the folder itself.
    """
    sources: list[Source] = []
    unread: list[Unread] = []
    passed: Counter[str] = Counter()
    wanted = [reader for reader in readers if bool(reader.imports) is code]
    unwanted = [reader for reader in readers if bool(reader.imports) is not code]

    def cannot_enter(error: OSError) -> None:
        place = Location(label(Path(error.filename), base))
        unread.append(Unread(reason=f"the folder cannot be entered: {error.strerror}", location=place))

    for where, folders, names in os.walk(folder, onerror=cannot_enter):
        here = Path(where)
        folders[:] = [name for name in sorted(folders) if not _passes_over(here / name, passed)]
        for name in sorted(names):
            path = here / name
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
                passed["links that lead out"] += 1
            elif path.is_file():
                source = Source(path=path, label=label(path, base), root=root or folder)
                if _claimed(source, wanted):
                    sources.append(Source(path=path, label=source.label, root=source.root))
                elif not code and _claimed(source, unwanted):
                    passed["files of code"] += 1
    return Walk(sources=tuple(sources), unread=tuple(unread), passed_over=dict(sorted(passed.items())))


def _passes_over(folder: Path, passed: Counter[str]) -> bool:
    """Whether a walk leaves this folder out; what it leaves out is counted."""
    if folder.is_symlink():
        reason = "links to folders"
    elif folder.name in PASSED_OVER:
        reason = folder.name
    elif (folder / ENVIRONMENT).is_file():
        reason = "Python environments"
    else:
        return False
    passed[reason] += 1
    return True


def _claimed(source: Source, readers: Sequence[Reader]) -> bool:
    """Whether a reader claims a file; one that trips over it counts, so that reading it tells why."""
    try:
        return any(reader.claims(source) for reader in readers)
    except Exception:
        return True


def expand(pattern: str, base: Path, root: Path) -> tuple[list[Source], list[Unread]]:
    """The files that a glob pattern relative to `base` matches, sorted, or why it matches none.

    A package that an earlier build wrote holds copies: they are not read again.
    """
    matches = sorted(glob.glob(pattern, root_dir=base, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    files = [base / match for match in matches if not (base / match).is_dir()]
    packages = {folder for folder in {parent for path in files for parent in path.parents} if _is_package(folder)}
    paths = [path for path in files if packages.isdisjoint(path.parents)]
    if paths:
        return [Source(path=path, label=label(path, base), root=root) for path in paths], []
    reason = "names a folder: add `/**/*` and what its files end with" if matches else "matches no file"
    if files:
        reason = "matches only copies, in a package that was built from this dossier or another"
    return [], [Unread(reason=f"the pattern {pattern!r} of soup_evidence {reason}", location=_written(pattern, base))]


def code_files(
    items: Iterable[tuple[Item, Path]], base: Path, root: Path, readers: Sequence[Reader]
) -> tuple[dict[str, tuple[Source, ...]], list[Unread]]:
    """The files that software items are made of, by the ID of the item, and what their field `code` names in vain.

    Each item comes with the folder of its page, to which its patterns are relative; those that begin with `/` are
    relative to `base`. A folder stands for all code in it. Nothing outside of `root` is taken.
    """
    found: dict[str, tuple[Source, ...]] = {}
    unread: list[Unread] = []
    for item, folder in items:
        sources: dict[Path, Source] = {}
        for pattern in listed(item, "code"):
            try:
                matched = list(_code_of(pattern, folder, base, root, readers))
            except ValueError as error:
                unread.append(Unread(reason=f"`:code:` of {item.id} {error}", location=item.location))
            else:
                sources |= {source.path: source for source in matched}
        found[item.id] = tuple(sources.values())
    return found, unread


def _code_of(pattern: str, folder: Path, base: Path, root: Path, readers: Sequence[Reader]) -> Iterator[Source]:
    """The files that one pattern names.

    :raises ValueError: with the rest of a sentence for people, if it names none, or one outside of `root`
    """
    where = base if pattern.startswith("/") else folder
    matches = sorted(glob.glob(pattern.lstrip("/"), root_dir=where, recursive=True))  # noqa: PTH207 - as in `expand`
    if not matches:
        raise ValueError(f"names {pattern!r}, which matches no file; it is relative to the page, or begins with `/`")
    for match in matches:
        path = where / match
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            raise ValueError(f"names {label(path, base)!r}, which leads out of the folders that are read")
        if path.is_dir():
            yield from walk(path, readers, base, root, code=True).sources if match.rstrip("/") in pattern else ()
        else:
            yield Source(path=path, label=label(path, base), root=root)


def _is_package(folder: Path) -> bool:
    """Whether `sphinx-soup build` wrote this folder: its manifest says so in its first lines."""
    try:
        with (folder / PACKAGE_MANIFEST).open("rb") as file:
            return PACKAGE_SCHEMA.encode() in file.read(200)
    except OSError:
        return False


def _written(pattern: str, base: Path) -> Location:
    """Where the configuration has this pattern."""
    try:
        lines = (base / "conf.py").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    return Location("conf.py", next((number for number, line in enumerate(lines, 1) if pattern in line), None))
