"""What Cargo's files have in common: dependency tables, the workspace around them, and package URLs.

Format: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.toml_text import Toml, load_toml
from sphinxcontrib_soup.wording import shown

MANIFEST = "Cargo.toml"

TABLES = {
    "dependencies": Scope.RUNTIME,
    "build-dependencies": Scope.BUILD,
    "build_dependencies": Scope.BUILD,
    "dev-dependencies": Scope.DEVELOPMENT,
    "dev_dependencies": Scope.DEVELOPMENT,
}
"""The tables of a package that name components, in the spelling of today and the old one, and what each is for."""

SHARED = ("workspace", "dependencies")
"""The table of a workspace that its members refer to."""

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_EXACT = re.compile(r"=\s*(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)")


@dataclass(frozen=True, slots=True)
class Wish:
    """One entry of a dependency table.

    `key` is the name it has in the table, `name` that of the crate, `folder` the path of one that is no download, as
    paths are labelled, `git` the repository of one that is fetched from there.
    """

    key: str
    name: str
    requested: str | None
    scope: Scope | None
    line: int | None
    version: str | None = None
    folder: str | None = None
    git: str | None = None
    inherited: bool = False

    @property
    def purl(self) -> str | None:
        return None if self.folder is not None else cargo_url(self.name, self.version, vcs=self.git)


@dataclass(frozen=True)
class Manifest:
    """A Cargo.toml, and the one of the workspace that it belongs to, if any: itself or one above it."""

    source: Source
    toml: Toml
    above: Manifest | None = None

    @property
    def workspace(self) -> Manifest | None:
        return self if "workspace" in self.toml.document else self.above

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.source.label)

    def owns(self, folder: str) -> bool:
        """Whether a folder holds the project itself: it is around this one, or inside the workspace.

        A crate inside the folder of the workspace is a member of it
        (https://doc.rust-lang.org/cargo/reference/workspaces.html#the-members-and-exclude-fields).
        """
        if _inside(self.folder, folder):
            return True
        root = self.workspace
        return root is not None and _inside(folder, root.folder) and not root.excludes(folder)

    def excludes(self, folder: str) -> bool:
        left_out = [posixpath.normpath(posixpath.join(self.folder, one)) for one in _texts(self.toml, "exclude")]
        return any(_inside(folder, one) or fnmatch(folder, one) for one in left_out)


def cargo_url(name: str, version: str | None = None, *, vcs: str | None = None, index: str | None = None) -> str | None:
    """The package URL of a crate; `None` where no crate can have the name."""
    if not _NAME.fullmatch(name):
        return None
    return package_url("cargo", name, version, qualifiers={"vcs_url": vcs, "repository_url": index})


def load_manifest(source: Source) -> Manifest:
    """A Cargo.toml with the workspace around it, looked for as Cargo does: upwards, within the folder that is read.

    :raises ReadError: if the file is not TOML
    """
    toml = load_toml(source)
    return Manifest(source, toml, None if "workspace" in toml.document else _above(source, toml))


def _above(source: Source, toml: Toml) -> Manifest | None:
    stated = toml.table("package").get("workspace")
    if isinstance(stated, str):
        places = [posixpath.join(stated, MANIFEST)]
    else:
        levels = len(source.path.resolve().parents)
        places = ["../" * level + MANIFEST for level in range(1, levels)]
    for place in places:
        try:
            Source.beside(source, place)
        except ReadError:
            return None
        found = _manifest(nearby(source, place))
        if found and "workspace" in found.toml.document:
            return None if found.excludes(posixpath.dirname(source.label)) else found
    return None


def _manifest(source: Source | None) -> Manifest | None:
    """A manifest by itself, `None` where it cannot be read: then it has a finding of its own."""
    try:
        return Manifest(source, load_toml(source)) if source else None
    except ReadError:
        return None


def members(root: Manifest) -> tuple[tuple[Manifest, ...], bool]:
    """The packages of a workspace, and whether these are all; of a package without workspace, itself.

    Members are those that the workspace names, and the folders inside it that one of them depends on.
    """
    found: dict[str, Manifest] = {root.folder: root}
    complete = True
    waiting = [posixpath.normpath(posixpath.join(root.folder, one)) for one in _named(root)]
    waiting += _folders(root)
    for folder in waiting:
        if folder in found or root.excludes(folder):
            continue
        inner = posixpath.relpath(folder, root.folder or ".")
        member = _manifest(nearby(root.source, posixpath.join(inner, MANIFEST)))
        if member is None:
            complete = False
        else:
            found[folder] = replace(member, above=root)
            waiting += _folders(found[folder])
    return tuple(found.values()), complete


def _named(root: Manifest) -> Iterator[str]:
    """The folders that a workspace names as its members; a pattern stands for those of them that hold a package."""
    around = root.source.path.parent
    for pattern in _texts(root.toml, "members"):
        if any(sign in pattern for sign in "*?[") and ".." not in pattern.split("/"):
            try:
                matches = sorted(path.relative_to(around).as_posix() for path in around.glob(pattern))
            except (NotImplementedError, OSError, ValueError):  # no pattern that a folder could match
                matches = []
            yield from (one for one in matches if nearby(root.source, posixpath.join(one, MANIFEST)))
        else:
            yield pattern


def _folders(manifest: Manifest) -> list[str]:
    """The folders of the project itself that a package depends on."""
    asked = [one for one in wishes(manifest) if isinstance(one, Wish) and one.folder is not None]
    return [one.folder for one in asked if one.folder is not None and manifest.owns(one.folder)]


def wishes(manifest: Manifest) -> Iterator[Wish | Unread]:
    """What a package asks for, in the order of its tables; what cannot be understood is unread."""
    toml, source = manifest.toml, manifest.source
    places: list[tuple[str, ...]] = [(name,) for name in TABLES]
    places += [("target", target, name) for target in toml.table("target") for name in TABLES]
    for place in places:
        scope = TABLES[place[-1]]
        if place[-1] in toml.table(*place[:-1]) and not isinstance(toml.table(*place[:-1])[place[-1]], dict):
            yield Unread(reason=f"{'.'.join(place)} is not a table", location=source.at(toml.line(*place)))
        for key, stated in toml.table(*place).items():
            line = _line(toml, *place, key)
            try:
                yield _wish(manifest, key, stated, scope, line)
            except ValueError as error:
                yield Unread(reason=str(error), location=source.at(line))


def shared_wishes(root: Manifest) -> Iterator[Wish | Unread]:
    """What the table of a workspace offers to its members."""
    for key, stated in root.toml.table(*SHARED).items():
        line = _line(root.toml, *SHARED, key)
        try:
            yield _stated(root, key, stated, None, line)
        except ValueError as error:
            yield Unread(reason=str(error), location=root.source.at(line))


def _wish(manifest: Manifest, key: str, stated: object, scope: Scope, line: int | None) -> Wish:
    """An entry of a package's table, which may leave all but its scope to the workspace.

    :raises ValueError: with a sentence for people, if it cannot be understood
    """
    if not isinstance(stated, dict) or stated.get("workspace") is not True:
        return _stated(manifest, key, stated, scope, line)
    if stated.get("optional") is True and scope is Scope.RUNTIME:
        scope = Scope.OPTIONAL
    root = manifest.workspace
    if root is None:
        return Wish(key, key, None, scope, line, inherited=True)
    table = root.toml.table(*SHARED)
    if key not in table:
        raise ValueError(f"{shown(key)} is left to the workspace, and {root.source.label} does not name it")
    return replace(_stated(root, key, table[key], scope, line), inherited=True)


def _stated(manifest: Manifest, key: str, stated: object, scope: Scope | None, line: int | None) -> Wish:
    table = {"version": stated} if isinstance(stated, str) else stated
    if not isinstance(table, dict):
        raise ValueError(f"the requirement of {shown(key)} is neither a text nor a table")
    for part in ("package", "version", "path", "git", "rev", "tag", "branch"):
        if not isinstance(table.get(part, ""), str):
            raise ValueError(f"the {part} of {shown(key)} is not a text")
    range_, path, git = table.get("version"), table.get("path"), table.get("git")
    revision = next((table[part] for part in ("rev", "tag", "branch") if part in table), None)
    exact = _EXACT.fullmatch(range_.strip()) if range_ else None
    address = without_secret(git)
    return Wish(
        key,
        table.get("package", key),
        (f"{address}@{revision}" if revision else address) if git else range_ or path,
        Scope.OPTIONAL if table.get("optional") is True and scope is Scope.RUNTIME else scope,
        line,
        version=exact[1] if exact and not git else None,
        folder=posixpath.normpath(posixpath.join(manifest.folder, path)) if path is not None else None,
        git=vcs_url(git, revision) if git else None,
    )


def _line(toml: Toml, *path: str) -> int | None:
    """The line of an entry, or of the first part of it where only parts are written: `name.workspace = true`."""
    if path in toml.lines:
        return toml.lines[path]
    return next((line for part, line in toml.lines.items() if part[: len(path)] == path), toml.line(*path))


def _texts(toml: Toml, name: str) -> list[str]:
    """A list of texts of the workspace."""
    stated = toml.table("workspace").get(name)
    return [one for one in stated if isinstance(one, str)] if isinstance(stated, list) else []


def _inside(folder: str, around: str) -> bool:
    """Whether a folder is another one or below it; both as paths are labelled."""
    inner = posixpath.relpath(folder or ".", around or ".")
    return inner != ".." and not inner.startswith("../")
