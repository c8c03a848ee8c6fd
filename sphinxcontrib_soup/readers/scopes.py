"""What a component is for that serves several things."""

from __future__ import annotations

from collections.abc import Iterable

from sphinxcontrib_soup.model import Scope
from sphinxcontrib_soup.readers.locks import STRENGTH


def strongest(scopes: Iterable[Scope | None]) -> Scope | None:
    """The most demanding purpose; `None` where one is unknown, and so may be the device, unless another one is that."""
    found = set(scopes)
    if Scope.RUNTIME in found:
        return Scope.RUNTIME
    return None if None in found else min(found, key=STRENGTH.index, default=None)
