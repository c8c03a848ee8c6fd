"""Words for messages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.wording import counted, listing, shown, suggester, unstated


@given(st.text(alphabet=st.characters()), st.integers(10, 200))
def test_shown_is_one_printable_line(text: str, most: int) -> None:
    made = shown(text, most)
    assert made.isprintable()
    assert len(made) <= most


def test_shown() -> None:
    assert shown("Größe μ – 長さ `x` <b>") == "Größe μ – 長さ `x` <b>"
    assert shown("a\nb\tc\u00a0d") == "a b c d"
    assert shown("\x1b[31m\u202e") == "\\x1b[31m\\u202e"
    assert shown("abcdef", 4) == "abc…"


def test_listing() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing("ab") == "a and b"
    assert listing("abcde") == "a, b, c, d and e"
    assert listing("abcdefg") == "a, b, c, d, e and 2 more"


def test_counted() -> None:
    assert [counted(number, "test") for number in (0, 1, 2)] == ["0 tests", "1 test", "2 tests"]


@pytest.mark.parametrize("text", ["", "  ", "TBD", "n/a", "N.A.", "na", "?", "???", "-", "—", "none", "XXX"])
def test_unstated(text: str) -> None:
    assert unstated(text)


@pytest.mark.parametrize("text", ["nano", "no harm is possible", "1", "TBD by R. Okafor is not enough", "x", "naive"])
def test_stated(text: str) -> None:
    assert not unstated(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("REQ_DOES", "REQ_DOSE"),
        ("req_dose", "REQ_DOSE"),
        ("RQE_7", "REQ_7"),
        ("REQ-7", "REQ_7"),
        ("REQ_007", "REQ_7"),
        ("REQ_77", ""),
        ("REQ_8", ""),
        ("HAZARD", ""),
        ("", ""),
    ],
)
def test_suggester(written: str, meant: str) -> None:
    assert suggester(["REQ_DOSE", "REQ_7", "SOUP_ZLIB"])(written) == (f" (did you mean {meant}?)" if meant else "")


def test_suggesting_is_quick_where_ids_are_numbered() -> None:
    suggest = suggester(f"REQ_{number}" for number in range(20000))
    start = time.perf_counter()
    for number in range(2000):
        suggest(f"RQE_{number}")
    assert time.perf_counter() - start < 2
