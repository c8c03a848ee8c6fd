"""packages.lock.json, NuGet's lock file.

Format: https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files#locking-dependencies
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.digests import digest
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.locks import distinct
from sphinxcontrib_soup.readers.nuget import nuget_url
from sphinxcontrib_soup.wording import shown

VERSIONS = (1, 2, 3)
DIRECT = {"Direct": True, "Transitive": False, "CentralTransitive": False}
"""Whether the project itself asks for an entry of this type. Projects are its own and no components."""


@reader("packages.lock.json", "packages.*.lock.json", ecosystem="nuget")
def packages_lock_json(source: Source) -> Iterator[Evidence]:
    """NuGet's lock file: every component of every target, once for each name and version, with direct ones.

    What a component is for is left to the project file.
    """
    lock = load_object(source)
    version = lock.get("version")
    if isinstance(version, bool) or version not in VERSIONS:
        stated = f"version {version!r}" if "version" in lock else "no version"
        raise ReadError(f"it has {stated}; up to {VERSIONS[-1]} can be read", lock.lines.get("version", 1))
    targets = lock.get("dependencies")
    if not isinstance(targets, Object):
        raise ReadError(
            "`dependencies` is not an object: restore the packages again", lock.lines.get("dependencies", 1)
        )
    components: list[Component] = []
    for name, target in targets.items():
        if not isinstance(target, Object):
            yield Unread(reason=f"the target {shown(name)!r} is not an object", location=source.at(targets.lines[name]))
            continue
        for one in _target(source, target):
            if isinstance(one, Unread):
                yield one
            else:
                components.append(one)
    yield from distinct(components)


def _target(source: Source, target: Object) -> Iterator[Component | Unread]:
    """The components of one target framework, or of one for one runtime."""
    folded = {name.lower(): name for name in target}
    for name, entry in target.items():
        place = source.at(target.lines[name])
        if not isinstance(entry, Object) or not name or entry.get("type") not in (*DIRECT, "Project"):
            yield Unread(reason=f"the entry {shown(name)!r} describes no package", location=place)
        elif entry.get("type") != "Project":
            version = entry.text("resolved")
            needed = (folded.get(one.lower()) for one in entry.object("dependencies"))
            content = digest("sha512", entry.text("contentHash") or "")
            yield Component(
                name=name,
                version=version,
                purl=nuget_url(name, version),
                requested=entry.text("requested"),
                direct=DIRECT[str(entry.get("type"))],
                location=place,
                hashes=(content,) if content else (),
                requires=tuple(one for one in (_reference(target, key) for key in needed if key) if one),
            )


def _reference(target: Object, name: str) -> str | None:
    """How another component of the target is named by those that need it; a project is none."""
    entry = target.object(name)
    if entry.get("type") not in DIRECT:
        return None
    return nuget_url(name, entry.text("resolved")) or name
