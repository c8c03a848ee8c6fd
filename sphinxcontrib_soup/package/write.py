"""Write a package: the tables as CSV, the inputs as they were read, and a manifest with the digest of every file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from sphinxcontrib_soup.model import Provenance, SourceFile, Table, plain
from sphinxcontrib_soup.pipeline.gather import PACKAGE_MANIFEST, PACKAGE_SCHEMA

_LEFT_OUT = (PACKAGE_MANIFEST, "schema_violations.json")


def table_csv(table: Table) -> str:
    """A table as CSV (RFC 4180), the titles of its columns first. A text that a spreadsheet would run is defused."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_defused(plain(cell)) for cell in row.cells] for row in table.rows)
    return file.getvalue()


def _defused(text: str) -> str:
    """Spreadsheets take a cell that begins with one of these signs for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def replace_files(files: Iterable[Path], folder: Path) -> None:
    """Copy files into a folder that holds nothing else afterwards."""
    _empty(folder)
    for file in files:
        shutil.copyfile(file, folder / file.name)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def write_tables(tables: Mapping[tuple[str, int], Table], folder: Path) -> None:
    """Write every table of the pages, named by its page, its view and its number on the page."""
    _empty(folder)
    for (page, number), table in sorted(tables.items()):
        path = folder / f"{page.replace('/', '.')}.{table.name}.{number + 1}.csv"
        path.write_bytes(table_csv(table).encode("utf-8-sig"))


def copy_inputs(sources: Iterable[SourceFile], base: Path, folder: Path) -> None:
    """Copy the files that evidence came from; `..` in a path becomes `_up`, so that nothing leaves `folder`."""
    _empty(folder)
    for source in sources:
        if source.sha256 is not None:
            kept = folder / PurePosixPath(
                *("_up" if part == ".." else part for part in PurePosixPath(source.path).parts)
            )
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(base / source.path, kept)


def write_manifest(package: Path, provenance: Provenance) -> Path:
    """Write the manifest: the digest and size of every file of the package.

    Left out are the manifest itself, hidden files, and the timings of sphinx-needs, which no two builds share.
    """
    files = sorted(path.relative_to(package) for path in package.rglob("*") if path.is_file())
    shown = [path for path in files if path.name not in _LEFT_OUT and not any(part[0] == "." for part in path.parts)]
    content = {
        "schema": PACKAGE_SCHEMA,
        "provenance": asdict(provenance),
        "files": [_entry(package, path) for path in shown],
    }
    manifest = package / PACKAGE_MANIFEST
    manifest.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def _entry(package: Path, path: Path) -> dict[str, object]:
    with (package / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.as_posix(), "sha256": digest, "size": (package / path).stat().st_size}
