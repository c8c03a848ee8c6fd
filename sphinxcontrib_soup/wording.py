"""Words for messages: foreign text made safe to print, lists, counts, and the name that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from sphinxcontrib_soup.model import Execution, Item, Outcome, Trace, Verdict

_UNSTATED = re.compile(
    r"(tbd|tba|todo|fixme|n\.?/?a\.?|none|null|unknown|unspecified|xxx+|[-?._–—…\s]*)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_Key = tuple[str, tuple[str, ...]]


def shown(text: str, most: int = 120) -> str:
    """Text from a file, safe in a message of one line: white space is a space, what cannot be printed is escaped."""
    printable = "".join(_shown(char) for char in text)
    return printable if len(printable) <= most else printable[: most - 1] + "…"


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() else char.encode("unicode_escape").decode()


def markdown_text(text: str) -> str:
    """A text in one line of Markdown, for a cell of a table, too: markup in it is shown, not run."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\\", "\\\\").replace("|", "\\|")
    for sign in "`*_[]":
        escaped = escaped.replace(sign, f"\\{sign}")
    return " ".join(escaped.split())


def listing(parts: Iterable[str], most: int = 5) -> str:
    """A list as it is said: `a, b and c`; what goes beyond `most` is counted."""
    named = list(parts)
    if len(named) > most:
        named = [*named[:most], f"{len(named) - most} more"]
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


def counted(number: int, noun: str) -> str:
    """A number of things: `1 test`, `2 tests`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def unstated(text: str) -> bool:
    """Whether a text only holds the place of one: empty, `TBD`, `n/a`, `?` and the like."""
    return _UNSTATED.fullmatch(text.strip()) is not None


def suggester(known: Iterable[str]) -> Callable[[str], str]:
    """What finds the known name that was probably meant, in brackets to go behind the name; empty where there is none.

    Letters are guessed, numbers are not: whoever writes `REQ_77` where only `REQ_7` exists did not mistype `REQ_7`. One
    letter may be wrong, missing, too many, or changed places with its neighbour.
    """

    @cache
    def index() -> Mapping[_Key, str]:
        # looked up by deletions, because comparing each with each takes minutes where thousands of links dangle
        names = sorted(known)
        found = {_key(name): name for name in reversed(names)}
        for name in names:
            for key in _shorter(_key(name)):
                found.setdefault(key, name)
        return found

    def suggest(name: str) -> str:
        key = _key(name)
        meant = next((index()[near] for near in (key, *_shorter(key)) if near in index()), None)
        return f" (did you mean {meant}?)" if meant else ""

    return suggest


def _key(name: str) -> _Key:
    """A name without what people mix up: its letters in one case and with one separator, and its numbers apart."""
    letters = _DIGITS.sub("0", name.casefold().replace("-", "_"))
    return letters, tuple(digits.lstrip("0") for digits in _DIGITS.findall(name))


def _shorter(key: _Key) -> Iterator[_Key]:
    """The key with each of its letters left out in turn; what is short has too many neighbours to guess."""
    letters, numbers = key
    if 4 <= len(letters) <= 200:
        yield from ((letters[:at] + letters[at + 1 :], numbers) for at in range(len(letters)) if letters[at] != "0")


def executed(execution: Execution) -> str:
    """An execution as a message names it: what ran, how it ended, where that is written."""
    return f"{shown(execution.name)} {execution.outcome.replace('_', ' ')} ({execution.location})"


def why_untested(trace: Trace, item: Item) -> str:
    """Why the verdict of an item is untested: what there is and does not count, or that there is nothing."""
    own = trace.executions.get(item.id, ())
    if own:
        idle = [executed(one) for one in own if one.outcome is not Outcome.PASSED]
        return f"{len(idle)} of {counted(len(own), 'execution')} did not pass: {listing(idle)}"
    if refining := refining_with(trace, item, Verdict.UNTESTED):
        return f"nothing verifies it itself, and of what refines it untested are {listing(refining)}"
    return "nothing verifies it"


def refining_with(trace: Trace, item: Item, verdict: Verdict) -> list[str]:
    """The IDs of the items that refine one and have this verdict."""
    return sorted(one.id for one in trace.origins(item, "derives_from") if trace.verdicts.get(one.id) is verdict)


def missing_item(trace: Trace) -> Callable[[str], str]:
    """What says of an ID that no item has it, where one of that ID was rejected, or which one was probably meant."""
    suggest = suggester(trace.items)

    def missing(id_: str) -> str:
        if rejection := trace.rejected_ids.get(id_):
            return f"{shown(id_)} was written at {rejection.location}, but could not be taken"
        return f"no item has the ID {shown(id_)}{suggest(id_)}"

    return missing
