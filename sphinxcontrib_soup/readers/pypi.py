"""What Python's files have in common: requirements by PEP 508, their pinned version and what they are for."""

from __future__ import annotations

import re

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

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
    return named(wanted.name, location, scope, requested, version=pinned(wanted.specifier), direct=direct)


def named(
    name: str,
    location: Location,
    scope: Scope | None,
    requested: str | None,
    *,
    version: str | None = None,
    direct: bool | None = True,
) -> Component:
    """A component of the Python Package Index; the name is normalised as PEP 503 says."""
    return Component(
        name=canonicalize_name(name),
        version=version,
        purl=package_url("pypi", canonicalize_name(name), version),
        requested=without_secret(requested) or None,
        direct=direct,
        scope=scope,
        location=location,
    )


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
