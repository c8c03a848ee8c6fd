"""Cargo.toml, the manifest of Rust's Cargo: what a package asks for, as ranges, and what a workspace offers.

Format: https://doc.rust-lang.org/cargo/reference/manifest.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.cargo import (
    MANIFEST,
    Manifest,
    Wish,
    load_manifest,
    members,
    shared_wishes,
    wishes,
)
from sphinxcontrib_soup.readers.scopes import strongest


@reader(MANIFEST, ecosystem="cargo")
def cargo_toml(source: Source) -> Iterator[Evidence]:
    """Cargo.toml: direct components with the range asked for, those of `workspace.dependencies` among them.

    What a member leaves to its workspace is looked up there. What the workspace offers serves what its members say it
    is for, where all of them can be read. Crates inside the folder of the workspace are the project itself; one by
    another path has no package URL. A version is known where it is pinned with `=`. Patches are not read: what they
    lead to stands in the lock file.
    """
    manifest = load_manifest(source)
    uses = _uses(manifest)
    shared = (
        replace(one, scope=uses.get(one.key)) if isinstance(one, Wish) else one for one in shared_wishes(manifest)
    )
    for one in (*wishes(manifest), *shared):
        if isinstance(one, Unread):
            yield one
        elif one.folder is None or not manifest.owns(one.folder):
            yield _component(source, one)


def _component(source: Source, wish: Wish) -> Component:
    return Component(
        name=wish.name,
        version=wish.version,
        purl=wish.purl,
        requested=wish.requested,
        direct=True,
        scope=wish.scope,
        location=source.at(wish.line),
    )


def _uses(root: Manifest) -> Mapping[str, Scope | None]:
    """What the members of a workspace use each shared entry for, by its key."""
    if root.workspace is not root:
        return {}
    packages, complete = members(root)
    found: dict[str, list[Scope | None]] = {}
    for package in packages:
        for one in wishes(package):
            if isinstance(one, Wish) and one.inherited:
                found.setdefault(one.key, [] if complete else [None]).append(one.scope)
    return {key: strongest(scopes) for key, scopes in found.items()}
