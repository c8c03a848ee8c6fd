"""`:filter:` over the rows of a table: sphinx-needs' portable filter grammar, compiled and never evaluated as Python.

The same expression filters items with sphinx-needs' own directives and rows with ours; here its names are the columns
of the row, each a text, and :data:`tables.GAP`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from sphinx_needs.ubquery import compile_portable

from sphinxcontrib_soup.tables import GAP, Keep
from sphinxcontrib_soup.wording import shown, suggester

LONGEST = 16 * 1024
"""The length that the grammar itself allows, in characters."""

_FUNCTIONS = ("len", "search")
_Predicate = Callable[[Mapping[str, str], None], object]


def row_filter(expression: str, columns: Iterable[str]) -> Keep:
    """What keeps the rows for which the expression is true.

    :raises ValueError: with a sentence for people, if it is outside the grammar, names what is no column, or compares
        what cannot be compared; a filter that compiles answers for every row
    """
    one_line = " ".join(expression.strip().splitlines())
    try:
        predicate = _compiled(one_line)
        _check(ast.parse(one_line, mode="eval"), (*columns, GAP))
    except (RecursionError, MemoryError, OverflowError) as error:
        raise ValueError("the filter is nested too deep, or one of its numbers is too large") from error
    return lambda row: bool(predicate(row, None))


def _compiled(expression: str) -> _Predicate:
    if len(expression) > LONGEST:
        raise ValueError(f"the filter is longer than {LONGEST} characters")
    compiled = compile_portable(expression)
    if compiled.predicate is None:
        raise ValueError(
            f"the filter {shown(expression)} is outside of sphinx-needs' portable filter grammar "
            f'({compiled.rejection}); it takes comparisons such as verdict == "failed" or "text" in title, joined by '
            "and, or, not"
        )
    if compiled.reads_origin:
        raise ValueError("the filter asks for c.this_doc(), but the rows of a table stand on no page")
    return cast(_Predicate, compiled.predicate)  # it reads a need as a mapping of names to values, which a row is


def _check(tree: ast.AST, names: tuple[str, ...]) -> None:
    """Refuse now what would fail on a row, so that the answer does not hang on which rows there are."""
    for name in _names(tree):
        if name not in names:
            wrong = f"the filter names {shown(name)}, which is no column{suggester(names)(name)}"
            raise ValueError(f"{wrong}; the table has {', '.join(names)}")
    row: Mapping[str, str] = dict.fromkeys(names, "")
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.Call):
            _try(ast.unparse(node), row)


def _try(part: str, row: Mapping[str, str]) -> None:
    """Apply one comparison or call by itself, which no `and` or `or` can pass over."""
    try:
        _compiled(part)(row, None)
    except (TypeError, AttributeError) as error:
        raise ValueError(f"the filter cannot apply {shown(part)}: every column is a text ({error})") from error


def _names(tree: ast.AST) -> Iterator[str]:
    called: set[Any] = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not (node in called and node.id in _FUNCTIONS):
            yield node.id
