"""The database of apk: what is installed on Alpine and the systems made from it.

Format: https://wiki.alpinelinux.org/wiki/Apk_spec
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.locks import distinct, reference
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.os_names import UNNAMED, Distribution, distribution
from sphinxcontrib_soup.wording import shown

RELEASES = ("os-release", "../../../etc/os-release", "../../../usr/lib/os-release")
WORLDS = ("world", "../../../etc/apk/world")
"""Where the system is named, and what somebody asked for: beside the database, or in the file system around it."""

_FIELD = re.compile(r"([A-Za-z]):(.*)")
_NAME = re.compile(r"[^\s<>=~!@]+")
_RECORD = re.compile(rb"^C:Q[12]", re.MULTILINE)

_World = Mapping[str, tuple[str, Location]]
"""What is asked for: by its name the version, where one is asked for, and the place that says so."""


@reader(
    "installed",
    "apk-installed*",
    "*.apk-installed",
    sniff=lambda source: _RECORD.search(source.head) is not None,
    ecosystem="apk",
)
def apk_installed(source: Source) -> Iterator[Evidence]:
    """apk's database: every package that is installed, with its licence and what it depends on.

    Direct is what `world` names, a file beside it or at its place in the file system around; without it that is
    unknown. The system is named by an os-release found likewise; without one there are no package URLs.
    """
    refuse_conflict(source.text)
    system = distribution(source, *RELEASES)
    if system is None:
        yield Unread(reason=UNNAMED, location=source.at(1))
    world = _world(source)
    found: list[tuple[Component, str]] = []
    provided: dict[str, Component] = {}
    for line, fields in _records(source.text):
        if not fields.get("P") or not fields.get("V"):
            yield Unread(reason="the entry names no package and version", location=source.at(line))
            continue
        one = _component(fields, source.at(line), system, world)
        found.append((one, fields.get("D", "")))
        for name in [one.name, *(word[0] for word in map(_NAME.match, fields.get("p", "").split()) if word)]:
            provided.setdefault(name, one)
    yield from distinct(_with_needs(one, needs, provided) for one, needs in found)
    for name, (_, place) in (world or {}).items():
        if name not in provided:
            yield Unread(reason=f"{shown(name)} is asked for, and not installed", location=place)


def _records(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The packages: the line of the name, and the fields; those of its files, which follow, are left out."""
    start, fields = 0, dict[str, str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        said = _FIELD.fullmatch(line)
        if said:
            fields.setdefault(said[1], said[2].strip())
            start = number if said[1] == "P" or not start else start
        elif not line.strip() and fields:
            yield start, fields
            start, fields = 0, {}


def _with_needs(one: Component, needs: str, provided: Mapping[str, Component]) -> Component:
    answers = (provided.get(word[0]) for word in map(_NAME.match, needs.split()) if word)
    others = (reference(answer) for answer in answers if answer and answer != one)
    return replace(one, requires=tuple(dict.fromkeys(others)))


def _component(
    fields: Mapping[str, str], place: Location, system: Distribution | None, world: _World | None
) -> Component:
    name, version = fields["P"], fields["V"]
    said = {"arch": fields.get("A"), "distro": system.distro if system else None}
    kept = (("checksum", "C"), ("source", "o"))
    return Component(
        name=name,
        version=version,
        purl=package_url("apk", name, version, system.id, qualifiers=said) if system else None,
        requested=world[name][0] or None if world and name in world else None,
        direct=name in world if world is not None else None,
        scope=Scope.RUNTIME,
        licence=fields.get("L") or None,
        supplier=fields.get("m") or None,
        properties=tuple((key, fields[letter]) for key, letter in kept if fields.get(letter)),
        location=place,
    )


def _world(source: Source) -> _World | None:
    """What the file `world` asks for."""
    for place in WORLDS:
        found = nearby(source, place)
        try:
            lines = found.text.splitlines() if found else []
        except ReadError:
            continue
        if found:
            return {
                name[0]: (word[name.end() :].partition("@")[0], found.at(number))
                for number, line in enumerate(lines, 1)
                for word in line.split()
                if (name := _NAME.match(word))
            }
    return None
