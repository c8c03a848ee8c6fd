"""Gemfile.lock, the lock file of Ruby's Bundler; gems.locked is its other name.

Format: https://github.com/ruby/rubygems/blob/master/bundler/lib/bundler/lockfile_parser.rb
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import vcs_url
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.digests import labelled
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.wording import shown

PLACES = ("GEM", "GIT", "PATH", "PLUGIN SOURCE")
"""The sections that name where gems come from. Those of a path are the project itself."""

_SECTION = re.compile(r"[A-Z][A-Z ]*")
_ATTRIBUTE = re.compile(r"  (?P<name>\w+):(?: (?P<value>.*))?")
_NAME = re.compile(r"\w[\w.-]*")
_LINE = re.compile(r"(?P<indent> {2}| {4}| {6})(?P<name>[^\s()!]+)(?: \((?P<version>[^()]+)\))?!?(?: (?P<rest>\S.*))?")


@reader("Gemfile.lock", "gems.locked", "*.gemfile.lock", ecosystem="gem")
def gemfile_lock(source: Source) -> Iterator[Evidence]:
    """Bundler's lock file: every gem, once for each version and platform; direct is what its `DEPENDENCIES` name.

    A gem that is built for a platform has that in its version, as the lock writes it. One that is asked for and that
    no platform of the lock needs has no version. Gems of a path are the project itself. The lock does not say what a
    gem is for.
    """
    lock = _Lock()
    lock.take(source)
    if not lock.sections & {*PLACES, "DEPENDENCIES"}:
        raise ReadError("it has no section of gems: run bundle lock", 1)
    yield from lock.bad
    named: dict[str, list[_Gem]] = defaultdict(list)
    for gem in lock.gems:
        named[gem.name].append(gem)
    entries = {gem.key: Entry(_component(gem, lock, source), _needs(gem, named)) for gem in lock.gems}
    asked = [Ask(gem.key, wish.requested, None) for wish in lock.wishes for gem in named[wish.name]]
    yield from joined(entries, asked)
    for wish in lock.wishes:
        if not named[wish.name]:
            yield Component(
                name=wish.name,
                purl=_gem_url(wish.name),
                requested=wish.requested,
                direct=True,
                location=source.at(wish.line),
            )


@dataclass(frozen=True)
class _Gem:
    """A gem in the section of the place it comes from, with that section's attributes."""

    name: str
    stated: str
    section: str
    attributes: Mapping[str, str]
    line: int
    needs: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.name} {self.stated}"

    @property
    def platform(self) -> str:
        return self.stated.partition("-")[2]

    @property
    def purl(self) -> str | None:
        remote, revision = self.attributes.get("remote"), self.attributes.get("revision")
        vcs = vcs_url(remote, revision) if self.section == "GIT" and remote else None
        said = {"platform": self.platform, "vcs_url": vcs}
        return _gem_url(self.name, self.stated.partition("-")[0], said)


@dataclass(frozen=True)
class _Wish:
    name: str
    requested: str | None
    line: int


@dataclass
class _Lock:
    """What the sections of a lock say."""

    gems: list[_Gem] = field(default_factory=list)
    wishes: list[_Wish] = field(default_factory=list)
    hashes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    bad: list[Unread] = field(default_factory=list)

    def take(self, source: Source) -> None:
        refuse_conflict(source.text)
        section, attributes = "", dict[str, str]()
        for number, text in enumerate(source.text.splitlines(), 1):
            if _SECTION.fullmatch(text):
                section, attributes = text, {}
                self.sections.add(section)
            elif section in PLACES and (said := _ATTRIBUTE.fullmatch(text)):
                attributes[said["name"]] = said["value"] or ""
            elif text.strip() and section in (*PLACES, "DEPENDENCIES", "CHECKSUMS", ""):
                line = _LINE.fullmatch(text)
                if line is None or not self._entry(section, line, attributes, number):
                    reason = f"{shown(text.strip(), 60)!r} is no line of a lock file"
                    self.bad.append(Unread(reason=reason, location=source.at(number)))

    def _entry(self, section: str, line: re.Match[str], attributes: Mapping[str, str], number: int) -> bool:
        """Whether a line is an entry of its section."""
        name, version, depth = line["name"], line["version"], len(line["indent"])
        if line["rest"] and section != "CHECKSUMS":
            return False
        if section == "DEPENDENCIES" and depth == 2:
            self.wishes.append(_Wish(name, version, number))
        elif section == "CHECKSUMS" and depth == 2 and version:
            self.hashes[f"{name} {version}"] = labelled((line["rest"] or "").split(","))
        elif section in PLACES and depth == 4 and version:
            self.gems.append(_Gem(name, version, section, attributes, number))
        elif section in PLACES and depth == 6 and self.gems:
            self.gems[-1].needs.append(name)
        else:
            return False
        return True


def _gem_url(name: str, version: str | None = None, qualifiers: Mapping[str, str | None] | None = None) -> str | None:
    """The package URL of a gem; `None` where no gem can have the name."""
    return package_url("gem", name, version, qualifiers=qualifiers) if _NAME.fullmatch(name) else None


def _component(gem: _Gem, lock: _Lock, source: Source) -> Component | None:
    if gem.section == "PATH":
        return None
    return Component(
        name=gem.name,
        version=gem.stated,
        purl=gem.purl,
        hashes=lock.hashes.get(gem.key, ()),
        location=source.at(gem.line),
    )


def _needs(gem: _Gem, named: Mapping[str, Sequence[_Gem]]) -> tuple[Need, ...]:
    """What a gem needs: of a gem that is built for several platforms those of its own, or for any."""
    found = []
    for name in gem.needs:
        variants = named[name]
        fitting = [one for one in variants if one.platform in (gem.platform, "")]
        found += [Need(one.key) for one in fitting or variants]
    return tuple(found)
