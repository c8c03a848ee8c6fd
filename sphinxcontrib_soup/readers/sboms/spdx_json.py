"""SPDX 2 in JSON: a bill of materials that tools write of a product, a folder or an image.

Format: https://spdx.github.io/spdx-spec/v2.3/ (2.2.1 is ISO/IEC 5962:2021)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.json_text import load_object, outer_text
from sphinxcontrib_soup.readers.spdx2 import components

_WRAPPED = re.compile(rb'\s*\{\s*"sbom"\s*:\s*\{')
"""How GitHub's interface answers (https://docs.github.com/en/rest/dependency-graph/sboms)."""


def _claims(source: Source) -> bool:
    if _WRAPPED.match(source.head):
        return b'"spdxVersion"' in source.content
    return (outer_text(source, "spdxVersion") or "").startswith("SPDX-")


@reader("*.json", "*.spdx", "*.sbom", sniff=_claims)
def spdx_json(source: Source) -> Iterator[Evidence]:
    """SPDX 2.2 and 2.3 in JSON: every package. Files and snippets are no components.

    What the document describes is a package like the others, marked by the property `described`. Direct is what it
    depends on by the relationships; where they only say what contains what, it is unknown. The licence is the one that
    was concluded, or else the declared one.
    """
    document = load_object(source, unique=True)
    yield from components(document.object("sbom") if "sbom" in document else document, source)
