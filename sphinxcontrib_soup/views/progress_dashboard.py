"""The progress dashboard: how far the items of each kind are verified, and what is still open.

Verdicts are those of every other table: computed from executions, never typed. A mitigation has a second row, because
that it works is verified apart from that it is implemented. A row is a gap where not all has passed.
Clauses: IEC 62304 5.7.1, 5.7.4; ISO 14971:2019 7.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sphinxcontrib_soup.cells import verdict_groups
from sphinxcontrib_soup.figures import Share, bars
from sphinxcontrib_soup.model import (
    Column,
    Dossier,
    Judgement,
    Row,
    Severity,
    Table,
    Tone,
    Verdict,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.wording import counted

_TONES = {Verdict.PASSED: Tone.GOOD, Verdict.FAILED: Tone.BAD, Verdict.UNTESTED: Tone.OPEN}
_SHOWN = tuple(_TONES)
_COLUMNS = (
    Column("what", "What", width=4),
    Column("total", "Total", width=2),
    *(Column(verdict.value, verdict.capitalize(), width=2) for verdict in _SHOWN),
    Column("share", "Share passed", width=2),
)


@view("progress-dashboard")
def progress_dashboard(dossier: Dossier, _: NoOptions) -> Table:
    """How many items of each kind have passed, failed or are untested, and how many findings are open."""
    counts = [(label, Counter(verdicts.values())) for label, verdicts in verdict_groups(dossier.trace)]
    drawn = [(label, [Share(one, count[one], _TONES[one]) for one in _SHOWN]) for label, count in counts]
    return Table(
        name="progress-dashboard",
        title="Progress",
        columns=_COLUMNS,
        rows=tuple(_row(label, count) for label, count in counts),
        empty="There is no item that can be verified.",
        notes=tuple(_notes(dossier.judgement)),
        figure=bars(drawn, "Share of each kind of item that passed, failed or is untested") if drawn else None,
    )


def _row(label: str, count: Counter[Verdict]) -> Row:
    total, passed = count.total(), count[Verdict.PASSED]
    numbers = (str(total), *(str(count[verdict]) for verdict in _SHOWN), f"{100 * passed // total} %")
    return Row((cell(label), *(cell(number) for number in numbers)), gap=passed < total)


def _notes(judgement: Judgement) -> Iterable[str]:
    found = Counter(finding.severity for finding in judgement.findings)
    said = ", ".join(counted(found[one], f"{one} finding") for one in reversed(Severity) if found[one])
    return [f"Open: {said}." if said else "No finding is open."]
