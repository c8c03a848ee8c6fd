"""The traceability matrix: each path along a chain of links, with what was executed at its end and the verdict.

A chain is written as the kinds it starts from and the links it follows: `derives_from` as it is stored, and
`<-derives_from` for the items that point here. `|` joins kinds, or links, that may stand in one place. So
`hazard <-arises_from <-controls implemented_by` leads from hazards over risks and mitigations to requirements.
Columns are named after the kind and the links, here `hazard`, `gives_rise_to`, `controlled_by`, `implemented_by`, then
`executions` and `verdict`. A path that ends early, or whose last item is not verified, is a gap.
Clauses: IEC 62304 5.1.1 c, 5.7.4, 7.3.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sphinxcontrib_soup.cells import executions_cell, lenders_cell, named, verdict_cell
from sphinxcontrib_soup.kinds import BY_NAME, KINDS, LINK_BY_NAME
from sphinxcontrib_soup.model import Badge, Cell, Column, Dossier, Ref, Row, Table, Tone, Trace, Verdict, cell
from sphinxcontrib_soup.plugin import option, view
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.wording import counted, listing, suggester

MOST_ROWS = 100_000
MOST_LISTED = 20
NOTHING = ""
"""Stands in a path for the item that is missing."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link type, followed as it is stored or the other way."""

    name: str
    backward: bool

    @property
    def title(self) -> str:
        link = LINK_BY_NAME[self.name]
        return link.inverse if self.backward else link.title

    @property
    def origins(self) -> frozenset[str]:
        """The kinds it can be followed from."""
        return _ends(self.name, "targets" if self.backward else "sources")

    @property
    def ends(self) -> frozenset[str]:
        """The kinds it can lead to."""
        return _ends(self.name, "sources" if self.backward else "targets")

    def follow(self, trace: Trace, id_: str) -> tuple[str, ...]:
        if self.backward:
            return trace.incoming.get(id_, {}).get(self.name, ())
        return trace.items[id_].links.get(self.name, ())


def _ends(link: str, side: str) -> frozenset[str]:
    kinds: tuple[str, ...] = getattr(LINK_BY_NAME[link], side)
    return frozenset(kinds or BY_NAME)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: every link that may be followed there."""

    links: tuple[Link, ...]

    @property
    def title(self) -> str:
        return " / ".join(link.title for link in self.links)

    def follow(self, trace: Trace, id_: str) -> list[str]:
        found = dict.fromkeys(next_ for link in self.links for next_ in link.follow(trace, id_))
        return sorted(found, key=natural) if len(found) > 1 else list(found)


@dataclass(frozen=True)
class Chain:
    """What a matrix follows: the kinds it starts from, then steps."""

    start: tuple[str, ...]
    steps: tuple[Step, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, one a hop: the kind or the link, numbered from the second on where it returns."""
        plain = [_name("_or_".join(self.start)), *(_name(step.title) for step in self.steps)]
        return tuple(
            name if (nth := plain[: index + 1].count(name)) == 1 else f"{name}_{nth}"
            for index, name in enumerate(plain)
        )


def _name(title: str) -> str:
    return title.replace(" / ", "_or_").replace(" ", "_").replace("-", "_")


def chain(text: str) -> Chain:
    """A chain as it is written.

    :raises ValueError: if it names a kind or link there is not, or a link that cannot follow what stands before it
    """
    first, *rest = text.split() or [""]
    start = tuple(dict.fromkeys(first.split("|")))
    for kind in start:
        if kind not in BY_NAME:
            meant = suggester(BY_NAME)(kind)
            raise ValueError(f"a chain starts from kinds, and {kind!r} is none{meant}; kinds are {', '.join(BY_NAME)}")
    before, here = first, frozenset(start)
    steps: list[Step] = []
    for word in rest:
        step = Step(tuple(_link(part, before, here) for part in dict.fromkeys(word.split("|"))))
        before, here = word, frozenset[str]().union(*(link.ends for link in step.links))
        steps.append(step)
    return Chain(start, tuple(steps))


def _link(word: str, before: str, here: frozenset[str]) -> Link:
    link = Link(word.removeprefix("<-"), backward=word.startswith("<-"))
    if link.name not in LINK_BY_NAME:
        meant, known = suggester(LINK_BY_NAME)(link.name), ", ".join(LINK_BY_NAME)
        raise ValueError(f"{word!r} names no link{meant}; links are {known}, each also with <- before it")
    if not link.origins & here:
        fitting = ", ".join(kind for kind in BY_NAME if kind in link.origins)
        raise ValueError(f"{word!r} cannot follow {before!r}: it goes on from {fitting}")
    return link


@dataclass(frozen=True)
class Options:
    """What a page may ask of the matrix."""

    chain: Chain = option(
        chain("system-requirement <-derives_from"),
        help="The kinds to start from and the links to follow, such as `user-need <-derives_from <-derives_from`",
        parse=chain,
    )


