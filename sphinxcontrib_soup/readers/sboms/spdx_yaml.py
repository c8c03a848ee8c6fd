"""SPDX 2 in YAML: a bill of materials that tools write of a product, a folder or an image.

Format: https://spdx.github.io/spdx-spec/v2.3/ (2.2.1 is ISO/IEC 5962:2021)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.spdx2 import components
from sphinxcontrib_soup.readers.yaml_text import load_yaml

_VERSION = re.compile(r"""^["']?spdxVersion["']?\s*:\s*["']?SPDX-""", re.MULTILINE)


def _claims(source: Source) -> bool:
    try:
        text = source.text
    except ReadError:
        text = source.head.decode("utf-8", "replace")
    return _VERSION.search(text) is not None


@reader("*.yaml", "*.yml", "*.spdx", "*.sbom", sniff=_claims)
def spdx_yaml(source: Source) -> Iterator[Evidence]:
    """SPDX 2.2 and 2.3 in YAML: every package. Files and snippets are no components.

    It is read as the same document in JSON is.
    """
    yield from components(load_yaml(source), source)
