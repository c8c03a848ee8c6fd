"""The examples in the docstrings of rules: what they hold, and what the rule is expected to find in them.

A docstring is a page in reST: a title sentence, then the sections Why, Bad and Good. Bad and Good hold code blocks:
those in `rst` without a caption make up the page `index.rst`, one with a caption is the file of that name. In the page,

    .. expect: RULE

says that the rule finds something at the directive that follows, and `.. expect: RULE at FILE[:LINE]` at that place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

from sphinxcontrib_soup.model import Location
from sphinxcontrib_soup.plugin import Rule

PAGE = "index.rst"
TITLE = "Example\n=======\n\n"
SECTIONS = ("Why", "Bad", "Good")

_HEADING = re.compile(r"^(\w+)\n-+$", re.M)
_BLOCK = re.compile(
    r"^\.\. code-block:: (?P<language>\w+)\n(?:   :caption: (?P<caption>\S+)\n)?\n(?P<text>(?:   .*\n|\n)+)", re.M
)
_EXPECT = re.compile(r"\.\. expect: (?P<rule>[\w-]+)(?: at (?P<path>[^:\s]+)(?::(?P<line>\d+))?)?")
_DIRECTIVE = re.compile(r"\.\. [\w-]+::")


@dataclass(frozen=True)
class Example:
    """The files of one example, its page among them, and the rules and places of the findings it must give."""

    files: Mapping[str, str]
    expected: tuple[tuple[str, Location], ...]

    @property
    def page(self) -> str:
        return self.files[PAGE]


def sections(doc: str) -> dict[str, str]:
    """The sections of a docstring by heading; the title sentence is under no name."""
    title, *parts = _HEADING.split(doc)
    return {"": title.strip(), **{heading: text.strip() for heading, text in zip(parts[::2], parts[1::2], strict=True)}}


def example(rule: Rule, section: str) -> Example:
    """The example that a section of the rule's docstring holds."""
    files: dict[str, str] = {PAGE: TITLE}
    for found in _BLOCK.finditer(sections(rule.doc)[section] + "\n"):
        assert found["caption"] or found["language"] == "rst"
        name = found["caption"] or PAGE
        files[name] = files.get(name, "") + dedent(found["text"]).strip("\n") + "\n"
    return Example(files, tuple(_expected(files[PAGE])))


def _expected(page: str) -> list[tuple[str, Location]]:
    lines = page.splitlines()
    found: list[tuple[str, Location]] = []
    for index, line in enumerate(lines):
        if expect := _EXPECT.fullmatch(line):
            place = Location(expect["path"], int(expect["line"]) if expect["line"] else None)
            found.append((expect["rule"], place if expect["path"] else Location(PAGE, _next(lines, index))))
    return found


def _next(lines: list[str], index: int) -> int:
    """The line, from 1, of the next directive."""
    return next(number for number, line in enumerate(lines[index + 1 :], index + 2) if _DIRECTIVE.match(line))
