"""What readers of languages with dotted namespaces share: names that are written out in full within the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sphinxcontrib_soup.model import CodeUse
from sphinxcontrib_soup.readers.code_text import Code, without

CLASS_IN_PACKAGE = re.compile(r"(?<![\w.$@])(?P<name>[a-z_]\w*(?:\.[a-z_]\w*)+\.[A-Z]\w*)")
"""A class with its package, as Java and Kotlin write it: `org.example.store.Log`."""

NAMESPACED = re.compile(r"(?<![\w.$@])(?:[Gg]lobal(?:::|\.))?(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,})")
"""A name with at least two namespaces or types before it, as C# and Visual Basic write it."""


def written_out(file: Code, pattern: re.Pattern[str], but: Iterable[re.Pattern[str]]) -> Iterator[CodeUse]:
    """Names that are used in full, without an import: each once, at its first place; not what `but` matches."""
    known: set[str] = set()
    for found in pattern.finditer(without(file.bare, but)):
        name = found["name"]
        if name not in known:
            known.add(name)
            yield file.use(found.start(), name)


def class_of(name: str) -> tuple[str, ...]:
    """The class, and what is inside of it, of a name with its package; none where it names a package alone."""
    found = re.search(r"(?:^|\.)([A-Z]\w*(?:\.\w+)*)$", name)
    return (found[1],) if found else ()
