"""Who brings a package in: the way from the SOUPs down through what each of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.model import Trace


def brought_in_by(trace: Trace) -> Mapping[str, tuple[str, ...]]:
    """The SOUPs that bring each package in, both by their key: those from which it is reached through no other SOUP.

    A SOUP is a package that the project asks for itself, or that an item declares. One that others need, too, is
    brought in by these as well; one that nothing needs is not in the mapping, and neither is one that is reached from
    no SOUP. The walk costs as much as there are needs, circles included.
    """
    needs = _needs(trace)
    soups = [key for key, use in trace.uses.items() if use.direct or key in trace.declaring]
    bits = {key: 1 << place for place, key in enumerate(soups)}
    reached = _reached(needs, bits)
    return {key: tuple(soup for soup in soups if reached[key] & bits[soup]) for key in sorted(reached)}


def _needs(trace: Trace) -> dict[str, list[str]]:
    """What each package in use needs, by its key."""
    known = {one.purl or one.name: key for key, use in trace.uses.items() for one in use.components}
    found: dict[str, list[str]] = {}
    for key, use in trace.uses.items():
        wanted = (_key(need, known, trace) for one in use.components for need in one.requires)
        found[key] = list(dict.fromkeys(one for one in wanted if one is not None and one != key))
    return found


def _key(need: str, known: dict[str, str], trace: Trace) -> str | None:
    """The package in use that a component names as a need: by package URL, or by name where it has none."""
    if need not in known:
        known[need] = (package_key(need) if need.startswith("pkg:") else None) or need
    return known[need] if known[need] in trace.uses else None


def _reached(needs: Mapping[str, list[str]], bits: Mapping[str, int]) -> dict[str, int]:
    """The SOUPs that lead to each package, as bits. What comes after a SOUP is brought in by that one alone."""
    order = _downwards(needs, bits)
    found: dict[str, int] = {}
    changed = True
    while changed:  # once where nothing goes in circles, and once more to see that
        changed = False
        for key in order:
            handed = bits.get(key) or found.get(key, 0)
            for need in needs[key]:
                before = found.get(need, 0)
                if before | handed != before:
                    found[need] = before | handed
                    changed = True
    return found


def _downwards(needs: Mapping[str, list[str]], starts: Iterable[str]) -> list[str]:
    """What is reached from the starts, each before what it needs unless they need each other."""
    done: list[str] = []
    seen: set[str] = set()
    for start in starts:
        waiting = [(start, iter(needs[start]))] if start not in seen else []
        seen.add(start)
        while waiting:
            key, left = waiting[-1]
            following = next((one for one in left if one not in seen), None)
            if following is None:
                done.append(key)
                waiting.pop()
            else:
                seen.add(following)
                waiting.append((following, iter(needs[following])))
    return done[::-1]
