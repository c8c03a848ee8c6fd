"""bower.json, the manifest of Bower.

Format: https://github.com/bower/spec/blob/master/json.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.wording import shown

TABLES = {"dependencies": Scope.RUNTIME, "devDependencies": Scope.DEVELOPMENT}

_EXACT = re.compile(r"[=v\s]*(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)\s*")
_NAME = re.compile(r"[^/\\@\s]+")
_FOLDER = re.compile(r"file:|\.{0,2}/|~/|[A-Za-z]:[\\/]")


@reader("bower.json", ".bower.json", ecosystem="bower")
def bower_json(source: Source) -> Iterator[Evidence]:
    """bower.json: direct components with what is asked for, and the version where only one is allowed.

    Bower has no lock file. A component has the name it is installed by; one that is fetched from an address has that as
    what is asked for, and one from a folder has no package URL.
    """
    manifest = load_object(source)
    for name, scope in TABLES.items():
        table = manifest.get(name, Object())
        if not isinstance(table, Object):
            yield Unread(
                reason=f"{name} is not an object of names and ranges", location=source.at(manifest.lines[name])
            )
            continue
        for folder, requested in table.items():
            place = source.at(table.lines[folder])
            if folder and isinstance(requested, str):
                yield _component(folder, requested.strip(), scope, place)
            else:
                yield Unread(reason=f"{name}: the entry {shown(folder)!r} has no name or no range", location=place)


def _component(folder: str, requested: str, scope: Scope, place: Location) -> Component:
    """What is asked for: a range, or `source#range`, the source being a name, a repository or an address."""
    origin, mark, target = requested.partition("#")
    if not mark:
        origin, target = (requested, "") if "/" in requested else ("", requested)
    exact = _EXACT.fullmatch(target)
    version = exact[1] if exact else None
    registered = origin if origin and "/" not in origin else folder
    possible = _NAME.fullmatch(registered) and not _FOLDER.match(origin)
    url = package_url("bower", registered, version, qualifiers=_elsewhere(without_secret(origin)))
    return Component(
        name=folder,
        version=version,
        purl=url if possible else None,
        requested=without_secret(requested) or None,
        direct=True,
        scope=scope,
        location=place,
    )


def _elsewhere(origin: str) -> dict[str, str | None]:
    """The address of a component as package URLs have it; `owner/name` is a repository at GitHub, as Bower reads it."""
    if "/" not in origin:
        return {}
    if re.search(r"^https?:.*(?<!\.git)$", origin):
        return {"download_url": origin}
    hosted = re.fullmatch(r"[\w.-]+/[\w.-]+", origin)
    return {"vcs_url": vcs_url(f"https://github.com/{origin}" if hosted else origin, None)}
