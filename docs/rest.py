"""Words of the code as reST: what the reference is written with."""

from __future__ import annotations

import re
from collections.abc import Iterable


def page(title: str, parts: Iterable[str]) -> str:
    """A page from its title and its parts."""
    return "\n\n".join([heading(title, "="), *parts]) + "\n"


def heading(title: str, sign: str, anchor: str = "") -> str:
    """A title, underlined, with the label that it is linked by."""
    target = f".. _{anchor}:\n\n" if anchor else ""
    return f"{target}{title}\n{sign * len(title)}"


def prose(text: str) -> str:
    """Words of a docstring or a help text: what stands in backticks is code, and no other sign is markup."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(f"`{part}`" if index % 2 else _escaped(part) for index, part in enumerate(parts))


def _escaped(text: str) -> str:
    return re.sub(r"([\\*|]|(?<=\w)_(?!\w))", r"\\\1", text)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], widths: str = "auto") -> str:
    """A table of cells that are reST of one line."""
    lines = [".. list-table::", "   :header-rows: 1", f"   :widths: {widths}", ""]
    for row in (heads, *rows):
        first, *others = row
        lines += [f"   * - {first}", *(f"     - {cell}" for cell in others)]
    return "\n".join(line.rstrip() for line in lines)


def code(text: str, language: str = "text") -> str:
    """A block of code."""
    body = "\n".join(f"   {line}".rstrip() for line in text.splitlines())
    return f".. code-block:: {language}\n\n{body}"


def listed(names: Iterable[str]) -> str:
    """Names as code, separated by commas."""
    return ", ".join(f"``{name}``" for name in names)
