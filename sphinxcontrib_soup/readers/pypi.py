"""What Python's files have in common: requirements by PEP 508, their pinned version and what they are for."""

from __future__ import annotations

import re
from dataclasses import replace

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, is_normalized_name

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Location, Scope
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.wording import shown

PURPOSES = {
    Scope.TEST: {"test", "tests", "testing"},
    Scope.BUILD: {"build"},
    Scope.DEVELOPMENT: {"ci", "dev", "develop", "development", "doc", "docs", "lint", "typing"},
}

_RANGE = re.compile(r"\s*[\w.-]+\s*(?:\[[^\]]*\]\s*)?(?P<range>[^;]*)")


def requirement(text: str) -> Requirement:
    """A requirement as PEP 508 writes it.

    :raises ValueError: with a sentence for people, if it is none
    """
    try:
        return Requirement(text)
    except InvalidRequirement as error:
        raise ValueError(f"{shortened(text)!r} is not a requirement: {str(error).splitlines()[0]}") from error


def component(text: str, location: Location, scope: Scope | None, *, direct: bool | None = True) -> Component:
    """The component that a requirement names; its version is known where it is pinned with ``==`` or ``===``.

    :raises ValueError: with a sentence for people, if the text is not a requirement
    """
    wanted = requirement(text)
    if wanted.url and "://" not in wanted.url and not wanted.url.startswith("file:"):
        raise ValueError(f"{shortened(text)!r} is not a requirement: no address follows the @")
    stated = _RANGE.match(text)
    requested = wanted.url or (stated["range"].strip(" ()") if stated else None)
    version = pinned(wanted.specifier)
    found = named(wanted.name, location, scope, requested, version=version, direct=direct, properties=_marker(wanted))
    return replace(found, purl=addressed_url(wanted.name, version, wanted.url)) if wanted.url else found


def _marker(wanted: Requirement) -> tuple[tuple[str, str], ...]:
    return (("marker", str(wanted.marker)),) if wanted.marker else ()


def named(
    name: str,
    location: Location,
    scope: Scope | None,
    requested: str | None,
    *,
    version: str | None = None,
    direct: bool | None = True,
    hashes: tuple[str, ...] = (),
    properties: tuple[tuple[str, str], ...] = (),
) -> Component:
    """A component of the Python Package Index; the name is normalised as PEP 503 says, unless it can be none."""
    return Component(
        name=canonicalize_name(name) if is_normalized_name(canonicalize_name(name)) else name,
        version=version,
        purl=pypi_url(name, version),
        requested=without_secret(requested) or None,
        direct=direct,
        scope=scope,
        hashes=hashes,
        location=location,
        properties=properties,
    )


def pypi_url(name: str, version: str | None = None, **origin: str | None) -> str | None:
    """The package URL of a Python package, `None` where none can have the name.

    `origin` are its `vcs_url` or `download_url`, for one that does not come from an index.
    """
    normal = canonicalize_name(name)
    return package_url("pypi", normal, version, qualifiers=origin) if is_normalized_name(normal) else None


def addressed_url(name: str, version: str | None, address: str) -> str | None:
    """The package URL of a package that is fetched from an address: `git+https://…@revision`, or that of an archive."""
    plain = without_secret(address.partition("#")[0])
    if not re.match(r"[a-z+]+://(?!/)", plain, re.IGNORECASE) or plain.lower().startswith("file:"):
        return pypi_url(name, version)
    repository = re.fullmatch(r"(?:git|hg|svn|bzr)\+.+", plain)
    return pypi_url(name, version, **({"vcs_url": plain} if repository else {"download_url": plain}))


def pinned(specifiers: SpecifierSet) -> str | None:
    """The one version that the specifiers allow, if they are a single ``==`` or ``===`` without a wildcard."""
    if len(specifiers) != 1:
        return None
    only = next(iter(specifiers))
    return only.version if only.operator in ("==", "===") and not only.version.endswith(".*") else None


def purpose(name: str) -> Scope | None:
    """What a group, an extra or a file is for, where its name says so in a common word."""
    parts = set(re.split(r"[-_.\s]+", name.lower()))
    return next((scope for scope, words in PURPOSES.items() if words & parts), None)


def shortened(text: str) -> str:
    """A text for a message: short, on one line, without a password."""
    return shown(without_secret(text), 60)
