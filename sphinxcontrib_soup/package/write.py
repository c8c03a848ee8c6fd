"""Write a package: tables and exports, the inputs as they were read, and a manifest with the digest of every file."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from sphinxcontrib_soup.exports.table_csv import table_csv
from sphinxcontrib_soup.model import Dossier, Provenance, SourceFile, Table
from sphinxcontrib_soup.pipeline.gather import PACKAGE_MANIFEST, PACKAGE_SCHEMA
from sphinxcontrib_soup.plugin import Export
from sphinxcontrib_soup.readers.address import redacted

MARK = "REDACTED"
"""What stands in the copy of an input in the place of a user name with a password, or of a token."""

_LEFT_OUT = (PACKAGE_MANIFEST, "schema_violations.json")


@dataclass(frozen=True, slots=True)
class Redaction:
    """A copy of an input that differs from it: in how many places, and the digest of the input itself."""

    places: int
    original_sha256: str


def replace_files(files: Iterable[Path], folder: Path) -> None:
    """Copy files into a folder that holds nothing else afterwards."""
    _empty(folder)
    for file in files:
        shutil.copyfile(file, folder / file.name)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def write_exports(
    dossier: Dossier, tables: Mapping[tuple[str, int], Table], exports: Iterable[Export], folder: Path
) -> None:
    """Write each export, and every table of the pages as CSV, named by its page, its view and its number there."""
    _empty(folder)
    for (page, number), table in sorted(tables.items()):
        path = folder / f"{page.replace('/', '.')}.{table.name}.{number + 1}.csv"
        path.write_bytes(table_csv.write(table, dossier.provenance))
    for one in exports:
        (folder / f"{one.name}{one.ending}").write_bytes(one.write(dossier))


def copy_inputs(sources: Iterable[SourceFile], base: Path, folder: Path) -> dict[Path, Redaction]:
    """Copy the files that evidence came from; `..` in a path becomes `_up`, so that nothing leaves `folder`.

    A package is handed on: of addresses with a user name and a password, or with a token, the copy has :data:`MARK` in
    the place of these. Returned is each copy that differs from its input, relative to the folder above.
    """
    _empty(folder)
    differing: dict[Path, Redaction] = {}
    for source in sources:
        if source.sha256 is not None:
            kept = folder / PurePosixPath(
                *("_up" if part == ".." else part for part in PurePosixPath(source.path).parts)
            )
            kept.parent.mkdir(parents=True, exist_ok=True)
            if places := _copy(base / source.path, kept):
                differing[kept.relative_to(folder.parent)] = Redaction(places, source.sha256)
    return differing


def _copy(file: Path, kept: Path) -> int:
    """Copy a file without secrets in its addresses; how many places differ."""
    content = file.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"  # which keeps every byte
    try:
        text, places = redacted(content.decode(encoding), MARK)
    except UnicodeDecodeError:
        text, places = "", 0
    kept.write_bytes(text.encode(encoding) if places else content)
    return places


def write_manifest(
    package: Path, provenance: Provenance, differing: Mapping[Path, Redaction] = MappingProxyType({})
) -> Path:
    """Write the manifest: the digest and size of every file of the package, and of a redacted one that of its input.

    Left out are the manifest itself, hidden files, and the timings of sphinx-needs, which no two builds share.
    """
    files = sorted(path.relative_to(package) for path in package.rglob("*") if path.is_file())
    shown = [path for path in files if path.name not in _LEFT_OUT and not any(part[0] == "." for part in path.parts)]
    content = {
        "schema": PACKAGE_SCHEMA,
        "provenance": asdict(provenance),
        "files": [_entry(package, path, differing.get(path)) for path in shown],
    }
    manifest = package / PACKAGE_MANIFEST
    manifest.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def _entry(package: Path, path: Path, redaction: Redaction | None) -> dict[str, object]:
    with (package / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    entry = {"path": path.as_posix(), "sha256": digest, "size": (package / path).stat().st_size}
    return entry | ({"redacted": asdict(redaction)} if redaction else {})
