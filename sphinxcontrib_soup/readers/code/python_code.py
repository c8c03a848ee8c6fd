"""Python, by its own parser (https://docs.python.org/3/library/ast.html). Nothing of it is run."""

from __future__ import annotations

import ast
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.model import CodeUse, Evidence, PublicName
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.code_text import dotted_prefixes, within_bounds

_DYNAMIC = ("__import__", "importlib.import_module", "importlib.__import__")
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@reader("*.py", "*.pyi", "*.pyw", imports=("pypi",))
def python_code(source: Source) -> Iterator[Evidence]:
    """Python: every import, wherever it stands, with what the file uses of it, and the public functions and classes.

    What comes through `importlib.import_module` or `__import__` counts, too; where its name is not written out, that is
    said. Relative imports are the project's own. The encoding is that of the file (PEP 263).
    """
    tree = _tree(source)
    nodes = list(ast.walk(tree))
    chains, bound = _chains(nodes), _bindings(nodes)
    for node in nodes:
        if isinstance(node, ast.Import):
            for one in node.names:
                symbols = _below(chains, one.asname, "") if one.asname else _below(chains, *_root(one.name))
                yield _use(source, node.lineno, one.name, symbols)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield _use(source, node.lineno, node.module, _imported(node, chains))
        elif isinstance(node, ast.Call) and _called(node, bound) in _DYNAMIC:
            yield from _dynamic(source, node)
    yield from _public(source, tree)


def _tree(source: Source) -> ast.Module:
    try:
        with warnings.catch_warnings():  # on escapes in texts that Python will not know for ever
            warnings.simplefilter("ignore")
            return ast.parse(within_bounds(source))
    except SyntaxError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        raise ReadError(f"it is not Python {version}: {error.msg}", error.lineno or 1) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ReadError(f"it is not Python: {error or 'it is nested too deeply'}", 1) from error


# --- imports ---------------------------------------------------------------------------------------------------------


def _use(source: Source, line: int, name: str, symbols: Iterable[str] = ()) -> CodeUse:
    """An import. A name of the standard library is never that of a package."""
    own = name.partition(".")[0] in sys.stdlib_module_names
    keys = [] if own else [package_key(f"pkg:pypi/{one}") for one in dotted_prefixes(name, ".")]
    packages = tuple(dict.fromkeys(key for key in keys if key))
    return CodeUse(name=name, packages=packages, symbols=tuple(sorted(set(symbols))), location=source.at(line))


def _dynamic(source: Source, node: ast.Call) -> Iterator[CodeUse]:
    given = node.args[0] if node.args else next((one.value for one in node.keywords if one.arg == "name"), None)
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        if not given.value.startswith("."):
            yield _use(source, node.lineno, given.value)
    else:
        yield CodeUse(name=None, location=source.at(node.lineno))


def _called(node: ast.Call, bound: Mapping[str, str]) -> str:
    """The full name of what is called."""
    root, dot, rest = (_chain(node.func) or "").partition(".")
    return f"{bound.get(root, root)}{dot}{rest}"


def _bindings(nodes: Iterable[ast.AST]) -> Mapping[str, str]:
    """The local names of what is imported under another one, or from a module, with the full names."""
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {one.asname: one.name for one in node.names if one.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found


# --- symbols ---------------------------------------------------------------------------------------------------------


def _chain(node: ast.expr) -> str | None:
    """A name with its attributes, `a.b.c`; `None` where it begins with something else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else None


def _chains(nodes: Iterable[ast.AST]) -> Mapping[str, set[str]]:
    """Every name that is used with its attributes, whole, by the name it begins with."""
    found: dict[str, set[str]] = defaultdict(set)
    inner: set[int] = set()
    for node in nodes:  # from the outside in
        if isinstance(node, ast.Attribute):
            if id(node) not in inner and (chain := _chain(node)):
                found[chain.partition(".")[0]].add(chain)
            inner.add(id(node.value))
    return found


def _root(name: str) -> tuple[str, str]:
    """The local name that `import a.b` gives, and what of it is the import."""
    root, _, rest = name.partition(".")
    return root, rest


def _below(chains: Mapping[str, set[str]], root: str, rest: str) -> Iterator[str]:
    """What is used of a module that the file knows by this name."""
    prefix = f"{root}.{rest}." if rest else f"{root}."
    return (chain.removeprefix(prefix) for chain in chains.get(root, ()) if chain.startswith(prefix))


def _imported(node: ast.ImportFrom, chains: Mapping[str, set[str]]) -> Iterator[str]:
    for one in node.names:
        yield one.name
        yield from (f"{one.name}.{rest}" for rest in _below(chains, one.asname or one.name, ""))


# --- public names ----------------------------------------------------------------------------------------------------


def _public(source: Source, tree: ast.Module) -> Iterator[PublicName]:
    """What the module offers: what `__all__` lists, or else every function and class without `_` before its name."""
    listed = _listed(tree)
    for node in tree.body:
        if isinstance(node, _Function | ast.ClassDef) and (
            node.name in listed if listed is not None else not node.name.startswith("_")
        ):
            yield from _signatures(source, node)


def _listed(tree: ast.Module) -> set[str] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and "__all__" in map(ast.unparse, node.targets):
            try:
                return set(map(str, ast.literal_eval(node.value)))
            except (ValueError, TypeError):
                return None
    return None


def _signatures(source: Source, node: _Function | ast.ClassDef) -> Iterator[PublicName]:
    place = source.at(node.lineno)
    if not isinstance(node, ast.ClassDef):
        yield PublicName(name=node.name, signature=_signature(node.name, node, node.args), location=place)
        return
    bases = ", ".join(map(ast.unparse, node.bases))
    yield PublicName(name=node.name, signature=f"class {node.name}{f'({bases})' if bases else ''}", location=place)
    for inner in node.body:
        if isinstance(inner, _Function) and (inner.name == "__init__" or not inner.name.startswith("_")):
            name = f"{node.name}.{inner.name}"
            yield PublicName(
                name=name, signature=_signature(name, inner, _of_method(inner)), location=source.at(inner.lineno)
            )


def _signature(name: str, node: _Function, arguments: ast.arguments) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns and not name.endswith(".__init__") else ""
    before = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
    return f"{before}{name}({ast.unparse(arguments)}){returns}"


def _of_method(node: _Function) -> ast.arguments:
    """What a caller of a method gives: its arguments without the first, which is the object or the class."""
    given = node.args
    if any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list):
        return given
    positional, named = given.posonlyargs, given.args
    return ast.arguments(
        posonlyargs=positional[1:],
        args=named if positional else named[1:],
        vararg=given.vararg,
        kwonlyargs=given.kwonlyargs,
        kw_defaults=given.kw_defaults,
        kwarg=given.kwarg,
        defaults=given.defaults,
    )
