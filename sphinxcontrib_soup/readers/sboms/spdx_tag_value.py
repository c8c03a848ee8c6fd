"""SPDX 2 as lines of tag and value: a bill of materials that tools write of a product, a folder or an image.

Format: https://spdx.github.io/spdx-spec/v2.3/ (2.2.1 is ISO/IEC 5962:2021)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.readers.json_text import Object, Value
from sphinxcontrib_soup.readers.spdx2 import components
from sphinxcontrib_soup.wording import shown

BEGINS = {
    "FileName": "files",
    "LicenseID": "hasExtractedLicensingInfos",
    "PackageName": "packages",
    "SnippetSPDXID": "snippets",
}
"""Tags that begin a new part of the document."""

KEYS = {
    "PackageCopyrightText": "copyrightText",
    "PackageDescription": "description",
    "PackageDownloadLocation": "downloadLocation",
    "PackageHomePage": "homepage",
    "PackageLicenseConcluded": "licenseConcluded",
    "PackageLicenseDeclared": "licenseDeclared",
    "PackageName": "name",
    "PackageOriginator": "originator",
    "PackageSupplier": "supplier",
    "PackageVersion": "versionInfo",
    "PrimaryPackagePurpose": "primaryPackagePurpose",
    "ReleaseDate": "releaseDate",
    "SPDXID": "SPDXID",
    "SPDXVersion": "spdxVersion",
    "SnippetSPDXID": "SPDXID",
    "ValidUntilDate": "validUntilDate",
}
"""Tags that have one value, and what they are called in JSON."""

SEVERAL = {
    "ExternalRef": (
        "externalRefs",
        re.compile(r"(?P<referenceCategory>\S+)\s+(?P<referenceType>\S+)\s+(?P<referenceLocator>.+)"),
    ),
    "PackageChecksum": ("checksums", re.compile(r"(?P<algorithm>[^:\s]+)\s*:\s*(?P<checksumValue>\S+)")),
    "Relationship": (
        "relationships",
        re.compile(r"(?P<spdxElementId>\S+)\s+(?P<relationshipType>\S+)\s+(?P<relatedSpdxElement>\S+)"),
    ),
}
"""Tags that may stand several times: the list they belong to in JSON, and what their value is made of."""

OF_PACKAGES = {tag for tag in (*KEYS, *SEVERAL) if tag.startswith("Package")} | {
    "ExternalRef",
    "PrimaryPackagePurpose",
    "ReleaseDate",
    "ValidUntilDate",
}
"""Tags that only a package has."""

_FIRST = re.compile(r"\s*(?:#[^\n]*\s*)*SPDXVersion\s*:", re.IGNORECASE)
_LINE = re.compile(r"(?P<tag>[A-Za-z]\w*)\s*:[^\S\n]*(?P<value>.*)")
_OPEN, _CLOSE = "<text>", "</text>"


def _claims(source: Source) -> bool:
    try:
        return _FIRST.match(source.text) is not None
    except ReadError:
        return _FIRST.match(source.head.decode("utf-8", "replace")) is not None


@reader("*.spdx", "*.spdx.txt", "*.tag", "*.tv", "*.txt", "*.sbom", sniff=_claims)
def spdx_tag_value(source: Source) -> Iterator[Evidence]:
    """SPDX 2.2 and 2.3 as tag and value: every package. Files and snippets are no components.

    It is read as the same document in JSON is. A line that is neither is a finding, and the others are used.
    """
    refuse_conflict(source.text)
    document = _Document(source)
    yield from components(document.outer, source)
    yield from document.problems


class _Document:
    """The document as it is in JSON: `outer`. `part` is what its lines speak of at present."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.outer = Object()
        self.part = self.outer
        self.in_package = False
        self.problems: list[Unread] = []
        for line, tag, value in self._pairs():
            self._take(tag, value, line)

    def _pairs(self) -> Iterator[tuple[int, str, str]]:
        """Line, tag and value, which may go on over several lines.

        :raises ReadError: if a text is not closed, because what follows cannot be told from it
        """
        lines = enumerate(self.source.text.split("\n"), 1)
        for number, line in lines:
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            found = _LINE.fullmatch(line.strip())
            if not found:
                self._problem(f"{shown(line.strip(), 60)!r} is no tag with a value", number)
                continue
            said = [found["value"]]
            if said[0].startswith(_OPEN):
                while _CLOSE not in said[-1]:
                    _, more = next(lines, (0, None))
                    if more is None:
                        raise ReadError(f"the text that begins here is not closed by {_CLOSE}: it is cut off", number)
                    said.append(more.rstrip("\r"))
                said = ["\n".join(said).removeprefix(_OPEN).rpartition(_CLOSE)[0]]
            yield number, found["tag"], said[0].strip()

    def _take(self, tag: str, value: str, line: int) -> None:
        if tag in BEGINS:
            self.part, self.in_package = Object(), tag == "PackageName"
            _list(self.outer, BEGINS[tag], line).append(self.part)
        if tag in OF_PACKAGES and not self.in_package:
            self._problem(f"{tag} stands outside of a package", line)
        elif tag in SEVERAL:
            self._take_several(tag, value, line)
        elif (key := KEYS.get(tag)) and key in self.part:
            self._problem(f"{tag} is written twice for the same {'package' if self.in_package else 'part'}", line)
        elif key:
            self.part[key], self.part.lines[key] = value, line

    def _take_several(self, tag: str, value: str, line: int) -> None:
        key, form = SEVERAL[tag]
        found = form.match(value)
        if not found:
            self._problem(f"{shown(value, 60)!r} is no value of {tag}", line)
            return
        said: list[tuple[str, Value]] = list(found.groupdict().items())
        owner = self.part if tag in OF_PACKAGES else self.outer
        _list(owner, key, line).append(Object(said, [line] * len(said)))

    def _problem(self, reason: str, line: int) -> None:
        self.problems.append(Unread(reason=reason, location=self.source.at(line)))


def _list(owner: Object, key: str, line: int) -> list[Value]:
    """The list of this name, made where there is none."""
    found = owner.get(key)
    if not isinstance(found, list):
        found = owner[key] = []
        owner.lines[key] = line
    return found
