"""Catalogues of clauses as data: one CSV file a standard and edition, beside this module.

A file has the columns `standard`, `edition`, `id`, `classes` (the software safety classes that the clause binds; empty
where the standard knows none, or retired the clause), `title` and `tags` (what the clause is about: soup, trace,
record, context; `retired` for a number that is no longer in use). Titles are own words, never the text of a standard.

**The classes and numbers were compared with public mappings, not with the standards. A person who holds the licensed
text should confirm each table before it is relied on.**
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sphinxcontrib_soup.model import SafetyClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of an edition of a standard. `classes` is empty where safety class makes no difference to it."""

    standard: str
    edition: str
    id: str
    classes: tuple[SafetyClass, ...]
    title: str
    tags: tuple[str, ...]

    @property
    def catalogue(self) -> str:
        """The name of its catalogue: the standard's, without spaces."""
        return self.standard.replace(" ", "")

    @property
    def label(self) -> str:
        """How people cite it."""
        return f"{self.standard}:{self.edition}, {self.id}"

    def binds(self, safety_class: SafetyClass) -> bool:
        """Whether it binds software of this class."""
        return not self.classes or safety_class in self.classes


def catalogue(name: str) -> Mapping[str, Clause]:
    """The clauses of a catalogue by number, in the order of the standard; empty where there is none of that name."""
    return _catalogues().get(name, {})


def names() -> tuple[str, ...]:
    """The names of all catalogues."""
    return tuple(_catalogues())


def find(reference: str) -> Clause | None:
    """The clause that a reference such as `IEC62304 8.1.2` names, or `None` where no catalogue has it."""
    name, _, number = reference.partition(" ")
    return catalogue(name).get(number)


def label(reference: str) -> str:
    """A reference as people cite it, `IEC 62304:2006+A1:2015, 8.1.2`; one that no catalogue has stays as it is."""
    found = find(reference)
    return found.label if found else reference


@cache
def _catalogues() -> Mapping[str, Mapping[str, Clause]]:
    tables = sorted((one for one in files(__name__).iterdir() if one.name.endswith(".csv")), key=lambda one: one.name)
    found: dict[str, dict[str, Clause]] = {}
    for table in tables:
        for clause in _clauses(table):
            found.setdefault(clause.catalogue, {})[clause.id] = clause
    return found


def _clauses(table: Traversable) -> Iterator[Clause]:
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        yield Clause(
            standard=row["standard"],
            edition=row["edition"],
            id=row["id"],
            classes=tuple(SafetyClass(letter) for letter in row["classes"]),
            title=row["title"],
            tags=tuple(row["tags"].split()),
        )
