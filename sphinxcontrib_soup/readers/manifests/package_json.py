"""package.json, npm's manifest: what a package asks for, as ranges.

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-json
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.json_text import load_object
from sphinxcontrib_soup.readers.npm import NO_COPY, Wish, alias, bad_wishes, fetched_url, npm_url, wishes


@reader(
    "package.json",
    ecosystem="npm",
    locks=("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock"),
)
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
        purl=_purl(name, wish.requested),
        requested=wish.requested or None,
        direct=True,
        scope=wish.scope,
        location=source.at(wish.line),
    )


def _purl(name: str, requested: str) -> str | None:
    """The package URL that the lock file gives it, too; a folder of the project itself has none."""
    if NO_COPY.match(requested):
        return None
    return npm_url(name) if alias(requested) else fetched_url(name, None, requested)
