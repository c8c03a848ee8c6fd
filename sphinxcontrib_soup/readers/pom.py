"""Maven's project files: a pom, its parents, and what they say together.

Format: https://maven.apache.org/pom.html; how it is put together:
https://maven.apache.org/ref/current/maven-model-builder/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.xml_tree import Node, load_tree
from sphinxcontrib_soup.wording import shown

NAME = "pom.xml"

_EXPRESSION = re.compile(r"\$\{([^${}]+)\}")
_DEEPEST = 20

Key = tuple[str, str, str, str]
"""Group, artifact, type and classifier: what Maven knows a dependency by."""


@dataclass(frozen=True)
class Pom:
    """A pom and the parent that could be read; `problem` says why there is none although one is named."""

    source: Source
    node: Node
    parent: Pom | None = None
    problem: str = ""

    @property
    def stated_parent(self) -> Node | None:
        return next(self.node.of("parent"), None)

    @property
    def above_name(self) -> str:
        """The parent as a message names it."""
        return ":".join(text(self.stated_parent, name) for name in ("groupId", "artifactId", "version"))

    def own(self, name: str) -> str:
        """Group, artifact or version as the pom writes it; what it leaves out is its parent's."""
        above = self.stated_parent
        inherited = text(above, name) if above and name != "artifactId" else ""
        return text(self.node, name) or inherited

    @cached_property
    def chain(self) -> tuple[Pom, ...]:
        """The pom, its parent, and so on."""
        return (self, *(self.parent.chain if self.parent else ()))

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The properties, those of a parent overridden, and what a pom says of itself by the names for it."""
        found: dict[str, str] = {}
        for pom in reversed(self.chain):
            for table in pom.node.of("properties"):
                found |= {one.tag: one.text for one in table.children}
        above = self.stated_parent
        for name in ("groupId", "artifactId", "version"):
            for prefix in ("project.", "pom.", ""):
                if prefix or name not in found:
                    found[f"{prefix}{name}"] = self.own(name)
                if above:
                    found[f"{prefix}parent.{name}"] = text(above, name)
        return found

    def resolve(self, written: str) -> str:
        """A text with the properties in it; those that are not known, or lead in a circle, stay as they are written."""
        found = written
        for _ in range(_DEEPEST):
            after = _EXPRESSION.sub(lambda one: self.values.get(one[1].strip(), one[0]), found)[:10_000]
            if after == found:
                return found
            found = after
        return written

    @cached_property
    def managed(self) -> Mapping[Key, Node]:
        """What `dependencyManagement` states, a parent's overridden."""
        found: dict[Key, Node] = {}
        for pom in reversed(self.chain):
            for management in pom.node.of("dependencyManagement"):
                found |= {self.key(one): one for one in listed(management, "dependencies", "dependency")}
        return found

    @cached_property
    def imports(self) -> bool:
        """Whether versions come from poms that `dependencyManagement` imports, too."""
        return any(text(node, "scope") == "import" for node in self.managed.values())

    def key(self, dependency: Node) -> Key:
        parts = (self.resolve(text(dependency, name)) for name in ("groupId", "artifactId", "type", "classifier"))
        group, artifact, kind, classifier = parts
        return group, artifact, kind or "jar", classifier

    @cached_property
    def siblings(self) -> frozenset[tuple[str, str]]:
        """Group and artifact of every module that is built together with this one, as far as it can be read."""
        found: dict[str, tuple[str, str]] = {}
        top = self.chain[-1]
        waiting = [top.source]
        for source in waiting:
            if source.label in found:
                continue
            try:
                pom = Pom(source, load_tree(source))
            except ReadError:
                continue
            found[source.label] = (self.resolve(pom.own("groupId")), self.resolve(pom.own("artifactId")))
            waiting += _modules(pom)
        return frozenset(found.values())


def load_pom(source: Source) -> Pom:
    """A pom with its parents, as far as they lie in the folder that is read.

    :raises ReadError: if it is no well-formed pom
    """
    return _load(source, ())


def text(node: Node | None, name: str) -> str:
    """The text of an element in another one, empty where there is none."""
    return next((one.text for one in node.of(name)), "") if node else ""


def listed(node: Node, *tags: str) -> Iterator[Node]:
    """The elements that a path of names leads to."""
    for child in node.of(tags[0]):
        if len(tags) == 1:
            yield child
        else:
            yield from listed(child, *tags[1:])


def _load(source: Source, chain: tuple[str, ...]) -> Pom:
    node = load_tree(source)
    if node.tag != "project":
        raise ReadError(f"it is no pom: its outermost element is {shown(node.tag)}", node.line)
    stated = next(node.of("parent"), None)
    if stated is None:
        return Pom(source, node)
    try:
        return Pom(source, node, parent=_parent(source, stated, (*chain, str(source.path.resolve()))))
    except ReadError as error:
        return Pom(source, node, problem=error.reason)


def _parent(source: Source, stated: Node, chain: tuple[str, ...]) -> Pom | None:
    """The parent, where the folder that is read holds it.

    :raises ReadError: if it may not be followed, cannot be read, or leads in a circle
    """
    written = next((one.text for one in stated.of("relativePath")), None)
    if written == "":  # it comes from a repository
        return None
    place = written or f"../{NAME}"
    try:
        if Source.beside(source, place).path.is_dir():
            place = posixpath.join(place, NAME)
    except (OSError, ValueError):  # no file can have the name
        return None
    except ReadError:
        if written:
            raise
        return None
    found = nearby(source, place)
    if found is None:
        return None
    if str(found.path.resolve()) in chain:
        raise ReadError(f"its parents lead in a circle, through {found.label}")
    try:
        parent = _load(found, chain)
    except ReadError as error:
        raise ReadError(f"its parent {found.label} cannot be read: {error.reason}") from error
    named = [(text(stated, name), parent.resolve(parent.own(name))) for name in ("groupId", "artifactId", "version")]
    return parent if all(one == other or "${" in one for one, other in named) else None


def _modules(pom: Pom) -> list[Source]:
    """The poms of the modules that a pom names, those of its profiles among them."""
    around = [pom.node, *listed(pom.node, "profiles", "profile")]
    names = [one.text for node in around for one in listed(node, "modules", "module")]
    names += [one.text for node in around for one in listed(node, "subprojects", "subproject")]
    places = [name if name.endswith(".xml") else posixpath.join(name, NAME) for name in names if name]
    return [found for place in places if (found := nearby(pom.source, place))]
