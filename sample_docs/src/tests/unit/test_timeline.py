from datetime import datetime, time, timedelta
from time import perf_counter

import pytest
from bolus_advisor import timeline
from bolus_advisor.refusal import Reason, Refusal
from bolus_advisor.timeline import Timeline

from tests.records import NOW

DAY = [(time(6), "morning"), (time(0), "night"), (time(18), "evening")]


@pytest.mark.verifies("REQ_3", "SREQ_1")
@pytest.mark.parametrize(
    ("moment", "entry"),
    [
        (time(0), "night"),
        (time(5, 59, 59), "night"),
        (time(6), "morning"),
        (time(17, 59, 59, 999999), "morning"),
        (time(18), "evening"),
        (time(23, 59, 59), "evening"),
    ],
)
def test_an_entry_holds_from_its_moment_to_the_next(moment: time, entry: str) -> None:
    assert Timeline(DAY).at(moment) == entry


@pytest.mark.verifies("REQ_3")
def test_before_the_first_entry_there_is_none() -> None:
    with pytest.raises(LookupError):
        Timeline([(time(6), "morning")]).at(time(5))


@pytest.mark.verifies("REQ_5", "SREQ_1")
def test_entries_of_a_span_are_found_ends_included() -> None:
    hours = [(NOW + timedelta(hours=hour), hour) for hour in (3, -2, 0, 1, -1)]
    found = Timeline(hours).between(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert [hour for _, hour in found] == [-1, 0, 1]


@pytest.mark.verifies("REQ_5", "SREQ_1")
def test_entries_of_one_moment_are_all_kept() -> None:
    assert Timeline([(NOW, "4 U"), (NOW, "4 U"), (NOW, "2 U")]).between(NOW, NOW) == [
        (NOW, "4 U"),
        (NOW, "4 U"),
        (NOW, "2 U"),
    ]


@pytest.mark.verifies("SREQ_2")
def test_a_thousand_entries_are_kept_and_found_in_a_tenth_of_a_second() -> None:
    entries = [(NOW - timedelta(minutes=minute * 7919 % 10007), minute) for minute in range(1000)]
    started = perf_counter()
    kept = Timeline(entries)
    for moment, _ in entries:
        kept.at(moment)
    assert perf_counter() - started < 0.1


def look_up_everything(entries: list[tuple[datetime, int]]) -> None:
    for moment, hour in entries:
        kept = Timeline(entries)
        assert kept.at(moment) == hour
        assert len(kept.between(NOW, moment)) == max(hour + 1, 0)


class Forgetful(timeline.SortedKeyList):
    """Keeps one entry too few."""

    def add(self, value: object) -> None:
        if len(self) < 2:
            super().add(value)


class Unsorted(timeline.SortedKeyList):
    """Gives its entries in the wrong order."""

    def __iter__(self):
        return iter(sorted(super().__iter__(), reverse=True))


class OneTooLate(timeline.SortedKeyList):
    """Finds the place after the right one."""

    def bisect_key_right(self, key: object) -> int:
        return min(super().bisect_key_right(key) + 1, len(self))


class OneTooEarly(timeline.SortedKeyList):
    """Finds the place before the right one."""

    def bisect_key_right(self, key: object) -> int:
        return max(super().bisect_key_right(key) - 1, 1)


class Generous(timeline.SortedKeyList):
    """Gives entries from outside the span."""

    def irange_key(self, *_: object):
        return iter(self)


class Miserly(timeline.SortedKeyList):
    """Leaves entries of the span out."""

    def irange_key(self, *span: object):
        return iter(list(super().irange_key(*span))[:-1])


@pytest.mark.verifies("REQ_12", "TC_2")
@pytest.mark.parametrize("faulty", [Forgetful, Unsorted, OneTooLate, OneTooEarly, Generous, Miserly])
def test_a_faulty_sorted_list_is_noticed(faulty: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "SortedKeyList", faulty)
    entries: list[tuple[datetime, int]] = [(NOW + timedelta(hours=hour), hour) for hour in range(-3, 3)]
    with pytest.raises(Refusal) as refused:
        look_up_everything(entries)
    assert refused.value.reason is Reason.HISTORY_INCONSISTENT
