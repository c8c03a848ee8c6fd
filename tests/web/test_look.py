"""What was seen wrong when every kind of page was looked at: on paper, on a phone, enlarged, in forced colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PageObject, PdfReader

from tests.web.test_accessibility import THEMES
from tests.web.test_browser import rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.web.conftest import Build, Visit

PHONE = {"width": 320, "height": 640}


def at(page: Page, name: str) -> Page:
    """Another page of the same folder."""
    page.goto(f"{page.url.rsplit('/', 1)[0]}/{name}.html")
    page.locator(".soup-ready").first.wait_for()
    return page


@pytest.mark.parametrize("theme", THEMES)
def test_paper_shows_what_follows_a_long_table_and_nothing_over_it(
    visit: Visit, sample: Build, theme: str, tmp_path: Path
) -> None:
    """A theme once cut the end off, and wrote the foot of the page over the notes."""
    note = "Not listed, because their licence is not known: 15 packages."
    sheets = printed(visit("", url=(sample(theme) / "licences.html").as_uri()), tmp_path)
    assert not any("Skip to content" in sheet.extract_text() for sheet in sheets)
    lines: list[tuple[float, str]] = []
    sheets[-1].extract_text(visitor_text=lambda text, _cm, tm, _font, _size: lines.append((tm[5], text.strip())))
    at_note = next(y for y, text in lines if text and note.startswith(text))
    assert [text for y, text in lines if abs(y - at_note) < 8 and text not in note] == []


def printed(page: Page, folder: Path) -> list[PageObject]:
    page.pdf(path=folder / "printed.pdf", format="A4")
    return list(PdfReader(folder / "printed.pdf").pages)


@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme"])
def test_no_table_of_the_sample_goes_beyond_the_paper(visit: Visit, sample: Build, theme: str) -> None:
    """A sheet of A4 between margins of 15 mm is as wide."""
    page = visit("", url=(sample(theme) / "index.html").as_uri(), viewport={"width": 680, "height": 900})
    for name in ("index", "findings", "risks", "soup"):
        at(page, name).emulate_media(media="print")
        beyond = page.locator(".soup-table").evaluate_all(
            "tables => tables.map(one => one.getBoundingClientRect().right - innerWidth)"
        )
        assert max(beyond) <= 1, name


def test_a_sign_does_not_part_from_its_word(visit: Visit) -> None:
    page = visit("matrix")
    page.add_style_tag(content="b { display: inline } td, th { width: 1px }")
    parted = "words => words.filter(one => !/\\s/.test(one.textContent) && one.getClientRects().length > 1).length"
    signs = page.locator(".soup-table b")
    assert signs.count() > 30
    assert signs.evaluate_all(parted) == 0


def test_the_opener_of_a_chain_stands_beside_the_id_and_can_be_hit(visit: Visit, sample: Build) -> None:
    page = at(visit("", url=(sample("alabaster") / "index.html").as_uri()), "index")
    boxes = page.locator("th:has(> .soup-open-chain)").evaluate_all(
        "cells => cells.map(cell => [cell.querySelector('button'), cell.querySelector('a')]"
        ".map(one => one.getBoundingClientRect().toJSON()))"
    )
    assert len(boxes) >= 6
    for opener, link in boxes:
        assert opener["width"] >= 24
        assert opener["height"] >= 24
        assert opener["right"] <= link["left"] + 4
        assert opener["top"] < (link["top"] + link["bottom"]) / 2 < opener["bottom"]


@pytest.mark.parametrize("theme", ["furo", "sphinx_rtd_theme"])
def test_on_a_phone_figures_are_legible_and_what_opens_is_in_sight(visit: Visit, sample: Build, theme: str) -> None:
    page = at(visit("", url=(sample(theme) / "index.html").as_uri(), viewport=PHONE), "traceability")
    table = page.locator(".soup-view").filter(has=page.locator("#risks"))
    table.locator(".soup-open-chain").first.click()
    chain = table.locator(".soup-within li").first
    chain.wait_for()
    edge = table.bounding_box()
    assert edge is not None
    within = table.locator(".soup-within").bounding_box()
    assert within is not None
    assert within["x"] + within["width"] <= edge["x"] + edge["width"]
    assert chain.evaluate("step => getComputedStyle(step).listStyleType") == "none"
    table.locator(".soup-menu > summary").click()
    menu = table.locator(".soup-choices").bounding_box()
    assert menu is not None
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= PHONE["width"]
    letters = (
        at(page, "risks")
        .locator(".soup-figure text")
        .evaluate_all("texts => texts.map(one => one.getBoundingClientRect().height)")
    )
    assert min(letters) > 8
    assert page.locator(".soup-figure").first.evaluate("frame => frame.getBoundingClientRect().right <= innerWidth")


def test_heads_stay_below_the_bar_of_a_theme_however_high_it_is(visit: Visit, build: Build) -> None:
    url = (
        build("pydata_sphinx_theme", html_title="A title that takes more than its room " * 3) / "matrix.html"
    ).as_uri()
    page = visit("", url=url, viewport={"width": 1100, "height": 800})
    page.locator(".soup-ready").first.wait_for()
    high = page.locator(".bd-header").evaluate("bar => bar.offsetHeight")
    assert high > 70
    view = page.locator(".soup-view").first
    assert view.evaluate("one => getComputedStyle(one).getPropertyValue('--soup-top')") == f"{high}px"
    assert view.evaluate("one => parseFloat(getComputedStyle(one).scrollMarginTop)") > high


def test_in_a_low_window_heads_do_not_stay(visit: Visit) -> None:
    """As in one of 1280 by 1024 pixels that is enlarged four times."""
    page = visit("long", viewport={"width": 320, "height": 256})
    page.locator(".soup-ready").first.wait_for()
    assert page.locator(".soup-table thead").evaluate("one => getComputedStyle(one).position") == "static"
    assert page.locator(".soup-table-wrap").evaluate("one => getComputedStyle(one).maxHeight") == "none"


def test_forced_colours_keep_signs_targets_and_pressed_buttons(visit: Visit) -> None:
    page = visit("matrix", forced_colors="active")
    sign = page.locator(".soup-table b").first
    assert sign.evaluate("one => getComputedStyle(one, '::before').outlineStyle") == "solid"
    button = page.get_by_role("button", name="Filter columns")
    border = "one => getComputedStyle(one).borderBottomWidth"
    before = button.evaluate(border)
    button.click()
    assert button.evaluate(border) != before
    gap, other = (page.locator(f"tr{which} > :first-child").first for which in (".soup-gap", ":not(.soup-gap)"))
    assert gap.evaluate("one => getComputedStyle(one).borderInlineStartWidth") == "3px"
    assert other.evaluate("one => getComputedStyle(one).borderInlineStartWidth") == "0px"
    page.goto(page.url.split("#")[0].replace("matrix.html", "index.html#REQ_2"))
    target, next_one = page.locator("#REQ_2"), page.locator("#REQ_3")
    colour = "one => getComputedStyle(one).borderInlineStartColor"
    assert target.evaluate(colour) != next_one.evaluate(colour)


def test_where_no_row_fits_one_press_brings_all_back(visit: Visit) -> None:
    page = visit("matrix")
    page.get_by_role("button", name="Filter columns").click()
    page.get_by_label("Filter Verdict").select_option("failed")
    page.get_by_label("Search", exact=True).fill("nowhere")
    expect(rows(page)).to_have_count(0)
    page.get_by_role("button", name="No row fits: show all again").click()
    expect(page.locator(".soup-count")).to_have_text("30 rows")
    expect(page.get_by_label("Search", exact=True)).to_have_value("")
    expect(page.get_by_label("Filter Verdict")).to_have_value("")
    assert "?" not in page.url
    expect(page.locator(".soup-more")).to_be_hidden()
