"""Where a line of a docstring stands in its file: autodoc names the object and counts from the docstring's start."""

from __future__ import annotations

import ast
from pathlib import Path

_Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def docstring_line(path: Path, name: str, line: int) -> int | None:
    """The line of the file at which line `line` of the docstring of the object `name` stands; `None` if not found.

    `name` is dotted and begins with the names of packages and the module, `line` counts from 1 and leaves out empty
    lines at the start of the docstring, as autodoc does.
    """
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    parts = name.split(".")
    found = (_find(tree.body, parts[start:]) for start in range(len(parts)))
    holder = next((node for node in found if node is not None), tree)
    text = ast.get_docstring(holder, clean=False)
    if text is None:
        return None
    empty = len(text) - len(text.lstrip("\n \t"))
    return holder.body[0].lineno + text[:empty].count("\n") + line - 1


def _find(body: list[ast.stmt], parts: list[str]) -> _Named | None:
    for node in body:
        if isinstance(node, _Named) and node.name == parts[0]:
            return node if len(parts) == 1 else _find(node.body, parts[1:])
    return None
