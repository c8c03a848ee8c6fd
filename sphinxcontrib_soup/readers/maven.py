"""What files of Maven's repositories have in common: coordinates, versions and ranges, package URLs.

Formats: https://maven.apache.org/pom.html#Maven_Coordinates,
https://maven.apache.org/pom.html#dependency-version-requirement-specification
"""

from __future__ import annotations

import re

from sphinxcontrib_soup.identity import package_url

_NAME = re.compile(r"[\w.-]+")
_ONE = re.compile(r"\[\s*([^\[\](),\s]+)\s*\]")
_VERSION = re.compile(r"[^\[\](),${}\s]*[^\[\](),${}\s+]")
_MOVING = {"latest", "release", "latest.release", "latest.integration", "latest.milestone"}


def maven_url(
    group: str, artifact: str, version: str | None = None, *, kind: str = "jar", classifier: str | None = None
) -> str | None:
    """The package URL of an artifact; `None` where no artifact can have the name."""
    if not _NAME.fullmatch(group) or not _NAME.fullmatch(artifact):
        return None
    said = {"type": None if kind == "jar" else kind, "classifier": classifier}
    return package_url("maven", artifact, version, group, qualifiers=said)


def exact(stated: str | None) -> str | None:
    """The one version that a requirement names; `None` for a range, a word that moves, or a variable."""
    text = (stated or "").strip()
    only = _ONE.fullmatch(text)
    if only:
        return only[1]
    return text if _VERSION.fullmatch(text) and text.lower() not in _MOVING else None
