"""The status file of dpkg: what is installed on Debian and the systems made from it.

Format: https://manpages.debian.org/stable/dpkg/dpkg-query.1.en.html, fields:
https://www.debian.org/doc/debian-policy/ch-controlfields.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.locks import distinct, reference
from sphinxcontrib_soup.readers.os_names import UNNAMED, Distribution, distribution
from sphinxcontrib_soup.wording import shown

RELEASES = ("os-release", "../../../etc/os-release", "../../../usr/lib/os-release")
"""Where the system is named: beside the file, or where it is in the file system that the file was taken from."""

INSTALLED = ("installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending", "half-installed")
"""The states of a package whose files are there."""

_FIELD = re.compile(r"([!-9;-~]+):[ \t]*(.*)")
_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")


@reader("status", "dpkg-status*", "*.dpkg-status", sniff=lambda source: b"Package:" in source.head, ecosystem="deb")
def dpkg_status(source: Source) -> Iterator[Evidence]:
    """dpkg's status file: every package that is installed, for which architecture, and what it depends on.

    Which ones somebody asked for, dpkg does not say. The system is named by an os-release beside the file, or at its
    place in the file system around it; without one there are no package URLs.
    """
    refuse_conflict(source.text)
    system = distribution(source, *RELEASES)
    if system is None:
        yield Unread(reason=UNNAMED, location=source.at(1))
    found: list[tuple[Component, list[str]]] = []
    for line, fields, bad in _stanzas(source.text):
        for number, text in bad:
            yield Unread(reason=f"{shown(text, 60)!r} is no field", location=source.at(number))
        if fields.get("status", "installed").rpartition(" ")[2] not in INSTALLED:
            continue
        if not fields.get("package") or not fields.get("version"):
            yield Unread(reason="the entry names no package and version", location=source.at(line))
        else:
            needs = [need for name in ("pre-depends", "depends") for need in fields.get(name, "").split(",")]
            found.append((_component(fields, source.at(line), system), needs))
    by_name = {one.name: one for one, _ in reversed(found)}
    yield from distinct(_with_needs(one, needs, by_name) for one, needs in found)


def _with_needs(one: Component, needs: list[str], by_name: Mapping[str, Component]) -> Component:
    answers = (_answer(need, by_name) for need in needs)
    return replace(one, requires=tuple(dict.fromkeys(reference(answer) for answer in answers if answer)))


def _stanzas(text: str) -> Iterator[tuple[int, dict[str, str], list[tuple[int, str]]]]:
    """The entries: the line of the name, the fields in small letters, and the lines that are none."""
    start, fields, bad, last = 0, dict[str, str](), list[tuple[int, str]](), ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        said = _FIELD.fullmatch(line)
        if said:
            last = said[1].lower()
            fields.setdefault(last, said[2].strip())
            start = number if last == "package" or not start else start
        elif line[:1].isspace() and line.strip() and last:
            fields[last] += f"\n{line.strip()}"
        elif line.strip():
            bad.append((number, line))
        elif fields or bad:
            yield start or bad[0][0], fields, bad
            start, fields, bad, last = 0, {}, [], ""


def _component(fields: Mapping[str, str], place: Location, system: Distribution | None) -> Component:
    name, version = fields["package"], fields["version"]
    said = {"arch": fields.get("architecture"), "distro": system.distro if system else None}
    origin = fields.get("source")
    return Component(
        name=name,
        version=version,
        purl=package_url("deb", name, version, system.id, qualifiers=said)
        if system and _NAME.fullmatch(name)
        else None,
        scope=Scope.RUNTIME,
        supplier=fields.get("maintainer") or None,
        properties=(("source", origin),) if origin else (),
        location=place,
    )


def _answer(need: str, by_name: Mapping[str, Component]) -> Component | None:
    """The package that answers a dependency: the first of its alternatives that is installed."""
    names = (_NAME.match(one.strip()) for one in need.split("|"))
    return next((by_name[name[0]] for name in names if name and name[0] in by_name), None)
