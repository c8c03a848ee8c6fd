"""go.mod, the manifest of a Go module: the modules of its build, in the version that is asked for at least.

Format: https://go.dev/ref/mod#go-mod-file
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.model import Component, Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.golang import VERSION, Module, Requirement, go_url, known_sums, load_module
from sphinxcontrib_soup.readers.nearby import nearby


@reader("go.mod", ecosystem="golang")
def go_mod(source: Source) -> Iterator[Evidence]:
    """go.mod: every module that is required, transitive where a comment says `indirect`.

    A module that is replaced keeps the name that the code imports; version and package URL are those of what stands in
    for it, and are unknown where that is a folder. Go does not say what a module is for. Before Go 1.17 not all of the
    modules that only others need are listed. The sum of a module is taken from the go.sum beside.
    """
    module = load_module(source)
    digests = known_sums(nearby(source, "go.sum"))
    yield from module.bad
    for wanted in module.requirements:
        yield _component(source, module, wanted, digests)


def _component(
    source: Source, module: Module, wanted: Requirement, digests: Mapping[tuple[str, str], str]
) -> Component:
    stand_in = module.replacement(wanted)
    path = stand_in.path if stand_in else wanted.path
    stated = stand_in.version if stand_in else wanted.version
    version = stated if stated and VERSION.fullmatch(stated) else None
    instead = f" => {path} {stated or ''}".rstrip() if stand_in else ""
    digest = digests.get((path, version or ""))
    return Component(
        name=wanted.path,
        version=version,
        purl=go_url(path, version) if stated else None,
        requested=wanted.version + instead,
        direct=not wanted.indirect,
        properties=(("go.sum", digest),) if digest else (),
        location=source.at(wanted.line),
    )
