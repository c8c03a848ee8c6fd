"""Facts that a format of SBOMs has no place for: written beside the others as properties of ours, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sphinxcontrib_soup.model import Component, Scope
from sphinxcontrib_soup.trace_json import decode, encode

PREFIX = "sphinxcontrib-soup:"
"""What the name of such a property begins with; its value is JSON."""

_TYPES: Mapping[str, Any] = {
    "name": str,
    "version": str | None,
    "purl": str | None,
    "requested": str | None,
    "direct": bool | None,
    "scope": Scope | None,
    "licence": str | None,
    "supplier": str | None,
    "hashes": tuple[str, ...],
    "properties": tuple[tuple[str, str], ...],
}


def remembered(component: Component, told: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The facts of a component that differ from what the format tells of it without them, as properties."""
    differing = {name: getattr(component, name) for name in _TYPES if name in told}
    return tuple((f"{PREFIX}{name}", _json(value)) for name, value in differing.items() if value != told[name])


def restored(component: Component) -> Component:
    """A component with the facts that its properties remember; further properties go behind the others."""
    own = [one for one in component.properties if one[0].startswith(PREFIX)]
    if not own:
        return component
    rest = tuple(one for one in component.properties if one not in own)
    facts = dict(filter(None, map(_fact, own)))
    return replace(component, **{**facts, "properties": (*rest, *facts.get("properties", ()))})


def _json(value: object) -> str:
    return json.dumps(encode(value), ensure_ascii=False)


def _fact(written: tuple[str, str]) -> tuple[str, Any] | None:
    """The name of a fact and its value; `None` for what is none of ours."""
    name = written[0].removeprefix(PREFIX)
    try:
        return name, decode(_TYPES[name], json.loads(written[1]))
    except (KeyError, ValueError, RecursionError):
        return None


def pairs_of(comment: str) -> Iterable[tuple[str, str]]:
    """The properties in a comment that :func:`as_comment` wrote; of any other comment none."""
    if not comment.startswith(PREFIX):
        return ()
    try:
        found = json.loads(comment.removeprefix(PREFIX))
        return [(f"{PREFIX}{name}", _json(value)) for name, value in found.items()]
    except (ValueError, AttributeError, RecursionError):
        return ()


def as_comment(properties: Iterable[tuple[str, str]]) -> str:
    """Properties of ours as one comment, for formats whose packages have no properties."""
    held = ", ".join(f"{json.dumps(name.removeprefix(PREFIX))}: {text}" for name, text in properties)
    return f"{PREFIX}{{{held}}}"
