"""How a table is fitted to a page."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.pdf.measure import LANDSCAPE, PORTRAIT, content, fit


def test_widths_follow_the_shares_where_there_is_room() -> None:
    set_ = fit([content(["a"], 1), content(["b"], 3)], may_turn=True)
    assert set_.widths == pytest.approx((PORTRAIT / 4, PORTRAIT * 3 / 4))
    assert (set_.size, set_.turned, set_.whole) == (9, False, True)


def test_no_column_is_too_narrow_for_its_longest_word() -> None:
    set_ = fit([content(["REQ_DOSE_0001"], 1), content(["some text " * 30], 20)], may_turn=True)
    assert set_.longest[0] >= len("REQ_DOSE_0001")
    assert sum(set_.widths) == pytest.approx(PORTRAIT)


def test_a_table_with_many_columns_is_turned_where_it_may_be() -> None:
    columns = [content(["abc"], 1)] * 8
    assert fit(columns, may_turn=True).turned
    assert sum(fit(columns, may_turn=True).widths) == pytest.approx(LANDSCAPE)
    assert not fit(columns, may_turn=False).turned


def test_a_table_with_wide_words_is_turned_before_its_type_gets_small() -> None:
    set_ = fit([content(["w" * 20], 1)] * 6, may_turn=True)
    assert (set_.turned, set_.size) == (True, 7)


def test_where_nothing_fits_words_are_broken_in_the_smallest_type() -> None:
    set_ = fit([content(["w" * 20], 1)] * 40, may_turn=True)
    assert (set_.turned, set_.size) == (True, 5)
    assert set(set_.longest) <= {3, 4}
    assert sum(set_.widths) == pytest.approx(LANDSCAPE)


def test_high_rows_may_break_over_pages() -> None:
    assert not fit([content(["word " * 2000], 1), content(["b"], 1)], may_turn=True).whole
    assert not fit([content(["line\n" * 40], 1)], may_turn=True).whole


def test_shares_that_are_not_given_come_from_the_texts() -> None:
    short, long = content(["ID", "REQ_1"]), content(["Text", "many words " * 20])
    assert long.share > 2 * short.share
    assert content([]).share == 1
