"""conanfile.py, read as a text and never run: what it says in so many words, and where it says more than that.

Format: https://docs.conan.io/2/reference/conanfile.html
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence

from sphinxcontrib_soup.model import Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.conan import PURPOSES, Wish, reference

TESTED = "tested_reference_str"
"""What the recipe of a test package requires: the recipe that it tests."""

_Constants = Mapping[str, str]


def recipe(source: Source) -> Iterator[Wish | Unread]:
    """What a conanfile.py asks for, and the lines that cannot be known without running it.

    :raises ReadError: if it is not Python
    """
    tree = _tree(source)
    for one in tree.body:
        if isinstance(one, ast.ClassDef) and one.bases:
            yield from _class(one, {**_constants(tree.body), **_constants(one.body)}, source)


def _tree(source: Source) -> ast.Module:
    try:
        with warnings.catch_warnings():  # on escapes in texts that Python will not know for ever
            warnings.simplefilter("ignore")
            return ast.parse(source.text)
    except SyntaxError as error:
        raise ReadError(f"it is not Python: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ReadError(f"it is not Python that can be read: {type(error).__name__}") from error


def _class(recipe: ast.ClassDef, constants: _Constants, source: Source) -> Iterator[Wish | Unread]:
    """The attributes of a recipe that name others, and the calls in its methods that do."""
    for node in recipe.body:
        for name, value in _assigned(node):
            if name in PURPOSES and not (isinstance(value, ast.Constant) and value.value is None):
                for element in _elements(value):
                    yield _wish(element, name, constants, source)
    calls = [node for node in ast.walk(recipe) if isinstance(node, ast.Call) and _called(node) in PURPOSES]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        wanted = call.args[0] if call.args else next((one.value for one in call.keywords if one.arg == "ref"), call)
        if not (isinstance(wanted, ast.Attribute) and wanted.attr == TESTED):
            yield _wish(wanted, _called(call), constants, source, call.keywords)


def _wish(
    node: ast.expr, name: str, constants: _Constants, source: Source, keywords: Sequence[ast.keyword] = ()
) -> Wish | Unread:
    said = {one.arg for one in keywords if isinstance(one.value, ast.Constant) and one.value.value is True}
    if isinstance(node, ast.Tuple) and node.elts:  # Conan 1: a reference and what is special about it
        said |= {one.value for one in node.elts[1:] if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        node = node.elts[0]
    try:
        text = _text(node, constants)
        if text is None:
            raise ValueError(f"what {name} names is known only when the recipe runs: name the conan.lock, too")
        scope = Scope.TEST if "test" in said else PURPOSES[name]
        return Wish(reference(text), scope, node.lineno, overrides="override" in said)
    except (RecursionError, ValueError) as error:
        return Unread(reason=str(error), location=source.at(node.lineno))


def _elements(value: ast.expr) -> Sequence[ast.expr]:
    """The references in the value of an attribute: one, several, or one with what is special about it."""
    if not isinstance(value, ast.Tuple | ast.List | ast.Set):
        return [value]
    special = [one.value for one in value.elts[1:] if isinstance(one, ast.Constant)]
    alone = isinstance(value, ast.Tuple) and special in (["override"], ["private"])
    return [value] if alone else value.elts


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            yield target.id, node.value


def _constants(body: Sequence[ast.stmt]) -> _Constants:
    """The texts that have a name; a name that is given twice is none."""
    found: dict[str, list[ast.expr]] = {}
    for node in body:
        for name, value in _assigned(node):
            found.setdefault(name, []).append(value)
    return {
        name: only.value
        for name, (only, *more) in found.items()
        if not more and isinstance(only, ast.Constant) and isinstance(only.value, str)
    }


def _called(call: ast.Call) -> str:
    """The name in `self.name(…)`, and in Conan 1's `self.name.add(…)`."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr == "add":
        function = function.value
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "self":
        return function.attr
    return ""


def _text(node: ast.expr, constants: _Constants) -> str | None:
    """The text that an expression is sure to have, `None` where it may be any."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return constants.get(node.attr)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_text(node.left, constants), _text(node.right, constants)]
    elif isinstance(node, ast.JoinedStr):
        inner = [
            one.value if isinstance(one, ast.FormattedValue) and not one.format_spec else one for one in node.values
        ]
        parts = [_text(one, constants) for one in inner]
    else:
        return None
    return None if None in parts else "".join(part for part in parts if part)
