"""The evidence files: what was read, by which reader, with its digest, and how much it gave.

A file that no reader knows, or that could not be read, gives nothing and is a gap. Code is not listed file by file.
Clauses: IEC 62304 5.7.5, 8.1.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sphinxcontrib_soup.model import (
    Cell,
    Column,
    Component,
    Dossier,
    EarlierBuild,
    LicenceStatement,
    Location,
    Place,
    Row,
    SourceFile,
    Table,
    TestResult,
    Trace,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.wording import counted

_COLUMNS = (
    Column("file", "File", width=5),
    Column("reader", "Read as", width=3),
    Column("gave", "Gave", width=4),
    Column("facts", "Stated of it", width=4),
    Column("sha256", "SHA-256", width=4),
)


@view("evidence-table")
def evidence_table(dossier: Dossier, _: NoOptions) -> Table:
    """Every evidence file with its digest, what the project states of it, and what it gave."""
    trace = dossier.trace
    unread = {one.location.path for one in trace.unread}
    gave = _gave(trace)
    code = len(trace.sources) - len(trace.evidence_files)
    return Table(
        name="evidence-table",
        title="Evidence",
        columns=_COLUMNS,
        rows=tuple(_row(one, gave.get(one.path, ()), one.path in unread) for one in trace.evidence_files),
        empty="No evidence file is named in soup_evidence, or none is there.",
        notes=(f"Not listed: {counted(code, 'file')} of code, whose digests stand in trace.json.",) if code else (),
    )


def _gave(trace: Trace) -> dict[str, Cell]:
    kinds: dict[str, Sequence[Component | TestResult | LicenceStatement | EarlierBuild]] = {
        "component": trace.components,
        "result": trace.results,
        "licence statement": trace.licence_statements,
        "earlier build": trace.earlier_builds,
    }
    found: dict[str, list[str]] = {}
    for noun, facts in kinds.items():
        for path, number in Counter(one.location.path for one in facts).items():
            found.setdefault(path, []).append(counted(number, noun))
    return {path: cell(*lines) for path, lines in found.items()}


def _row(file: SourceFile, gave: Cell, unread: bool) -> Row:
    facts = cell(*(f"{name}: {value}" for name, value in sorted(file.facts.items())))
    cells = (cell(Place(Location(file.path))), cell(file.reader or ""), gave, facts, cell(file.sha256 or ""))
    return Row(cells, gap=unread or file.reader is None)
