"""project.assets.json, what NuGet restored for a project; it lies in the folder `obj`.

Format: https://learn.microsoft.com/en-us/nuget/concepts/package-installation-process
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.digests import digest
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.nuget import VERSION, nuget_url
from sphinxcontrib_soup.wording import shown

VERSIONS = (2, 3, 4)

_WISH = re.compile(r"(?P<name>\S+)(?:\s+(?P<range>.+))?")


@dataclass(frozen=True)
class _Assets:
    source: Source
    content: Object

    @property
    def libraries(self) -> Object:
        return self.content.object("libraries")

    @cached_property
    def targets(self) -> Mapping[str, tuple[Object, Mapping[str, str]]]:
        """Each target, and the keys of its libraries by their names in small letters: every name has one version."""
        found = self.content.object("targets").items()
        return {
            name: (target, {key.partition("/")[0].lower(): key for key in target})
            for name, target in found
            if isinstance(target, Object)
        }


@reader("project.assets.json", "*.project.assets.json", ecosystem="nuget")
def project_assets_json(source: Source) -> Iterator[Evidence]:
    """project.assets.json: every component of every target, once for each name and version, with direct ones.

    A package whose libraries the project is not compiled against, and that is kept from others, serves development.
    """
    assets = _Assets(source, load_object(source))
    content = assets.content
    version = content.get("version")
    if isinstance(version, bool) or version not in VERSIONS:
        stated = f"version {version!r}" if "version" in content else "no version"
        raise ReadError(f"it has {stated}; up to {VERSIONS[-1]} can be read", content.lines.get("version", 1))
    for name in ("targets", "libraries"):
        if not isinstance(content.get(name), Object):
            raise ReadError(f"it has no object `{name}`: restore the packages again", content.lines.get(name, 1))
    entries: dict[str, Entry] = {}
    for key, library in assets.libraries.items():
        entry = _entry(assets, key, library)
        if entry:
            entries[key] = entry
        else:
            place = source.at(assets.libraries.lines[key])
            yield Unread(reason=f"the entry {shown(key)!r} describes no package", location=place)
    yield from joined(entries, list(_asked(assets)))


def _entry(assets: _Assets, key: str, library: object) -> Entry | None:
    name, _, version = key.partition("/")
    if not isinstance(library, Object) or not name or not VERSION.fullmatch(version):
        return None
    if library.get("type") != "package":
        return Entry(None, tuple(_needs(assets, key)))
    content = digest("sha512", library.text("sha512") or "")
    component = Component(
        name=name,
        version=version,
        purl=nuget_url(name, version),
        location=assets.source.at(assets.libraries.lines[key]),
        hashes=(content,) if content else (),
    )
    return Entry(component, tuple(_needs(assets, key)))


def _needs(assets: _Assets, key: str) -> Iterator[Need]:
    """What a library needs in each target that has it."""
    for target, present in assets.targets.values():
        if key in target:
            for name in target.object(key).object("dependencies"):
                if name.lower() in present:
                    yield Need(present[name.lower()])


def _asked(assets: _Assets) -> Iterator[Ask]:
    """What the project asks for, by the library that answers in each target."""
    frameworks = assets.content.object("project").object("frameworks")
    for name, (_, present) in assets.targets.items():
        wishes = dict(_wishes(frameworks, assets.content.object("projectFileDependencyGroups"), name.partition("/")[0]))
        for wish, (requested, scope) in wishes.items():
            if wish.lower() in present:
                yield Ask(present[wish.lower()], requested, scope)


def _wishes(frameworks: Object, groups: Object, target: str) -> Iterator[tuple[str, tuple[str | None, Scope]]]:
    """What is asked for in a target: as the restored project has it, with more facts, or as the list of its wishes.

    The project writes short names of frameworks, the targets of older files long ones.
    """
    listed = groups.get(target)
    for wish in listed if isinstance(listed, list) else []:
        found = _WISH.fullmatch(wish) if isinstance(wish, str) else None
        if found:
            yield found["name"], (found["range"], Scope.RUNTIME)
    named = [frameworks.object(target)] if target in frameworks else []
    alone = [one for one in frameworks.values() if isinstance(one, Object)] if len(frameworks) == 1 else []
    for framework in named or alone:
        for name, wish in framework.object("dependencies").items():
            if isinstance(wish, Object) and wish.get("target", "Package") == "Package":
                yield name, (wish.text("version"), _scope(wish))


def _scope(wish: Object) -> Scope:
    included = {word.strip() for word in (wish.text("include") or "All").split(",")}
    private = "All" in (wish.text("suppressParent") or "")
    return Scope.DEVELOPMENT if private and not included & {"All", "Compile"} else Scope.RUNTIME
