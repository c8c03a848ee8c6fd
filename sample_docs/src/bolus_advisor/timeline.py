"""Entries in order of time. The only importer of sortedcontainers; its answers are checked before they are used."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Generic, TypeVar

from sortedcontainers import SortedKeyList

from bolus_advisor.refusal import Reason, Refusal

Moment = TypeVar("Moment", datetime, time)
Entry = TypeVar("Entry")


class Timeline(Generic[Moment, Entry]):
    """Entries by moment; several entries may have the same one."""

    def __init__(self, entries: Iterable[tuple[Moment, Entry]]) -> None:
        self._entries = SortedKeyList(key=lambda entry: entry[0])
        added = 0
        for entry in entries:
            self._entries.add(entry)
            added += 1
        moments = [moment for moment, _ in self._entries]
        _confirm(len(moments) == added and moments == sorted(moments))

    def at(self, moment: Moment) -> Entry:
        """The latest entry at or before `moment`.

        :raises LookupError: if there is none
        """
        index = self._entries.bisect_key_right(moment)
        if index == 0:
            raise LookupError(f"nothing is in force at {moment}")
        start: Moment
        entry: Entry
        start, entry = self._entries[index - 1]
        _confirm(start <= moment)
        _confirm(index == len(self._entries) or moment < self._entries[index][0])
        return entry

    def between(self, first: Moment, last: Moment) -> list[tuple[Moment, Entry]]:
        """The entries from `first` to `last`, both included."""
        found = list(self._entries.irange_key(first, last))
        start = self._entries.bisect_key_left(first)
        _confirm(len(found) == self._entries.bisect_key_right(last) - start)
        _confirm(all(first <= moment <= last for moment, _ in found))
        return found

    def __len__(self) -> int:
        return len(self._entries)


def _confirm(sound: bool) -> None:
    if not sound:
        raise Refusal(Reason.HISTORY_INCONSISTENT)
