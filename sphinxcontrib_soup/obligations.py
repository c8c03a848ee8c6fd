"""What a SOUP owes by its safety class: which SOUPs a clause binds, and one finding for all that one of them lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.clauses import find
from sphinxcontrib_soup.model import Item, Trace
from sphinxcontrib_soup.plugin import Found
from sphinxcontrib_soup.wording import listing, unstated


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is owed and not there, and what is written to give it."""

    what: str
    write: str


def owing(trace: Trace, rule: str, clause: str) -> Iterator[Item]:
    """The SOUPs of a class that the clause binds; all of them where the project itself set a level for the rule.

    Whoever wrote the item, and whether the package came along with others: what is declared owes what a SOUP owes.
    """
    bound = find(clause)
    for soup in trace.of_kind("soup"):
        if bound is None or rule in trace.settings.rules or bound.binds(trace.safety_classes[soup.id]):
            yield soup


def lacking(trace: Trace, soup: Item, lacks: Iterable[Lack], why: str = "") -> Found | None:
    """One finding that names all that a SOUP lacks and what to write, or `None` where it lacks nothing."""
    found = list(lacks)
    if not found:
        return None
    stands = why or f"of class {trace.safety_classes[soup.id]}"
    message = (
        f"{soup.id}, {stands}, lacks {listing(one.what for one in found)}; "
        f"write {'; '.join(dict.fromkeys(one.write for one in found))}"
    )
    return Found(subject=soup.id, message=message, location=soup.location)


def reasoned(trace: Trace, soup: Item) -> bool:
    """Whether it is said why a SOUP is good enough for its use: by itself, or by a decision that justifies it."""
    decisions = (one for one in trace.origins(soup, "justifies") if one.kind == "decision")
    return not unstated(soup.text("suitability")) or any(not unstated(one.text("rationale")) for one in decisions)
