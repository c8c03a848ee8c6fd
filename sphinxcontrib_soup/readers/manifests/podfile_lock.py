"""Podfile.lock, the lock file of CocoaPods.

Format: https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock, and CocoaPods' own reading of it:
https://github.com/CocoaPods/Core/blob/master/lib/cocoapods-core/lockfile.rb
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Location, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import vcs_url
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.yaml_text import load_yaml
from sphinxcontrib_soup.wording import shown

_POD = re.compile(r"(?P<name>[^\s()]+)(?: \((?P<said>.*)\))?")
_NAME = re.compile(r"\w[\w.-]*")
_ITEM = re.compile(r"(\s*)-\s")


@reader("Podfile.lock", ecosystem="cocoapods")
def podfile_lock(source: Source) -> Iterator[Evidence]:
    """CocoaPods' lock file: every pod, its subspecs folded into it; direct is what `DEPENDENCIES` names.

    A pod that comes from a folder has no package URL. The lock does not say what a pod is for.
    """
    lock = load_yaml(source)
    if not all(isinstance(lock.get(name) or [], list) for name in ("PODS", "DEPENDENCIES")):
        raise ReadError("PODS or DEPENDENCIES is not a list: run pod install", lock.lines.get("PODS", 1))
    if "PODS" not in lock and "DEPENDENCIES" not in lock:
        raise ReadError("it has no PODS and no DEPENDENCIES: run pod install", 1)
    pods: dict[str, _Pod] = {}
    for entry, line in _items(lock, "PODS", source):
        said = _POD.fullmatch(entry.text)
        if said is None or not said["said"]:
            yield Unread(reason=f"{shown(entry.text, 60)!r} names no pod and version", location=source.at(line))
            continue
        pod = pods.setdefault(_root(said["name"]), _Pod(said["said"], line))
        if pod.version != said["said"]:
            reason = f"{shown(entry.text, 60)} is in the lock in another version, too: run pod install"
            yield Unread(reason=reason, location=source.at(line))
        pod.needs.update(dict.fromkeys(map(_root, entry.needs)))
    asked: list[Ask] = []
    lost: dict[str, Component] = {}
    for entry, line in _items(lock, "DEPENDENCIES", source):
        said = _POD.fullmatch(entry.text)
        name = _root(said["name"]) if said else ""
        if said is None or name not in pods:
            reason = f"{shown(entry.text, 60)} is asked for, and not in the lock: run pod install"
            yield Unread(reason=reason, location=source.at(line))
            if said:
                lost[name] = _lost(name, said["said"], source.at(line))
        else:
            asked.append(Ask(name, said["said"], None))
    yield from joined(
        {
            name: Entry(_component(name, pod, lock, source), tuple(Need(one) for one in pod.needs if one != name))
            for name, pod in pods.items()
        },
        asked,
    )
    yield from lost.values()


@dataclass
class _Pod:
    """A pod and what it needs, its subspecs included."""

    version: str
    line: int
    needs: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Item:
    """An entry of a list: a pod, and what it needs."""

    text: str
    needs: tuple[str, ...] = ()


def _items(lock: Object, key: str, source: Source) -> Iterator[tuple[_Item, int]]:
    """The entries of a list with their lines; one that needs others is a mapping of one key."""
    entries = lock.get(key, [])
    listed = entries if isinstance(entries, list) else []
    for entry, line in zip(listed, _lines(source.text, lock.lines.get(key, 1), len(listed)), strict=True):
        if isinstance(entry, Object) and len(entry) == 1:
            (name, needs), *_ = entry.items()
            names = [one.partition(" ")[0] for one in needs if isinstance(one, str)] if isinstance(needs, list) else []
            yield _Item(name, tuple(names)), entry.lines[name]
        else:
            yield _Item(entry if isinstance(entry, str) else ""), line


def _lines(text: str, start: int, count: int) -> list[int]:
    """The lines of the entries of a list below a key; that of the key where they cannot be told."""
    found: list[int] = []
    indent: str | None = None
    for number, line in enumerate(text.splitlines()[start:], start + 1):
        item = _ITEM.match(line)
        if item and indent in (None, item[1]):
            indent = item[1]
            found.append(number)
        elif line[:1].strip():
            break
    return found if len(found) == count else [start] * count


def _root(name: str) -> str:
    """The pod that a subspec belongs to."""
    return name.partition("/")[0]


def _component(name: str, pod: _Pod, lock: Object, source: Source) -> Component:
    origin = lock.object("EXTERNAL SOURCES").object(name)
    checksum = lock.object("SPEC CHECKSUMS").text(name)
    return Component(
        name=name,
        version=pod.version,
        purl=None
        if ":path" in origin
        else _purl(name, pod.version, {**origin, **lock.object("CHECKOUT OPTIONS").object(name)}),
        properties=(("podspec", f"sha1:{checksum}"),) if checksum else (),
        location=source.at(pod.line),
    )


def _lost(name: str, requested: str | None, place: Location) -> Component:
    """A pod that is asked for and not in the lock: in use, in a version that nobody knows."""
    return Component(name=name, purl=_purl(name, None, {}), requested=requested, direct=True, location=place)


def _purl(name: str, version: str | None, origin: Mapping[str, Value]) -> str | None:
    """The package URL; of a pod from a repository with its address and commit, of what can be no pod none."""
    if not _NAME.fullmatch(name):
        return None
    address = origin.get(":git")
    revision = next((one for key in (":commit", ":tag", ":branch") if isinstance(one := origin.get(key), str)), None)
    vcs = vcs_url(address, revision) if isinstance(address, str) else None
    return package_url("cocoapods", name, version, qualifiers={"vcs_url": vcs})
