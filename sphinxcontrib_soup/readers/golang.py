"""What Go's files have in common: the lines of go.mod, what they require and replace, and the sums of go.sum.

Format: https://go.dev/ref/mod#go-mod-file
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Unread
from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.conflict import refuse_conflict
from sphinxcontrib_soup.wording import shown

VERSION = re.compile(r"v\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?")
"""A version as Go writes it; a request may be a branch or a part of a version, which Go replaces by a version."""

_OTHERS = {"module", "go", "toolchain", "godebug", "exclude", "retract", "tool", "ignore"}
_WORD = re.compile(
    r'"(?P<quoted>(?:[^"\\\n]|\\.)*)"|`(?P<raw>[^`\n]*)`|(?P<sign>=>|[()])|(?P<bare>[^\s"`()]+)|(?P<bad>\S)'
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A module that is required, in which version, and whether another module needs it rather than this one."""

    path: str
    version: str
    indirect: bool
    line: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands in for a module: another one with its version, or a folder (without one)."""

    path: str
    version: str | None


@dataclass
class Module:
    """What a go.mod says. Replacements are keyed by module and version, the version `None` where any is meant."""

    requirements: list[Requirement] = field(default_factory=list)
    replacements: dict[tuple[str, str | None], Replacement] = field(default_factory=dict)
    bad: list[Unread] = field(default_factory=list)

    def replacement(self, wanted: Requirement) -> Replacement | None:
        stated = self.replacements.get((wanted.path, wanted.version))
        return stated or self.replacements.get((wanted.path, None))


def load_module(source: Source) -> Module:
    """A go.mod.

    :raises ReadError: if a merge conflict is left in it
    """
    refuse_conflict(source.text)
    module = Module()
    block = ""
    line = 0
    for line, text in enumerate(source.text.splitlines(), 1):
        code, comment = _split(text)
        words = list(_words(code))
        if not words:
            continue
        try:
            if block and words == [")"]:
                block = ""
            elif block:
                _take(module, block, words, comment, line)
            elif words[1:] == ["("]:
                block = _verb(words[0])
            elif words[1:] != ["(", ")"]:
                _take(module, _verb(words[0]), words[1:], comment, line)
        except ValueError as error:
            module.bad.append(Unread(reason=str(error), location=source.at(line)))
    if block:
        module.bad.append(Unread(reason=f"the block `{shown(block)}` does not end", location=source.at(line)))
    return module


def go_url(path: str, version: str | None) -> str | None:
    """The package URL of a module; `None` where no module can have the path."""
    if not re.fullmatch(r"[\w.~-]+(?:/[\w.~-]+)*", path) or ".." in path.split("/"):
        return None
    namespace, _, name = path.rpartition("/")
    return package_url("golang", name, version, namespace or None)


def sums(source: Source) -> Iterator[tuple[int, str, str, str] | Unread]:
    """The lines of a go.sum: number, module, version (with ``/go.mod`` where it is of that file alone), and sum.

    Format: https://go.dev/ref/mod#go-sum-files
    """
    refuse_conflict(source.text)
    for number, text in enumerate(source.text.splitlines(), 1):
        parts = text.split()
        if len(parts) == 3 and parts[2].startswith("h1:") and VERSION.fullmatch(parts[1].removesuffix("/go.mod")):
            yield number, parts[0], parts[1], parts[2]
        elif parts:
            reason = f"{shown(text.strip(), 60)!r} is no module, version and sum"
            yield Unread(reason=reason, location=source.at(number))


def known_sums(source: Source | None) -> Mapping[tuple[str, str], str]:
    """The sums of a go.sum by module and version."""
    found = [] if source is None else [one for one in sums(source) if not isinstance(one, Unread)]
    return {(path, version): digest for _, path, version, digest in found}


def _split(text: str) -> tuple[str, str]:
    """A line without its comment, and the comment."""
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|`[^`]*`|//', text):
        if found[0] == "//":
            return text[: found.start()], text[found.end() :].strip()
    return text, ""


def _words(code: str) -> Iterator[str]:
    for found in _WORD.finditer(code):
        quoted = found["quoted"]
        yield re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else found["raw"] or found[0]


def _verb(word: str) -> str:
    if word not in {"require", "replace", *_OTHERS}:
        raise ValueError(f"{shown(word, 60)!r} is no directive of a go.mod")
    return word


def _take(module: Module, verb: str, words: list[str], comment: str, line: int) -> None:
    """Add what a directive says.

    :raises ValueError: with a sentence for people, if it cannot be understood
    """
    if verb == "require":
        if len(words) != 2:
            raise ValueError(f"{shown(' '.join(words), 60)!r} is no module and version")
        indirect = re.fullmatch(r"indirect(?:;.*)?", comment) is not None
        module.requirements.append(Requirement(words[0], words[1], indirect, line))
    elif verb == "replace":
        arrow = words.index("=>") if "=>" in words else 0
        left, right = words[:arrow], words[arrow + 1 :]
        if len(left) not in (1, 2) or len(right) not in (1, 2):
            raise ValueError(f"{shown(' '.join(words), 60)!r} is no module => module or folder")
        old = left[1] if len(left) == 2 else None
        module.replacements[left[0], old] = Replacement(right[0], right[1] if len(right) == 2 else None)
