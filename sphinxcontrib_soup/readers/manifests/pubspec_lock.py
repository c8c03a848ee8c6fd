"""pubspec.lock, the lock file of Dart's pub.

Format: https://dart.dev/tools/pub/glossary#lockfile
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.digests import digest
from sphinxcontrib_soup.readers.json_text import Object
from sphinxcontrib_soup.readers.pub import pub_url
from sphinxcontrib_soup.readers.yaml_text import load_yaml
from sphinxcontrib_soup.wording import shown

KINDS = {
    "direct main": Scope.RUNTIME,
    "direct dev": Scope.DEVELOPMENT,
    "direct overridden": None,
    "transitive": None,
}
"""What the lock says of how a package is asked for, and what it is for where that tells it."""

OWN = ("path", "sdk")
"""Where packages come from that are no download: folders of the project, and the SDK, which has no version here."""


@reader("pubspec.lock", ecosystem="pub")
def pubspec_lock(source: Source) -> Iterator[Evidence]:
    """pub's lock file: every package that is downloaded. What a transitive one is for, the lock does not say.

    Folders are the project itself. Packages of the SDK are in the pubspec.yaml, their version is that of the SDK.
    """
    lock = load_yaml(source)
    packages = lock.get("packages", [])
    packages = Object() if packages is None else packages  # how pub writes that there are none
    if not isinstance(packages, Object):
        raise ReadError("it has no mapping `packages`: run dart pub get", lock.lines.get("packages", 1))
    for name, entry in packages.items():
        place = source.at(packages.lines[name])
        stated = entry.text("version") if isinstance(entry, Object) else None
        if not isinstance(entry, Object) or not stated:
            yield Unread(reason=f"the entry {shown(name)} is no package with a version", location=place)
        elif entry.text("source") not in OWN:
            yield _component(name, stated, entry, place)


def _component(name: str, version: str, entry: Object, place: Location) -> Component:
    kind = entry.text("dependency") or ""
    description = entry.object("description")
    git = description.text("url") if entry.text("source") == "git" else None
    checksum = digest("sha256", description.text("sha256") or "")
    return Component(
        name=name,
        version=version,
        purl=pub_url(name, version, git, description.text("resolved-ref")),
        direct=kind.startswith("direct") if kind in KINDS else None,
        scope=KINDS.get(kind),
        hashes=(checksum,) if checksum else (),
        location=place,
    )
