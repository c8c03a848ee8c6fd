"""libs.versions.toml, Gradle's version catalogue.

Format: https://docs.gradle.org/current/userguide/version_catalogs.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.maven import exact, maven_url
from sphinxcontrib_soup.readers.toml_text import Table, Toml, load_toml
from sphinxcontrib_soup.wording import shown


@reader("*.versions.toml", ecosystem="maven")
def gradle_catalogue(source: Source) -> Iterator[Evidence]:
    """A version catalogue: its libraries, as direct components.

    A version is known where it is one and is required; one that is only preferred is none. Plugins are tools of the
    build and are not read, nor are bundles, which name libraries again.
    """
    toml = load_toml(source)
    for alias, stated in toml.table("libraries").items():
        place = source.at(toml.line("libraries", alias))
        try:
            group, artifact, requested, version = _library(toml, stated)
            yield Component(
                name=f"{group}:{artifact}",
                version=version,
                purl=maven_url(group, artifact, version),
                requested=requested,
                direct=True,
                location=place,
            )
        except ValueError as error:
            yield Unread(reason=f"the library {shown(alias)}: {error}", location=place)
    if not isinstance(toml.document.get("libraries", {}), dict):
        yield Unread(reason="`libraries` is not a table", location=source.at(toml.line("libraries")))


def _library(toml: Toml, stated: object) -> tuple[str, str, str | None, str | None]:
    """Group, artifact, the range as it is written and the version of a library.

    :raises ValueError: with a sentence for people, if it cannot be understood
    """
    if isinstance(stated, str):
        parts = stated.split(":")
        if len(parts) != 3 or not all(parts):
            raise ValueError(f"{shown(stated, 60)!r} is no group:artifact:version")
        return parts[0], parts[1], parts[2], exact(parts[2])
    table: Table = stated if isinstance(stated, dict) else {}
    module = table.get("module")
    names = module.split(":") if isinstance(module, str) else [table.get("group"), table.get("name")]
    if len(names) != 2 or not all(isinstance(one, str) and one for one in names):
        raise ValueError("it names no module, or no group and name")
    return str(names[0]), str(names[1]), *_version(toml, table.get("version"))


def _version(toml: Toml, stated: object) -> tuple[str | None, str | None]:
    """The range as it is written, and the version; a reference leads to the table `versions`."""
    if isinstance(stated, dict) and "ref" in stated:
        versions = toml.table("versions")
        if stated["ref"] not in versions:
            raise ValueError(f"the version {shown(str(stated['ref']))} that it refers to is not in `versions`")
        stated = versions[stated["ref"]]
        if isinstance(stated, dict) and "ref" in stated:
            raise ValueError("the version that it refers to is a reference again")
    if stated is None or isinstance(stated, str):
        return stated, exact(stated)
    table = stated if isinstance(stated, dict) else {}
    firm = next((table[key] for key in ("strictly", "require") if isinstance(table.get(key), str)), None)
    wanted = firm or table.get("prefer")
    if not isinstance(wanted, str) and not table:
        raise ValueError("its version is neither a text nor a table")
    return wanted if isinstance(wanted, str) else None, exact(firm)
