"""conan.lock, the lock file of Conan 1 (versions to 0.4) and of Conan 2 (0.5).

Formats: https://docs.conan.io/2/tutorial/versioning/lockfiles.html,
https://docs.conan.io/en/1.66/versioning/lockfiles/introduction.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.conan import Wish, component, reference, sections
from sphinxcontrib_soup.readers.conan_recipe import recipe
from sphinxcontrib_soup.readers.json_lists import element_lines
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, distinct, joined
from sphinxcontrib_soup.readers.nearby import nearby

LISTS = {
    "requires": Scope.RUNTIME,
    "build_requires": Scope.BUILD,
    "python_requires": Scope.BUILD,
    "config_requires": Scope.BUILD,
}
"""The lists of Conan 2's lock, and what their recipes are for."""

GRAPHS = ("0.1", "0.2", "0.3", "0.4")
"""The versions of Conan 1's lock; the first ones did not state any."""

NEWEST = "0.5"


@reader("conan.lock", ecosystem="conan")
def conan_lock(source: Source) -> Iterator[Evidence]:
    """Conan's lock file: every recipe, once for each version and revision.

    The lock of Conan 1 holds a graph: what has a path in it is the project itself, and direct is what that requires.
    The lock of Conan 2 holds lists: direct is what a conanfile beside it names.
    """
    lock = load_object(source)
    version = lock.get("version")
    if version == NEWEST and "graph_lock" not in lock:
        yield from _lists(lock, source)
    elif (version is None or version in GRAPHS) and isinstance(lock.get("graph_lock"), Object):
        yield from _graph(lock.object("graph_lock").object("nodes"), source)
    else:
        known = ", ".join((*GRAPHS, NEWEST))
        reason = f"it is a lock file of version {version!r}; {known} can be read: let an older Conan write it"
        raise ReadError(reason, lock.lines.get("version", 1))


def _lists(lock: Object, source: Source) -> Iterator[Evidence]:
    found: list[Component] = []
    for name, scope in LISTS.items():
        entries = lock.get(name, [])
        if not isinstance(entries, list):
            yield Unread(reason=f"{name} is not a list", location=source.at(lock.lines[name]))
            continue
        for entry, line in zip(entries, element_lines(source, lock, name), strict=True):
            text = entry[0] if isinstance(entry, list) and entry else entry
            one = _made(text, source.at(line), scope)
            if isinstance(one, Unread):
                yield one
            else:
                found.append(one)
    asked, all_known = _asked(source)
    for one in distinct(found):
        wish = asked.get(one.name)
        direct = wish is not None if wish or all_known else None
        yield replace(one, direct=direct, requested=wish.reference.stated if wish else None)


def _asked(source: Source) -> tuple[Mapping[str, Wish], bool]:
    """What the conanfile beside the lock asks for, by name, and whether that is all of it."""
    for name, read in (("conanfile.txt", sections), ("conanfile.py", recipe)):
        manifest = nearby(source, name)
        if manifest:
            try:
                found = list(read(manifest))
            except ReadError:
                return {}, False
            wishes = {one.reference.name: one for one in found if isinstance(one, Wish) and not one.overrides}
            return wishes, not any(isinstance(one, Unread) for one in found)
    return {}, False


def _made(text: Value, place: Location, scope: Scope) -> Component | Unread:
    try:
        if not isinstance(text, str):
            raise ValueError("the entry is no reference")
        return component(reference(text), place, scope, direct=None)
    except ValueError as error:
        return Unread(reason=str(error), location=place)


def _graph(nodes: Object, source: Source) -> Iterator[Evidence]:
    """The nodes of a graph; one without a reference, or with a path, is the project itself or a part of it."""
    entries: dict[str, Entry] = {}
    asked: list[Ask] = []
    for key, node in nodes.items():
        place = source.at(nodes.lines[key])
        if not isinstance(node, Object):
            yield Unread(reason=f"the node {key!r} describes no recipe", location=place)
            continue
        needs = [Need(one) for name in ("requires", "build_requires") for one in _keys(node.get(name))]
        part = "ref" if "ref" in node else "pref"
        text = node.text(part)
        if text is None or node.text("path"):
            entries[key] = Entry(None, tuple(needs))
            asked += [Ask(one, None, Scope.RUNTIME) for one in _keys(node.get("requires"))]
            asked += [Ask(one, None, Scope.BUILD) for one in _keys(node.get("build_requires"))]
            continue
        one = _made(text, source.at(node.lines[part]), Scope.RUNTIME)
        if isinstance(one, Unread):
            yield one
        else:
            build = node.get("context") == "build"
            entries[key] = Entry(replace(one, scope=Scope.BUILD if build else None), tuple(needs))
    rooted = any(entry.component is None for entry in entries.values())
    yield from joined(entries, asked if rooted else None)


def _keys(stated: Value) -> list[str]:
    """The nodes that a list names, or, until Conan 1.23, the values of an object."""
    listed = list(stated.values()) if isinstance(stated, Object) else stated if isinstance(stated, list) else []
    return [one for one in listed if isinstance(one, str)]
