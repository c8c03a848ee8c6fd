"""Licences: expressions of SPDX, the usual names beside them, and what kind of terms they are.

Expressions are parsed by `license-expression`, which knows the list of SPDX. What kind of terms an identifier stands
for is said in `categories.csv`; what is not there is taken from the library's index (ScanCode LicenseDB, CC-BY-4.0).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from sphinxcontrib_soup.wording import unstated

if TYPE_CHECKING:
    from license_expression import Licensing

Judged = TypeVar("Judged")

NOASSERTION = "NOASSERTION"
"""What SPDX writes where nothing is said."""


class Category(StrEnum):
    """What kind of terms a licence has, from the least demanding."""

    PERMISSIVE = "permissive"
    WEAK_COPYLEFT = "weak copyleft"
    STRONG_COPYLEFT = "strong copyleft"
    NON_COMMERCIAL = "non-commercial"
    COMMERCIAL = "commercial"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        return tuple(Category).index(self)


_OF_INDEX: Mapping[str, Category] = {
    "Permissive": Category.PERMISSIVE,
    "Public Domain": Category.PERMISSIVE,
    "Copyleft Limited": Category.WEAK_COPYLEFT,
    "Copyleft": Category.STRONG_COPYLEFT,
    "Commercial": Category.COMMERCIAL,
    "Free Restricted": Category.COMMERCIAL,
    "Proprietary Free": Category.COMMERCIAL,
    "Source-available": Category.COMMERCIAL,
}
"""The categories of the index, in ours. What a free but proprietary licence allows is for a person to read."""

_OWN = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_OPERATOR = re.compile(r"(\s+(?:and|or(?!\s+later)|with)\s+|\s*[()]\s*)", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\s*\([^()]*\)$")
_FILLER = re.compile(r"\b(?:the|licen[cs]ed?|under|osi approved)\b|[,:_-]", re.IGNORECASE)
_VERSION = re.compile(r"\b(?:version|v\.?)\s+(?=\d)")


@lru_cache(maxsize=10_000)
def expression(text: str) -> str | None:
    """The SPDX expression that a text stands for, in its canonical spelling; `None` where it stands for none.

    Usual names are known (`Apache 2`, `GPLv3+`), and the slash between two that Cargo once took for a choice.
    """
    stated = " ".join(text.split())
    if unstated(stated) or stated == NOASSERTION:
        return None
    for form in dict.fromkeys((stated, _SHORT_FORM.sub("", stated), stated.replace("/", " OR "))):
        if found := _named(form) or _parsed(form) or _parsed(_with_known_names(form)):
            return found
    return None


def judged(
    expression: str,
    judge: Callable[[str, str | None], Judged],
    best: Callable[[list[Judged]], Judged],
    worst: Callable[[list[Judged]], Judged],
) -> Judged:
    """What an expression comes to: of a choice the best, of what holds together the worst.

    :param judge: what is made of an identifier and its exception, if it has one
    """

    def of(node: Any) -> Judged:
        if hasattr(node, "license_symbol"):
            return judge(node.license_symbol.key, node.exception_symbol.key)
        if hasattr(node, "key"):
            return judge(node.key, None)
        choose = best if node.operator.strip() == "OR" else worst
        return choose([of(one) for one in node.args])

    return of(_tree(expression))


@lru_cache(maxsize=10_000)
def _tree(expression: str) -> Any:
    return _licensing().parse(expression)


def category(expression: str | None) -> Category:
    """What kind of terms an expression has."""
    if expression is None:
        return Category.UNKNOWN
    return judged(expression, category_of, _least, _most)


def category_of(id_: str, exception: str | None = None) -> Category:
    """What kind of terms an identifier stands for. An exception that allows to link weakens what is copyleft."""
    found = _table().get(id_, (None, True))[0] or _index().get(id_, Category.UNKNOWN)
    return Category.WEAK_COPYLEFT if exception and found is Category.STRONG_COPYLEFT else found


def needs_notice(expression: str | None) -> bool:
    """Whether the terms ask that their text goes with the product. Nobody can say it of terms that are not known."""
    if expression is None:
        return False
    return judged(expression, lambda id_, _: _table().get(id_, (None, True))[1], all, any)


def identifiers(expression: str) -> tuple[str, ...]:
    """The identifiers in an expression, in their order."""
    found: list[str] = []
    judged(expression, lambda id_, _: found.append(id_), lambda _: None, lambda _: None)
    return tuple(dict.fromkeys(found))


def own_identifiers(expression: str) -> tuple[str, ...]:
    """The identifiers in an expression that stand for terms outside of the list of SPDX."""
    return tuple(id_ for id_ in identifiers(expression) if _OWN.fullmatch(id_)) if expression else ()


def is_listed(expression: str) -> bool:
    """Whether an expression is one identifier that is in the table here, and so in every list of SPDX since long."""
    return expression in _table()


def choices(expression: str) -> frozenset[str]:
    """The expressions that one lets choose among; itself where it lets choose nothing."""
    parsed = _tree(expression)
    offered = parsed.args if getattr(parsed, "operator", "").strip() == "OR" else (parsed,)
    return frozenset(one.render("{symbol.key}") for one in offered)


def together(expressions: list[str]) -> str | None:
    """Expressions that all hold, as one."""
    distinct = list(dict.fromkeys(expressions))
    several = len(distinct) > 1
    return " AND ".join(f"({one})" if several and " OR " in one else one for one in distinct) or None


def _least(several: list[Category]) -> Category:
    return min(several, key=lambda one: one.rank)


def _most(several: list[Category]) -> Category:
    return max(several, key=lambda one: one.rank)


def _parsed(text: str) -> str | None:
    """The canonical spelling of an SPDX expression all of whose identifiers are known."""
    try:
        found = _licensing().parse(text, strict=True)
    except Exception:  # besides its own errors the library lets out those of what it trips over: `(AND 0`, `a/b`
        return None
    if found is None or any(_unknown(one) for one in _licensing().license_symbols(found, decompose=True)):
        return None
    return str(found.render("{symbol.key}"))


def _unknown(symbol: Any) -> bool:
    return symbol.key not in _licensing().known_symbols and not _OWN.fullmatch(symbol.key)


def _with_known_names(text: str) -> str:
    """A text with the identifiers in the place of the usual names, between what joins them."""
    return "".join(_named(part) or part for part in _OPERATOR.split(text))


def _named(text: str) -> str | None:
    return _names().get(_folded(text))


def _folded(text: str) -> str:
    """A name without what it may be written with or without."""
    bare = _FILLER.sub(" ", text.replace("(", " ").replace(")", " ")).casefold()
    return " ".join(_VERSION.sub("v", " ".join(bare.split())).split())


@cache
def _licensing() -> Licensing:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


@cache
def _table() -> Mapping[str, tuple[Category, bool]]:
    return {row["id"]: (Category(row["category"]), row["notice"] == "yes") for row in _rows("categories.csv")}


@cache
def _names() -> Mapping[str, str]:
    own = {_folded(id_): id_ for id_, symbol in _licensing().known_symbols.items() if not symbol.is_exception}
    return own | {_folded(row["name"]): row["id"] for row in _rows("names.csv")}


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def _index() -> Mapping[str, Category]:
    from license_expression import get_license_index

    return {
        key: _OF_INDEX.get(entry["category"], Category.UNKNOWN)
        for entry in get_license_index()
        for key in (entry.get("spdx_license_key"), *entry.get("other_spdx_license_keys", ()))
        if key
    }
