"""Our frozen values as JSON, and back: by their types alone, so that a new type needs nothing here."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sphinxcontrib_soup.model import (
    CodeUse,
    Component,
    EarlierBuild,
    Execution,
    Judgement,
    LicenceStatement,
    Provenance,
    PublicName,
    TestResult,
    Trace,
    Unread,
)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Decoded = TypeVar("Decoded")

KINDS: Mapping[str, type] = {
    "component": Component,
    "test-result": TestResult,
    "licence": LicenceStatement,
    "code-use": CodeUse,
    "public-name": PublicName,
    "earlier-build": EarlierBuild,
    "unread": Unread,
}
"""The evidence by its `kind` in JSON."""

_KIND_OF = {type_: kind for kind, type_ in KINDS.items()}


def encode(value: object) -> Json:
    """A value as JSON: a dataclass is an object of its fields, `location` last; evidence has its `kind` first.

    The keys of a mapping, `schema` before all, and the members of a set are sorted; everything else keeps its order.

    :raises TypeError: if a value of a type that is none of ours is in it
    """
    return _encoder(type(value))(value)  # type: ignore[arg-type]


@cache
def _encoder(type_: Any) -> Callable[[Any], Json]:
    """How the values of a type become JSON: asked once a type, because a trace has a million values."""
    if issubclass(type_, bool | int | float | str | types.NoneType):
        return (lambda value: value.value) if issubclass(type_, Enum) else (lambda value: value)
    if is_dataclass(type_):
        return _object
    if issubclass(type_, Mapping):
        return _mapping
    if issubclass(type_, tuple | list):
        return lambda value: [encode(one) for one in value]
    if issubclass(type_, frozenset):
        return lambda value: [encode(one) for one in sorted(value)]
    raise TypeError(f"{type_.__name__} has no form in JSON")


def _object(value: Any, of_field: Callable[[Any], Any] = encode) -> dict[str, Any]:
    type_: Any = type(value)
    kind = {"kind": _KIND_OF[type_]} if type_ in _KIND_OF else {}
    return kind | {name: of_field(getattr(value, name)) for name in _names(type_)}


def _mapping(value: Mapping[Any, object], of_value: Callable[[Any], Any] = encode) -> dict[str, Any]:
    return {str(key): of_value(value[key]) for key in _sorted(value)}


def _sorted(keys: Iterable[Any]) -> list[Any]:
    return sorted(keys, key=lambda key: (key != "schema", key))


@cache
def _names(type_: Any) -> tuple[str, ...]:
    """The fields of a dataclass; evidence ends with its location, as people read it."""
    names = [one.name for one in fields(type_)]
    return tuple(sorted(names, key=lambda name: type_ in _KIND_OF and name == "location"))


def dumps(value: object) -> str:
    """A value as the text of a JSON file: the same value always gives the same text.

    :raises ValueError: if a number in it is not finite
    """
    return _pretty(encode(value), "\n").encode("utf-8", "backslashreplace").decode() + "\n"


def _pretty(value: Json, line: str) -> str:
    """What `json.dumps` makes with `indent=1`, in half the time; `line` is a line break and the indent."""
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    if not value or not isinstance(value, dict | list):
        return _plain(value)
    deeper = f"{line} "
    if isinstance(value, dict):
        pairs = [f"{_quoted(name)}: {_pretty(one, deeper)}" for name, one in value.items()]
        return f"{{{deeper}{f',{deeper}'.join(pairs)}{line}}}"
    return f"[{deeper}{f',{deeper}'.join([_pretty(one, deeper) for one in value])}{line}]"


_quoted = json.encoder.encode_basestring
_plain = json.JSONEncoder(allow_nan=False).encode


SCHEMA = "soup-trace/1"


def trace_text(
    trace: Trace, judgement: Judgement, provenance: Provenance, views: Sequence[object] = ()
) -> Iterator[str]:
    """The whole trace and what was judged of it, as the text of `trace.json` (schema `soup-trace/1`).

    It comes in pieces, each record on a line of its own, so that a long one is never in memory whole.

    :param views: what the pages ask for, so that their tables can be made again
    """
    return _lines(
        {
            "schema": SCHEMA,
            "provenance": provenance,
            "settings": trace.settings,
            "items": list(trace.items.values()),
            "links": [
                {"source": item.id, "type": type_, "target": target}
                for item in trace.items.values()
                for type_, targets in sorted(item.links.items())
                for target in targets
            ],
            "others": sorted(trace.others),
            "evidence": [
                *trace.components,
                *trace.results,
                *trace.licence_statements,
                *trace.code_uses,
                *trace.earlier_builds,
                *trace.unread,
            ],
            "sources": trace.sources,
            "rejections": trace.rejections,
            "executions": {id_: [_brief(one) for one in several] for id_, several in trace.executions.items()},
            "effectiveness": {id_: [_brief(one) for one in several] for id_, several in trace.effectiveness.items()},
            "verdicts": trace.verdicts,
            "safety_classes": trace.safety_classes,
            "soup_uses": trace.soup_uses,
            "views": views,
            "soup_code": {id_: [one.location for one in several] for id_, several in trace.soup_code.items()},
            "item_code": trace.item_code,
            "interfaces": trace.interfaces,
            "findings": judgement.findings,
            "counts": counts_json(judgement),
        }
    )


def _lines(records: Mapping[str, object]) -> Iterator[str]:
    before = "{"
    for name in _sorted(records):
        yield f"{before}\n {_quoted(name)}: "
        yield from _records(records[name])
        before = ","
    yield "\n}\n"


def _records(value: object) -> Iterator[str]:
    """A mapping or a list with each of its members on a line; anything else on one."""
    if value and isinstance(value, Mapping):
        yield from _block("{", (f"{_quoted(str(name))}: {_in_line(value[name])}" for name in _sorted(value)), "}")
    elif value and isinstance(value, list | tuple):
        yield from _block("[", map(_in_line, value), "]")
    else:
        yield _in_line(value)


def _block(opening: str, members: Iterable[str], closing: str) -> Iterator[str]:
    for member in members:
        yield f"{opening}\n  {member}"
        opening = ","
    yield f"\n {closing}"


def _in_line(value: object) -> str:
    return _compact(_ordered(value))


def _shallow(value: object) -> object:
    """One level of what :func:`encode` makes: all that is plain below it is left to the encoder, which is quick."""
    return _object(value, _ordered) if is_dataclass(value) else encode(value)


def _ordered(value: object) -> object:
    return _mapping(value, _ordered) if isinstance(value, dict) else value


_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_shallow).encode


def counts_json(judgement: Judgement) -> dict[str, dict[str, int | str]]:
    """What each rule counted, by its name; `off` tells why one did not run, and is there only then."""
    return {
        rule: {"examined": count.examined, "found": count.found} | ({"off": count.off} if count.off else {})
        for rule, count in sorted(judgement.counts.items())
    }


def _brief(execution: Execution) -> dict[str, object]:
    """An execution without its result, which stands in the evidence at the same location."""
    return {name: getattr(execution, name) for name in ("name", "outcome", "of", "note", "location")}


def decode(type_: type[Decoded], value: Json) -> Decoded:
    """The value of this type that :func:`encode` made this JSON of.

    :raises ValueError: with the place and a sentence for people, if it cannot have been made of one
    """
    decoded: Decoded = _decode(type_, value, "")
    return decoded


def _decode(type_: Any, value: Any, place: str) -> Any:
    if type_ in (bool, int, str, type(None)):
        return _checked(type(value) is type_, value, type_, place)
    if type_ is float:
        return float(_checked(isinstance(value, float | int) and not isinstance(value, bool), value, type_, place))
    if get_origin(type_) in (Union, types.UnionType):
        return _decode(_member(get_args(type_), value, place), value, place)
    if is_dataclass(type_):
        return _dataclass(type_, _checked(isinstance(value, dict), value, type_, place), place)
    if isinstance(type_, type) and issubclass(type_, Enum):
        return _enum(type_, value, place)
    return _collection(type_, value, place)


def _checked(fits: bool, value: Any, type_: Any, place: str) -> Any:
    if not fits:
        raise ValueError(f"{place or 'it'} should be of type {getattr(type_, '__name__', type_)}, not {value!r:.60}")
    return value


def _member(members: Sequence[Any], value: Any, place: str) -> Any:
    """The type among those of a union that a value is of: evidence by its kind, others by their fields."""
    if isinstance(value, dict) and set(members) & set(_KIND_OF):
        fitting = [one for one in members if one in _KIND_OF and _KIND_OF[one] == value.get("kind")]
    else:
        fitting = [one for one in members if _fits(one, value)]
    names = [getattr(one, "__name__", str(one)) for one in members]
    return fitting[0] if fitting else _checked(False, value, " or ".join(names), place)


def _fits(type_: Any, value: Any) -> bool:
    if type_ is type(None):
        return value is None
    if isinstance(value, bool) or type_ is bool:
        return isinstance(value, bool) and type_ is bool
    if isinstance(value, dict):
        has_fields: bool = is_dataclass(type_)
        return set(_names(type_)) == value.keys() if has_fields else get_origin(type_) is Mapping
    if isinstance(value, list):
        return get_origin(type_) in (tuple, frozenset)
    if isinstance(type_, type) and issubclass(type_, Enum):
        return value in [one.value for one in type_]
    return isinstance(value, (int, float) if type_ is float else type_) if isinstance(type_, type) else False


def _dataclass(type_: Any, value: dict[str, Any], place: str) -> Any:
    hints = _hints(type_)
    _checked(value.get("kind") == _KIND_OF[type_] if type_ in _KIND_OF else True, value, type_, place)
    missing = [one.name for one in fields(type_) if one.name not in value]
    unknown = sorted(value.keys() - hints.keys() - ({"kind"} if type_ in _KIND_OF else set()))
    if missing or unknown:
        said = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)}"] * bool(unknown)
        raise ValueError(f"{place or 'it'} {' and '.join(said)}, so it is no {type_.__name__}")
    return type_(**{name: _decode(hints[name], value[name], f"{place}.{name}".strip(".")) for name in _names(type_)})


@cache
def _hints(type_: Any) -> dict[str, Any]:
    names = {one.name for one in fields(type_)}
    return {name: hint for name, hint in get_type_hints(type_).items() if name in names}


def _enum(type_: Any, value: Any, place: str) -> Any:
    try:
        return type_(value)
    except ValueError as error:
        raise ValueError(f"{place or 'it'} should be one of {', '.join(type_)}, not {value!r:.60}") from error


def _collection(type_: Any, value: Any, place: str) -> Any:
    origin, members = get_origin(type_), get_args(type_)
    if origin is tuple:
        items = _checked(isinstance(value, list), value, type_, place)
        types_ = [members[0]] * len(items) if members[1:] == (...,) else list(members)
        _checked(len(types_) == len(items), value, type_, place)
        return tuple(_decode(types_[at], one, f"{place}[{at}]") for at, one in enumerate(items))
    if origin is frozenset:
        items = _checked(isinstance(value, list), value, type_, place)
        return frozenset(_decode(members[0], one, f"{place}[{at}]") for at, one in enumerate(items))
    if origin is Mapping:
        table = _checked(isinstance(value, dict), value, type_, place)
        return {_decode(members[0], key, place): _decode(members[1], table[key], f"{place}[{key}]") for key in table}
    raise TypeError(f"{type_} cannot be decoded")
