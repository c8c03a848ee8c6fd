"""Project files of .NET with PackageReference, and Directory.Packages.props with central versions.

Formats: https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files,
https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.locks import distinct
from sphinxcontrib_soup.readers.msbuild import Evaluation, Item, Text, evaluate
from sphinxcontrib_soup.readers.nuget import exact, nuget_url
from sphinxcontrib_soup.readers.xml_text import root
from sphinxcontrib_soup.wording import shown

PROJECTS = (".csproj", ".vbproj", ".fsproj")
REFERENCE, GLOBAL, CENTRAL = "PackageReference", "GlobalPackageReference", "PackageVersion"

_TEST_SDK = "microsoft.net.test.sdk"


@dataclass(frozen=True, slots=True)
class _Reference:
    name: str
    kind: str
    facts: Mapping[str, str]
    conditions: tuple[str, ...]
    location: Location


def _claims(source: Source) -> bool:
    return source.path.suffix.lower() in PROJECTS or root(source) == "Project"


@reader(
    "*.csproj",
    "*.vbproj",
    "*.fsproj",
    "*.props",
    "*.targets",
    sniff=_claims,
    ecosystem="nuget",
    locks=("packages.lock.json",),
)
def msbuild_project(source: Source) -> Iterator[Evidence]:
    """Project files of C#, Visual Basic and F#, and the props and targets files they share: direct components.

    A bare version is the one that NuGet takes, because it takes the lowest that is allowed. Properties and central
    versions are looked up in the same file, in those it imports, and in Directory.Build.props and
    Directory.Packages.props around it, within the folder that is read. What holds only under a condition that the files
    cannot tell has the condition among its properties. In a project of tests all components serve tests.
    """
    is_project = source.path.suffix.lower() in PROJECTS
    evaluation = evaluate(source, around=is_project)
    yield from evaluation.problems
    wanted = list(_references(evaluation))
    central = [one for one in wanted if one.kind == CENTRAL]
    shown_ones = [
        one for one in wanted if one.location.path == source.label or (is_project and one.kind in (REFERENCE, GLOBAL))
    ]
    is_test = is_project and _is_test(evaluation, wanted)
    components: list[Component] = []
    unknown: dict[str, Location] = {}
    for one in shown_ones:
        if one.kind == CENTRAL and is_project:
            continue
        for version in _versions(evaluation, one, central):
            components.append(_component(one, version, is_test=is_test))
            for name in version.unknown:
                unknown.setdefault(name, one.location)
    yield from distinct(components)
    for name, place in unknown.items():
        reason = f"the property {shown(name)} is defined in no file that is read: name Directory.Build.props, too"
        if "(" in name:
            reason = f"{shown(name)} is worked out by MSBuild: write the version, or name project.assets.json"
        yield Unread(reason=reason, location=place)


def _references(evaluation: Evaluation) -> Iterator[_Reference]:
    """The packages that items name, after those that change or remove others."""
    found: list[_Reference] = []
    for item in evaluation.items:
        conditions = evaluation.open_conditions(item)
        if item.kind not in (REFERENCE, GLOBAL, CENTRAL) or not item.action or conditions is None:
            continue
        for name in _names(evaluation, item):
            same = [one for one in found if one.kind == item.kind and one.name.lower() == name.lower()]
            if item.action == "Remove":
                found = [one for one in found if one not in same or conditions]
            elif item.action == "Update" and same:
                changed = [replace(one, facts={**one.facts, **_stated(item)}) for one in same]
                if conditions:
                    found += [replace(one, conditions=(*one.conditions, *conditions)) for one in changed]
                else:
                    found = [changed[same.index(one)] if one in same else one for one in found]
            elif item.action == "Include" or "version" in item.facts:
                found.append(_Reference(name, item.kind, item.facts, conditions, item.location))
    return iter(found)


def _names(evaluation: Evaluation, item: Item) -> list[str]:
    texts = evaluation.expand(item.names)
    return [name.strip() for text in texts for name in text.text.split(";") if name.strip()]


def _stated(item: Item) -> dict[str, str]:
    return {name: value for name, value in item.facts.items() if name not in ("include", "update", "remove")}


def _versions(evaluation: Evaluation, one: _Reference, central: list[_Reference]) -> tuple[Text, ...]:
    """The versions that are asked for: one, several under conditions, or an empty text where there is none."""
    stated = one.facts.get("versionoverride") or one.facts.get("version")
    if stated:
        return evaluation.expand(stated)
    found = [
        replace(text, conditions=(*entry.conditions, *text.conditions))
        for entry in central
        if entry.name.lower() == one.name.lower()
        for text in evaluation.expand(entry.facts.get("version", ""))
    ]
    return tuple(found) or (Text(""),)


def _component(one: _Reference, version: Text, *, is_test: bool) -> Component:
    number = None if version.unknown else exact(version.text)
    conditions = dict.fromkeys((*one.conditions, *version.conditions))
    return Component(
        name=one.name,
        version=number,
        purl=nuget_url(one.name, number),
        requested=version.text or None,
        direct=True,
        scope=_scope(one, is_test=is_test),
        location=one.location,
        properties=tuple(("condition", text) for text in conditions),
    )


def _scope(one: _Reference, *, is_test: bool) -> Scope | None:
    """What a package is for; a central version does not say.

    A package that is kept private and whose libraries are not compiled against serves development: so NuGet writes it.
    """
    if one.kind == CENTRAL:
        return None
    if is_test:
        return Scope.TEST
    private = "all" in _words(one.facts.get("privateassets", ""))
    assets = _words(one.facts.get("includeassets", "all"))
    left_out = _words(one.facts.get("excludeassets", ""))
    compiled = assets & {"all", "compile"} and not left_out & {"all", "compile"}
    return Scope.DEVELOPMENT if one.kind == GLOBAL or (private and not compiled) else Scope.RUNTIME


def _words(text: str) -> set[str]:
    return {word.strip().lower() for word in text.split(";")}


def _is_test(evaluation: Evaluation, wanted: list[_Reference]) -> bool:
    """Whether a project says that it is one of tests, or refers to what makes it one."""
    stated = evaluation.single("$(IsTestProject)")
    refers = any(one.name.lower() == _TEST_SDK for one in wanted if one.kind == REFERENCE)
    return stated.lower() == "true" if stated else refers
