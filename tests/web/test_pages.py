"""What stands in the pages, whatever reads them."""

from __future__ import annotations

import re
import time
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import pytest

from sphinxcontrib_soup.extension import markup
from sphinxcontrib_soup.extension.html import STATIC
from sphinxcontrib_soup.kinds import KINDS
from sphinxcontrib_soup.model import Location, Place, Tone, cell
from tests.web import pages

if TYPE_CHECKING:
    from tests.web.conftest import Build

OURS = {"soup-item", "soup-table-wrap", "soup-empty", "soup-note"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Reader(HTMLParser):
    """Reads a page: its elements with their attributes, its texts, and whether every element is closed in its turn.

    `ours` are the elements of blocks and tables, `cells` the texts of table cells.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ours: list[tuple[str, dict[str, str]]] = []
        self.within = 0
        self.cells: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = (tag, {name: value or "" for name, value in attrs})
        self.tags.append(found)
        if self.within or OURS & set(found[1].get("class", "").split()):
            self.ours.append(found)
            self.within += tag not in VOID
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag
            self.within -= bool(self.within)

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        return [found for name, found in self.tags if name == tag and attributes.items() <= found.items()]


def read(path: Path) -> Reader:
    return Reader(path.read_text(encoding="utf-8"))


def test_a_table_holds_every_cell_in_order(build: Build) -> None:
    table = read(build() / "matrix.html")
    assert len(table.all("th", scope="col")) == 8
    assert len(table.all("th", scope="row")) == 30
    rows = [table.cells[start : start + 8] for start in range(8, len(table.cells), 8)]
    assert rows[0] == [
        "REQ_1 Basal rate is limited",
        "SYS_2",
        "C",
        "TC_1",
        "passed test_rounding_1[chromium] tests/unit/dose/calculation/test_rounding_1.py:1\n"
        "passed test_limits_1 tests/unit/dose/calculation/test_rounding_1.py:1",
        "passed",
        "low",
        "docs/requirements.rst:1",
    ]
    assert rows[6][0] == "REQ_7 Basal rate is limited gap"
    assert rows[6][3:6] == ["", "", "untested"]


def test_only_gaps_are_marked_as_gaps(build: Build) -> None:
    table = read(build() / "matrix.html")
    gaps = [row.gap for row in pages.TABLES["matrix"].rows]
    assert [found.get("class") == "soup-gap" for found in table.all("tr")[1:]] == gaps
    assert sum(gaps) == 7


def test_an_item_links_where_the_page_of_the_other_is_known(build: Build) -> None:
    text = (build() / "index.html").read_text(encoding="utf-8")
    assert 'href="other.html#SYS_1">SYS_1</a>, <a href="other.html#SYS_2">SYS_2</a>' in text
    assert ", NOWHERE</dd>" in text


def test_an_item_shows_what_it_says_of_itself(build: Build) -> None:
    page = read(build() / "index.html")
    assert page.all("article", id="REQ_2", **{"class": "soup-item soup-kind-requirement"})
    assert page.all("a", href="#REQ_2", **{"class": "soup-id"})
    assert page.all("svg", color="#1f5fbf")
    for said in ("Interview 12 with diabetologists", pages.RATIONALE, "0.05 U for small pumps,", "failed"):
        assert said in page.text


def test_labels_before_an_item_and_a_table_lead_there(build: Build) -> None:
    page = read(build() / "index.html")
    assert page.all("span", id="limit")
    assert page.all("table", id="few-rows")
    assert page.all("a", href="#few-rows", **{"class": "headerlink"})


def test_an_item_in_an_item_keeps_both_statements(build: Build) -> None:
    page = read(build() / "nested.html")
    levels = [found["aria-level"] for found in page.all("div", role="heading")]
    assert levels == ["2", "3"]
    assert page.text.index("Before the inner one.") < page.text.index("Within.") < page.text.index("After the inner")


def test_an_empty_table_says_so(build: Build) -> None:
    text = (build() / "index.html").read_text(encoding="utf-8")
    assert '<span id="no-rows"></span><p class="soup-empty">No risk is declared.</p>' in text


def test_hostile_texts_are_only_texts(build: Build) -> None:
    page = read(build() / "hostile.html")
    assert "script" not in {tag for tag, _ in page.ours}
    assert page.text.count(pages.HOSTILE) >= 9 * 4
    assert page.cells[3].count("x") == 300
    assert page.all("div", **{"aria-label": pages.HOSTILE})


def test_nothing_inline_that_a_content_security_policy_forbids(build: Build) -> None:
    for name in ("index", "matrix", "hostile"):
        ours = read(build() / f"{name}.html").ours
        assert len(ours) > 50
        assert not [tag for tag, found in ours if "style" in found or any(key.startswith("on") for key in found)]
        assert not {"script", "style"} & {tag for tag, _ in ours}


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_links_between_items_resolve_in_every_builder(build: Build, builder: str) -> None:
    folder = build(builder=builder)
    found_pages = {path.as_uri(): read(path) for path in folder.rglob("*.html")}
    ids = {uri: {found["id"] for _, found in page.tags if "id" in found} for uri, page in found_pages.items()}
    followed = 0
    for uri, page in found_pages.items():
        for tag, found in page.ours:
            if tag != "a" or "class" in found:  # those of the theme, and the ID of an item at its head
                continue
            target, anchor = urldefrag(urljoin(uri, found["href"]))
            target = target + "index.html" if target.endswith("/") else target
            assert target in ids
            assert builder != "singlehtml" or found["href"].startswith("#")
            assert anchor in ids[target] or anchor not in {"REQ_1", "REQ_2"}
            followed += 1
    assert followed > 20


def test_a_project_replaces_the_template_of_an_item(build: Build, tmp_path: Path) -> None:
    template = tmp_path / "soup" / "item.html.jinja"
    template.parent.mkdir()
    template.write_text("<section id='{{ block.anchor }}'>{{ block.title }}: {{ statement }}</section>\n")
    text = (build(templates_path=str(tmp_path)) / "hostile.html").read_text(encoding="utf-8")
    assert "<section id='HOSTILE'>&lt;script&gt;alert(1)" in text
    assert "<p>A harmless statement.</p>" in text


def test_every_tone_has_a_sign_of_its_own() -> None:
    styles = (STATIC / "soup.css").read_text(encoding="utf-8")
    signs = dict(re.findall(r'\.soup-(\w+)::before \{.*content: "(.)[^"]*" / "";', styles))
    assert signs.keys() == {*Tone, "flag"}
    assert len(set(signs.values())) == len(signs)


def test_the_style_sheet_knows_every_share_of_the_width(build: Build) -> None:
    styles = (STATIC / "soup.css").read_text(encoding="utf-8")
    heads = read(build() / "matrix.html").all("th", scope="col")
    assert [head["class"] for head in heads] == [
        "soup-w3",
        *["soup-w1"] * 3,
        "soup-w4",
        "soup-w1",
        "soup-w1",
        "soup-w2",
    ]
    for share in range(1, markup.WIDEST + 1):
        assert f".soup-w{share} {{ --soup-share: {share}; }}" in styles


def test_files_stay_small() -> None:
    for name in ("soup.css", "soup.js", "soup-chain.js", "soup-hover.js"):
        assert len(zlib.compress((STATIC / name).read_bytes())) < 9 * 1024


@pytest.mark.parametrize(
    ("text", "markup_of_it"),
    [
        ("a short_text.py", "a short_text.py"),
        ("a long text with and/or in it, whose words are short", None),
        ("tests.unit.test_dose::test_meal_part", "tests.unit<wbr>.test_dose::<wbr>test_meal_part"),
        ("<" * 31, "&lt;" * 30 + "<wbr>&lt;"),
        ("é" * 61, "é" * 30 + "<wbr>" + "é" * 30 + "<wbr>é"),
        ("on 2026-10-26, and 2026-07-20", "on <time>2026-10-26</time>, and <time>2026-07-20</time>"),
        ("1.2026-10-26 and 12026-10-26-3", "1.<time>2026-10-26</time> and 12026-10-26-3"),
    ],
)
def test_only_long_words_may_break_and_no_date(text: str, markup_of_it: str | None) -> None:
    assert markup.cell_markup(cell(text), {}) == (markup_of_it or text)


@pytest.mark.parametrize(
    ("text", "markup_of_it"),
    [
        (
            "see https://a.test/b?c=d&e (or http://f.test).",
            'see <a class="reference external" href="https://a.test/b?c=d&amp;e">https://a.test/b?c=d&amp;e</a> '
            '(or <a class="reference external" href="http://f.test">http://f.test</a>).',
        ),
        ("javascript://a.test", "javascript://a.test"),
        ("https://", "https://"),
        (
            'https://a.test/"><script>',
            '<a class="reference external" href="https://a.test/">https://a.test/</a>&quot;&gt;&lt;script&gt;',
        ),
    ],
)
def test_an_address_is_a_link_and_nothing_else_is(text: str, markup_of_it: str) -> None:
    assert markup.cell_markup(cell(text), {}) == markup_of_it


def test_the_name_of_a_file_may_break_between_its_parts() -> None:
    place = Place(Location("tests/unit/calculation/test_dose.py", 12))
    made = markup.cell_markup(cell(place), {})
    assert made == '<code class="soup-place">tests/unit/<wbr>calculation/<wbr>test_dose.py:12</code>'


def test_five_thousand_rows_are_drawn_in_well_under_a_second() -> None:
    table = pages.TABLES["huge"]
    start = time.process_time()
    rows = markup.drawn_rows(table, {f"REQ_{number}": f"#REQ_{number}" for number in range(5000)}, {})
    text = markup.table_rest(table, rows, "huge")
    assert time.process_time() - start < 1
    assert text.count("<tr") == 5001
    assert len(re.findall(r"<\w", text)) < 24 * 5000  # elements are what a browser spends its time on


def test_kinds_make_class_names() -> None:
    assert all(kind.name.replace("-", "").isalnum() for kind in KINDS)
