"""The manual: where it is, and the examples that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = sorted((DOCS / "guide").glob("*.rst"))
WRITTEN = [DOCS / "index.rst", *GUIDE, *sorted((DOCS / "reference").glob("*.rst"))]
EXAMPLES = sorted(path.parent for path in (DOCS / "examples").glob("*/conf.py"))

_BLOCK = re.compile(r"^\.\. code-block:: (?P<language>\w+)\n\n(?P<text>(?:   .*\n|\n)+)", re.M)


def blocks(page: Path, language: str) -> Iterator[str]:
    """The blocks of code of a page in one language."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        if found["language"] == language:
            yield dedent(found["text"]).strip("\n") + "\n"
