"""The progress from build to build: how many items had passed, failed or were untested, and what was open.

Earlier builds are those whose progress a file keeps: `sphinx-soup export docs progress -o FILE` writes it, and
`soup_evidence` names the files. They stand by date, those of one day by file; the last row is this build, and a gap
where not all has passed. Each item counts once, by its verdict.
Clauses: IEC 62304 5.7.1, 5.7.4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sphinxcontrib_soup.figures import columns
from sphinxcontrib_soup.model import (
    Badge,
    Cell,
    Column,
    Dossier,
    Figure,
    Line,
    Place,
    Progress,
    Provenance,
    Row,
    Table,
    Text,
    Tone,
    Verdict,
    cell,
)
from sphinxcontrib_soup.plugin import option, view, words
from sphinxcontrib_soup.progress import COLUMNS, VERIFIABLE, all_passed, numbers, open_findings, progress_of, shares
from sphinxcontrib_soup.wording import suggester

EFFECTIVENESS = "effectiveness"
"""Stands among kinds for the mitigations, counted by whether they work."""

_DRAWN = 24
"""More columns would be too narrow to be read."""
_COLUMNS = (
    Column("date", "Date", width=3),
    Column("release", "Release, commit", width=3),
    *(replace(column, optional=column.name == "total") for column in COLUMNS),
    Column("findings", "Open findings", width=4),
    Column("tool", "Made by", width=3, optional=True),
    Column("file", "File", width=4, optional=True),
)
_ALONE = (
    "No earlier build is known. A history comes about by keeping, at each release, the file that sphinx-soup export "
    "SOURCEDIR progress -o FILE.json writes; soup_evidence names these files."
)


def _kinds(text: str) -> tuple[str, ...]:
    known = (*VERIFIABLE, EFFECTIVENESS)
    named = words(text)
    if unknown := [one for one in named if one not in known]:
        raise ValueError(f"{unknown[0]!r} is none{suggester(known)(unknown[0])}; there are {', '.join(known)}")
    return named


@dataclass(frozen=True)
class TrendOptions:
    """What a trend counts."""

    kinds: tuple[str, ...] = option(
        (),
        help="the kinds of items to count, by default all that can be verified; `effectiveness` counts mitigations by "
        "whether they work",
        parse=_kinds,
    )


@view("progress-trend", TrendOptions)
def progress_trend(dossier: Dossier, options: TrendOptions) -> Table:
    """How many items had passed, failed or were untested at each build that is kept, and at this one."""
    now = progress_of(dossier)
    earlier = dossier.trace.earlier_builds
    builds = [*(one.progress for one in earlier), now]
    counts = [_count(one, options.kinds) for one in builds]
    places: list[Cell] = [*(cell(Place(one.location)) for one in earlier), cell(Badge("this build", Tone.QUIET))]
    rows = [_cells(one, count, place) for one, count, place in zip(builds, counts, places, strict=True)]
    return Table(
        name="progress-trend",
        title="Progress from build to build",
        columns=_COLUMNS,
        rows=(*(Row(cells) for cells in rows[:-1]), Row(rows[-1], gap=not all_passed(counts[-1]))),
        empty="There is no build.",
        notes=() if earlier else (_ALONE,),
        figure=_drawn(builds, counts) if earlier else None,
    )


def _count(build: Progress, kinds: Sequence[str]) -> Mapping[Verdict, int]:
    """How many items of these kinds had which verdict; of all kinds, where none is named."""
    total: Counter[Verdict] = Counter()
    for kind, count in build.items.items():
        if not kinds or kind in kinds:
            total.update(count)
    if EFFECTIVENESS in kinds:
        total.update(build.effectiveness)
    return {verdict: total[verdict] for verdict in Verdict}


def _cells(build: Progress, count: Mapping[Verdict, int], place: Cell) -> tuple[Cell, ...]:
    made = build.provenance
    return (
        cell(made.date or ""),
        cell(made.release, *_commit(made)),
        *numbers(count),
        cell(open_findings(build) or "none"),
        cell(made.tool),
        place,
    )


def _commit(made: Provenance) -> Iterator[Line]:
    if made.commit:
        yield Text(made.commit[:12]), *((Badge("changed", Tone.OPEN),) if made.dirty else ())


def _drawn(builds: Sequence[Progress], counts: Sequence[Mapping[Verdict, int]]) -> Figure:
    drawn = list(zip(builds, counts, strict=True))[-_DRAWN:]
    stacks = [((_date(one), one.provenance.release), shares(count)) for one, count in drawn]
    passed = [f"{count[Verdict.PASSED]} of {sum(count.values())} passed on {_date(one)}" for one, count in drawn]
    which = f"the last {_DRAWN} of {len(builds)}" if len(builds) > _DRAWN else f"{len(builds)}"
    text = f"Items that passed, failed or were untested at {which} builds, from {passed[0]} to {passed[-1]}"
    return columns(stacks, "Items", text)


def _date(build: Progress) -> str:
    return build.provenance.date or "a day unknown"
