"""METADATA of an installed Python package, in the folder `*.dist-info`.

Format: https://packaging.python.org/en/latest/specifications/core-metadata/
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, LicenceStatement
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.python_metadata import metadata


@reader("METADATA", "PKG-INFO", sniff=lambda source: source.head.startswith(b"Metadata-Version:"))
def dist_info(source: Source) -> Iterator[Evidence]:
    """What an installed Python package says of its licence: `License-Expression`, else `License`, else classifiers.

    It is no component: what is in use is told by manifests and lock files, not by what lies in an environment.
    """
    found = metadata(source)
    yield LicenceStatement(
        package=found.name,
        version=found.version,
        purl=found.purl,
        licence=found.licence,
        location=source.at(_line(source.text)),
    )


def _line(text: str) -> int:
    """The line that states the licence, else the first."""
    lines = text.partition("\n\n")[0].splitlines()
    return next((at for at, line in enumerate(lines, 1) if line.startswith(("License-Expression:", "License:"))), 1)
