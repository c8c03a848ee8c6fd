"""The reference dossier: a device file of any size, in the words of four tools, so that their cost can be compared.

Usage: python benchmarks/dossier.py FLAVOUR N FOLDER [SEED]

Of size N it has N requirements (a fifth of them system requirements; two paragraphs, a list and a rationale each), N/5
risks, N/5 mitigations, N test cases of 2 to 5 steps, 2N executions in JUnit XML (500 a file) and 100 SOUPs with a
package-lock.json. A page holds 100 items. There are four documents (requirements, risks, tests, SOUP) with one table
each, and one table requirement → test → result over everything. The same seed gives the same bytes.

Flavours, all with the same text:

- `soup`: our extension. Executions are evidence.
- `needs`: sphinx-needs with sphinx-test-reports. Executions are needs, made by `test-file` from the same result files.
- `bare`: sphinx-needs alone: the same items, no executions.
- `plain`: Sphinx alone: items are sections with lists, tables are list-tables.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent

FLAVOURS = ("soup", "needs", "bare", "plain")
PER_PAGE = 100
PER_FILE = 500
PER_SUITE = 100
SOUPS = 100

_WHO = (
    "The software", "The pump controller", "The display", "The alarm manager", "The dose calculation", "The scheduler",
    "The sensor driver", "The event log", "The user interface", "The self test", "The radio link", "The power monitor",
)  # fmt: skip
_DOES = (
    "check", "report", "limit", "record", "refuse", "compare", "display", "confirm", "filter", "store", "release",
    "calibrate", "announce", "interrupt",
)  # fmt: skip
_WHAT = (
    "the measured flow", "each sensor reading", "the requested dose", "the battery charge", "the time of the last"
    " meal", "an incomplete record", "the pressure in the line", "the settings of the patient", "every alarm", "the"
    " position of the piston", "the checksum of a message", "the temperature of the fluid", "the remaining volume",
)  # fmt: skip
_WHEN = (
    "before the next cycle begins", "within 200 ms", "whenever the value leaves its range", "until the user confirms",
    "after each restart", "while an infusion runs", "as long as the door is open", "once a minute", "if two readings"
    " differ by more than 5 %", "unless the care team has locked the setting", "when the connection is lost",
)  # fmt: skip
_HARM = ("hypoglycaemia", "loss of consciousness", "delayed treatment", "local infection", "an overdose", "a wrong dose")
_SEVERITIES = ("negligible", "minor", "serious", "critical", "catastrophic")
_PROBABILITIES = ("improbable", "remote", "occasional", "probable", "frequent")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item before it is written for a tool: paragraphs, bullets, then numbered steps; fields, then links."""

    id: str
    kind: str
    title: str
    paragraphs: Sequence[str] = ()
    bullets: Sequence[str] = ()
    steps: Sequence[str] = ()
    fields: dict[str, str] = field(default_factory=dict)
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Execution:
    """One execution of a test case."""

    name: str
    test: str
    outcome: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a dossier says, whatever tool shows it."""

    entries: Sequence[Entry]
    executions: Sequence[Execution]
    packages: dict[str, str]

    def of(self, *kinds: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in kinds]

    @property
    def runs(self) -> list[Sequence[Execution]]:
        """The executions as they lie in files."""
        return _parts(self.executions, PER_FILE)


def _parts[T](things: Sequence[T], size: int) -> list[Sequence[T]]:
    return [things[start : start + size] for start in range(0, len(things), size)]
