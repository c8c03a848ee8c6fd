"""gradle.lockfile and its kin, the lock files of Gradle's dependency locking.

Format: https://docs.gradle.org/current/userguide/dependency_locking.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.locks import distinct
from sphinxcontrib_soup.readers.maven import maven_url
from sphinxcontrib_soup.readers.scopes import strongest
from sphinxcontrib_soup.wording import shown

_LINE = re.compile(r"(?P<group>[^:=\s]+):(?P<artifact>[^:=\s]+):(?P<version>[^:=\s]+)(?P<used>=.*)?")
_EMPTY = re.compile(r"empty=.*")

PURPOSES = (
    (re.compile(r"test.*|.*Test.*"), Scope.TEST),
    (re.compile(r".*[rR]untimeClasspath|.*[cC]ompileClasspath|api|compile|implementation|runtime"), Scope.RUNTIME),
    (re.compile(r"developmentOnly"), Scope.DEVELOPMENT),
    (re.compile(r"classpath|kapt.*|ksp.*|.*[pP]rocessor.*|.*[cC]ompiler.*|.*[pP]lugin.*"), Scope.BUILD),
)
"""What a component of a configuration is for, by the name that Gradle and its common plugins give to it."""


def _locks(source: Source) -> bool:
    """Whether it is Gradle's own file, or one for a single configuration, as Gradle wrote them before 7.0."""
    try:
        return "gradle" in source.path.name or any(_LINE.fullmatch(line) for line in source.text.splitlines())
    except ReadError:
        return False


@reader("*.lockfile", sniff=_locks, ecosystem="maven")
def gradle_lockfile(source: Source) -> Iterator[Evidence]:
    """Gradle's lock files: every component, with what it is for as its configurations are named.

    The lock does not say what is direct.
    """
    refuse_conflict(source.text)
    found: list[Component] = []
    for number, text in enumerate(source.text.splitlines(), 1):
        line = text.strip()
        said = _LINE.fullmatch(line)
        if said:
            found.append(_component(said, source, number))
        elif line and not line.startswith("#") and not _EMPTY.fullmatch(line):
            reason = f"{shown(line, 60)!r} is no group:artifact:version=configurations"
            yield Unread(reason=reason, location=source.at(number))
    yield from distinct(found)


def _component(said: re.Match[str], source: Source, line: int) -> Component:
    group, artifact, version, used = said.groups()
    uses = used[1:].split(",") if used else [source.path.stem.removeprefix("buildscript-")]
    return Component(
        name=f"{group}:{artifact}",
        version=version,
        purl=maven_url(group, artifact, version),
        scope=strongest(_purpose(one.strip()) for one in uses),
        location=source.at(line),
    )


def _purpose(configuration: str) -> Scope | None:
    return next((scope for pattern, scope in PURPOSES if pattern.fullmatch(configuration)), None)
