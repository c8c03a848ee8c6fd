"""go.sum, the sums of what a Go module's build may download; it is no list of what is in use.

Format: https://go.dev/ref/mod#go-sum-files
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.golang import VERSION, load_module, sums
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.wording import shown


@reader("go.sum", ecosystem="golang")
def go_sum(source: Source) -> Iterator[Evidence]:
    """go.sum: no components, because it keeps the sums of more modules than are in use; the go.mod beside names those.

    It is compared with that go.mod: a module without a sum, and one with two sums, are findings.
    """
    known: dict[tuple[str, str], str] = {}
    for one in sums(source):
        if isinstance(one, Unread):
            yield one
            continue
        line, path, version, digest = one
        if known.setdefault((path, version), digest) != digest:
            reason = f"{shown(path)} {shown(version)} has another sum above: run go mod verify"
            yield Unread(reason=reason, location=source.at(line))
    manifest = nearby(source, "go.mod")
    if manifest is None:
        reason = "it keeps sums of more modules than are in use: name the go.mod, which must lie beside it"
        yield Unread(reason=reason, location=source.at(1))
        return
    module = load_module(manifest)
    for wanted in module.requirements:
        stand_in = module.replacement(wanted)
        path, stated = (stand_in.path, stand_in.version) if stand_in else (wanted.path, wanted.version)
        if stated and VERSION.fullmatch(stated) and not {(path, stated), (path, f"{stated}/go.mod")} & known.keys():
            reason = f"{shown(path)} {shown(stated)} is required, and go.sum has no sum of it: run go mod tidy"
            yield Unread(reason=reason, location=manifest.at(wanted.line))
