"""YAML with the line of every key (https://yaml.org/spec/1.1/): texts as they are written, nothing is ever executed."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml
from yaml import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.wording import shown

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BARE: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}
_NAMESPACE = "tag:yaml.org,2002:"
_TAGS = {"!", *(_NAMESPACE + name for name in ("str", "map", "seq", "int", "float", "bool", "null"))}
_DEEPEST = 100
_SPARE = 10_000
"""Values that aliases may add to a file, beside ten times those that are written in it."""


def load_yaml(source: Source) -> Object:
    """A file that holds one YAML mapping.

    Keys and values are the texts that are written: `1.10` stays `1.10`, a package may be called `on`. Only a bare
    ``true``, ``false``, ``null``, ``~`` or nothing is more than its text.

    :raises ReadError: with the line, if it is not YAML, not one mapping, or names types of objects to be made
    """
    documents = load_documents(source)
    if len(documents) > 1:
        raise ReadError("it holds more than one document", documents[1].line)
    return documents[0].value


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a file, and the line that it begins in."""

    value: Object
    line: int


def load_documents(source: Source) -> list[Document]:
    """A file that holds one or more YAML mappings, read as :func:`load_yaml` does.

    :raises ReadError: with the line, as :func:`load_yaml` does
    """
    text = source.text
    refuse_conflict(text)
    building = _Building()
    try:
        # events, not nodes: libyaml's composer recurses until the process dies where a file is deep enough
        for event in yaml.parse(text, Loader=_LOADER):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ReadError(f"it is not YAML: {error.problem or error.context}", mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        raise ReadError(f"it is not YAML that can be read: {shown(str(error).partition(chr(10))[0])}", line) from error
    found = [Document(value, line) for value, line in building.documents if isinstance(value, Object)]
    if not found or len(found) < len(building.documents):
        odd = (line for value, line in building.documents if not isinstance(value, Object))
        raise ReadError("it holds no YAML mapping", next(odd, 1))
    return found


@dataclass
class _Part:
    """A mapping or sequence that is being read; `size` counts the values in it, each as often as it is repeated."""

    value: Object | list[Value]
    anchor: str | None = None
    key: ScalarEvent | None = None
    size: int = 1
    bases: list[Object] = field(default_factory=list)


class _Building:
    """The values of a file, made from its events one by one; `open` holds the parts around the present one."""

    def __init__(self) -> None:
        self.documents: list[tuple[Value, int]] = []
        self.open: list[_Part] = []
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.written = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents.append((None, _line(event)))
            self.anchors.clear()
        elif isinstance(event, CollectionEndEvent):
            self.close()
        elif isinstance(event, AliasEvent):
            self.repeat(event)
        elif isinstance(event, NodeEvent):
            self.written += 1
            self.begin(event)

    def begin(self, event: NodeEvent) -> None:
        tag: str | None = getattr(event, "tag", None)
        if tag and tag not in _TAGS:
            named = shown(tag.removeprefix(_NAMESPACE))
            raise ReadError(f"it has the tag {named!r}, which is refused because tags can do harm", _line(event))
        if isinstance(event, CollectionStartEvent):
            if len(self.open) == _DEEPEST:
                raise ReadError(f"it is not YAML that can be read: it is deeper than {_DEEPEST} levels", _line(event))
            if self._wants_key():
                raise ReadError("a key in it is not a text", _line(event))
            self.open.append(_Part(Object() if isinstance(event, MappingStartEvent) else [], event.anchor))
        elif isinstance(event, ScalarEvent):
            if self._wants_key():
                self.open[-1].key = event
            else:
                bare = not event.style and event.value in _BARE and not event.tag
                self.put(_BARE[event.value] if bare else event.value, 1, event.anchor)

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, Object) and self.open[-1].key is None

    def repeat(self, event: AliasEvent) -> None:
        if event.anchor is None or event.anchor not in self.anchors or self._wants_key():
            inside = any(part.anchor == event.anchor for part in self.open)
            reason = "leads to itself" if inside else "stands for no value before it"
            raise ReadError(f"the alias {shown(str(event.anchor))!r} {reason}", _line(event))
        value, size = self.anchors[event.anchor]
        self.put(value, size, None)
        if self.open and self.open[-1].size > 10 * self.written + _SPARE:
            raise ReadError("its aliases repeat more than a file can hold", _line(event))

    def close(self) -> None:
        part = self.open.pop()
        if isinstance(part.value, Object):
            for base in part.bases:
                missing = [name for name in base if name not in part.value]
                part.value.update({name: base[name] for name in missing})
                part.value.lines.update({name: base.lines[name] for name in missing})
        self.put(part.value, part.size, part.anchor)

    def put(self, value: Value, size: int, anchor: str | None) -> None:
        """Put a whole value where it belongs."""
        if anchor:
            self.anchors[anchor] = (value, size)
        if not self.open:
            self.documents[-1] = (value, self.documents[-1][1])
            return
        part = self.open[-1]
        part.size += size
        if isinstance(part.value, list):
            part.value.append(value)
        elif part.key is not None:
            key, part.key = part.key, None
            if key.value == "<<" and not key.style:
                part.bases += _bases(value, _line(key))
            elif key.value in part.value:
                raise ReadError(f"the key {shown(key.value)!r} is written twice", _line(key))
            else:
                part.value[key.value] = value
                part.value.lines[key.value] = _line(key)


def _bases(value: Value, line: int) -> list[Object]:
    """The mappings that the key ``<<`` merges into its own (https://yaml.org/type/merge.html)."""
    several = value if isinstance(value, list) else [value]
    found = [one for one in several if isinstance(one, Object)]
    if len(found) < len(several):
        raise ReadError("the key '<<' merges what is not a mapping", line)
    return found


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1
