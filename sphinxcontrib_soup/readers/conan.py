"""What Conan's files have in common: references to recipes, with versions, ranges and revisions.

Format: https://docs.conan.io/2/reference/conanfile/methods/requirements.html (Conan 2),
https://docs.conan.io/en/1.66/reference/conanfile/attributes.html#requires (Conan 1)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Location, Scope, Unread
from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.wording import shown

PURPOSES = {
    "requires": Scope.RUNTIME,
    "tool_requires": Scope.BUILD,
    "build_requires": Scope.BUILD,
    "python_requires": Scope.BUILD,
    "test_requires": Scope.TEST,
}
"""What recipes are required for, by the name of the section, attribute or method that says so."""

_HEADER = re.compile(r"\[(\w+)\]")
_COMMENT = re.compile(r"(?:^|\s)#.*")

_REFERENCE = re.compile(
    r"(?P<name>\w[\w.+-]*)/(?P<version>\[[^\]]*\]|[^\s@#:%\[\]/]+)"
    r"(?:@(?:(?P<user>[\w.+-]+)(?:/(?P<channel>[\w.+-]+))?)?)?"
    r"(?:\#(?P<rrev>\w+))?(?::\w+(?:\#(?P<prev>\w+))?)?(?:%[\d.]+)?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A recipe: its name, its version or range, and what tells recipes of one version apart."""

    name: str
    stated: str
    user: str | None = None
    channel: str | None = None
    rrev: str | None = None
    prev: str | None = None

    @property
    def version(self) -> str | None:
        """The version, `None` where a range is asked for."""
        return None if self.stated.startswith("[") else self.stated

    @property
    def purl(self) -> str | None:
        said = {"user": self.user, "channel": self.channel, "rrev": self.rrev, "prev": self.prev}
        return package_url("conan", self.name, self.version, qualifiers=said)


def reference(text: str) -> Reference:
    """A reference as Conan 1 and 2 write it.

    :raises ValueError: with a sentence for people, if it is none
    """
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{shown(text, 60)!r} is no reference: it has the form name/version@user/channel")
    said = {part: None if value == "_" else value for part, value in found.groupdict().items()}
    said["stated"] = said.pop("version")
    return Reference(**said)  # type: ignore[arg-type]


def component(wanted: Reference, place: Location, scope: Scope | None, *, direct: bool | None) -> Component:
    """The component that a reference names; what is asked for is told of a direct one alone."""
    return Component(
        name=wanted.name,
        version=wanted.version,
        purl=wanted.purl,
        requested=wanted.stated if direct else None,
        direct=direct,
        scope=scope,
        location=place,
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """A recipe that a project asks for, and what for. One that only overrides a version is not asked for itself."""

    reference: Reference
    scope: Scope
    line: int
    overrides: bool = False


def sections(source: Source) -> Iterator[Wish | Unread]:
    """What a conanfile.txt asks for, and the lines that cannot be understood.

    :raises ReadError: if a merge conflict is left in it
    """
    refuse_conflict(source.text)
    section = ""
    for number, text in enumerate(source.text.splitlines(), 1):
        line = _COMMENT.sub("", text).strip()
        header = _HEADER.fullmatch(line)
        if header:
            section = header[1]
        elif line and section in PURPOSES:
            try:
                yield Wish(reference(line), PURPOSES[section], number)
            except ValueError as error:
                yield Unread(reason=str(error), location=source.at(number))
