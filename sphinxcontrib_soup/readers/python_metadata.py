"""Core metadata of Python packages (https://packaging.python.org/en/latest/specifications/core-metadata/)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.pypi import pypi_url

LONGEST = 100
"""More than a name: the field `License` may hold the whole text of one."""

_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the metadata of a package says of it."""

    name: str
    version: str | None
    licence: str | None

    @property
    def purl(self) -> str | None:
        return pypi_url(self.name, self.version)


def metadata(source: Source) -> Metadata:
    """The metadata of a package.

    :raises ReadError: if it does not say of which
    """
    fields = HeaderParser().parsestr(source.text)
    name = _said(fields, "Name")
    if name is None:
        raise ReadError("it does not say of which package it is: it has no `Name`", 1)
    return Metadata(name=name, version=_said(fields, "Version"), licence=_licence(fields))


def _licence(fields: Message) -> str | None:
    """The expression, else the name of the licence, else what the classifiers say, which together all hold."""
    named = _said(fields, "License")
    short = named if named and len(named) <= LONGEST and "\n" not in named else None
    return _said(fields, "License-Expression") or short or " AND ".join(_classified(fields)) or None


def _classified(fields: Message) -> Iterator[str]:
    for one in fields.get_all("Classifier", ()):
        name = str(one).rpartition(" :: ")[2]
        if str(one).startswith(_CLASSIFIER) and name != "OSI Approved":
            yield name


def _said(fields: Message, name: str) -> str | None:
    text = str(fields.get(name, "")).strip()
    return text if text and text != "UNKNOWN" else None
