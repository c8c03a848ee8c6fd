"""The SOUP list: every SOUP that is declared, and every package in use that is not.

What the author states stands beside what manifests and lock files name, so that the list cannot drift from the device
in silence: a SOUP that no manifest names, one in another version, and a package that nobody declared are gaps.
Packages that only came along with others, and those that serve development alone, are counted below the table.
Clauses: IEC 62304 8.1.2, 5.3.3, 5.3.4, 7.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.cells import (
    Compute,
    has_undeclared_versions,
    in_use_cell,
    is_in_use,
    is_missing,
    item_cells,
    named,
    use_lines,
    with_verdict,
)
from sphinxcontrib_soup.identity import parsed
from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import (
    Badge,
    Cell,
    Column,
    Dossier,
    Item,
    Ref,
    Row,
    Table,
    Tone,
    Trace,
    Use,
    Verdict,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id
from sphinxcontrib_soup.wording import counted

_SHOWN = (
    Column("id", "ID", width=2),
    Column("title", "Title", width=2),
    Column("version", "Version", width=2),
    Column("safety_class", "Class", width=1),
    Column("manufacturer", "Manufacturer", width=2),
    Column("licence", "Licence", width=2),
    Column("purpose", "Purpose", width=4),
    Column("used_by", "Used by", width=3),
    Column("requirements", "Requirements", width=4),
    Column("verdict", "Verdict", width=2, order=tuple(Verdict)),
    Column("in_use", "In use as", width=3),
)
_OPTIONAL = (
    Column("ecosystem", "Ecosystem", width=2, optional=True),
    *(
        Column(name, field.title, width=2, optional=True)
        for name, field in FIELDS["soup"].items()
        if name not in ("designator", "safety_class", "manufacturer", "licence", "purpose")
    ),
)
_COLUMNS = (*_SHOWN, *_OPTIONAL)


@view("soup-list")
def soup_list(dossier: Dossier, _: NoOptions) -> Table:
    """Every SOUP that is declared, beside what manifests and lock files name."""
    trace = dossier.trace
    declared = by_id(trace.of_kind("soup"))
    others = [use for key, use in trace.uses.items() if key not in trace.declaring]
    return Table(
        name="soup-list",
        title="SOUP list",
        columns=_COLUMNS,
        rows=(*(_declared(trace, soup) for soup in declared), *(_undeclared(trace, use) for use in trace.undeclared)),
        empty="No SOUP is declared, and no manifest names a package that goes into the device.",
        notes=tuple(_notes(others)),
    )


# --- a SOUP that is declared -----------------------------------------------------------------------------------------


def _declared(trace: Trace, soup: Item) -> Row:
    return Row(item_cells(trace, soup, _COLUMNS, _COMPUTED), gap=_is_gap(trace, soup))


def _is_gap(trace: Trace, soup: Item) -> bool:
    if is_missing(trace, soup) or not is_in_use(trace, soup):
        return True
    return has_undeclared_versions(trace, soup)


def _version(trace: Trace, soup: Item) -> Cell:
    """The declared version, and whether it is not the one in use."""
    declared = cell(soup.text("designator"))
    return declared if is_in_use(trace, soup) else cell((*sum(declared, ()), Badge("not in use", Tone.BAD)))


def _ecosystem(_: Trace, soup: Item) -> Cell:
    found = parsed(soup.text("purl"))
    return cell(found.type if found else "")


def _used_by(trace: Trace, soup: Item) -> Cell:
    return cell(*map(named, by_id(trace.users(soup))))


def _requirements(trace: Trace, soup: Item) -> Cell:
    """The requirements that specify it, each with its verdict."""
    return cell(*(with_verdict(trace, item) for item in by_id(trace.origins(soup, "specifies"))))


_COMPUTED: Mapping[str, Compute] = {
    "id": lambda _, soup: cell(Ref(soup.id)),
    "title": lambda _, soup: cell(soup.title),
    "version": _version,
    "ecosystem": _ecosystem,
    "used_by": _used_by,
    "requirements": _requirements,
    "in_use": in_use_cell,
    "safety_class": lambda trace, soup: cell(trace.safety_classes[soup.id]),
}


# --- packages in use that are not declared ---------------------------------------------------------------------------


def _undeclared(trace: Trace, use: Use) -> Row:
    licences = dict.fromkeys(component.licence for component in use.components if component.licence)
    known = {
        "id": cell(Badge("not declared", Tone.BAD)),
        "title": cell(use.name),
        "ecosystem": cell(use.ecosystem),
        "licence": cell(*licences),
        "in_use": cell(*use_lines(trace, use)),
        "purl": cell(use.key) if use.key.startswith("pkg:") else (),
    }
    return Row(tuple(known.get(column.name, ()) for column in _COLUMNS), gap=True)


def _notes(others: list[Use]) -> Iterator[str]:
    """What is in use and has no row, so that the list can be reconciled with the manifests."""
    not_direct = [use for use in others if use.in_device and not use.direct]
    untold = sum(all(one.direct is None for one in use.components) for use in not_direct)
    if came_along := len(not_direct) - untold:
        yield f"Not listed, because they came along with others: {counted(came_along, 'package')}."
    if untold:
        yield f"Not listed, because no file tells who asks for them: {counted(untold, 'package')}."
    if aside := sum(not use.in_device for use in others):
        yield f"Not listed, because they serve development, build or test alone: {counted(aside, 'package')}."
