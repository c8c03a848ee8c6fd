"""os-release, which names an operating system and its version.

Format: https://www.freedesktop.org/software/systemd/man/latest/os-release.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.os_names import Assignment, assignments

KEPT = ("PRETTY_NAME", "VERSION", "VARIANT_ID", "CPE_NAME", "SUPPORT_END", "IMAGE_ID", "IMAGE_VERSION")
"""What else is kept of a system."""


@reader("os-release", "*.os-release", "*-os-release", "os-release.*")
def os_release(source: Source) -> Iterator[Evidence]:
    """os-release: the operating system as one direct component. A system that is rolled on has its build as version."""
    refuse_conflict(source.text)
    said: dict[str, Assignment] = {}
    for one in assignments(source):
        if isinstance(one, Unread):
            yield one
        elif one.value:
            said[one.name] = one
    if "ID" not in said and "NAME" not in said:
        raise ReadError("it names no operating system: ID and NAME are missing", 1)
    stated = said.get("VERSION_ID") or said.get("BUILD_ID")
    version = stated.value if stated and stated.value != "rolling" else None
    name = said["ID"].value if "ID" in said else said["NAME"].value
    yield Component(
        name=name,
        version=version,
        purl=package_url("generic", name, version),
        direct=True,
        scope=Scope.RUNTIME,
        properties=tuple((key, said[key].value) for key in KEPT if key in said),
        location=source.at(said["ID" if "ID" in said else "NAME"].line),
    )
