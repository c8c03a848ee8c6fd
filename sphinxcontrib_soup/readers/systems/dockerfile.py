"""Dockerfile and Containerfile: the images that a container is built from.

Format: https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.digests import labelled
from sphinxcontrib_soup.readers.locks import distinct
from sphinxcontrib_soup.wording import shown

MOVING = {"latest", "edge", "stable", "nightly", "rolling"}
"""Tags that are moved on purpose, so that they name no version."""

_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(\S+)\s*")
_BEGINS = re.compile(rb"^\s*FROM\s", re.MULTILINE)
_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)(?:\s+(.*))?", re.DOTALL)
_HEREDOC = re.compile(r"<<(-?)(['\"]?)(\w+)\2")
_FROM = re.compile(r"(?:--\S+\s+)*(?P<image>[^\s-]\S*)(?:\s+as\s+(?P<stage>\S+))?\s*", re.IGNORECASE)
_COPIED = re.compile(r"--from=(\S+)")
_MOUNTED = re.compile(r"--mount=(?:\S*,)?from=([^\s,]+)")
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::?(?P<sign>[-+])(?P<other>[^}]*))?\}|(?P<bare>\w+))")
_IMAGE = re.compile(r"(?P<name>[a-z0-9][\w./:-]*?)(?::(?P<tag>\w[\w.-]*))?(?:@(?P<digest>\w+:[0-9a-fA-F]+))?")


def _builds(source: Source) -> bool:
    """Whether a file of a longer name is none that lists what to leave out, or is written in another language."""
    return source.path.name.lower() in ("dockerfile", "containerfile") or _BEGINS.search(source.head) is not None


@reader("Dockerfile", "Dockerfile.*", "*.Dockerfile", "Containerfile", "Containerfile.*", sniff=_builds)
def dockerfile(source: Source) -> Iterator[Evidence]:
    """Dockerfile: every image that it names, as a direct component.

    What the last stage is built on is for use, what other stages are built on serves the build. The version is the
    tag, or the digest where there is no tag; a tag such as `latest` names no version. Arguments have their defaults.
    """
    stages, bad = _stages(source)
    yield from bad
    if not stages and not bad:
        raise ReadError("it has no FROM, so it names no image", 1)
    named = {stage.name.lower() for stage in stages if stage.name}
    found: list[Component] = []
    for at, stage in enumerate(stages):
        for image, line, scope in _images(stage, _is_final(at, stages)):
            if image.lower() in named or image.isdigit() or image == "scratch":
                continue
            try:
                found.append(_component(image, source.at(line), scope))
            except ValueError as error:
                yield Unread(reason=str(error), location=source.at(line))
    yield from distinct(found)


@dataclass
class _Stage:
    """A stage of the build: what it begins with, takes files from, and uses while it is built: images or stages."""

    image: str
    name: str
    line: int
    copied: list[tuple[str, int]] = field(default_factory=list)
    mounted: list[tuple[str, int]] = field(default_factory=list)


def _stages(source: Source) -> tuple[list[_Stage], list[Unread]]:
    refuse_conflict(source.text)
    stages: list[_Stage] = []
    bad: list[Unread] = []
    defaults: dict[str, str] = {}
    for line, word, rest in _instructions(source.text):
        if word == "ARG" and not stages:
            name, given, value = rest.strip().partition("=")
            if given:
                defaults[name] = _substituted(value.strip().strip("\"'"), defaults)
        elif word == "FROM":
            said = _FROM.fullmatch(rest)
            if said:
                stages.append(_Stage(_substituted(said["image"], defaults), said["stage"] or "", line))
            else:
                bad.append(Unread(reason=f"{shown(rest.strip(), 60)!r} names no image", location=source.at(line)))
        elif stages and word in ("COPY", "ADD", "RUN"):
            stages[-1].copied += [(image, line) for image in _COPIED.findall(rest) if word != "RUN"]
            stages[-1].mounted += [(image, line) for image in _MOUNTED.findall(rest) if word == "RUN"]
    return stages, bad


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """The instructions: line, name, and the rest of their lines as one; comments and texts for a shell are left out."""
    lines = enumerate(text.splitlines(), 1)
    escape, first, parts = "\\", 0, list[str]()
    directives = True
    for number, line in lines:
        said = _DIRECTIVE.fullmatch(line.strip()) if directives else None
        directives = said is not None
        if said and said[1].lower() == "escape":
            escape = said[2]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = first or number
        parts.append(line.rstrip().removesuffix(escape))
        if line.rstrip().endswith(escape):
            continue
        instruction = _INSTRUCTION.fullmatch(" ".join(parts))
        if instruction:
            word = instruction[1].upper()
            rest = instruction[2] or ""
            yield first, word, rest
            for tabs, _, end in _HEREDOC.findall(rest) if word in ("RUN", "COPY", "ADD") else ():
                next((True for _, inner in lines if (inner.lstrip("\t") if tabs else inner) == end), None)
        first, parts = 0, []


def _substituted(text: str, defaults: Mapping[str, str]) -> str:
    """A text with the arguments that have a default; others stay as they are written."""

    def value(found: re.Match[str]) -> str:
        name, other = found["braced"] or found["bare"], found["other"]
        known = defaults.get(name)
        if found["sign"] == "+":
            return other if known else ""
        return known if known is not None else other if other is not None else found[0]

    return _VARIABLE.sub(value, text)


def _is_final(at: int, stages: list[_Stage]) -> bool:
    """Whether a stage is the last one, or what that is built on."""
    final = len(stages) - 1
    while final > at:
        base = stages[final].image.lower()
        earlier = [number for number in range(final) if stages[number].name.lower() == base]
        if not earlier:
            return False
        final = earlier[-1]
    return final == at


def _images(stage: _Stage, final: bool) -> Iterator[tuple[str, int, Scope]]:
    scope = Scope.RUNTIME if final else Scope.BUILD
    for image, line in [(stage.image, stage.line), *stage.copied]:
        yield image, line, scope
    for image, line in stage.mounted:
        yield image, line, Scope.BUILD


def _component(image: str, place: Location, scope: Scope) -> Component:
    """The component that an image is.

    :raises ValueError: with a sentence for people, if it is no image
    """
    if "$" in image:
        raise ValueError(f"the image {shown(image, 60)} is known only when it is built: give its ARG a default")
    said = _IMAGE.fullmatch(image)
    if said is None:
        raise ValueError(f"{shown(image, 60)!r} is no name of an image")
    name, tag, digest = said.groups()
    version = tag if tag and tag.lower() not in MOVING else digest
    return Component(
        name=name,
        version=version,
        purl=_purl(name, version),
        requested=image[len(name) :].lstrip(":@") or None,
        direct=True,
        scope=scope,
        hashes=labelled(digest),
        location=place,
    )


def _purl(name: str, version: str | None) -> str | None:
    """The package URL; a host before the name is told apart by its dot or port, as Docker does."""
    host, _, path = name.partition("/")
    if not path or not (re.search(r"[.:]", host) or host == "localhost"):
        host, path = "", name
    namespace, _, short = path.rpartition("/")
    return package_url("docker", short, version, namespace or None, qualifiers={"repository_url": host})
