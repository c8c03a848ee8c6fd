"""Regular expressions mean the same in every Python that the package runs on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sphinxcontrib_soup

FILES = sorted(Path(sphinxcontrib_soup.__file__).parent.rglob("*.py"))
TAKES_ALL = re.compile(r"[\])}\w.][*+?}]\+|\(\?>")
"""A repeat, or a group, that gives nothing back: up to 3.11.4 Python finds other matches with it, or none."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_expression_takes_all_and_gives_nothing_back(file: Path) -> None:
    texts = (node.value for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.Constant))
    written = [text.decode("latin-1") if isinstance(text, bytes) else text for text in texts]
    suspects = [text for text in written if isinstance(text, str) and re.search(r"[\[\\]|\(\?", text)]
    assert [text for text in suspects if TAKES_ALL.search(text)] == []


def test_such_expressions_would_be_noticed() -> None:
    assert all(map(TAKES_ALL.search, [r'"(?:[^"]|"")*+"', r"[\w$]++", r"(?>a|b)", r"\d?+", r"a{2}+"]))
    assert not any(map(TAKES_ALL.search, [r"[^*]*\*+", r"a+b", r"(?:x)+?", r"\++"]))