@view("traceability-matrix", options=Options)
def traceability_matrix(dossier: Dossier, options: Options) -> Table:
    """Each path along a chain of links, with what was executed at its end and the verdict.

    :raises ValueError: if the chain makes more rows than anyone can read
    """
    trace, asked = dossier.trace, options.chain
    paths = _paths(trace, asked)
    kinds = _kinds_by_hop(trace, asked, paths)
    drawn = _Drawn(trace, asked)
    rows = tuple(drawn.row(path) for path in paths)
    starts = " or ".join(BY_NAME[kind].title for kind in asked.start)
    return Table(
        name="traceability-matrix",
        title="Traceability matrix",
        columns=tuple(_columns(asked, kinds)),
        rows=rows,
        empty=f"Nothing to trace: no item is of the kind {starts}.",
        notes=(*_totals(trace, paths, rows), *_left_out(trace, paths, kinds)) if rows else (),
    )


def _paths(trace: Trace, asked: Chain) -> list[Path]:
    paths: list[Path] = [(id_,) for id_ in sorted((item.id for item in trace.of_kind(*asked.start)), key=natural)]
    for step in asked.steps:
        paths = _longer(trace, step, paths)
    return paths


def _longer(trace: Trace, step: Step, paths: list[Path]) -> list[Path]:
    """Every path with each item that the step leads to, or :data:`NOTHING`; one that has ended stays as it is."""
    ends = {path[-1] for path in paths}
    reached = {id_: step.follow(trace, id_) or [NOTHING] for id_ in ends if id_ in trace.items}
    longer: list[Path] = []
    for path in paths:
        longer += [(*path, id_) for id_ in reached[path[-1]]] if path[-1] in reached else [path]
        if len(longer) > MOST_ROWS:
            raise ValueError(f"the chain makes more than {MOST_ROWS} rows; let it take fewer steps")
    return longer


def _end(trace: Trace, path: Path) -> str:
    """The last item of a path that there is."""
    return next(id_ for id_ in reversed(path) if id_ in trace.items)


def _is_gap(trace: Trace, asked: Chain, path: Path) -> bool:
    whole = len(path) == len(asked.steps) + 1 and path[-1] in trace.items
    return not whole or trace.verdicts.get(path[-1], Verdict.PASSED) is not Verdict.PASSED


class _Drawn:
    """The rows of one matrix; what is shown of an item is made once, however many paths it is on."""

    def __init__(self, trace: Trace, asked: Chain) -> None:
        self.trace = trace
        self.asked = asked
        self.hops: dict[str, Cell] = {}
        self.ends: dict[str, tuple[Cell, Cell]] = {}

    def row(self, path: Path) -> Row:
        missing = len(self.asked.steps) + 1 - len(path)
        hops = [self._hop(index, id_) for index, id_ in enumerate(path)]
        end = self._end(_end(self.trace, path))
        return Row((*hops, *((),) * missing, *end), gap=_is_gap(self.trace, self.asked, path))

    def _hop(self, index: int, id_: str) -> Cell:
        if id_ == NOTHING:
            return cell(Badge(f"{self.asked.steps[index - 1].title} nothing", Tone.OPEN))
        if id_ not in self.hops:
            item = self.trace.items.get(id_)
            absent = Badge("stands for no kind", Tone.QUIET) if id_ in self.trace.others else Badge("missing", Tone.BAD)
            self.hops[id_] = cell(named(item) if item else (Ref(id_), absent))
        return self.hops[id_]

    def _end(self, id_: str) -> tuple[Cell, Cell]:
        if id_ not in self.ends:
            executions = executions_cell(self.trace.executions.get(id_, ()))
            behind = executions or lenders_cell(self.trace, self.trace.items[id_])
            self.ends[id_] = behind, verdict_cell(self.trace, id_)
        return self.ends[id_]


def _columns(asked: Chain, kinds: list[set[str]]) -> Iterator[Column]:
    for index, name in enumerate(asked.names):
        found = [kind.title for kind in KINDS if kind.name in kinds[index]]
        title = " / ".join(found) or asked.steps[index - 1].title.capitalize()
        yield Column(name, title, width=3)
    yield Column("executions", "Executions", width=4)
    yield Column("verdict", "Verdict", order=tuple(Verdict))


def _kinds_by_hop(trace: Trace, asked: Chain, paths: Iterable[Path]) -> list[set[str]]:
    kinds: list[set[str]] = [set(asked.start), *(set() for _ in asked.steps)]
    for path in paths:
        for found, id_ in zip(kinds, path, strict=False):
            if item := trace.items.get(id_):
                found.add(item.kind)
    return kinds


# --- the totals, so that what is shown can be checked against what there is -----------------------------------------


def _totals(trace: Trace, paths: list[Path], rows: Iterable[Row]) -> Iterator[str]:
    starts, gaps = len({path[0] for path in paths}), sum(row.gap for row in rows)
    yield f"{counted(starts, 'item')} to start from, {counted(len(paths), 'path')}, {gaps} of them with a gap."
    ends = Counter(trace.verdicts[end] for end in {_end(trace, path) for path in paths} if end in trace.verdicts)
    if ends:
        yield f"Items at the ends: {', '.join(f'{ends[verdict]} {verdict}' for verdict in Verdict)}."


def _left_out(trace: Trace, paths: list[Path], kinds: list[set[str]]) -> Iterator[str]:
    """The items of the kinds in the matrix that no path leads to."""
    shown = {id_ for path in paths for id_ in path}
    left = [item.id for item in trace.of_kind(*set[str]().union(*kinds)) if item.id not in shown]
    if left:
        yield f"On no path: {listing(sorted(left, key=natural), most=MOST_LISTED)}."
