"""How far a dossier is: the items of each kind counted by verdict, and how such counts are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sphinxcontrib_soup.cells import effectiveness, verdict_badge
from sphinxcontrib_soup.figures import Share
from sphinxcontrib_soup.kinds import KINDS
from sphinxcontrib_soup.model import Cell, Column, Dossier, Progress, Severity, Trace, Verdict, cell
from sphinxcontrib_soup.wording import counted

SCHEMA = "soup-progress/1"
"""The schema of the JSON that keeps the progress of a build."""

VERIFIABLE = tuple(kind.name for kind in KINDS if kind.verifiable)
"""The kinds of items that have a verdict."""

SHOWN = (Verdict.PASSED, Verdict.FAILED, Verdict.UNTESTED)
COLUMNS = (
    Column("total", "Total", width=2),
    *(Column(verdict.value, verdict.capitalize(), width=2) for verdict in SHOWN),
    Column("share", "Share passed", width=2),
)
"""The columns of what :func:`numbers` gives."""


def progress_of(dossier: Dossier) -> Progress:
    """How far the dossier is in this build; a kind that has no item is left out."""
    trace = dossier.trace
    found = {kind: [item.id for item in trace.of_kind(kind)] for kind in VERIFIABLE}
    severities = Counter(finding.severity for finding in dossier.judgement.findings)
    return Progress(
        provenance=dossier.provenance,
        items={kind: _counted(_verdict(trace, id_) for id_ in ids) for kind, ids in found.items() if ids},
        effectiveness=_counted(effectiveness(trace, id_) for id_ in found["mitigation"]),
        findings={severity: severities[severity] for severity in Severity},
    )


def _verdict(trace: Trace, id_: str) -> Verdict:
    return trace.verdicts.get(id_, Verdict.UNTESTED)


def _counted(verdicts: Iterable[Verdict]) -> Mapping[Verdict, int]:
    count = Counter(verdicts)
    return {verdict: count[verdict] for verdict in Verdict}


def numbers(count: Mapping[Verdict, int]) -> tuple[Cell, ...]:
    """How many there are, how many of each verdict, and the share that passed; no share where there are none."""
    total = sum(count.values())
    share = f"{100 * count[Verdict.PASSED] // total} %" if total else ""
    return tuple(cell(text) for text in (str(total), *(str(count[verdict]) for verdict in SHOWN), share))


def open_findings(progress: Progress) -> str:
    """How many findings of which level were open, the weightiest first; empty where none was."""
    levels = ((severity, progress.findings[severity]) for severity in reversed(Severity))
    return ", ".join(counted(number, severity) for severity, number in levels if number)


def shares(count: Mapping[Verdict, int]) -> list[Share]:
    """The parts of a bar or a column."""
    return [Share(verdict, count[verdict], verdict_badge(verdict).tone) for verdict in SHOWN]


def all_passed(count: Mapping[Verdict, int]) -> bool:
    """Whether nothing failed and nothing is untested."""
    return count[Verdict.PASSED] == sum(count.values())
