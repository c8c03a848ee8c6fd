"""Every finding of this build: what is wrong or missing, where, how heavy it weighs and what it stands on.

What the rules counted stands below it, so that an empty table is told from one that examined nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sphinxcontrib_soup.clauses import label
from sphinxcontrib_soup.model import (
    Badge,
    Basis,
    Column,
    Dossier,
    Finding,
    Judgement,
    Place,
    Ref,
    Row,
    Severity,
    Table,
    Tone,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.wording import counted

_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.OPEN, Severity.INFO: Tone.QUIET}

_COLUMNS = (
    Column("severity", "Severity", width=2, order=tuple(Severity)),
    Column("rule", "Rule", width=3),
    Column("subject", "Subject", width=3),
    Column("message", "Message", width=8),
    Column("place", "Place", width=4),
    Column("clause", "Clause", width=4),
    Column("basis", "Basis", width=2, order=tuple(Basis)),
)


@view("findings-table")
def findings_table(dossier: Dossier, _: NoOptions) -> Table:
    """Every finding of this build, the heaviest first."""
    findings = sorted(dossier.judgement.findings, key=lambda finding: -finding.severity.rank)
    return Table(
        name="findings-table",
        title="Findings",
        columns=_COLUMNS,
        rows=tuple(_row(finding) for finding in findings),
        empty="The rules found nothing.",
        notes=tuple(_notes(dossier.judgement)),
    )


def _row(finding: Finding) -> Row:
    return Row(
        (
            cell(Badge(finding.severity, _TONES[finding.severity])),
            cell(finding.rule),
            cell(Ref(finding.subject)) if finding.subject else (),
            cell(finding.message),
            cell(Place(finding.location)),
            cell(label(finding.clause)),
            cell(finding.basis),
        ),
        gap=finding.severity is Severity.ERROR,
    )


def _notes(judgement: Judgement) -> Iterator[str]:
    applied = [count for count in judgement.counts.values() if not count.off]
    examined = sum(count.examined for count in applied)
    weights = Counter(finding.severity for finding in judgement.findings)
    found = ", ".join(f"{severity} {weights[severity]}" for severity in reversed(Severity))
    yield f"{counted(len(applied), 'rule')} examined {counted(examined, 'subject')}. Findings: {found}."
    if idle := sorted(name for name, count in judgement.counts.items() if not count.off and not count.examined):
        yield f"These found no subject to examine: {', '.join(idle)}."
    if off := sorted((name, count.off) for name, count in judgement.counts.items() if count.off):
        yield f"Not applied: {'; '.join(f'{name} ({reason})' for name, reason in off)}."
