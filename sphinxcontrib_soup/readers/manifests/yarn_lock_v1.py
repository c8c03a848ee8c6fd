"""yarn.lock of Yarn 1 (classic).

Format: https://classic.yarnpkg.com/en/docs/yarn-lock
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.digests import digest, integrity
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.npm import NO_COPY, alias, descriptor, fetched_url, npm_url, wishes
from sphinxcontrib_soup.readers.npm_project import Member, members
from sphinxcontrib_soup.readers.yarn_text import Block, blocks, is_berry
from sphinxcontrib_soup.wording import shown


@reader("yarn.lock", sniff=lambda source: not is_berry(source), ecosystem="npm")
def yarn_lock_v1(source: Source) -> Iterator[Evidence]:
    """Yarn's lock file, version 1: every component, once for each name and version.

    It does not say what the project asks for, nor what for: that is taken from the package.json beside it and those of
    its workspaces, and is unknown where there is none.
    """
    keys: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    for number, block in enumerate(blocks(source)):
        place = source.at(block.line)
        for key in block.keys:
            if without_secret(key) in keys:
                reason = f"{shown(without_secret(key))} stands in two entries: run yarn install again"
                yield Unread(reason=reason, location=place)
        keys.update(dict.fromkeys(map(without_secret, block.keys), str(number)))
        component = _component(source, block)
        if isinstance(component, Unread):
            yield component
        else:
            entries[str(number)] = Entry(component, tuple(_needs(block)))
    located = {key: Entry(one.component, _found(one, keys)) for key, one in entries.items()}
    project = members(source)
    asked, unmet = _asked(project, keys)
    yield from unmet
    yield from joined(located, asked if project else None)


def _component(source: Source, block: Block) -> Component | Unread | None:
    """What an entry stands for; `None` for a folder of the project itself."""
    place = source.at(block.line)
    named = descriptor(block.keys[0])
    version = block.fields.text("version")
    if named is None or not version:
        reason = f"the entry {shown(without_secret(block.keys[0]))!r} describes no package"
        return Unread(reason=reason, location=place)
    name, requested = named
    if NO_COPY.match(requested):
        return None
    real = alias(requested)
    fetched, _, fragment = (block.fields.text("resolved") or "").partition("#")
    sha1 = digest("sha1", fragment)
    address = f"{fetched}#{fragment}" if fragment else fetched
    return Component(
        name=real[0] if real else name,
        version=version,
        purl=npm_url(real[0], version) if real else fetched_url(name, version, requested, address or None),
        hashes=integrity(block.fields.text("integrity")) or ((sha1,) if sha1 and ".git" not in fetched else ()),
        location=place,
    )


def _needs(block: Block) -> Iterator[Need]:
    for table in ("dependencies", "optionalDependencies"):
        for name, requested in block.fields.object(table).items():
            yield Need(f"{name}@{requested}", optional=table == "optionalDependencies")


def _found(entry: Entry, keys: Mapping[str, str]) -> tuple[Need, ...]:
    found = ((keys.get(without_secret(need.key)), need.optional) for need in entry.needs)
    return tuple(Need(key, optional) for key, optional in found if key)


def _asked(project: list[Member], keys: Mapping[str, str]) -> tuple[list[Ask], list[Unread]]:
    """What the project asks for, by the entry that answers; what no entry answers is a finding."""
    own = {member.package.text("name") for member in project}
    asked, unmet = [], []
    for member in project:
        for wish in wishes(member.package):
            key = keys.get(f"{wish.folder}@{wish.requested}")
            if key:
                asked.append(Ask(key, wish.requested, wish.scope))
            elif wish.folder not in own and not wish.may_be_absent and not NO_COPY.match(wish.requested):
                reason = f"{shown(wish.folder)} {shown(wish.requested)} is not in the yarn.lock: run yarn install again"
                unmet.append(Unread(reason=reason, location=member.source.at(wish.line)))
    return asked, unmet
