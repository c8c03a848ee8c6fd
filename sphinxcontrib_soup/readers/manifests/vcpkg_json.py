"""vcpkg.json, the manifest of a project that takes its libraries from vcpkg.

Format: https://learn.microsoft.com/vcpkg/reference/vcpkg-json
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.json_lists import element_lines
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object
from sphinxcontrib_soup.wording import shown

VERSIONS = ("version", "version-semver", "version-date", "version-string")
"""The keys that a version may have, by its form."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@reader("vcpkg.json", ecosystem="vcpkg")
def vcpkg_json(source: Source) -> Iterator[Evidence]:
    """vcpkg.json: direct components, those of features as optional ones, those for the host as tools of the build.

    An exact version is known where `overrides` states it. Otherwise it is that of the baseline, which is no part of
    this file.
    """
    manifest = load_object(source)
    yield from _bad(manifest, source)
    overrides = _overrides(manifest)
    yield from _dependencies(manifest, source, Scope.RUNTIME, manifest, overrides)
    for feature in _features(manifest):
        yield from _dependencies(feature, source, Scope.OPTIONAL, manifest, overrides)


def _bad(manifest: Object, source: Source) -> Iterator[Unread]:
    """Features and overrides that cannot be understood."""
    features = manifest.object("features")
    for name, feature in features.items():
        if not isinstance(feature, Object):
            yield Unread(reason=f"the feature {shown(name)} is not an object", location=source.at(features.lines[name]))
    stated = manifest.get("overrides", [])
    listed = stated if isinstance(stated, list) else [stated]
    lines = element_lines(source, manifest, "overrides") or [manifest.lines.get("overrides", 1)]
    for one, line in zip(listed, lines, strict=False):
        if not isinstance(one, Object) or not one.text("name") or not _version(one)[0]:
            yield Unread(reason="the override names no port and version", location=source.at(line))


def _features(manifest: Object) -> list[Object]:
    """The features of a port; an older form is a list of them."""
    stated = manifest.get("features")
    several = list(stated.values()) if isinstance(stated, Object) else stated if isinstance(stated, list) else []
    return [one for one in several if isinstance(one, Object)]


def _overrides(manifest: Object) -> Mapping[str, Object]:
    stated = manifest.get("overrides")
    several = [one for one in stated if isinstance(one, Object)] if isinstance(stated, list) else []
    return {one.text("name") or "": one for one in several}


def _dependencies(
    table: Object, source: Source, scope: Scope, manifest: Object, overrides: Mapping[str, Object]
) -> Iterator[Evidence]:
    """The dependencies of a port or a feature; a feature may ask for another one of its own port."""
    stated = table.get("dependencies", [])
    if not isinstance(stated, list):
        yield Unread(reason="`dependencies` is not a list", location=source.at(table.lines["dependencies"]))
        return
    for one, line in zip(stated, element_lines(source, table, "dependencies"), strict=True):
        entry = Object([("name", one)], [line]) if isinstance(one, str) else one
        name = entry.text("name") if isinstance(entry, Object) else None
        if not isinstance(entry, Object) or not name:
            yield Unread(reason="the dependency has no name", location=source.at(line))
        elif name != manifest.get("name"):
            yield _component(entry, name, source, line, scope, overrides.get(name))


def _component(entry: Object, name: str, source: Source, line: int, scope: Scope, override: Object | None) -> Component:
    least = entry.text("version>=")
    version, port = _version(override) if override else (None, None)
    return Component(
        name=name,
        version=version,
        purl=package_url("vcpkg", name, version, qualifiers={"port_version": port}) if _NAME.fullmatch(name) else None,
        requested=f">={least}" if least else version,
        direct=True,
        scope=Scope.BUILD if entry.get("host") is True else scope,
        location=source.at(entry.lines.get("name", line)),
    )


def _version(override: Object) -> tuple[str | None, str | None]:
    """The version of a port and the revision of its recipe, which may stand behind a ``#``."""
    stated = next((text for key in VERSIONS if (text := override.text(key))), None)
    version, _, port = (stated or "").partition("#")
    revision: Value = override.get("port-version")
    return version or None, port or (str(revision) if isinstance(revision, int) and revision else None)
