"""package.json, npm's manifest: what a package asks for, as ranges.

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-json
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.json_text import load_object
from sphinxcontrib_soup.readers.npm import Wish, alias, bad_wishes, npm_url, wishes

_FOLDER = re.compile(r"(file|link|portal):")
"""Requests for folders of the project itself. Any other has the package URL that the lock file gives it, too."""


@reader("package.json")
def package_json(source: Source) -> Iterator[Evidence]:
    """package.json of npm, yarn and pnpm: direct components with the range asked for.

    A range is not a version: the version in use is what a lock file says. Members of the same workspace are left out,
    they are no third party.
    """
    package = load_object(source)
    for line, problem in bad_wishes(package):
        yield Unread(reason=problem, location=source.at(line))
    for wish in wishes(package):
        if not wish.requested.startswith("workspace:"):
            yield _component(source, wish)


def _component(source: Source, wish: Wish) -> Component:
    name, _ = alias(wish.requested) or (wish.folder, None)
    return Component(
        name=name,
        purl=None if _FOLDER.match(wish.requested) else npm_url(name),
        requested=wish.requested or None,
        direct=True,
        scope=wish.scope,
        location=source.at(wish.line),
    )
