"""Third-party notices: what the licences ask to be said with the product, and of which packages."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from sphinxcontrib_soup.licences.packages import Package, packages
from sphinxcontrib_soup.model import Trace

NOT_KNOWN = "not known"
NO_TEXT = "The text of the licence is not known."

_ITEM = re.compile(r"\W|\(?[0-9a-z]{1,3}[.)]\s", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice: the packages that share it, their licence, the copyright lines and the whole texts."""

    packages: tuple[Package, ...]
    licence: str
    copyright: tuple[str, ...]
    texts: tuple[str, ...]


def notices(trace: Trace) -> list[Notice]:
    """The notices of all packages that have a text or must have one, in the order of their first package."""
    shared: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Package]] = defaultdict(list)
    for one in sorted(packages(trace), key=lambda one: (one.name.casefold(), one.version or "")):
        if one.texts or one.lacks_text:
            texts = tuple(dict.fromkeys(statement.text or "" for statement in one.texts))
            shared[(one.expression or " AND ".join(one.stated) or NOT_KNOWN, one.copyright, texts)].append(one)
    return [
        Notice(packages=tuple(several), licence=licence, copyright=copyrights, texts=texts)
        for (licence, copyrights, texts), several in shared.items()
    ]


def silent(trace: Trace) -> list[Package]:
    """The packages that no notice is about: their terms ask for none, or nobody knows them."""
    return [one for one in packages(trace) if not one.texts and not one.lacks_text]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that was broken into lines: each in one line, entries of a list in one each."""
    made: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines()]
        for number, line in enumerate(lines):
            if number == 0 or _ITEM.match(line) or len(lines[number - 1]) < len(line) // 2:
                made.append(line)
            else:
                made[-1] = f"{made[-1]} {line}"
    return made
