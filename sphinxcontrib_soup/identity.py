"""Package URLs: one spelling for a package, whoever names it (https://github.com/package-url/purl-spec)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from packageurl import PackageURL

_LOWER = {"deb", "golang"}
"""Types whose names are written in small letters, beside those that the library knows of."""


DISTRIBUTORS = frozenset({"alpm", "apk", "deb", "opkg", "qpkg", "rpm", "swid"})
"""Types of package URL whose namespace is who distributes a package, and no part of its name."""


def parsed(purl: str | None) -> PackageURL | None:
    """The parts of a package URL; `None` where it is none."""
    try:
        return PackageURL.from_string(purl) if purl else None
    except ValueError:
        return None


def package_url(
    ecosystem: str,
    name: str,
    version: str | None = None,
    namespace: str | None = None,
    *,
    qualifiers: Mapping[str, str | None] | None = None,
) -> str | None:
    """The package URL of a component, or `None` where its name makes none; qualifiers without a value are left out."""
    if ecosystem in _LOWER:
        name, namespace = name.lower(), namespace and namespace.lower()
    said = {key: value for key, value in (qualifiers or {}).items() if value}
    try:
        return PackageURL(type=ecosystem, namespace=namespace, name=name, version=version, qualifiers=said).to_string()
    except ValueError:
        return None


def package_key(purl: str) -> str | None:
    """What two versions of one package share: its URL without version, qualifiers and subpath; `None` if it is none.

    A name of PyPI has one spelling (https://packaging.python.org/en/latest/specifications/name-normalization/).
    """
    found = parsed(purl)
    if found is None:
        return None
    name = re.sub(r"[-_.]+", "-", found.name).lower() if found.type == "pypi" else found.name
    return package_url(found.type, name, namespace=found.namespace)


def package_name(key: str) -> str:
    """The ecosystem's own full name of a package key."""
    found = PackageURL.from_string(key)
    separator = ":" if found.type == "maven" else "/"
    return f"{found.namespace}{separator}{found.name}" if found.namespace else found.name
