"""Package URLs: one spelling for a package, whoever names it (https://github.com/package-url/purl-spec)."""

from __future__ import annotations

import re

from packageurl import PackageURL


def package_url(ecosystem: str, name: str, version: str | None = None, namespace: str | None = None) -> str | None:
    """The package URL of a component, or `None` where its name makes none."""
    try:
        return PackageURL(type=ecosystem, namespace=namespace, name=name, version=version).to_string()
    except ValueError:
        return None


def package_key(purl: str) -> str | None:
    """What two versions of one package share: its URL without version, qualifiers and subpath; `None` if it is none.

    A name of PyPI has one spelling (https://packaging.python.org/en/latest/specifications/name-normalization/).
    """
    try:
        parsed = PackageURL.from_string(purl)
    except ValueError:
        return None
    name = re.sub(r"[-_.]+", "-", parsed.name).lower() if parsed.type == "pypi" else parsed.name
    return PackageURL(type=parsed.type, namespace=parsed.namespace, name=name).to_string()


def package_name(key: str) -> str:
    """The ecosystem's own full name of a package key."""
    parsed = PackageURL.from_string(key)
    separator = ":" if parsed.type == "maven" else "/"
    return f"{parsed.namespace}{separator}{parsed.name}" if parsed.namespace else parsed.name
