"""Who brings a package in, from the SOUPs down through what each of them needs."""

from __future__ import annotations

import time
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Trace
from sphinxcontrib_soup.supply import brought_in_by
from tests.rules.traces import item, package, trace


def needing(name: str, *needs: str, direct: bool = False, version: str = "1") -> Component:
    return replace(package(name, version, direct=direct), requires=tuple(f"pkg:pypi/{one}" for one in needs))


def brought(made: Trace) -> dict[str, list[str]]:
    short = {key: key.removeprefix("pkg:pypi/") for key in made.uses}
    return {short[key]: [short[soup] for soup in soups] for key, soups in brought_in_by(made).items()}


def test_the_way_leads_up_to_every_direct_package() -> None:
    made = trace(needing("a", "c", direct=True), needing("b", "c", direct=True), needing("c", "d"), needing("d"))
    assert brought(made) == {"c": ["a", "b"], "d": ["a", "b"]}


def test_it_ends_at_a_package_that_an_item_makes_a_soup() -> None:
    facts = [needing("a", "b", direct=True), needing("b", "c"), needing("c", "d"), needing("d")]
    assert brought(trace(*facts)) == {"b": ["a"], "c": ["a"], "d": ["a"]}
    promoted = item("soup", "SOUP_C", purl="pkg:pypi/c", designator="1")
    assert brought(trace(*facts, promoted)) == {"b": ["a"], "c": ["a"], "d": ["c"]}


def test_a_direct_package_that_others_need_is_brought_in_by_these_too() -> None:
    made = trace(needing("a", "b", direct=True), needing("b", "c", direct=True), needing("c"))
    assert brought(made) == {"b": ["a"], "c": ["b"]}


def test_circles_end() -> None:
    made = trace(
        needing("a", "b", direct=True),
        needing("b", "c", "b"),
        needing("c", "d"),
        needing("d", "b", "a"),
        needing("e", "e"),
    )
    assert brought(made) == {"a": ["a"], "b": ["a"], "c": ["a"], "d": ["a"]}


def test_a_circle_that_is_entered_from_two_sides_knows_both() -> None:
    made = trace(
        needing("a", "x", direct=True),
        needing("b", "z", direct=True),
        needing("x", "y"),
        needing("y", "z"),
        needing("z", "x"),
    )
    assert brought(made) == {"x": ["a", "b"], "y": ["a", "b"], "z": ["a", "b"]}


def test_needs_by_version_by_name_and_of_what_is_not_there() -> None:
    a = replace(package("a", "1"), requires=("pkg:pypi/b@2", "no-url", "pkg:pypi/gone", "pkg:", "nothing"))
    b, bare = package("b", "2", direct=False), package("no-url", "1", direct=False, ecosystem="")
    assert brought(trace(a, b, bare)) == {"b": ["a"], "no-url": ["a"]}


def test_a_chain_and_a_net_of_thousands_cost_little() -> None:
    """Where the work grew with the number of ways, or with each SOUP anew, this would take minutes."""
    count, wide = 5000, 60
    chain = [needing(f"p{index}", f"p{index + 1}", direct=index < 200) for index in range(count)]
    net = [
        needing(f"n{index}", *(f"n{other}" for other in range(index + 1, min(index + wide, 1000))), direct=index < 5)
        for index in range(1000)
    ]
    made = trace(*chain, needing(f"p{count}"), *net)
    start = time.process_time()
    found = brought(made)
    assert time.process_time() - start < 3
    assert found["p5000"] == ["p199"]
    assert set(found["n999"]) == {"n0", "n1", "n2", "n3", "n4"}
