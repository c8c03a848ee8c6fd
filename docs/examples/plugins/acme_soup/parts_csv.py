"""parts.csv, Acme's list of components that no package manager installs.

Format: a line for each part with the columns name, version and licence; the first line holds their names.
"""

import csv
from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader

COLUMNS = ["name", "version", "licence"]


@reader("parts.csv")
def parts_csv(source: Source) -> Iterator[Evidence]:
    """Acme's parts: direct components of the device, each in an exact version."""
    lines = csv.DictReader(source.text.splitlines())
    if lines.fieldnames != COLUMNS:
        raise ReadError(f"its columns are not {', '.join(COLUMNS)}", line=1)
    for part in lines:
        place = source.at(lines.line_num)
        if not part["name"] or not part["version"]:
            yield Unread(reason="a part has no name or no version", location=place)
            continue
        yield Component(
            name=part["name"],
            version=part["version"],
            purl=f"pkg:generic/{part['name']}@{part['version']}",
            direct=True,
            scope=Scope.RUNTIME,
            licence=part["licence"] or None,
            location=place,
        )
