"""The block of an item: what every output shows of it beside its statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sphinxcontrib_soup.cells import (
    field_cell,
    in_use_cell,
    initial_cell,
    outcome_counts,
    residual_cell,
    safety_class_cell,
    verdict_badge,
)
from sphinxcontrib_soup.kinds import BY_NAME, LINKS, Field
from sphinxcontrib_soup.model import Block, Cell, Item, Ref, Trace
from sphinxcontrib_soup.tables import natural

Facts = Iterator[tuple[str, Cell]]

_COMMON = (
    Field(name="status", title="Status", help="Where it is in its life"),
    Field(name="tags", title="Tags", help="What it is filed under"),
)


def block(trace: Trace, item: Item) -> Block:
    """What is shown of an item: its fields in the order of its kind, what is computed, and its links both ways."""
    kind = BY_NAME[item.kind]
    verdict = trace.verdicts.get(item.id)
    return Block(
        anchor=item.id,
        kind=item.kind,
        kind_title=kind.title,
        title=item.title,
        colour=kind.colour,
        verdict=None if verdict is None else verdict_badge(verdict),
        fields=tuple((label, value) for label, value in _fields(trace, item) if value),
        outgoing=tuple(_outgoing(item)),
        incoming=tuple(_incoming(trace, item)),
    )


def _fields(trace: Trace, item: Item) -> Facts:
    for field in (*_COMMON, *BY_NAME[item.kind].fields):
        yield field.title, field_cell(item, field)
        if computed := _COMPUTED.get((item.kind, field.name)):
            title, compute = computed
            yield title, compute(trace, item)


_COMPUTED: Mapping[tuple[str, str], tuple[str, Callable[[Trace, Item], Cell]]] = {
    ("risk", "probability"): ("Initial risk", initial_cell),
    ("risk", "residual_probability"): ("Residual risk", residual_cell),
    ("software-item", "safety_class"): ("Safety class", safety_class_cell),
    ("soup", "designator"): ("In use", in_use_cell),
    ("soup", "safety_class"): ("Safety class", safety_class_cell),
}
"""What is computed, by the kind and the field it stands after."""


def _outgoing(item: Item) -> Facts:
    for link in LINKS:
        if ids := item.links.get(link.name):
            yield link.title, _refs(ids)


def _incoming(trace: Trace, item: Item) -> Facts:
    origins = trace.incoming.get(item.id, {})
    for link in LINKS:
        if ids := origins.get(link.name):
            yield link.inverse, _refs(sorted(ids, key=natural))
    if executions := trace.executions.get(item.id):
        yield "executions", outcome_counts(executions)
    if executions := trace.effectiveness.get(item.id):
        yield "executions for effectiveness", outcome_counts(executions)


def _refs(ids: Iterable[str]) -> Cell:
    return (tuple(Ref(id_) for id_ in dict.fromkeys(ids)),)
