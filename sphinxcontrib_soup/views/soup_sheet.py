"""The sheet of a SOUP: all that is known of it in one place.

What its author states, the versions in use with their places, what it must do here with the verdict of each
requirement, the causes and risks it has a part in, how its published anomalies were evaluated, and the boundary of its
use: the public interface of the software items that wrap it, and the symbols that code uses of it. That boundary is
what has to be specified and tested. Clauses: IEC 62304 5.3.3, 5.3.4, 7.1.2, 7.1.3, 8.1.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from sphinxcontrib_soup.cells import (
    Compute,
    executions_cell,
    field_cell,
    in_use_cell,
    named,
    safety_class_cell,
    verdict_cell,
    with_verdict,
)
from sphinxcontrib_soup.kinds import BY_NAME, FIELDS
from sphinxcontrib_soup.model import (
    Cell,
    CodeUse,
    Column,
    Dossier,
    Item,
    Line,
    Part,
    Place,
    Ref,
    Row,
    Table,
    Text,
    Trace,
    cell,
)
from sphinxcontrib_soup.plugin import option, view, words
from sphinxcontrib_soup.tables import by_id, natural
from sphinxcontrib_soup.wording import listing

_FIELDS = BY_NAME["soup"].fields
_CATEGORY = FIELDS["soup-requirement"]["category"]
_OUTCOME = FIELDS["anomaly-evaluation"]["outcome"]
_COLUMNS = (Column("soup", "SOUP", width=2), Column("fact", "What", width=2), Column("value", "What is known", width=8))


@dataclass(frozen=True)
class SheetOptions:
    """What a sheet is of."""

    soup: tuple[str, ...] = option((), help="The IDs of the SOUPs; without it, all", parse=words)


@view("soup-sheet", SheetOptions)
def soup_sheet(dossier: Dossier, options: SheetOptions) -> Table:
    """All that is known of a SOUP: a row for each fact, and below what is not stated."""
    trace = dossier.trace
    soups = by_id(trace.of_kind("soup"))
    missing = sorted(set(options.soup) - {soup.id for soup in soups})
    if missing and soups:
        raise ValueError(f"there is no SOUP {listing(missing)}")
    chosen = [soup for soup in soups if soup.id in options.soup or not options.soup]
    alone = len(options.soup) == 1
    return Table(
        name="soup-sheet",
        title=f"Sheet of {listing(options.soup)}" if options.soup else "SOUP sheets",
        columns=_COLUMNS[1:] if alone else _COLUMNS,
        rows=tuple(row for soup in chosen for row in _rows(trace, soup, alone)),
        empty="No SOUP is declared.",
        notes=tuple(note for soup in chosen if (note := _unstated(soup))),
    )


def _rows(trace: Trace, soup: Item, alone: bool) -> Iterator[Row]:
    before = () if alone else (cell(named(soup)),)
    for title, value in _facts(trace, soup):
        if value:
            yield Row((*before, cell(title), value))


def _unstated(soup: Item) -> str:
    """Which of its fields are empty; how code calls it, and its class, are stated only where they differ."""
    asked = (one for one in _FIELDS if one.name not in ("import_names", "safety_class"))
    titles = [one.title for one in asked if not soup.text(one.name)]
    return f"Not stated of {soup.id}: {', '.join(titles)}." if titles else ""


def _facts(trace: Trace, soup: Item) -> Iterator[tuple[str, Cell]]:
    yield "SOUP", cell(named(soup))
    for field in _FIELDS:
        compute = _STATED.get(field.name)
        yield field.title, compute(trace, soup) if compute else field_cell(soup, field)
        if field.name == "designator":
            yield "In use as", in_use_cell(trace, soup)
    for title, fact in _JOINED.items():
        yield title, fact(trace, soup)


# --- what stands in other places -------------------------------------------------------------------------------------


def _origins(link: str) -> Compute:
    return lambda trace, soup: cell(*(named(item) for item in by_id(trace.origins(soup, link))))


def _licence(trace: Trace, soup: Item) -> Cell:
    """The licence that is stated, and those that files name where they say something else."""
    stated = soup.text("licence")
    components = (one for key in trace.soup_uses.get(soup.id, ()) for one in trace.uses[key].components)
    found = dict.fromkeys(one.licence for one in components if one.licence and one.licence != stated)
    return cell(stated, *(f"{licence} (in files)" for licence in found))


def _requirements(trace: Trace, soup: Item) -> Cell:
    return cell(*(_requirement(trace, item) for item in by_id(trace.origins(soup, "specifies"))))


def _requirement(trace: Trace, item: Item) -> Line:
    category = field_cell(item, _CATEGORY)
    said = [Text(f"({part.text})") for line in category for part in line]
    id_, *rest = with_verdict(trace, item)
    return (id_, *said, *rest)


def _causes(trace: Trace, soup: Item) -> Cell:
    causes = [item for item in by_id(trace.origins(soup, "arises_from")) if item.kind == "cause"]
    return cell(*(_cause(trace, cause) for cause in causes))


def _cause(trace: Trace, cause: Item) -> Line:
    risks = by_id(trace.targets(cause, "contributes_to"))
    to: tuple[Part, ...] = (Text("contributes to"), *(Ref(risk.id) for risk in risks)) if risks else ()
    return (*named(cause), *to)


def _evaluations(trace: Trace, soup: Item) -> Cell:
    return cell(*(_evaluation(item) for item in by_id(trace.origins(soup, "evaluates"))))


def _evaluation(item: Item) -> Line:
    version = item.text("designator")
    outcome = " ".join(part.text for line in field_cell(item, _OUTCOME) for part in line) or "no outcome"
    return (*named(item), Text(f"({outcome}{f', for {version}' if version else ''})"))


# --- the boundary of its use -----------------------------------------------------------------------------------------


def _interface(trace: Trace, soup: Item) -> Cell:
    """What the software items that wrap it offer to the others."""
    wrappers = [one.id for one in by_id(trace.origins(soup, "wraps"))]
    offered = ((id_, name) for id_ in wrappers for name in trace.interfaces.get(id_, ()))
    return cell(*((Ref(id_), Text(name.signature), Place(name.location)) for id_, name in offered))


def _symbols(trace: Trace, soup: Item) -> Cell:
    """What code uses of it, a line for each file."""
    lines: list[Line] = []
    for path, uses in groupby(trace.soup_code.get(soup.id, ()), key=lambda use: use.location.path):
        symbols = sorted({symbol for use in uses for symbol in use.symbols}, key=natural)
        if symbols:
            lines.append((Text(f"{path}: {', '.join(symbols)}"),))
    return cell(*lines)


def _import(use: CodeUse) -> Line:
    return (Text(use.name or ""), Place(use.location))


_STATED: Mapping[str, Compute] = {"licence": _licence}
"""The fields that stand beside something that is found."""

_JOINED: Mapping[str, Compute] = {
    "Safety class": safety_class_cell,
    "Wrapped by": _origins("wraps"),
    "Used by": _origins("uses"),
    "Requirements": _requirements,
    "Verdict": lambda trace, soup: verdict_cell(trace, soup.id),
    "Executions": lambda trace, soup: executions_cell(trace.executions.get(soup.id, ())),
    "Causes": _causes,
    "Anomaly evaluations": _evaluations,
    "Public interface of its wrapper": _interface,
    "Symbols used": _symbols,
    "Imported at": lambda trace, soup: cell(*map(_import, trace.soup_code.get(soup.id, ()))),
    "Replaces": lambda trace, soup: cell(*map(named, trace.targets(soup, "replaces"))),
    "Replaced by": _origins("replaces"),
}
"""What other items, files and code say of it, by its title."""
