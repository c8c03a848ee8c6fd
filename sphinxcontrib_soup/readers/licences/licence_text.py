"""The terms that a package comes with: LICENSE, COPYING, NOTICE and the like.

Where they lie is what people agree on: https://reuse.software/spec-3.3/, and for Python PEP 639.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from sphinxcontrib_soup.licences import expression
from sphinxcontrib_soup.model import Evidence, LicenceStatement
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.json_text import load_object
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.npm import npm_url
from sphinxcontrib_soup.readers.python_metadata import metadata

FOLDERS = {"licences", "licenses"}
"""Folders whose files are each named by what they are the terms of."""

_NAMED = ("LICENSE*", "LICENCE*", "COPYING*", "COPYRIGHT*", "NOTICE*", "UNLICENSE*")
_ENDING = re.compile(r"(\.(txt|md|rst|markdown|text|mit|bsd|isc|apache.*|a?gpl.*|lgpl.*|lesser|lib))?", re.IGNORECASE)
_OTHER_TEXT = ".txt"


def _is_text(source: Source) -> bool:
    if b"\0" in source.head:
        return False
    in_folder = source.path.parent.name.lower() in FOLDERS
    return in_folder or (not _is_other(source) and _ENDING.fullmatch(source.path.suffix) is not None)


def _is_other(source: Source) -> bool:
    """Whether it only goes by the name of any text file."""
    return not re.match(r"licen[cs]e|copying|copyright|notice|unlicense", source.path.name, re.IGNORECASE)


@reader(*_NAMED, f"*{_OTHER_TEXT}", sniff=_is_text)
def licence_text(source: Source) -> Iterator[Evidence]:
    """A file of terms, whole. Its package is the one whose `package.json` or `METADATA` lies beside it or above it.

    In a folder `licences` or `licenses` without either, a file is named by its package (`zlib.txt`), or by the
    identifier of the licence whose text it is (`Apache-2.0.txt`), which then stands for every package under it that
    has no text of its own. Elsewhere the folder is named by the package. `package` in the entry of `soup_evidence` says
    it for all other cases.
    """
    name, version, purl, licence = _of(source)
    yield LicenceStatement(
        package=name, version=version, purl=purl, licence=licence, text=_text(source), location=source.at(None)
    )


def _of(source: Source) -> tuple[str, str | None, str | None, str | None]:
    """The package, its version and its URL, or the licence, that a file is the text of."""
    for folder in ("", "../"):
        if manifest := nearby(source, f"{folder}METADATA"):
            found = metadata(manifest)
            return found.name, found.version, found.purl, None
    if "node_modules" in source.path.parts and (manifest := nearby(source, "package.json")):
        package = load_object(manifest)
        if name := package.text("name"):
            return name, package.text("version"), npm_url(name, package.text("version")), None
    folder = source.path.parent.name
    if folder.lower() not in FOLDERS:
        return folder, None, None, None
    stem = source.path.name.removesuffix(_OTHER_TEXT)
    if expression(stem) == stem:
        return "", None, None, stem
    return (PurePath(source.path.parent.parent).name if not _is_other(source) else stem), None, None, None


def _text(source: Source) -> str:
    """The text without a byte order mark; what is no UTF-8 is read as Latin 1, in which older ones write ©."""
    try:
        text = source.text
    except ReadError:
        text = source.content.decode("cp1252", "replace")
    if "\0" in text:
        raise ReadError("it is no text")
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"
