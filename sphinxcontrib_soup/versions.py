"""Versions as authors and manifests write them: is it one exact version, and are two of them the same?"""

from __future__ import annotations

import re

from packaging.version import InvalidVersion, Version

from sphinxcontrib_soup.wording import unstated

_REFERENCE = re.compile(r"(see|as|per)\s.*|.*[{}$].*", re.IGNORECASE | re.DOTALL)
_MOVING = re.compile(
    r"(latest|newest|current)\b.*|(stable|head|main|master|trunk|nightly|snapshot|any|various)([ .-](release|version))?"
    r"|.*-snapshot|dev-.*|.*-dev",
    re.IGNORECASE | re.DOTALL,
)
_RANGE = re.compile(
    r"[\^~<>=!\[(].*"  # an operator, or a bracket of Maven or NuGet, begins it
    r"|.*[*|<>].*"  # a wildcard, alternatives
    r"|(.*\.)?x([.-].*)?"  # 1.x
    r"|.*\+"  # 1.2+
    r"|.*\d\.\d[^\s,;]*\s*[,;]\s*v?\d.*"  # 1.2, 1.4
    r"|.*\d\s+(-|–|to|until|through|or|and)\s+v?\d.*"
    r"|.*\b(or|and)\s+(later|newer|higher|above|greater|up|onwards?)\b.*"
    r"|(at least|up to|from|since|before|after|between|minimum|about|approx|ca)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def inexact(designator: str) -> str:
    """Why a designator does not name one exact version, as the end of a sentence; empty where it does.

    Makers name their versions as they like (`1.2.3`, `2024b`, `22.04.3 LTS`, `2:1.1.1f-1ubuntu2`, a commit), so all is
    exact but what holds the place of a version, moves with time, or is a range.
    """
    written = designator.strip()
    if unstated(written) or _REFERENCE.fullmatch(written):
        return "holds the place of a version"
    if _MOVING.fullmatch(written):
        return "moves with time"
    if _RANGE.fullmatch(written):
        return "is a range or a requirement, not one version"
    return ""


def same_version(one: str, other: str, ecosystem: str = "") -> bool:
    """Whether two exact versions are the same. `ecosystem` is a package URL's beginning, such as `pkg:pypi`.

    A leading `v` says nothing; Python's versions are compared as PEP 440 says (`2.0` is `2.0.0`), all others as text.
    """
    left, right = _bare(one), _bare(other)
    if left == right or ecosystem != "pkg:pypi":
        return left == right
    try:
        return Version(left) == Version(right)
    except InvalidVersion:
        return False


def _bare(version: str) -> str:
    stripped = version.strip()
    return stripped[1:] if re.match(r"[vV]\d", stripped) else stripped
