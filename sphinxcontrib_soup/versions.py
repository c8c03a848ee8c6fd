"""Versions as authors and manifests write them: is it one, are two the same, and does a range admit one?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from packaging.specifiers import InvalidSpecifier, SpecifierSet
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
    """Whether two exact versions are the same. `ecosystem` is a type of package URL.

    A leading `v` says nothing; Python's versions are compared as PEP 440 says (`2.0` is `2.0.0`), all others as text.
    """
    left, right = _bare(one), _bare(other)
    if left == right or ecosystem != "pypi":
        return left == right
    try:
        return Version(left) == Version(right)
    except InvalidVersion:
        return False


def satisfies(version: str, requested: str, ecosystem: str) -> bool | None:
    """Whether a version is one that a range admits; `None` where nobody here can judge it.

    `ecosystem` is a type of package URL. Judged are the ranges of npm, Cargo, pub, NuGet and PEP 440; a tag, an
    address, a folder, and every other grammar are not.
    """
    if version == requested.strip():
        return True
    if ecosystem not in _GRAMMARS:
        return None
    try:
        return _GRAMMARS[ecosystem](version, requested.strip())
    except ValueError:  # it is no version, or no range of the grammar
        return None


def _pep440(version: str, requested: str) -> bool:
    try:
        return SpecifierSet(requested).contains(Version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion) as error:
        raise ValueError from error


def _npm(version: str, requested: str) -> bool:
    from semantic_version import NpmSpec, Version

    closed = _OPERATOR.sub(r"\1", requested).replace("~>", "~")
    return bool(NpmSpec(closed).match(Version(_bare(version))))


def _cargo(version: str, requested: str) -> bool:
    """Cargo's ranges are npm's, with commas, and with a caret where nothing is written."""
    clauses = (one.strip() for one in requested.split(","))
    return _npm(version, " ".join(f"^{one}" if one[:1].isdigit() and "*" not in one else one for one in clauses))


def _pub(version: str, requested: str) -> bool:
    """Dart's ranges are npm's but for versions before a release."""
    if "-" in version:
        raise ValueError
    return requested == "any" or _npm(version, requested)


def _nuget(version: str, requested: str) -> bool:
    """NuGet's intervals of released versions; a bare version is the least one, as is one behind `>=`."""
    interval = requested if requested[:1] in ("[", "(") else f"[{requested.removeprefix('>=').strip()},)"
    bounds = _INTERVAL.fullmatch(interval)
    if bounds is None:
        raise ValueError
    found, least, most = _numbers(version), bounds["least"], bounds["most"] if bounds["comma"] else bounds["least"]
    above = not least or (_numbers(least) <= found if bounds["open"] == "[" else _numbers(least) < found)
    below = not most or (found <= _numbers(most) if bounds["close"] == "]" else found < _numbers(most))
    return above and below


def _numbers(version: str) -> tuple[int, ...]:
    """The up to four numbers of a released version, all four of them."""
    if not _RELEASED.fullmatch(version):
        raise ValueError
    numbers = [int(part) for part in version.split(".")]
    return (*numbers, *[0] * (4 - len(numbers)))


_RELEASED = re.compile(r"[0-9]{1,10}(\.[0-9]{1,10}){0,3}")
_INTERVAL = re.compile(
    r"(?P<open>[\[(])\s*(?P<least>[\d.]*)\s*(?P<comma>,?)\s*(?P<most>[\d.]*)\s*(?P<close>[\])])", re.ASCII
)
_OPERATOR = re.compile(r"([<>=~^]+)\s+")
_GRAMMARS: Mapping[str, Callable[[str, str], bool]] = {
    "cargo": _cargo,
    "npm": _npm,
    "nuget": _nuget,
    "pub": _pub,
    "pypi": _pep440,
}


def _bare(version: str) -> str:
    stripped = version.strip()
    return stripped[1:] if re.match(r"[vV]\d", stripped) else stripped
