"""What NuGet's files have in common: package URLs, and the one version that a range stands for."""

from __future__ import annotations

import re

from sphinxcontrib_soup.identity import package_url

VERSION = re.compile(r"\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")

_NAME = re.compile(r"\w+(?:[_.-]\w+)*")
_EXACT = re.compile(rf"\[\s*({VERSION.pattern})\s*(?:,\s*\1\s*)?\]|({VERSION.pattern})")


def nuget_url(name: str, version: str | None = None) -> str | None:
    """The package URL of a NuGet package; `None` where no package can have the name."""
    return package_url("nuget", name, version) if _NAME.fullmatch(name) else None


def exact(range_: str | None) -> str | None:
    """The version that a request of the project itself is resolved to, `None` where that takes more than the request.

    A bare version is the lowest that is allowed, and NuGet takes the lowest; ``[1.0]`` allows no other
    (https://learn.microsoft.com/en-us/nuget/concepts/package-versioning).
    """
    found = _EXACT.fullmatch((range_ or "").strip())
    return (found[1] or found[2]) if found else None
