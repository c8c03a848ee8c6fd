"""The progress dashboard: how far the items of each kind are verified, and what is still open.

Verdicts are those of every other table: computed from executions, never typed. A mitigation has a second row, because
that it works is verified apart from that it is implemented. A row is a gap where not all has passed.
Clauses: IEC 62304 5.7.1, 5.7.4; ISO 14971:2019 7.2.
"""

from __future__ import annotations

from sphinxcontrib_soup.figures import bars
from sphinxcontrib_soup.model import Column, Dossier, Row, Table, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.progress import COLUMNS, all_passed, labelled, numbers, open_findings, progress_of, shares


@view("progress-dashboard")
def progress_dashboard(dossier: Dossier, _: NoOptions) -> Table:
    """How many items of each kind have passed, failed or are untested, and how many findings are open."""
    found = progress_of(dossier)
    counts = list(labelled(found.items, found.effectiveness))
    drawn = [(label, shares(count)) for label, count in counts]
    return Table(
        name="progress-dashboard",
        title="Progress",
        columns=(Column("what", "What", width=4), *COLUMNS),
        rows=tuple(Row((cell(label), *numbers(count)), gap=not all_passed(count)) for label, count in counts),
        empty="There is no item that can be verified.",
        notes=(f"Open findings: {open_findings(found) or 'none'}.",),
        figure=bars(drawn, "Share of each kind of item that passed, failed or is untested") if drawn else None,
    )
