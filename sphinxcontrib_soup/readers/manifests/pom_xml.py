"""pom.xml, the project file of Maven.

Format: https://maven.apache.org/pom.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.maven import exact, maven_url
from sphinxcontrib_soup.readers.pom import Pom, listed, load_pom, text
from sphinxcontrib_soup.readers.xml_text import root
from sphinxcontrib_soup.readers.xml_tree import Node
from sphinxcontrib_soup.wording import counted, shown

SCOPES = {"test": Scope.TEST}
"""What a dependency of a scope is for; those of all others are for use, from wherever they come at run time."""


@reader("pom.xml", "*.pom", sniff=lambda source: root(source) == "project", ecosystem="maven")
def pom_xml(source: Source) -> Iterator[Evidence]:
    """pom.xml: direct components, with a version where this pom or a parent in the folder that is read states one.

    Properties and `dependencyManagement` are followed. Dependencies of a profile may or may not be in use, so whether
    they are direct is unknown. Modules that are built together with this one are the project itself. Plugins are tools
    of the build and are not read.
    """
    pom = load_pom(source)
    found: list[Component] = []
    for direct, node in _dependencies(pom):
        key = pom.key(node)
        if not key[0] or not key[1]:
            yield Unread(reason="the dependency names no group and artifact", location=source.at(node.line))
        elif not _is_sibling(pom, key[0], key[1]):
            found.append(_component(pom, node, direct=direct))
    yield from found
    yield from _problems(pom, [one for one in found if "${" in (one.requested or "${")])


def _dependencies(pom: Pom) -> Iterator[tuple[bool | None, Node]]:
    for node in listed(pom.node, "dependencies", "dependency"):
        yield True, node
    for node in listed(pom.node, "profiles", "profile", "dependencies", "dependency"):
        yield None, node


def _is_sibling(pom: Pom, group: str, artifact: str) -> bool:
    """Whether an artifact is a module of this project; its group is told first, because that needs no other file."""
    groups = {one.resolve(one.own("groupId")) for one in pom.chain}
    return group in groups and (group, artifact) in pom.siblings


def _component(pom: Pom, node: Node, *, direct: bool | None) -> Component:
    group, artifact, kind, classifier = key = pom.key(node)
    managed = pom.managed.get(key)
    requested = pom.resolve(text(node, "version") or text(managed, "version")) or None
    version = exact(requested)
    stated = pom.resolve(text(node, "scope") or text(managed, "scope"))
    optional = pom.resolve(text(node, "optional") or text(managed, "optional")) == "true"
    scope = SCOPES.get(stated, Scope.OPTIONAL if optional else Scope.RUNTIME)
    return Component(
        name=f"{group}:{artifact}",
        version=version,
        purl=maven_url(group, artifact, version, kind=kind, classifier=classifier),
        requested=requested,
        direct=direct,
        scope=scope,
        location=pom.source.at(next((one.line for one in node.of("artifactId")), node.line)),
    )


def _problems(pom: Pom, unknown: list[Component]) -> Iterator[Unread]:
    """Why a parent is not followed, and what is not known for it."""
    above = pom.stated_parent
    place = pom.source.at(above.line if above else None)
    problem = next((one.problem for one in pom.chain if one.problem), "")
    if problem:
        yield Unread(reason=problem, location=place)
    elif unknown:
        outside = [f"its parent {shown(pom.chain[-1].above_name)}"] if _has_open_end(pom) else []
        outside += ["the poms it imports"] if pom.imports else []
        where = " or ".join(outside)
        reason = f"{counted(len(unknown), 'component')} without a version, which "
        reason += f"{where} may state, not in the folder that is read" if where else "no pom states"
        reason += ": give a list of the resolved ones, such as an SBOM"
        yield Unread(reason=reason, location=place if above else unknown[0].location)


def _has_open_end(pom: Pom) -> bool:
    """Whether the last parent that could be read names another one."""
    return pom.chain[-1].stated_parent is not None
