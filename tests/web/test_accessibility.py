"""Whether the pages can be read by everyone: names, order, contrast, in light and dark, wide and narrow."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.web.conftest import Build, Visit

THEMES = ("alabaster", "furo", "sphinx_rtd_theme", "pydata_sphinx_theme")
OURS = ".soup-item, .soup-view, .soup-figure, .soup-note"

CONTRASTS = """(ours) => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const painted = (colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of ["white", ...colours]) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
    return context.getImageData(0, 0, 1, 1).data;
  };
  const luminance = (rgb) => {
    const [r, g, b] = [...rgb.slice(0, 3)].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const groundsOf = (element) => {
    const grounds = [];
    for (let up = element; up; up = up.parentElement) grounds.unshift(getComputedStyle(up).backgroundColor);
    return grounds;
  };
  const found = [];
  for (const part of document.querySelectorAll(ours)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const others = ".highlight, .admonition, .headerlink"; // the theme answers for them
      if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest(others)) continue;
      const grounds = groundsOf(element);
      const text = painted([...grounds, getComputedStyle(element).color]);
      const kept = contrast(painted(grounds), text) / contrast(painted(groundsOf(part.parentElement)), text);
      const wanted = element.closest("a") && kept > 0.9 ? 0 : 4.5; // the theme answers for the colour of its links
      found.push([contrast(painted(grounds), text), wanted, element.className, walker.currentNode.data.trim()]);
    }
  }
  for (const word of document.querySelectorAll("b[class^='soup-']")) {
    const sign = getComputedStyle(word, "::before");
    const own = painted([...groundsOf(word), sign.backgroundColor]);
    found.push([contrast(painted(groundsOf(word)), own), 3, "ground of a sign", word.textContent]);
    const text = painted([...groundsOf(word), sign.backgroundColor, sign.color]);
    found.push([contrast(own, text), 4.5, "sign", word.textContent]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_text_has_enough_contrast(visit: Visit, theme: str, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5:1 for text; 1.4.11: 3:1 for the ground of a sign."""
    for name in ("index", "matrix", "groups"):
        page = visit(name, theme, color_scheme=scheme)
        page.locator(".soup-ready").first.wait_for()
        measured = page.evaluate(CONTRASTS, OURS)
        assert len(measured) > 50
        assert not [found for found in measured if found[0] < found[1]]


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(visit: Visit, theme: str) -> None:
    """The rules of axe-core for WCAG 2.2, levels A and AA, on all that is ours, with everything opened.

    Contrast is measured above, where it is known which colours the theme answers for.
    """
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).with_name("axe.min.js")
    for name in ("index", "matrix", "wide", "long", "groups"):
        _hold_to_axe(visit(name, theme), axe)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_the_sample(visit: Visit, sample: Build, theme: str) -> None:
    """Each kind of page of a dossier, with a chain open, and the filters and the choice of columns of each table.

    No table has a frame of its own, which would cut what stands at its edge.
    """
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).with_name("axe.min.js")
    pages = sorted(path for path in sample(theme).glob("*.html") if 'class="soup-' in path.read_text(encoding="utf-8"))
    assert len(pages) > 8
    page = visit("", url=pages[0].as_uri())
    for path in pages:
        page.goto(path.as_uri())
        page.add_style_tag(content=".soup-boxed > .soup-table-wrap { max-height: none !important }")
        _hold_to_axe(page, axe)


def _hold_to_axe(page: Page, axe: Path) -> None:
    page.wait_for_function("[...document.querySelectorAll('.soup-table')].every(one => one.matches('.soup-ready'))")
    for tool in page.locator(".soup-tools .soup-button").filter(has_text="olumns").all():
        tool.click()
    for opener in page.locator(".soup-open-chain").all()[:1]:
        opener.click()
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate(AXE, OURS.split(", "))
    assert found["passed"] > 5
    assert found["violations"] == []


AXE = """async (ours) => {
  const include = ours.filter((one) => document.querySelector(one)).map((one) => [one]);
  const exclude = [[".soup-statement"]]; // the theme answers for its links
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: true } };
  const { passes, violations } = await axe.run({ include, exclude }, { runOnly, rules, preload: false });
  const told = violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html, node.failureSummary]));
  return { passed: passes.length, violations: told };
}"""


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme"])
def test_a_dark_page_is_dark(visit: Visit, theme: str) -> None:
    """The measurement above means little where the theme does not turn dark."""
    page = visit("index", theme, color_scheme="dark")
    colour = page.locator("#REQ_1 .soup-statement").evaluate("element => getComputedStyle(element).color")
    assert min(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")) > 150


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["index", "matrix", "hostile", "groups", "labels"])
def test_a_narrow_page_does_not_scroll_sideways(visit: Visit, theme: str, name: str) -> None:
    """WCAG 2.2, 1.4.10, in a window of 320 pixels; 1.4.12, with the spacing that it names."""
    page = visit(name, theme, viewport={"width": 320, "height": 800})
    page.locator(".soup-ready").first.wait_for()
    assert _overflow(page) <= 1
    page.add_style_tag(content=SPACED)
    page.locator(".soup-menu > summary").or_(page.locator("body")).first.click()
    assert _overflow(page) <= 1


SPACED = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }"""


def _overflow(page: Page) -> float:
    """How far a block, table frame or tool of ours reaches beyond the window, in pixels."""
    reach = "parts => Math.max(...parts.map(part => part.getBoundingClientRect().right)) - innerWidth"
    return float(page.locator(f"{OURS}, .soup-item :not(pre *), .soup-tools *").evaluate_all(reach))


def test_headings_follow_one_another(visit: Visit) -> None:
    page = visit("index")
    levels = (
        page.locator("[role=main], .body")
        .first.locator("h1, h2, h3, h4, [role=heading]")
        .evaluate_all("found => found.map(one => Number(one.getAttribute('aria-level') ?? one.tagName[1]))")
    )
    assert levels[:3] == [1, 2, 3]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_control_has_a_name_and_every_table_its_heads(visit: Visit) -> None:
    page = visit("matrix")
    tools = page.get_by_role("group", name="Requirements and their tests")
    assert tools.get_by_role("searchbox", name="Search").count() == 1
    assert tools.get_by_role("checkbox", name="gaps only").count() == 1
    assert tools.get_by_role("status").inner_text() == "30 rows"
    assert page.get_by_role("region", name="Requirements and their tests").get_attribute("tabindex") == "0"
    assert (
        page.get_by_role("columnheader", name="Verdict").get_by_role("button", name="Verdict", exact=True).count() == 1
    )
    assert page.get_by_role("rowheader").count() == 30
    assert page.get_by_role("cell", name="failed", exact=True).count() == 3


@pytest.mark.parametrize("name", ["index", "matrix", "hostile", "groups", "labels"])
def test_no_id_stands_twice(visit: Visit, name: str) -> None:
    ids = visit(name).locator("[id]").evaluate_all("found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_a_verdict_never_shows_by_colour_alone(visit: Visit) -> None:
    badges = visit("index").locator("b[class^='soup-']")
    assert badges.count() > 10
    for badge in badges.all():
        sign = badge.evaluate("word => getComputedStyle(word, '::before').content")
        assert sign.strip('"')[0] in "✓✗?–!"
        assert sign.endswith('/ ""')  # it is not read out: the word says the same
        assert badge.inner_text().strip()
