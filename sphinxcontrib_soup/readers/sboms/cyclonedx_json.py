"""CycloneDX in JSON: a bill of materials that tools write of a product, a folder or an image.

Format: https://cyclonedx.org/docs/1.7/json/ (ECMA-424)
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.cyclonedx import components
from sphinxcontrib_soup.readers.json_text import load_object, outer_text

OLDEST = (1, 2)


@reader("*.json", "*.cdx", "*.bom", "*.sbom", sniff=lambda source: outer_text(source, "bomFormat") == "CycloneDX")
def cyclonedx_json(source: Source) -> Iterator[Evidence]:
    """CycloneDX 1.2 to 1.7 in JSON: every component, those within others too.

    Direct is what the subject of the bill depends on by its graph; where the graph does not say, it is unknown. The
    subject itself is no component. Licences that stand side by side are taken to hold all. Services, vulnerabilities
    and pedigrees are not read.
    """
    yield from components(load_object(source, unique=True), source, OLDEST)
