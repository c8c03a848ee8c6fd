"""The pattern for capabilities: a named change to a copy of the sample, and the exact difference it makes.

A test changes one thing in a copy of `sample_docs`, and states every finding that comes or goes and every cell of every
table that reads differently. What it does not state must not differ.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sphinxcontrib_soup.extension.session import Sources, build
from sphinxcontrib_soup.model import Judgement, Table, plain
from sphinxcontrib_soup.needs import Built

SAMPLE = Path(__file__).parents[2] / "sample_docs"
BUILT = ("_build", "build", "node_modules", "__pycache__", ".venv")

REPEATING = {
    *("findings-table", "progress-dashboard", "test-table", "result-table", "evidence-table", "mitigation-table"),
    *("progress-trend", "release-record"),
}
"""Views that say again, count or list what other tables of the sample say: findings, verdicts, results, measures."""
TOLD_BY = {"evidence-table": 1, "result-table": 1, "release-record": 2}
"""Views whose rows are told apart by the whole text of their first columns, and by how many."""

Cells = dict[tuple[str, str, str], str]


@dataclass(frozen=True)
class Snapshot:
    """What a dossier says: its findings as (rule, subject, message), its cells by (table, row, column)."""

    findings: frozenset[tuple[str, str, str]]
    cells: Cells


@dataclass
class Difference:
    """What a change made of a dossier."""

    new_findings: set[tuple[str, str, str]] = field(default_factory=set)
    gone_findings: set[tuple[str, str, str]] = field(default_factory=set)
    cells: dict[tuple[str, str, str], tuple[str | None, str | None]] = field(default_factory=dict)

    def rows(self, table: str) -> dict[tuple[str, str], tuple[str | None, str | None]]:
        """The cells of one table that differ, by row and column."""
        return {(row, column): change for (name, row, column), change in self.cells.items() if name == table}

    @property
    def tables(self) -> set[str]:
        return {name for name, _, _ in self.cells}


class Dossier:
    """A copy of the sample to change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def line(self, path: str, text: str) -> int:
        """The number of the one line that holds `text`."""
        found = [number for number, line in enumerate(self.read(path).splitlines(), 1) if text in line]
        assert len(found) == 1, f"{text!r} stands in lines {found} of {path}"
        return found[0]

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def build(self) -> Built:
        sources = Sources(folder=self.folder, doctrees=self.folder.parent / "doctrees")
        return build(sources, "soup-check", self.folder.parent / "out").built

    def judge(self) -> Judgement:
        return self.build().judgement

    def snapshot(self, views: Set[str] = frozenset()) -> Snapshot:
        """What it says; of the views that repeat others only those that are named."""
        built = self.build()
        findings = built.judgement.findings
        cells: Cells = {}
        for (page, number), table in built.tables.items():
            if table.name not in REPEATING - views:
                cells.update(_cells(f"{page}/{table.name}/{number}", table))
        return Snapshot(frozenset((one.rule, one.subject, one.message) for one in findings), cells)


def _cells(name: str, table: Table) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Every cell. A row is known by the IDs of its first column below labels, or of all of a path to the executions."""
    names = [column.name for column in table.columns]
    whole = TOLD_BY.get(table.name, 0)
    path = names.index("executions") if table.name in ("traceability-matrix", "soup-impact") else 0
    leading = slice(whole or path) if whole or path else slice(table.grouped, table.grouped + 1)
    for row in table.rows:
        told = [plain(cell) for cell in row.cells[leading]]
        key = " > ".join(told if whole else (text.partition(" ")[0] for text in told))
        for column, cell in zip(names, row.cells, strict=True):
            yield (name, key, column), plain(cell)


def difference(before: Snapshot, after: Snapshot) -> Difference:
    keys = before.cells.keys() | after.cells.keys()
    changed = {
        key: (before.cells.get(key), after.cells.get(key))
        for key in keys
        if before.cells.get(key) != after.cells.get(key)
    }
    return Difference(set(after.findings - before.findings), set(before.findings - after.findings), changed)


@pytest.fixture(scope="session")
def sample_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What the sample says as it is."""
    return Dossier(copied(tmp_path_factory.mktemp("sample"))).snapshot()


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """A copy of the sample, to change."""
    return Dossier(copied(tmp_path))


@pytest.fixture
def changed(dossier: Dossier, sample_snapshot: Snapshot) -> Callable[[], Difference]:
    """What the changes made so far make of the dossier."""
    return lambda: difference(sample_snapshot, dossier.snapshot())


def copied(folder: Path) -> Path:
    """A copy of the sample in a folder, without what builds left."""
    copy = folder / "sample_docs"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns(*BUILT))
    return copy
