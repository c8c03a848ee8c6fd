"""How far a dossier is: the items of each kind counted by verdict, and how such counts are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from sphinxcontrib_soup.cells import effectiveness, verdict_badge
from sphinxcontrib_soup.figures import Share
from sphinxcontrib_soup.kinds import BY_NAME, KINDS
from sphinxcontrib_soup.model import Cell, Column, Dossier, Progress, Severity, Trace, Verdict, cell
from sphinxcontrib_soup.wording import counted

Of = TypeVar("Of")

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


def verdicts_by_kind(trace: Trace) -> Mapping[str, Mapping[str, Verdict]]:
    """The verdict of each item by its ID, for every kind that has one; a kind that has no item is left out."""
    found = {kind: [item.id for item in trace.of_kind(kind)] for kind in VERIFIABLE}
    return {kind: {id_: trace.verdicts.get(id_, Verdict.UNTESTED) for id_ in ids} for kind, ids in found.items() if ids}


def verdicts_of_effectiveness(trace: Trace) -> Mapping[str, Verdict]:
    """The verdict on whether it works of each mitigation, by its ID."""
    return {item.id: effectiveness(trace, item.id) for item in trace.of_kind("mitigation")}


def labelled(by_kind: Mapping[str, Of], of_effectiveness: Of) -> Iterator[tuple[str, Of]]:
    """What there is of each kind, by its title, and of the effectiveness of mitigations after what is of them."""
    for kind, found in by_kind.items():
        title = BY_NAME[kind].title
        yield title, found
        if kind == "mitigation":
            yield f"{title}, effectiveness", of_effectiveness


def progress_of(dossier: Dossier) -> Progress:
    """How far the dossier is in this build; a kind that has no item is left out."""
    trace = dossier.trace
    severities = Counter(finding.severity for finding in dossier.judgement.findings)
    return Progress(
        provenance=dossier.provenance,
        items={kind: _counted(verdicts.values()) for kind, verdicts in verdicts_by_kind(trace).items()},
        effectiveness=_counted(verdicts_of_effectiveness(trace).values()),
        findings={severity: severities[severity] for severity in Severity},
    )


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
