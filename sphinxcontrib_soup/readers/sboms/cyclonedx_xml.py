"""CycloneDX in XML: a bill of materials that tools write of a product, a folder or an image.

Format: https://cyclonedx.org/docs/1.7/xml/ (ECMA-424)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.cyclonedx import components
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.readers.xml_text import Elements, root, stream

OLDEST = (1, 0)

NAMESPACE = re.compile(r"http://cyclonedx\.org/schema/bom/([^}]*)")
GRAPH = "http://cyclonedx.org/schema/ext/dependency-graph/1.0"
"""The extension that told the graph before version 1.2."""

LISTS = {
    "authors",
    "components",
    "externalReferences",
    "hashes",
    "properties",
    "services",
    "vulnerabilities",
}
"""Elements that are lists in JSON."""

TEXTS = {"hash": "content", "property": "value", "expression": "expression"}
"""Elements that have attributes and a text, and the key that the text has in JSON."""

ONCE = {"bom": {"components", "dependencies", "metadata"}, "component": {"components", "name", "purl", "version"}}
"""Elements that stand at most once in another; of two, one would be lost."""

PASSED_OVER = {"annotations", "compositions", "declarations", "evidence", "formulation", "modelCard", "pedigree"}
"""Elements in which components are named that are none of the product."""


def _claims(source: Source) -> bool:
    return b"cyclonedx.org/schema/bom" in source.head.replace(b"\0", b"") and root(source) == "bom"


@reader("*.xml", "*.cdx", "*.bom", "*.sbom", sniff=_claims)
def cyclonedx_xml(source: Source) -> Iterator[Evidence]:
    """CycloneDX 1.0 to 1.7 in XML: every component, those within others too.

    It is read as the same bill in JSON is. Elements of other namespaces are passed over.
    """
    bill = _Bill()
    for _ in stream(source, bill):
        pass
    if bill.value is None:
        raise ReadError("its outermost element is none of CycloneDX", 1)
    yield from components(bill.value, source, OLDEST)


@dataclass(slots=True)
class _Element:
    """An element that has begun: its name, its line, and what was within it so far."""

    name: str
    line: int
    attributes: dict[str, str]
    inner: list[tuple[str, Value, int]] = field(default_factory=list)


class _Bill(Elements):
    """Makes the elements that components and their graph are told by what they are in JSON.

    Values are made from the innermost outwards as elements end, so that no depth of a file is too much.
    """

    def __init__(self) -> None:
        self.value: Object | None = None
        self.open: list[_Element] = []
        self.edges: list[Value] = []
        self.passing = 0
        self.namespaces: tuple[str, ...] = ()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition("}")
        if not self.namespaces:
            self.namespaces = (namespace, GRAPH)
        if self.passing or name in PASSED_OVER or namespace not in self.namespaces:
            self.passing += 1
            return
        self.open.append(_Element(name, self.line, attributes))
        self.listen()

    def end(self, tag: str) -> None:  # noqa: ARG002 - what the parser calls it with
        if self.passing:
            self.passing -= 1
            return
        ended = self.open.pop()
        value = self._value(ended, "" if ended.inner else self.text().strip())
        if self.open:
            outer = self.open[-1]
            if ended.name in ONCE.get(outer.name, ()) and any(name == ended.name for name, _, _ in outer.inner):
                raise ReadError(f"<{ended.name}> is written twice in one <{outer.name}>", ended.line)
            outer.inner.append((ended.name, value, ended.line))
        elif isinstance(value, Object) and ended.name == "bom" and (version := NAMESPACE.fullmatch(self.namespaces[0])):
            value["specVersion"], value.lines["specVersion"] = version[1], ended.line
            self.value = value

    def _value(self, element: _Element, text: str) -> Value:
        if element.name == "dependency":
            return self._dependency(element)
        if element.name == "dependencies":
            return self.edges
        if element.name == "licenses":
            return [_choice(*one) for one in element.inner]
        if element.name in LISTS:
            return [value for _, value, _ in element.inner]
        if not element.inner and not element.attributes:
            return text
        stated = [(name.rpartition("}")[2], value, element.line) for name, value in element.attributes.items()]
        said = [(TEXTS[element.name], text, element.line)] if element.name in TEXTS else []
        return _object(*stated, *element.inner, *said)

    def _dependency(self, element: _Element) -> Value:
        """The name of what depends. What it depends on stands within it, in JSON all stand side by side."""
        needed: list[Value] = [ref for name, ref, _ in element.inner if name == "dependency"]
        ref = element.attributes.get("ref")
        self.edges.append(_object(("ref", ref, element.line), ("dependsOn", needed, element.line)))
        return ref


def _object(*entries: tuple[str, Value, int]) -> Object:
    return Object([(name, value) for name, value, _ in entries], [line for _, _, line in entries])


def _choice(name: str, value: Value, line: int) -> Object:
    """A licence or an expression, as a member of the list has it in JSON."""
    if name == "license":
        return _object((name, value, line))
    return value if isinstance(value, Object) else _object(("expression", value, line))
