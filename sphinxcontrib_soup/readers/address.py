"""Addresses of packages and repositories, as manifests name them."""

from __future__ import annotations

import re

_SECRET = re.compile(r"(?:(?<=://)[^/@\s:]*:[^/@\s]*|(?:(?<=http://)|(?<=https://))[^/@\s]*)@", re.IGNORECASE)


def without_secret(address: str | None) -> str:
    """An address without user name and password, and without the token that may stand alone before a host of the web.

    The user of `ssh://git@host` is no secret and is kept.
    """
    return _SECRET.sub("", address or "")
