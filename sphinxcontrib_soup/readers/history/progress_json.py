"""The progress of an earlier build, as the export `progress` writes it (schema `soup-progress/1`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from sphinxcontrib_soup.kinds import is_date
from sphinxcontrib_soup.model import EarlierBuild, Evidence, Progress, Provenance, Severity, Verdict
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.progress import SCHEMA
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.wording import shown

Counted = TypeVar("Counted", Verdict, Severity)

_OURS = re.compile(rb'"schema"\s*:\s*"soup-progress/')
_MOST_BYTES = 200_000
_MOST = 10_000_000
"""More than any dossier holds; a number beyond it is a mistake, and would make a figure of the others useless."""


@reader("*.json", sniff=lambda source: _OURS.search(source.head) is not None)
def progress_json(source: Source) -> Iterator[Evidence]:
    """One earlier build: when it was made of what, how many items had which verdict, how many findings were open.

    A file that leaves something out, or counts what is not known here, is refused: half a count would be a wrong one.
    Keys that a later version may add are passed over.
    """
    if len(source.content) > _MOST_BYTES:
        raise ReadError(f"it has {len(source.content)} bytes, and the progress of one build takes a few hundred")
    whole = load_object(source, unique=True)
    if whole.get("schema") != SCHEMA:
        said = shown(str(whole.get("schema")))
        raise ReadError(f"its schema is {said}, not {SCHEMA}: read it with what wrote it", whole.lines.get("schema"))
    items = _object(whole, "items")
    yield EarlierBuild(
        progress=Progress(
            provenance=_provenance(_object(whole, "provenance")),
            items={kind: _counts(items, kind, Verdict) for kind in items},
            effectiveness=_counts(whole, "effectiveness", Verdict),
            findings=_counts(whole, "findings", Severity),
        ),
        location=source.at(_object(whole, "provenance").lines["date"]),
    )


def _provenance(table: Object) -> Provenance:
    date = _text(table, "date") if table.get("date") is not None else ""
    if not is_date(date):
        raise ReadError(
            f"its `date` is {shown(date) or 'not told'}, so it has no place in the history: write it as YYYY-MM-DD",
            _line(table, "date"),
        )
    commit, dirty = table.get("commit"), table.get("dirty")
    if not isinstance(dirty, bool | None):
        raise _wrong(table, "dirty", "true, false or null")
    return Provenance(
        project=_text(table, "project"),
        release=_text(table, "release"),
        tool=_text(table, "tool"),
        date=date,
        commit=None if commit is None else _text(table, "commit"),
        dirty=dirty,
    )


def _counts(table: Object, key: str, of: type[Counted]) -> Mapping[Counted, int]:
    """How many there are of each; all must be told, so that none is taken for 0, and no other can be counted."""
    counts = _object(table, key)
    known = {one.value for one in of}
    if odd := [one for one in counts if one not in known]:
        raise ReadError(f"`{shown(odd[0])}` is none of {', '.join(of)}", counts.lines[odd[0]])
    return {one: _number(table, key, counts, one.value) for one in of}


def _number(table: Object, key: str, counts: Object, name: str) -> int:
    if name not in counts:
        raise ReadError(f"`{shown(key)}` does not tell how many are {name}", table.lines[key])
    number = counts[name]
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _MOST:
        raise _wrong(counts, name, f"a whole number from 0 to {_MOST}")
    return number


def _object(table: Object, key: str) -> Object:
    found = table.get(key)
    if not isinstance(found, Object):
        raise _wrong(table, key, "an object")
    return found


def _text(table: Object, key: str) -> str:
    found = table.get(key)
    if not isinstance(found, str):
        raise _wrong(table, key, "a text")
    return found


def _wrong(table: Object, key: str, expected: str) -> ReadError:
    said = shown(json.dumps(table[key], ensure_ascii=False), 40) if key in table else "missing"
    return ReadError(f"`{shown(key)}` is {said}, and must be {expected}", _line(table, key))


def _line(table: Object, key: str) -> int | None:
    """The line of a key; where it is missing, that of the object's first one."""
    return table.lines.get(key, next(iter(table.lines.values()), None))
