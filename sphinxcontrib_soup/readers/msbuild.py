"""MSBuild files as far as packages need them: properties, items, conditions and imports. Nothing is ever run.

Format: https://learn.microsoft.com/en-us/visualstudio/msbuild/msbuild-project-file-schema-reference
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from sphinxcontrib_soup.model import Location, Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.xml_tree import Node, load_tree
from sphinxcontrib_soup.wording import shown

_PROPERTY = re.compile(r"\$\(\s*(?P<name>[A-Za-z_][\w.-]*)\s*\)")
_COMPARISON = re.compile(r"\s*'(?P<left>[^']*)'\s*(?P<sign>==|!=)\s*'(?P<right>[^']*)'\s*")
_UNSET = re.compile(r"\s*'\$\((?P<name>[\w.-]+)\)'\s*==\s*''\s*")
_ABOVE = re.compile(r"\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*'?(?P<name>[\w.-]+)'?.*\)\)", re.IGNORECASE)
_HERE = re.compile(r"\$\(MSBuildThisFileDirectory\)[\\/]?", re.IGNORECASE)
_MOST_VALUES = 20
_MOST_FILES = 100


@dataclass(frozen=True, slots=True)
class Text:
    """What a text with references to properties stands for, under a condition if any.

    `unknown` are the properties in it that no file defines.
    """

    text: str
    conditions: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is written: its type, what it does to which names, and its facts by names in small letters."""

    kind: str
    action: str
    names: str
    facts: dict[str, str]
    conditions: tuple[str, ...]
    location: Location


@dataclass
class Evaluation:
    """What the files of a project say, in the order MSBuild reads them."""

    project: Source
    properties: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    problems: list[Unread] = field(default_factory=list)
    files: set[Path] = field(default_factory=set)

    def expand(self, text: str) -> tuple[Text, ...]:
        """The texts that a text stands for: several where a property has several values under conditions."""
        names = list(dict.fromkeys(found["name"] for found in _PROPERTY.finditer(text)))
        unknown = tuple(name for name in names if name.lower() not in self.properties)
        if unknown or "$(" in _PROPERTY.sub("", text):
            return (Text(text, (), unknown or (text,)),)
        choices = list(product(*(self.properties[name.lower()] for name in names)))[:_MOST_VALUES]
        return tuple(_filled(text, dict(zip(map(str.lower, names), choice, strict=True))) for choice in choices)

    def single(self, text: str) -> str | None:
        """What a text stands for whatever the conditions are; `None` where that is not known."""
        found = self.expand(text)
        return found[0].text if len(found) == 1 and not found[0].unknown and not found[0].conditions else None

    def holds(self, condition: str) -> bool | None:
        """Whether a condition is met; `None` where that cannot be told from the files."""
        comparison = _COMPARISON.fullmatch(condition)
        if comparison is None:
            return None
        left, right = self.single(comparison["left"]), self.single(comparison["right"])
        if left is None or right is None:
            return None
        return (left.lower() == right.lower()) == (comparison["sign"] == "==")

    def define(self, name: str, text: str, conditions: tuple[str, ...]) -> None:
        """Give a property its value; under conditions that cannot be told, one more that it may have."""
        before = self.properties.get(name.lower(), ())
        open_: list[str] = []
        for condition in conditions:
            unset = _UNSET.fullmatch(condition)
            holds = self.holds(condition)
            if unset and unset["name"].lower() == name.lower():
                if any(one.text and not one.conditions for one in before):
                    return
            elif holds is False:
                return
            elif holds is None:
                open_.append(condition)
        found = tuple(Text(one.text, (*open_, *one.conditions), one.unknown) for one in self.expand(text))
        self.properties[name.lower()] = (*before, *found)[-_MOST_VALUES:] if open_ else found

    def open_conditions(self, item: Item) -> tuple[str, ...] | None:
        """The conditions of an item that cannot be told; `None` where one is not met."""
        told = [(one, self.holds(one)) for one in item.conditions]
        return None if any(holds is False for _, holds in told) else tuple(one for one, holds in told if holds is None)

    def read(self, source: Source) -> None:
        """Take up a file and those it imports, each once.

        :raises ReadError: if the file itself cannot be read
        """
        path = source.path.resolve()
        if path in self.files or len(self.files) == _MOST_FILES:
            return
        self.files.add(path)
        root = load_tree(source)
        if root.tag != "Project":
            raise ReadError(f"its outermost element is {shown(root.tag)!r}, not Project", root.line)
        self._walk(source, root, ())

    def _walk(self, source: Source, node: Node, conditions: tuple[str, ...]) -> None:
        """Take up what is in an element, which holds under these conditions."""
        for child in node.children:
            inner = (*conditions, *_condition(child))
            if child.tag == "PropertyGroup":
                for one in child.children:
                    self.define(one.tag, one.text, (*inner, *_condition(one)))
            elif child.tag == "ItemGroup":
                self.items += (_item(source, one, (*inner, *_condition(one))) for one in child.children)
            elif child.tag == "Import":
                self._import(source, child, inner)
            elif child.tag == "Otherwise":
                self._walk(source, child, (*inner, "otherwise"))
            elif child.tag in ("ImportGroup", "Choose", "When"):
                self._walk(source, child, inner)

    def _import(self, source: Source, node: Node, conditions: tuple[str, ...]) -> None:
        """Follow an import of the project's own; those of tools, and those under conditions, may be absent."""
        stated = node.attributes.get("Project", "")
        if "Sdk" in node.attributes or not stated or any(self.holds(one) is False for one in conditions):
            return
        place = source.at(node.line)
        try:
            found = self._imported(source, stated)
            if found:
                self.read(found)
            elif not conditions and "$(" not in _HERE.sub("", stated) and "*" not in stated:
                raise ReadError("it does not exist")
        except ReadError as error:
            self.problems.append(Unread(reason=f"it imports {shown(stated)!r}: {error}", location=place))

    def _imported(self, source: Source, stated: str) -> Source | None:
        upwards = _ABOVE.fullmatch(stated)
        if upwards:
            return above(source, upwards["name"], levels=1)
        path = self.single(_HERE.sub("./", stated))
        if path is None or re.match(r"[\\/]|[A-Za-z]:", path):
            return None
        relative = path.replace("\\", "/")
        Source.beside(source, relative)
        return nearby(source, relative)


