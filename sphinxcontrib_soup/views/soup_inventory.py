"""The inventory: every package that manifests, lock files and SBOMs name, and the SOUP that brings it in.

The second tier below the SOUP list. A package that the project asks for itself, or that somebody made a SOUP by
declaring it, shows its item; all others show the SOUPs from which they are reached, which answer for them. Packages
that serve development, build or test alone are kept apart: ``:scope: tools`` lists them, with what they serve.
What was read is counted below the table, so that it can be reconciled with the files.
Clauses: IEC 62304 8.1.2, 7.1.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sphinxcontrib_soup.model import (
    TOOLS,
    Badge,
    Cell,
    Column,
    Component,
    Dossier,
    Line,
    Part,
    Place,
    Ref,
    Row,
    Scope,
    Table,
    Text,
    Tone,
    Trace,
    Use,
    cell,
)
from sphinxcontrib_soup.plugin import option, view
from sphinxcontrib_soup.supply import brought_in_by
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.versions import satisfies
from sphinxcontrib_soup.wording import counted, listing, shown

_COLUMNS = (
    Column("package", "Package", width=3),
    Column("version", "Version", width=2),
    Column("scope", "For", width=2),
    Column("licence", "Licence", width=2),
    Column("hash", "Hash", width=2),
    Column("soup", "SOUP", width=2),
    Column("brought_in_by", "Brought in by", width=3),
    Column("place", "Named in", width=3),
    Column("ecosystem", "Ecosystem", optional=True),
    Column("purl", "Package URL", width=3, optional=True),
    Column("supplier", "Supplier", width=2, optional=True),
    Column("requested", "Asked for", width=2, optional=True),
    Column("hashes", "All hashes", width=4, optional=True),
)
_SCOPES = ("device", "tools", "all")
_DIGITS = 12
"""How many digits of a hash are shown where it is not asked for whole."""


def _scope(written: str) -> str:
    if written.strip() not in _SCOPES:
        raise ValueError(f"it is {written.strip()!r}; it must be one of {', '.join(_SCOPES)}")
    return written.strip()


@dataclass(frozen=True)
class InventoryOptions:
    scope: str = option(
        "device",
        help="`device`: what may go into the device; `tools`: what serves development, build or test alone; `all`",
        parse=_scope,
    )


class _Known(NamedTuple):
    """What a row takes from the whole: the trace, and the SOUPs that bring each package in."""

    trace: Trace
    brought: Mapping[str, tuple[str, ...]]


@view("soup-inventory", InventoryOptions)
def soup_inventory(dossier: Dossier, options: InventoryOptions) -> Table:
    """Every package that goes into the device, and the SOUP that brings it in."""
    trace = dossier.trace
    known = _Known(trace, brought_in_by(trace))
    parts = [_parts(use) for use in sorted(trace.uses.values(), key=lambda use: natural(use.name))]
    device = [device for device, _ in parts if device.components]
    tools = [tools for _, tools in parts if tools.components]
    listed = {"device": device, "tools": tools, "all": [*device, *tools]}[options.scope]
    return Table(
        name="soup-inventory",
        title="SOUP inventory",
        columns=_COLUMNS,
        rows=tuple(_row(use, known) for use in listed),
        empty="No package of this kind is named in any file that was read.",
        notes=tuple(_notes(trace, device, tools, options)),
    )


def _parts(use: Use) -> tuple[Use, Use]:
    """What of a package may go into the device, and what serves development, build or test alone: by version."""
    inner = [one for one in use.components if one.scope not in TOOLS]
    versions = {one.version for one in inner} | {None} if inner else set()
    device = tuple(one for one in use.components if one.scope not in TOOLS or one.version in versions)
    tools = tuple(one for one in use.components if one.scope in TOOLS and one.version not in versions)
    return replace(use, components=device), replace(use, components=tools)


# --- a row -----------------------------------------------------------------------------------------------------------


def _row(use: Use, known: _Known) -> Row:
    exact = _exact(use)
    undeclared = use.direct and use.in_device and use.key not in known.trace.declaring
    hashes = list(dict.fromkeys(one for component in use.components for one in component.hashes))
    cells = {
        "package": cell(use.name),
        "version": cell(*exact) if exact else cell(Badge("not told", Tone.OPEN)),
        "scope": cell(", ".join(scope for scope in Scope if scope in {one.scope for one in use.components})),
        "licence": _stated(one.licence for one in use.components),
        "hash": _hash(hashes),
        "soup": _soup(use, known, undeclared),
        "brought_in_by": _brought(use, known, several=len(exact) > 1),
        "place": _places(use, exact),
        "ecosystem": cell(use.ecosystem),
        "purl": _stated(one.purl for one in use.components),
        "supplier": _stated(one.supplier for one in use.components),
        "requested": _stated(one.requested for one in use.components),
        "hashes": cell(*hashes),
    }
    return Row(tuple(cells[column.name] for column in _COLUMNS), gap=undeclared or not exact)


def _stated(texts: Iterable[str | None]) -> Cell:
    """What files say, each once."""
    return cell(*dict.fromkeys(text for text in texts if text))


def _exact(use: Use) -> Mapping[str, Component]:
    """Each exact version with the component that tells it best: one that the project asks for itself first."""
    ordered = sorted(use.components, key=lambda one: (not one.direct, one.location), reverse=True)
    found = {one.version: one for one in ordered if one.version}
    return {version: found[version] for version in sorted(found, key=natural)}


def _places(use: Use, exact: Mapping[str, Component]) -> Cell:
    return cell(*(Place(one.location) for one in exact.values())) if exact else cell(Place(use.location))


def _hash(hashes: list[str]) -> Cell:
    if not hashes:
        return ()
    algorithm, _, digits = hashes[0].partition(":")
    short = f"{algorithm}:{digits[:_DIGITS]}…" if len(digits) > _DIGITS else hashes[0]
    return cell(short, f"and {len(hashes) - 1} more" if len(hashes) > 1 else "")


def _soup(use: Use, known: _Known, undeclared: bool) -> Cell:
    if soups := known.trace.declaring.get(use.key):
        return cell(tuple(Ref(soup.id) for soup in soups))
    return cell(Badge("not declared", Tone.BAD)) if undeclared else ()


def _brought(use: Use, known: _Known, *, several: bool) -> Cell:
    """The project itself, or the SOUPs that bring a package in; of tools only what else is one."""
    lines: list[Line] = [(Text("the project"),)] if use.direct else []
    if not use.direct or several:
        uses = known.trace.uses
        keys = [key for key in known.brought.get(use.key, ()) if uses[key].in_device or not use.in_device]
        lines += [tuple(_soup_parts(uses[key], known)) for key in keys]
    if lines:
        return cell(*lines)
    told = all(one.direct is False for one in use.components)
    return cell(Badge("needed by nothing that is listed" if told else "not told", Tone.OPEN))


def _soup_parts(use: Use, known: _Known) -> Iterator[Part]:
    soups = known.trace.declaring.get(use.key)
    yield from (Ref(soup.id) for soup in soups) if soups else (Text(use.name),)


# --- below the table -------------------------------------------------------------------------------------------------


def _notes(trace: Trace, device: list[Use], tools: list[Use], options: InventoryOptions) -> Iterator[str]:
    """Everything that was read: what is listed, and why the rest is not."""
    named = {"device": (device, "may go into the device"), "tools": (tools, "serve development, build or test alone")}
    counts = [
        f"{counted(sum(len(use.components) for use in uses), 'component')} of {counted(len(uses), 'package')} {reason}"
        f"{'' if options.scope in (name, 'all') else ' and are not listed'}"
        for name, (uses, reason) in named.items()
        if uses
    ]
    if about := len(trace.components) - sum(len(use.components) for use in trace.uses.values()):
        counts.append(f"{about} are what their SBOM is about")
    if trace.components:
        yield f"Read: {', '.join(counts)}."
    if unjudged := list(_unjudged([*device, *tools])):
        yield f"Whether the version in use is one that is asked for cannot be judged for {listing(unjudged)}."


def _unjudged(uses: Iterable[Use]) -> Iterator[str]:
    """What a project asks for in a grammar of ranges that cannot be judged here."""
    for use in uses:
        asked = ((one.version, one.requested) for one in use.components if one.direct)
        unjudged = [
            wanted
            for version, wanted in asked
            if version and wanted and satisfies(version, wanted, use.ecosystem) is None
        ]
        if unjudged:
            yield shown(f"{use.name} {unjudged[0]}", 60)
