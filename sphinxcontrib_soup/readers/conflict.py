"""The marks that an unfinished merge leaves in a file (https://git-scm.com/docs/git-merge)."""

from __future__ import annotations

import re

from sphinxcontrib_soup.plugin import ReadError

_MARK = re.compile(r"^(?:<{7}|>{7})(?:[ \t].*)?$", re.MULTILINE)


def refuse_conflict(text: str) -> None:
    """Refuse a text that holds the marks of a merge: it says two things, and which one is in use nobody can tell.

    :raises ReadError: with the line of the first mark
    """
    if mark := _MARK.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        raise ReadError("a merge conflict is left in it: resolve it, or let the tool that wrote it do so", line)
