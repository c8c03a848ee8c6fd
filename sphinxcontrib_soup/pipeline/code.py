"""Code: which files a software item is made of, which imports are those of a SOUP, and what a wrapper offers."""

from __future__ import annotations

import glob
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.kinds import listed
from sphinxcontrib_soup.model import CodeUse, Item, PublicName, Unread
from sphinxcontrib_soup.pipeline.gather import PASSED_OVER, label, walk
from sphinxcontrib_soup.plugin import Reader, Source

_CUT = re.compile(r"[^\w-]+")


def code_files(
    items: Iterable[tuple[Item, Path]], base: Path, root: Path, readers: Sequence[Reader]
) -> tuple[dict[str, tuple[Source, ...]], list[Unread]]:
    """The files that software items are made of, by the ID of the item, and what their field `code` names in vain.

    Each item comes with the folder of its page, to which its patterns are relative; those that begin with `/` are
    relative to `base`. A folder stands for all code in it. Nothing outside of `root` is taken.
    """
    found: dict[str, tuple[Source, ...]] = {}
    unread: list[Unread] = []
    for item, folder in items:
        sources: dict[Path, Source] = {}
        for pattern in listed(item, "code"):
            try:
                matched = list(_code_of(pattern, folder, base, root, readers))
            except ValueError as error:
                unread.append(Unread(reason=f"`:code:` of {item.id} {error}", location=item.location))
            else:
                sources |= {source.path: source for source in matched}
        found[item.id] = tuple(sources.values())
    return found, unread


def _code_of(pattern: str, folder: Path, base: Path, root: Path, readers: Sequence[Reader]) -> Iterator[Source]:
    """The files that one pattern names; those in folders of other people's code only where it names the folder.

    :raises ValueError: with the rest of a sentence for people, if it names none, or one outside of `root`
    """
    where = base if pattern.startswith("/") else folder
    left_out = PASSED_OVER.difference(PurePosixPath(pattern).parts)
    found = glob.glob(pattern.lstrip("/"), root_dir=where, recursive=True)  # noqa: PTH207 - relative to a folder
    matches = [match for match in sorted(found) if left_out.isdisjoint(Path(match).parts)]
    if not matches:
        raise ValueError(f"names {pattern!r}, which matches no file; it is relative to the page, or begins with `/`")
    for match in matches:
        path = where / match
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            raise ValueError(f"names {label(path, base)!r}, which leads out of the folders that are read")
        if not path.is_dir():
            yield Source(path=path, label=label(path, base), root=root)
        elif not glob.has_magic(pattern):
            yield from walk(path, readers, base, root, code=True).sources


# --- imports and interfaces -------------------------------------------------------------------------------------------


def code_order(use: CodeUse) -> tuple[object, ...]:
    return (use.location.path, use.location.line or 0, use.name or "", use.symbols)


def soup_code(
    items: Iterable[Item], soup_uses: Mapping[str, tuple[str, ...]], code_uses: Iterable[CodeUse]
) -> dict[str, tuple[CodeUse, ...]]:
    """The imports of each SOUP that code may import, by its ID.

    A SOUP is imported by the names that its field `import_names` states: the longest that a name begins with decides.
    Without the field, it is imported by the name of its package, in languages where that tells.
    """
    names: dict[str, list[str]] = defaultdict(list)
    packages: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[CodeUse]] = {}
    for item in items:
        if item.kind == "soup":
            found[item.id] = []
            for name in listed(item, "import_names"):
                names[name.casefold()].append(item.id)
            if not item.text("import_names"):
                key = package_key(item.text("purl"))
                for known in dict.fromkeys([key] if key else soup_uses.get(item.id, ())):
                    packages[_import_key(known)].append(item.id)
    for use in code_uses:
        stated = (names.get(start) for start in _starts((use.name or "").casefold()))
        told = (packages.get(_import_key(key)) for key in use.packages)
        for id_ in next(filter(None, (*stated, *told)), ()):
            found[id_].append(use)
    return {id_: tuple(uses) for id_, uses in sorted(found.items()) if uses}


def _starts(name: str) -> Iterator[str]:
    """What a name begins with, the longest first, cut where a word ends: `boost/asio.hpp`, `boost/asio`, `boost`."""
    yield name
    for cut in reversed([found.start() for found in _CUT.finditer(name)]):
        yield name[:cut]


def _import_key(key: str) -> str:
    """A package as code knows it: Cargo takes `_` for `-`, Swift knows no more than the last part of an address."""
    ecosystem, _, name = key.partition("/")
    if ecosystem == "pkg:cargo":
        return key.replace("_", "-")
    if ecosystem in ("pkg:swift", "pkg:cocoapods"):
        return f"{ecosystem}/{name.rpartition('/')[2].casefold()}"
    return key


def interfaces(
    items: Iterable[Item], code: Mapping[str, tuple[str, ...]], public: Iterable[PublicName]
) -> dict[str, tuple[PublicName, ...]]:
    """The public names of the files of each software item that wraps a SOUP."""
    by_path: dict[str, list[PublicName]] = defaultdict(list)
    for one in public:
        by_path[one.location.path].append(one)
    wrappers = {item.id: code.get(item.id, ()) for item in items if item.links.get("wraps")}
    found = {id_: [one for path in sorted(set(paths)) for one in by_path[path]] for id_, paths in wrappers.items()}
    return {id_: tuple(sorted(several, key=lambda one: one.location)) for id_, several in found.items() if several}
