"""How a table is fitted to a page."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.pdf.look import look
from sphinxcontrib_soup.pdf.measure import Content, Fit, content
from sphinxcontrib_soup.pdf.measure import fit as fit_into

PORTRAIT, LANDSCAPE = look({}).upright, look({}).turned


def fit(columns: list[Content], *, may_turn: bool) -> Fit:
    return fit_into(columns, PORTRAIT, LANDSCAPE if may_turn else None)


def test_widths_follow_the_shares_where_there_is_room() -> None:
    fitted = fit([content(["a"], 1), content(["b"], 3)], may_turn=True)
    assert fitted.widths == pytest.approx((PORTRAIT / 4, PORTRAIT * 3 / 4))
    assert (fitted.size, fitted.turned) == (9, False)


def test_no_column_is_too_narrow_for_its_longest_word() -> None:
    fitted = fit([content(["REQ_DOSE_0001"], 1), content(["some text " * 30], 20)], may_turn=True)
    assert fitted.longest[0] >= len("REQ_DOSE_0001")
    assert sum(fitted.widths) == pytest.approx(PORTRAIT)


def test_a_table_with_many_columns_is_turned_where_it_may_be() -> None:
    columns = [content(["abc"], 1)] * 8
    assert fit(columns, may_turn=True).turned
    assert sum(fit(columns, may_turn=True).widths) == pytest.approx(LANDSCAPE)
    assert not fit(columns, may_turn=False).turned


def test_a_table_with_wide_words_is_turned_before_its_type_gets_small() -> None:
    fitted = fit([content(["n" * 20], 1)] * 6, may_turn=True)
    assert (fitted.turned, fitted.size) == (True, 8)


def test_capitals_and_broad_letters_need_more_room_than_narrow_ones() -> None:
    narrow, small, capital, broad = (content([letter * 10]).word for letter in "inAW")
    assert narrow < small < capital < broad


def test_words_are_broken_rather_than_fitted_too_small_to_read() -> None:
    fitted = fit([content(["W" * 20], 1)] * 12, may_turn=True)
    assert (fitted.turned, fitted.size) == (True, 6)
    assert max(fitted.longest) < 20


def test_where_nothing_fits_words_are_broken_in_the_smallest_type() -> None:
    fitted = fit([content(["w" * 20], 1)] * 40, may_turn=True)
    assert (fitted.turned, fitted.size) == (True, 5)
    assert set(fitted.longest) <= {3, 4}
    assert sum(fitted.widths) == pytest.approx(LANDSCAPE)


def test_high_rows_may_break_over_pages() -> None:
    fitted = fit([content(["a text"], 1), content(["b"], 1)], may_turn=True)
    assert not fitted.is_high([(0, "a text"), (1, "b")])
    assert fitted.is_high([(0, "word " * 2000), (1, "b")])
    assert fitted.is_high([(0, "a text"), (1, "line\n" * 40)])
    assert not fitted.is_high([])


def test_low_tables_stand_on_one_page() -> None:
    fitted = fit([content(["a text"], 1), content(["b"], 1)], may_turn=True)
    row = [(0, "a text"), (1, "b")]
    assert fitted.is_low([])
    assert fitted.is_low([row] * 10)
    assert not fitted.is_low([row] * 30)
    assert not fitted.is_low([[(0, "line\n" * 30), (1, "b")]])


def test_a_long_table_is_measured_no_further_than_it_is_low() -> None:
    fitted = fit([content(["a text"], 1)], may_turn=True)
    rows = iter([[(0, "a text")]] * 10_000)
    assert not fitted.is_low(rows)
    assert len(list(rows)) > 9_900


def test_shares_that_are_not_given_come_from_the_texts() -> None:
    short, long = content(["ID", "REQ_1"]), content(["Text", "many words " * 20])
    assert long.share > 2 * short.share
    assert content([]).share == 1
