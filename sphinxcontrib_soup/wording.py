"""Words for messages: foreign text made safe to print, lists, counts, and the name that was probably meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from sphinxcontrib_soup.model import Execution, Item, Outcome, Trace, Verdict

_UNSTATED = re.compile(
    r"(tbd|tba|todo|fixme|n\.?/?a\.?|none|null|unknown|unspecified|xxx+|[-?._–—…\s]*)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


def shown(text: str, most: int = 120) -> str:
    """Text from a file, safe in a message of one line: white space is a space, what cannot be printed is escaped."""
    printable = "".join(_shown(char) for char in text)
    return printable if len(printable) <= most else printable[: most - 1] + "…"


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() else char.encode("unicode_escape").decode()


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
    """What finds the known name that was probably meant, as the end of a sentence, empty where there is none.

    Letters are guessed, numbers are not: whoever writes `REQ_77` where only `REQ_7` exists did not mistype `REQ_7`.
    """
    by_number: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for name in sorted(known):
        by_number[_numbers(name)].append(name)

    def suggest(name: str) -> str:
        likely = {one.casefold(): one for one in by_number.get(_numbers(name), ()) if abs(len(one) - len(name)) <= 3}
        matches = get_close_matches(name.casefold(), likely, n=1, cutoff=0.75)
        return f"; did you mean {likely[matches[0]]}?" if matches else ""

    return suggest


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in _DIGITS.findall(name)[:20] if len(digits) < 20)


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
