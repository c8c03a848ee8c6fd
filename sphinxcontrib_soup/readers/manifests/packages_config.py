"""packages.config, NuGet's older list of the packages of a project.

Format: https://learn.microsoft.com/en-us/nuget/reference/packages-config
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.locks import distinct
from sphinxcontrib_soup.readers.nuget import VERSION, nuget_url
from sphinxcontrib_soup.readers.xml_tree import load_tree
from sphinxcontrib_soup.wording import shown


@reader("packages.config", "packages.*.config", ecosystem="nuget")
def packages_config(source: Source) -> Iterator[Evidence]:
    """packages.config: every package with its exact version.

    The file names all packages of a project, those that others need among them, and does not tell them apart: each is
    direct, because the project itself names it.
    """
    root = load_tree(source)
    if root.tag != "packages":
        raise ReadError(f"its outermost element is {shown(root.tag)!r}, not packages", root.line)
    components = []
    for node in root.of("package"):
        name, version = node.attributes.get("id", ""), node.attributes.get("version", "")
        if not name or not VERSION.fullmatch(version):
            stated = f"{shown(name)!r} has the version {shown(version)!r}" if name else "a package has no id"
            yield Unread(reason=f"{stated}: restore the packages again", location=source.at(node.line))
            continue
        develops = node.attributes.get("developmentDependency", "").lower() == "true"
        components.append(
            Component(
                name=name,
                version=version,
                purl=nuget_url(name, version),
                requested=node.attributes.get("allowedVersions") or None,
                direct=True,
                scope=Scope.DEVELOPMENT if develops else Scope.RUNTIME,
                location=source.at(node.line),
            )
        )
    yield from distinct(components)
