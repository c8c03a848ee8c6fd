"""Readers, rules, views and exports: a plugin is one file, made a value by a decorator and found by :func:`discover`.

Another distribution adds plugins by naming a module or package of its own in the entry-point group
``sphinxcontrib_soup.plugins``.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import posixpath
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from fnmatch import fnmatch
from functools import cache, cached_property
from importlib.metadata import entry_points
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

from sphinxcontrib_soup.model import Basis, Dossier, Evidence, Location, Provenance, Severity, Table, Trace

ENTRY_POINTS = "sphinxcontrib_soup.plugins"
FOLDERS = ("readers", "rules", "views", "exports")

Options = TypeVar("Options")
Value = TypeVar("Value")


class ReadError(Exception):
    """A file that a reader claimed and cannot read whole: why, in words for people, and the line if it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file to read: where it is, how it is called in locations, and the folder that reading must not leave."""

    path: Path
    label: str
    root: Path

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file. A reader of large files streams from :attr:`path` instead."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise ReadError(f"the file cannot be opened: {error.strerror}") from error

    @cached_property
    def text(self) -> str:
        """The content as text: UTF-8, or UTF-16 where a byte order mark says so.

        :raises ReadError: if the bytes are not of that encoding, with the line of the first that is not
        """
        content = self.content
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise ReadError(f"the file is not {encoding.removesuffix('-sig').upper()} text", line) from error

    @cached_property
    def head(self) -> bytes:
        """The first 4096 bytes, enough to recognise a format; empty where the file cannot be opened."""
        try:
            with self.path.open("rb") as file:
                return file.read(4096)
        except OSError:
            return b""

    @cached_property
    def sha256(self) -> str | None:
        """The digest of the content, or `None` where the file cannot be opened."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None

    def at(self, line: int | None) -> Location:
        """A location in this file."""
        return Location(self.label, line)

    def beside(self, relative: str) -> Source:
        """A file named by this one, relative to its folder.

        :raises ReadError: if the name leads out of :attr:`root`
        """
        try:
            path = (self.path.parent / relative).resolve()
        except RuntimeError as error:  # links that lead to each other, until Python 3.13
            raise ReadError(f"{relative!r} is a link that leads to itself") from error
        if not path.is_relative_to(self.root.resolve()):
            raise ReadError(f"{relative!r} leads out of the folder that is read, so it is not followed")
        label = posixpath.normpath(posixpath.join(posixpath.dirname(self.label), relative))
        return Source(path=path, label=label, root=self.root)


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """What every plugin has: one name for directive, file, function, warning and docs, and its explanation."""

    name: str
    module: str
    doc: str


Sniff = Callable[[Source], bool]
Read = Callable[[Source], Iterator[Evidence]]