def above(source: Source, name: str, *, levels: int = 0) -> Source | None:
    """The file of this name in the folder of another, or in the nearest around it, within the folder that is read."""
    for level in range(levels, len(source.path.resolve().parents)):
        relative = "../" * level + name
        try:
            Source.beside(source, relative)
        except ReadError:
            return None
        found = nearby(source, relative)
        if found:
            return found
    return None


def evaluate(source: Source, *, around: bool) -> Evaluation:
    """What an MSBuild file says; with what lies `around` it, the files that every project takes in of itself.

    :raises ReadError: if the file cannot be read
    """
    evaluation = Evaluation(source)
    outer: tuple[str, ...] = ("Directory.Build.props", "Directory.Packages.props") if around else ()
    if source.path.name.lower() == "directory.packages.props":
        outer = ("Directory.Build.props",)
    for name in outer:
        _read_around(evaluation, above(source, name))
    evaluation.read(source)
    if around:
        _read_around(evaluation, above(source, "Directory.Build.targets"))
    return evaluation


def _read_around(evaluation: Evaluation, source: Source | None) -> None:
    """Take up a file around a project. One that cannot be read has a finding of its own."""
    if source is None:
        return
    try:
        evaluation.read(source)
    except ReadError as error:
        evaluation.problems.append(Unread(reason=error.reason, location=source.at(error.line)))


def _filled(text: str, values: dict[str, Text]) -> Text:
    chosen = values.values()
    return Text(
        _PROPERTY.sub(lambda found: values[found["name"].lower()].text, text),
        tuple(dict.fromkeys(one for value in chosen for one in value.conditions)),
        tuple(dict.fromkeys(one for value in chosen for one in value.unknown)),
    )


def _condition(node: Node) -> tuple[str, ...]:
    stated = node.attributes.get("Condition", "").strip()
    return (stated,) if stated else ()


def _item(source: Source, node: Node, conditions: tuple[str, ...]) -> Item:
    action = next((one for one in ("Include", "Update", "Remove") if one in node.attributes), "")
    facts = {name.lower(): value.strip() for name, value in node.attributes.items()}
    facts |= {child.tag.lower(): child.text for child in node.children}
    return Item(node.tag, action, node.attributes.get(action, ""), facts, conditions, source.at(node.line))
