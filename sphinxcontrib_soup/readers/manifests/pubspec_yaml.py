"""pubspec.yaml, the manifest of a package of Dart or Flutter.

Format: https://dart.dev/tools/pub/pubspec
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.readers.pub import pub_url
from sphinxcontrib_soup.readers.yaml_text import load_yaml
from sphinxcontrib_soup.wording import shown

TABLES = {"dependencies": Scope.RUNTIME, "dev_dependencies": Scope.DEVELOPMENT, "dependency_overrides": None}
"""The tables that name packages, and what each is for. An override asks for nothing that is not in use anyway."""

_EXACT = re.compile(r"\d+\.\d+\.\d+(?:[-+][\w.+-]+)?")


@reader("pubspec.yaml", "pubspec.yml", ecosystem="pub", locks=("pubspec.lock",))
def pubspec_yaml(source: Source) -> Iterator[Evidence]:
    """pubspec.yaml: direct components with the range asked for.

    Packages of an SDK and those of a folder have no package URL. What only an override names is not direct.
    """
    manifest = load_yaml(source)
    named: set[str] = set()
    for table, scope in TABLES.items():
        stated = manifest.get(table)
        if not isinstance(stated, Object):
            if stated is not None:
                yield Unread(reason=f"{table} is not a mapping", location=source.at(manifest.lines[table]))
            continue
        for name, wanted in stated.items():
            place = source.at(stated.lines[name])
            if scope is None and name in named:
                continue
            named.add(name)
            try:
                requested, version, purl = _request(name, wanted)
                yield Component(
                    name=name,
                    version=version,
                    purl=purl,
                    requested=requested,
                    direct=scope is not None,
                    scope=scope,
                    location=place,
                )
            except ValueError as error:
                yield Unread(reason=f"{shown(name)}: {error}", location=place)


def _request(name: str, stated: Value) -> tuple[str | None, str | None, str | None]:
    """What is asked for as it is written, the version where it is one, and the package URL.

    :raises ValueError: with a sentence for people, if it cannot be understood
    """
    if isinstance(stated, Object):
        for origin in ("sdk", "path"):
            if text := stated.text(origin):
                return f"{origin} {text}", None, None
        if "git" in stated:
            return _from_git(name, stated.get("git"))
        stated = stated.get("version")
    if stated is not None and not isinstance(stated, str):
        raise ValueError("its requirement is neither a text nor a mapping")
    version = stated if stated and _EXACT.fullmatch(stated) else None
    return stated, version, pub_url(name, version)


def _from_git(name: str, stated: Value) -> tuple[str | None, str | None, str | None]:
    table = Object([("url", stated)], [0]) if isinstance(stated, str) else stated
    address = table.text("url") if isinstance(table, Object) else None
    if not isinstance(table, Object) or not address:
        raise ValueError("its repository has no address")
    revision = table.text("ref")
    plain = without_secret(address)
    return f"{plain}@{revision}" if revision else plain, None, pub_url(name, None, address, revision)
