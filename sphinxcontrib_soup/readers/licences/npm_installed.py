"""package.json of an installed npm package, in a folder `node_modules`.

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#license
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence, LicenceStatement
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.json_text import load_object
from sphinxcontrib_soup.readers.npm import licence, npm_url


@reader("package.json", sniff=lambda source: "node_modules" in source.path.parts)
def npm_installed(source: Source) -> Iterator[Evidence]:
    """What an installed npm package says of its licence.

    It is no component, and what it asks for is not asked for by the project: that is told by manifests and lock files.
    A `package.json` within a package that has no name of its own says nothing.
    """
    package = load_object(source)
    if name := package.text("name"):
        version = package.text("version")
        yield LicenceStatement(
            package=name,
            version=version,
            purl=npm_url(name, version),
            licence=licence(package),
            location=source.at(package.lines.get("license", package.lines.get("licenses", 1))),
        )
