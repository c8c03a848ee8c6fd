"""composer.json, the manifest of PHP's Composer: what a package asks for, as ranges.

Format: https://getcomposer.org/doc/04-schema.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.composer import Wish, composer_url, wishes
from sphinxcontrib_soup.readers.json_text import load_object

_EXACT = re.compile(r"=?\s*(v?\d+(?:\.\d+){1,3}(?:-[\w.]+)?)")


@reader("composer.json", ecosystem="composer", locks=("composer.lock",))
def composer_json(source: Source) -> Iterator[Evidence]:
    """composer.json: direct components with the range asked for; a version is known where it is exact.

    PHP itself, its extensions and Composer are no components.
    """
    for one in wishes(load_object(source), source):
        yield one if isinstance(one, Unread) else _component(one, source)


def _component(wish: Wish, source: Source) -> Component:
    exact = _EXACT.fullmatch(wish.requested.strip())
    version = exact[1] if exact else None
    return Component(
        name=wish.name,
        version=version,
        purl=composer_url(wish.name, version),
        requested=wish.requested or None,
        direct=True,
        scope=wish.scope,
        location=source.at(wish.line),
    )