@dataclass(frozen=True, kw_only=True)
class Reader(Plugin):
    """A file format: the name patterns it goes by, a look at the content where the name is not enough, and the reading.

    `read` yields evidence, or raises :class:`ReadError`; then nothing of that file is used. `imports` are, for a
    reader of code, the types of package URL that imports of its language can be of. A walk passes over code.
    `ecosystem` and `locks` say of a manifest what :class:`model.SourceFile` does.
    """

    patterns: tuple[str, ...]
    sniff: Sniff | None
    read: Read
    imports: tuple[str, ...] = ()
    ecosystem: str = ""
    locks: tuple[str, ...] = ()

    def claims(self, source: Source) -> bool:
        name = source.path.name.lower()
        named = any(fnmatch(name, pattern.lower()) for pattern in self.patterns)
        return named and (self.sniff is None or self.sniff(source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a rule found wrong with one subject; level, clause and basis come from the rule."""

    subject: str
    message: str
    location: Location


@dataclass(frozen=True, kw_only=True)
class Rule(Plugin):
    """A criterion: for each subject it examines, `judge` yields a :class:`Found`, or `None` where all is in order.

    `clause` is a catalogue and a clause of it ("IEC62304 8.1.2"), empty for a rule of practice that no clause asks.
    """

    clause: str
    basis: Basis
    level: Severity
    at_release: Severity
    judge: Callable[[Trace], Iterator[Found | None]]


@dataclass(frozen=True)
class NoOptions:
    """A view without options of its own."""


@dataclass(frozen=True, kw_only=True)
class View(Plugin, Generic[Options]):
    """A table of the dossier; its name is the directive, `options` a dataclass made of :func:`option` fields.

    `show` raises :class:`ValueError` with a sentence for people where the options ask for what cannot be shown.
    """

    options: type[Options]
    show: Callable[[Dossier, Options], Table]


@dataclass(frozen=True, kw_only=True)
class Export(Plugin):
    """A file that is made of the whole dossier; `ending` is that of its name, dot included."""

    ending: str
    write: Callable[[Dossier], bytes]


@dataclass(frozen=True, kw_only=True)
class TableFormat(Plugin):
    """A file format that every table can be written in; `ending` is that of the file name, dot included.

    `write` raises :class:`ValueError` with a sentence for people where it lacks what it needs.
    """

    ending: str
    write: Callable[[Table, Provenance], bytes]


def reader(
    *patterns: str,
    sniff: Sniff | None = None,
    imports: tuple[str, ...] = (),
    ecosystem: str = "",
    locks: tuple[str, ...] = (),
) -> Callable[[Read], Reader]:
    """Make a function a reader of the files whose name matches a pattern and whose content passes `sniff`, if given.

    `ecosystem` is the type of package URL of all that it can find, where that is one; `locks` names the lock files that
    may stand beside such a manifest.
    """

    def decorate(read: Read) -> Reader:
        stated: dict[str, Any] = {**_plain(read), "imports": imports, "ecosystem": ecosystem, "locks": locks}
        return Reader(**stated, patterns=patterns, sniff=sniff, read=read)

    return decorate


def rule(
    name: str, *, clause: str, basis: Basis, level: Severity, at_release: Severity | None = None
) -> Callable[[Callable[[Trace], Iterator[Found | None]]], Rule]:
    """Make a function a rule. `level` is its severity in development, `at_release` in a release (default: the same)."""

    def decorate(judge: Callable[[Trace], Iterator[Found | None]]) -> Rule:
        stated = {**_plain(judge), "name": name}
        return Rule(**stated, clause=clause, basis=basis, level=level, at_release=at_release or level, judge=judge)

    return decorate


def view(
    name: str,
    options: type[Options] = NoOptions,  # type: ignore[assignment]
) -> Callable[[Callable[[Dossier, Options], Table]], View[Options]]:
    """Make a function a view, shown by the directive of this name."""

    def decorate(show: Callable[[Dossier, Options], Table]) -> View[Options]:
        return View(**{**_plain(show), "name": name}, options=options, show=show)

    return decorate


def export(name: str, ending: str) -> Callable[[Callable[[Dossier], bytes]], Export]:
    """Make a function an export: what `sphinx-soup export` writes under this name, and `build` into `exports/`."""

    def decorate(write: Callable[[Dossier], bytes]) -> Export:
        return Export(**{**_plain(write), "name": name}, ending=ending, write=write)

    return decorate


def table_format(ending: str) -> Callable[[Callable[[Table, Provenance], bytes]], TableFormat]:
    """Make a function a format of tables."""

    def decorate(write: Callable[[Table, Provenance], bytes]) -> TableFormat:
        return TableFormat(**_plain(write), ending=ending, write=write)

    return decorate


def option(default: Value, *, help: str, parse: Callable[[str], Value]) -> Value:
    """A field of a view's options: `parse` turns what was written into its value, or raises `ValueError`."""
    made: Value = field(default=default, metadata={"help": help, "parse": parse})
    return made


def words(text: str) -> tuple[str, ...]:
    """Names separated by commas or white space."""
    return tuple(text.replace(",", " ").split())


def parse_options(options: type[Options], written: dict[str, str], common: Sequence[str] = ()) -> Options:
    """The options of a view from what was written; `common` names those that every view takes, for the message.

    :raises ValueError: with a sentence for people, if a name is unknown or a value does not fit
    """
    known = {one.name: one for one in fields(options)}  # type: ignore[arg-type]
    values: dict[str, object] = {}
    for name, text in written.items():
        if name not in known:
            raise ValueError(f"unknown option {name!r}; it takes {', '.join((*known, *common)) or 'none'}")
        try:
            values[name] = known[name].metadata["parse"](text)
        except ValueError as error:
            raise ValueError(f"option {name!r}: {error}") from error
    return options(**values)


def _plain(function: Callable[..., Any]) -> dict[str, Any]:
    module = sys.modules[function.__module__]
    name = function.__name__.replace("_", "-")
    return {"name": name, "module": function.__module__, "doc": cleandoc(function.__doc__ or module.__doc__ or "")}


@dataclass(frozen=True)
class Plugins:
    """Every plugin that is installed, each kind sorted by name."""

    readers: tuple[Reader, ...]
    rules: tuple[Rule, ...]
    views: tuple[View[Any], ...]
    exports: tuple[Export, ...]
    formats: tuple[TableFormat, ...]


@cache
def discover() -> Plugins:
    """Find all plugins: walk the plugin folders of this package, then the modules named by entry points."""
    modules: list[ModuleType] = []
    for folder in FOLDERS:
        modules += _walk(importlib.import_module(f"sphinxcontrib_soup.{folder}"))
    for entry in entry_points(group=ENTRY_POINTS):
        modules += _walk(entry.load())
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Plugin)]
    unique = sorted({id(one): one for one in found}.values(), key=lambda one: one.name)
    return Plugins(
        readers=tuple(one for one in unique if isinstance(one, Reader)),
        rules=tuple(one for one in unique if isinstance(one, Rule)),
        views=tuple(one for one in unique if isinstance(one, View)),
        exports=tuple(one for one in unique if isinstance(one, Export)),
        formats=tuple(one for one in unique if isinstance(one, TableFormat)),
    )


def _walk(module: ModuleType) -> Iterator[ModuleType]:
    yield module
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
        yield importlib.import_module(found.name)
