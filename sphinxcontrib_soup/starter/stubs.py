"""Stubs of SOUP items: what is in use and not declared, as directives with all that the evidence tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from sphinxcontrib_soup.cells import undeclared_versions
from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import Component, Trace, Use
from sphinxcontrib_soup.wording import shown

_LONGEST_ID = 40
_LONGEST = 1000
_ADDRESS = re.compile(r"https?://[\w.~:/?#@!$&'()+,;=%-]+[A-Za-z0-9/]")
_CALL = re.compile(r"\[\[|\]\]|<<|>>|<\{|\}>")
"""What sphinx-needs would carry out in a field."""


class StubError(Exception):
    """A stub that cannot be written: why, in words for people."""


@dataclass(frozen=True, kw_only=True)
class Stub:
    """A SOUP item to write: its fields in the order of the kind, and the text below them."""

    id: str
    title: str
    fields: tuple[tuple[str, str], ...]
    text: str = ""


def stubs(trace: Trace, fits: Callable[[str], bool]) -> list[Stub]:
    """An item for each package, and each version of it, that goes into the device and is not declared.

    A package that is declared in a version that is no longer in use is left to its item: there the version moved.

    :param fits: whether an ID has the form that the project asks for
    :raises StubError: if no ID fits, or a name cannot be written as a title
    """
    taken = {*trace.items, *trace.others, *trace.rejected_ids}
    made = []
    for use, version in _undeclared(trace):
        id_ = _free_id(use.name, taken, fits)
        taken.add(id_)
        made.append(_stub(id_, use, version))
    return made


def _undeclared(trace: Trace) -> Iterator[tuple[Use, str | None]]:
    for use in trace.uses.values():
        if use.key in trace.declaring:
            more = undeclared_versions(trace, use)
            yield from ((use, version) for version in more if len(more) < len(use.versions))
        elif use.direct and use.in_device:
            yield from ((use, version) for version in use.versions or (None,))


def _free_id(name: str, taken: Iterable[str], fits: Callable[[str], bool]) -> str:
    prefix = BY_NAME["soup"].prefix
    base = f"{prefix}{_word(name)}"
    tried = (f"{base}{end}" for end in chain([""], (f"_{number}" for number in count(2))))
    id_ = next(one for one in tried if one not in taken)
    if not fits(id_):
        raise StubError(
            f"{id_} for {shown(name)} does not fit needs_id_regex; write its item by hand, with an ID of yours"
        )
    return id_


def _word(name: str) -> str:
    """The part of an ID that says which package it is: without the group of Maven and the host of an address."""
    short = name.rpartition(":")[2]
    host, slash, path = short.partition("/")
    if slash and "." in host:
        short = path
    word = re.sub(r"[^A-Z0-9]+", "_", short.upper().replace("+", "P")).strip("_")[:_LONGEST_ID].strip("_")
    return word or "UNNAMED"


def _stub(id_: str, use: Use, version: str | None) -> Stub:
    told = [one for one in use.components if one.version == version] or list(use.components)
    is_purl = use.key.startswith("pkg:")
    title = shown(_CALL.sub(" ", use.name), _LONGEST).strip(": ")  # a colon would begin an option
    if not is_purl and title != use.name:
        raise StubError(f"{shown(use.name)} has no package URL, and its name makes no title; write its item by hand")
    stated = {
        "purl": use.key if is_purl else "",
        "designator": version or "",
        "manufacturer": _first(one.supplier for one in told),
        "licence": _first(one.licence for one in told),
        "anomaly_list": _address(told, "issue-tracker"),
    }
    fields = tuple((name, text) for name, value in stated.items() if (text := _safe(value)))
    homepage = _address(told, "website")
    return Stub(id=id_, title=title, fields=fields, text=f"Homepage: {homepage}" if homepage else "")


def _first(values: Iterable[str | None]) -> str:
    return next((one for one in values if one), "")


def _address(components: Iterable[Component], of: str) -> str:
    """An address that a file gives of a component, where it is one that can stand in a text as it is."""
    found = (value for one in components for name, value in one.properties if name == f"reference:{of}")
    return _first(one for one in found if _ADDRESS.fullmatch(one))


def _safe(value: str) -> str:
    """A value as a field can hold it, in one line; empty where it would be carried out."""
    return "" if _CALL.search(value) else shown(value, _LONGEST).strip()


def rst(stub: Stub) -> str:
    """A stub in reStructuredText."""
    options = [("id", stub.id), *stub.fields]
    lines = [f".. soup:: {stub.title}", *(f"   :{name}: {value}" for name, value in options)]
    return "\n".join([*lines, *(["", f"   {stub.text}"] if stub.text else [])]) + "\n"


def myst(stub: Stub) -> str:
    """A stub in MyST's Markdown."""
    options = [("id", stub.id), *stub.fields]
    fence = "~~~" if "`" in stub.title else "```"  # a fence of backticks ends with the first one behind it
    lines = [f"{fence}{{soup}} {stub.title}", *(f":{name}: {_quoted(value)}" for name, value in options)]
    return "\n".join([*lines, *(["", stub.text] if stub.text else []), fence]) + "\n"


def _quoted(value: str) -> str:
    """A value of MyST's option block, which is YAML."""
    plain = re.fullmatch(r"[A-Za-z][\w ./@-]*(?:(?<! ):(?=[\w/])[\w ./@-]*)*", value) and value.lower() not in _WORDS
    return value if plain else "'" + value.replace("'", "''") + "'"


_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
"""What YAML takes for something else than a text."""
