"""What people do with the pages: search, sort, narrow, show all, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.web import pages
from tests.web.conftest import served_strictly

if TYPE_CHECKING:
    from tests.web.conftest import Build, Visit


def rows(page: Page) -> Locator:
    """The rows that are seen."""
    return page.locator("table.soup-table tbody tr").filter(visible=True)


def first_cells(page: Page, count: int = 5) -> list[str]:
    shown = rows(page).locator("th").all_inner_texts()[:count]
    return [text.split()[0] for text in shown]


def gaps(table: str) -> int:
    return sum(row.gap for row in pages.TABLES[table].rows)


def head(page: Page, title: str) -> Locator:
    return page.locator("thead th").filter(has_text=title)


def test_search_narrows_as_one_types(visit: Visit) -> None:
    page = visit("matrix")
    count = page.locator(".soup-count")
    expect(count).to_have_text("30 rows")
    page.get_by_label("Search", exact=True).press_sequentially("REQ_1")
    expect(count).to_have_text("11 of 30 rows")
    expect(rows(page)).to_have_count(11)
    page.get_by_label("Search", exact=True).fill("failed basal")
    expect(count).to_have_text("0 of 30 rows")
    page.get_by_label("Search", exact=True).fill("FAILED rounded")
    expect(rows(page)).to_have_count(3)
    page.get_by_label("Search", exact=True).fill("")
    expect(rows(page)).to_have_count(30)


def test_search_finds_no_word_that_two_cells_make_together(visit: Visit) -> None:
    page = visit("matrix")
    page.get_by_label("Search", exact=True).fill("SYS_2C")
    expect(rows(page)).to_have_count(0)


def test_only_gaps_on_demand(visit: Visit) -> None:
    page = visit("matrix")
    page.get_by_label("gaps only").check()
    expect(rows(page)).to_have_count(gaps("matrix"))
    page.get_by_label("Search", exact=True).fill("untested")
    expect(page.locator(".soup-count")).to_have_text("4 of 30 rows")
    page.get_by_label("gaps only").uncheck()
    expect(rows(page)).to_have_count(4)


def test_identifiers_sort_as_people_count(visit: Visit) -> None:
    page = visit("matrix")
    button = head(page, "Requirement").get_by_role("button")
    button.click()
    assert first_cells(page, 11) == [f"REQ_{number}" for number in range(1, 12)]
    expect(head(page, "Requirement")).to_have_attribute("aria-sort", "ascending")
    button.click()
    assert first_cells(page, 2) == ["REQ_30", "REQ_29"]
    expect(head(page, "Requirement")).to_have_attribute("aria-sort", "descending")
    button.click()
    assert first_cells(page, 2) == ["REQ_1", "REQ_2"]
    assert head(page, "Requirement").get_attribute("aria-sort") is None


def test_a_scale_sorts_by_its_order_and_empty_cells_come_last(visit: Visit) -> None:
    page = visit("matrix")
    head(page, "Priority").get_by_role("button").click()
    priorities = rows(page).locator("td:nth-child(7)").all_inner_texts()
    assert priorities == ["low"] * 10 + ["medium"] * 10 + ["high"] * 10
    for _ in range(2):
        head(page, "Test").get_by_role("button").click()
        assert rows(page).locator("td:nth-child(4)").all_inner_texts()[-4:] == [""] * 4
    assert page.locator("thead th[aria-sort]").count() == 1


def test_a_sign_does_not_count_when_sorting(visit: Visit) -> None:
    page = visit("matrix")
    head(page, "Verdict").get_by_role("button").click()
    verdicts = rows(page).locator("td:nth-child(6)").all_inner_texts()
    assert [text.split()[-1] for text in verdicts] == ["failed"] * 3 + ["passed"] * 23 + ["untested"] * 4


def test_everything_works_from_the_keyboard(visit: Visit) -> None:
    page = visit("matrix")
    page.get_by_label("Search", exact=True).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("gaps only")).to_be_focused()
    page.keyboard.press("Space")
    expect(rows(page)).to_have_count(gaps("matrix"))
    for name in ("Filter columns", "Columns", "Copy", "CSV", "Fill window"):
        page.keyboard.press("Tab")
        expect(page.locator(".soup-button").filter(has_text=re.compile(f"^{name}$"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="Requirements and their tests")).to_be_focused()
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.matches('.headerlink')"):
        page.keyboard.press("Tab")
    expect(head(page, "Requirement").get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert first_cells(page, 2) == ["REQ_30", "REQ_28"]


def test_a_long_table_begins_with_a_hundred_rows(visit: Visit) -> None:
    page = visit("long")
    expect(rows(page)).to_have_count(100)
    expect(page.locator(".soup-count")).to_have_text("first 100 of 340 rows")
    page.get_by_role("button", name="Show all 340 rows").click()
    expect(rows(page)).to_have_count(340)
    expect(page.locator(".soup-count")).to_have_text("340 rows")
    expect(page.locator(".soup-more")).to_be_hidden()


def test_search_looks_at_every_row_of_a_long_table(visit: Visit) -> None:
    page = visit("long")
    page.get_by_label("Search", exact=True).fill("REQ_333")
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".soup-count")).to_have_text("1 of 340 rows")
    page.get_by_label("Search", exact=True).fill("passed")
    expect(page.locator(".soup-count")).to_have_text("first 100 of 292 of 340 rows")
    expect(page.get_by_role("button", name="Show all 292 rows")).to_be_visible()
    page.get_by_label("Search", exact=True).fill("")
    head(page, "Requirement").get_by_role("button").click(click_count=2)
    assert first_cells(page, 1) == ["REQ_340"]


def test_few_rows_need_no_search(visit: Visit) -> None:
    page = visit("index")
    expect(page.locator(".soup-tools")).to_have_count(0)
    head(page, "Requirement").get_by_role("button").click(click_count=2)
    assert first_cells(page) == ["REQ_3", "REQ_2", "REQ_1"]


@pytest.mark.parametrize("name", ["matrix", "long"])
def test_a_table_is_whole_without_javascript(visit: Visit, name: str) -> None:
    page = visit(name, java_script_enabled=False)
    expect(rows(page)).to_have_count(len(pages.TABLES[name].rows))
    expect(page.locator(".soup-tools, .soup-sort, .soup-more")).to_have_count(0)


def test_a_table_is_whole_where_the_script_does_not_arrive(visit: Visit) -> None:
    page = visit("index")
    page.route("**/soup.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(page.url.replace("index.html", "long.html"))
    expect(rows(page)).to_have_count(100)
    expect(rows(page)).to_have_count(340, timeout=10_000)


def test_print_shows_every_row_and_no_tools(visit: Visit) -> None:
    page = visit("long")
    page.get_by_label("Search", exact=True).fill("REQ_333")
    page.emulate_media(media="print")
    expect(rows(page)).to_have_count(340)
    for tool in (".soup-tools", ".soup-more"):
        expect(page.locator(tool)).to_be_hidden()


def test_a_printed_table_repeats_its_heads(visit: Visit, tmp_path: Path) -> None:
    page = visit("long")
    page.pdf(path=tmp_path / "long.pdf", format="A4")
    texts = [sheet.extract_text() for sheet in PdfReader(tmp_path / "long.pdf").pages]
    assert len(texts) > 10
    assert all("Priority" in text for text in texts if "REQ_" in text)
    assert all(f"REQ_{number} " in " ".join(texts) for number in range(1, 341))


def test_a_wide_table_is_printed_whole_and_scrolls_on_the_screen(visit: Visit) -> None:
    page = visit("wide", viewport={"width": 680, "height": 900})  # as wide as a sheet of A4 between its margins
    frame = page.locator(".soup-table-wrap")
    beyond = "frame => frame.querySelector('table').getBoundingClientRect().right - frame.getBoundingClientRect().right"
    assert frame.evaluate(beyond) > 100
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.soup-table-wrap').scrollLeft > 0")
    page.emulate_media(media="print")
    assert frame.evaluate(beyond) <= 1


def test_hostile_texts_are_shown_as_they_are(visit: Visit) -> None:
    page = visit("hostile")
    expect(page.locator(".soup-title")).to_contain_text(pages.HOSTILE)
    expect(page.locator("thead th").first).to_have_text(pages.HOSTILE)
    expect(rows(page).locator("th").first).to_contain_text(pages.HOSTILE)
    page.get_by_label("Search", exact=True).fill("</td></table>")
    expect(rows(page)).to_have_count(9)
    head(page, "script").get_by_role("button").click()
    expect(rows(page)).to_have_count(9)


def test_a_link_leads_to_the_item_and_marks_it(visit: Visit) -> None:
    page = visit("matrix")
    page.get_by_role("link", name="REQ_2", exact=True).click()
    expect(page.locator("#REQ_2:target")).to_be_in_viewport()
    page.locator("#REQ_1 .soup-id").click()
    assert page.url.endswith("index.html#REQ_1")


@pytest.fixture
def strict_server(build: Build) -> Iterator[str]:
    """The pages with a policy that allows nothing inline. (The search box of the theme has a script of that kind.)"""
    with served_strictly(build(**{"html_theme_options.nosidebar": "true"})) as address:
        yield address


def test_pages_work_under_a_strict_content_security_policy(visit: Visit, strict_server: str) -> None:
    page = visit("", url=f"{strict_server}/long.html")
    expect(rows(page)).to_have_count(100)
    page.get_by_label("gaps only").check()
    expect(rows(page)).to_have_count(gaps("long"))
    page.goto(f"{strict_server}/index.html")
    expect(page.locator("#REQ_1 .soup-mark")).to_have_css("background-color", "rgb(31, 95, 191)")


def test_five_thousand_rows_are_filtered_and_sorted_at_once(visit: Visit, build: Build) -> None:
    url = (build(exclude_patterns="none") / "huge.html").as_uri()
    page = visit("", url=url)
    expect(page.locator(".soup-count")).to_have_text("first 100 of 5000 rows")
    assert fastest(page, "search", "REQ_49 failed") < 500
    expect(page.locator(".soup-count")).to_have_text("8 of 5000 rows")
    assert fastest(page, "search", "") < 500
    assert fastest(page, "sort", "0") < 500
    page.locator(".soup-sort").first.click(click_count=2)
    assert first_cells(page, 1) == ["REQ_5000"]


def fastest(page: Page, what: str, value: str) -> float:
    """Milliseconds that it takes, the page laid out again; the least of three, because machines are shared."""
    return min(page.evaluate(TIMED, [what, value]) for _ in range(3))


TIMED = """([what, value]) => {
  const start = performance.now();
  if (what === "sort") {
    document.querySelectorAll(".soup-sort")[Number(value)].click();
  } else {
    const search = document.querySelector(".soup-tools input[type=search]");
    search.value = value;
    search.dispatchEvent(new Event("input"));
  }
  document.body.offsetHeight;  // lays the page out
  return performance.now() - start;
}"""
