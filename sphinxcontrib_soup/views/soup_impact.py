"""What touches a SOUP: all that has to be looked at again before it changes, is replaced, or goes.

Without an option it shows the SOUPs that must go or have moved: those of status *obsolete* or *retired*, those that
another one replaces, and those in use in another version than the declared one. `:soup:` names others, to see what an
exchange would touch. Each item stands once, with how it was reached from the SOUP, what verifies it, and what a change
asks for. Clauses: IEC 62304 6.1 f, 7.4, 8.2.2, 8.2.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.cells import has_undeclared_versions, is_in_use, named, outcome_counts, verdict_cell
from sphinxcontrib_soup.impact import DUE, Touched, replacing, retired, touched
from sphinxcontrib_soup.kinds import BY_NAME, KINDS
from sphinxcontrib_soup.model import (
    Badge,
    Cell,
    Column,
    Dossier,
    Item,
    Line,
    Ref,
    Row,
    Table,
    Text,
    Tone,
    Trace,
    Verdict,
    cell,
)
from sphinxcontrib_soup.plugin import option, view, words
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.wording import listing, suggester

_COLUMNS = (
    Column("soup", "SOUP", width=3),
    Column("kind", "Kind", width=2, order=tuple(kind.title for kind in KINDS)),
    Column("item", "Item", width=5),
    Column("relation", "How it is touched", width=4),
    Column("executions", "Executions", width=2),
    Column("verdict", "Verdict", width=2, order=tuple(Verdict)),
    Column("due", "To do", width=4),
)


@dataclass(frozen=True)
class SoupImpactOptions:
    soup: tuple[str, ...] = option(
        (), help="IDs of the SOUPs; without it, those that must go or have moved", parse=lambda text: words(text)
    )


@view("soup-impact", SoupImpactOptions)
def soup_impact(dossier: Dossier, options: SoupImpactOptions) -> Table:
    """Everything that touches a SOUP, and what its change asks for."""
    trace = dossier.trace
    known = {soup.id: soup for soup in trace.of_kind("soup")}
    ids = list(dict.fromkeys(options.soup)) if options.soup else _going(trace)
    return Table(
        name="soup-impact",
        title="What touches SOUPs that change" if not options.soup else f"What touches {listing(options.soup)}",
        columns=_COLUMNS,
        rows=tuple(
            row for id_ in ids for row in (_rows(trace, known[id_]) if id_ in known else [_unknown(known, id_)])
        ),
        empty="No SOUP is retired, replaced or in use in another version than the declared one.",
    )


def _going(trace: Trace) -> list[str]:
    """The IDs of the SOUPs that must go or have moved."""
    return sorted((soup.id for soup in trace.of_kind("soup") if _why(trace, soup)), key=natural)


def _unknown(known: Iterable[str], id_: str) -> Row:
    head = cell(id_, Badge("no SOUP has this ID", Tone.BAD), suggester(known)(id_).strip())
    return Row((head, *((),) * (len(_COLUMNS) - 1)), gap=True)


def _why(trace: Trace, soup: Item) -> Line:
    """Why a SOUP must go or has moved; empty where neither holds."""
    if retired(soup):
        return (Badge(soup.text("status"), Tone.BAD),)
    if successors := replacing(trace, soup):
        return (Badge("replaced", Tone.BAD), Text("by"), *(Ref(id_) for id_ in successors))
    moved = has_undeclared_versions(trace, soup)
    return (Badge("version moved", Tone.BAD),) if moved and not is_in_use(trace, soup) else ()


def _rows(trace: Trace, soup: Item) -> Iterator[Row]:
    order = [kind.name for kind in KINDS]
    found = sorted(touched(trace, soup), key=lambda one: (order.index(one.item.kind), natural(one.item.id)))
    why = _why(trace, soup)
    head = cell(named(soup), *((why,) if why else ()))
    for one in found:
        yield Row((head, *_cells(trace, one)))
    if not found:
        yield Row((head, (), (), cell("nothing touches it"), (), (), ()))


def _cells(trace: Trace, one: Touched) -> tuple[Cell, ...]:
    item = one.item
    executions = (*trace.executions.get(item.id, ()), *trace.effectiveness.get(item.id, ()))
    return (
        cell(BY_NAME[item.kind].title),
        cell(named(item)),
        cell((Text(one.relation), Ref(one.through.id))),
        outcome_counts(executions),
        verdict_cell(trace, item.id),
        cell(DUE.get(item.kind, "look at again")),
    )
