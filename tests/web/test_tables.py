"""Long tables: their parts, what is looked for over all of them, columns, files, addresses, and the chain of a row."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.project import Project, Run
from tests.web.conftest import served_strictly

if TYPE_CHECKING:
    from tests.web.conftest import Visit

REQUIREMENTS = 60
SCRIPT = "text/javascript"
SETTINGS = """
soup_evidence = ["results.xml"]
soup_rows_per_page = 20
html_theme_options = {"page_width": "100%", "nosidebar": "true"}  # the search box of the theme has a script inline
"""
RISKS = """
    Risks
    =====

    .. hazard:: Too much insulin
       :id: HAZ_1

    .. risk:: Doses add up
       :id: RISK_1
       :arises_from: HAZ_1
       :severity: critical
       :probability: remote

    .. mitigation:: Doses are counted
       :id: RCM_1
       :controls: RISK_1
       :implemented_by: REQ_7

    .. risk-table::
    """


def requirement(number: int) -> str:
    return f"""
.. requirement:: Dose & <step> {number}
   :id: REQ_{number}
   :derives_from: SYS_{number % 2 + 1}

   The dose is rounded.

.. test:: Case {number}
   :id: TC_{number}
   :verifies: REQ_{number}

   Round it.
"""


def result(number: int) -> str:
    failure = '<failure message="no"/>' if number % 7 == 0 else ""
    verified = f'<properties><property name="verifies" value="TC_{number}"/></properties>'
    return f'<testcase classname="tests" name="test_{number}">{verified}{failure}</testcase>'


def write(project: Project, *, options: str = "", count: int = REQUIREMENTS) -> None:
    project.conf(SETTINGS)
    half = count // 2
    for name, numbers in {"first": range(1, half + 1), "second": range(half + 1, count + 1)}.items():
        title = f"The {name} half"
        text = "".join(requirement(number) for number in numbers)
        project.write(f"parts/{name}.rst", f"{title}\n{'=' * len(title)}\n{text}")
    system = "".join(f".. system-requirement:: Safe {one}\n   :id: SYS_{one}\n\n" for one in (1, 2))
    tree = ".. toctree::\n\n   reports/matrix\n   parts/first\n   parts/second\n   risks\n"
    project.write("index.rst", f"Pump\n====\n\n{tree}\n{system}")
    project.write("risks.rst", RISKS)
    view = f".. traceability-matrix:: All <requirements>\n   :chain: requirement <-verifies\n{options}"
    project.write("reports/matrix.rst", f"Matrix & more\n=============\n\n{view}\n")
    results = "".join(result(number) for number in range(1, count + 1) if number % 10)
    project.write("results.xml", f'<testsuite name="unit">{results}</testsuite>')


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The pages of a small dossier, built once for each builder and theme."""
    project = Project(tmp_path_factory.mktemp("dossier"))
    write(project)
    made: dict[tuple[str, str], Path] = {}

    def pages(builder: str = "html", theme: str = "alabaster") -> Path:
        if (builder, theme) not in made:
            settings = {} if theme == "alabaster" else {"html_theme_options": {}}
            run = project.build(builder, html_theme=theme, **settings)
            made[builder, theme] = shutil.copytree(run.output, project.folder.parent / f"{builder}-{theme}")
        return made[builder, theme]

    return pages


@pytest.fixture
def matrix(dossier: Callable[..., Path], visit: Visit) -> Callable[..., Page]:
    def opened(page: str = "reports/matrix.html", said: str = "", theme: str = "alabaster", **settings: object) -> Page:
        return visit("", url=(dossier(theme=theme) / page).as_uri() + said, **settings)

    return opened


def rows(page: Page) -> Locator:
    return page.locator("table.soup-table tbody tr:not(.soup-chain)").filter(visible=True)


def ids(page: Page) -> list[str]:
    return [text.split()[0] for text in rows(page).locator("th").all_inner_texts()]


def count(page: Page) -> Locator:
    return page.locator(".soup-count")


def search(page: Page) -> Locator:
    return page.locator(".soup-tools").get_by_role("searchbox", name="Search")


def parts_of(run: Run) -> list[str]:
    return sorted(path.name for path in (run.output / "reports").iterdir())


# --- parts ----------------------------------------------------------------------------------------------------------


def test_a_long_table_has_parts_that_can_be_read_without_javascript(matrix: Callable[..., Page]) -> None:
    page = matrix(java_script_enabled=False)
    seen = []
    for number in range(1, 4):
        expect(page.locator(".soup-parts li")).to_have_text(["REQ_1 – REQ_20", "REQ_21 – REQ_40", "REQ_41 – REQ_60"])
        expect(page.locator(".soup-parts [aria-current=page]")).to_have_count(1)
        seen += ids(page)
        if number < 3:
            page.locator(".soup-next a").click()
            assert page.url.endswith(f"reports/matrix.traceability-matrix.{number + 1}.html")
            said = f"Part {number + 1} of 3 of Matrix & more: rows {20 * number + 1} to {20 * number + 20} of 60."
            expect(page.get_by_text(said)).to_be_visible()
            expect(page).to_have_title(re.compile(rf"Matrix & more \({number + 1}/3\)"))
    assert seen == [f"REQ_{number}" for number in range(1, REQUIREMENTS + 1)]
    expect(page.locator(".soup-next")).to_have_count(0)
    page.locator("#traceability-matrix\\.REQ_41 th a").click()
    expect(page.locator("#REQ_41")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["furo", "sphinx_rtd_theme", "pydata_sphinx_theme"])
def test_parts_are_pages_of_every_theme(matrix: Callable[..., Page], theme: str) -> None:
    page = matrix("reports/matrix.traceability-matrix.2.html", theme=theme)
    expect(rows(page)).to_have_count(20)
    search(page).fill("REQ_3")
    expect(count(page)).to_have_text("11 of 60 rows")


def test_links_of_parts_resolve_where_pages_are_folders(dossier: Callable[..., Path], visit: Visit) -> None:
    folder = dossier("dirhtml")
    page = visit("", url=(folder / "reports/matrix.traceability-matrix.2/index.html").as_uri())
    search(page).fill("REQ_1")
    expect(count(page)).to_have_text("11 of 60 rows")
    link = rows(page).first.locator("th a").evaluate("link => link.href")
    assert link == f"{(folder / 'parts/first').as_uri()}/#REQ_1"
    parts = page.locator(".soup-parts a").evaluate_all("links => links.map((link) => link.href)")
    assert all((folder / part.removeprefix(f"{folder.as_uri()}/") / "index.html").is_file() for part in parts)


def test_parts_of_the_first_page_resolve_where_pages_are_folders(project: Project, visit: Visit) -> None:
    """That page alone is a file at the top, and its parts lie one folder below."""
    write(project)
    index = (project.folder / "index.rst").read_text()
    project.write("index.rst", f"{index}\n.. traceability-matrix::\n   :name: all\n")
    output = project.build("dirhtml", soup_rows_per_page=1).output
    for page in ("index.html", "index.all.2/index.html"):
        opened = visit("", url=(output / page).as_uri())
        search(opened).fill("REQ_9")
        expect(count(opened)).to_have_text("1 of 60 rows")
        assert rows(opened).locator("a").evaluate_all("links => links.map((link) => link.href)")[:2] == [
            f"{output.as_uri()}/index.html#SYS_2" if page == "index.html" else f"{output.as_uri()}/#SYS_2",
            f"{(output / 'parts/first').as_uri()}/#REQ_9",
        ]
        rows(opened).get_by_role("button").click()
        assert opened.locator(".soup-steps a").last.evaluate("link => link.hash") == "#TC_9"


def test_a_view_is_split_by_documents_or_not_at_all(project: Project) -> None:
    write(project, options="   :split: document\n")
    by_document = project.build()
    assert re.findall(r"<li><[ab] [^>]*>(.*?)</[ab]></li>", by_document.page("reports/matrix"))[:4] == [
        "The first half (1)",
        "The first half (2)",
        "The second half (1)",
        "The second half (2)",
    ]
    write(project, options="   :split: no\n")
    whole = project.build(fresh=False)
    assert whole.page("reports/matrix").count("<tr") == REQUIREMENTS + 1
    assert parts_of(whole) == ["matrix.html"]
    write(project, options="   :split: 25\n")
    by_size = project.build(fresh=False)
    assert by_size.page("reports/matrix").count("<tr") == 20 + 1  # parts of one size
    assert len(parts_of(by_size)) == 4


@pytest.mark.parametrize("value", ["0", "-1", "documents", "2.5"])
def test_a_wrong_split_is_a_finding(project: Project, value: str) -> None:
    write(project, options=f"   :split: {value}\n")
    assert f"option 'split': '{value}' is none of 'document', 'no', and a number of rows" in str(
        project.build().built.judgement.findings
    )


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_other_builders_show_a_table_whole(project: Project, builder: str) -> None:
    write(project)
    output = project.build(builder).output
    names = [path.name for path in output.rglob("*")]
    assert not [name for name in names if "traceability-matrix" in name or name == "soup-chains.js"]


def test_parts_that_are_gone_are_deleted_and_stale_ones_written_again(project: Project, tmp_path: Path) -> None:
    write(project)
    first = project.build(jobs=2)
    assert parts_of(first) == [
        "matrix.html",
        "matrix.traceability-matrix.2.html",
        "matrix.traceability-matrix.3.html",
        "matrix.traceability-matrix.js",
    ]
    results = (project.folder / "results.xml").read_text()
    project.write("results.xml", results.replace('name="test_45">', 'name="test_45"><failure message="worse"/>'))
    project.build(fresh=False)
    pages = {path.name: path.read_bytes() for path in (first.output / "reports").iterdir()}
    assert b'class="soup-bad">failed</b> tests::test_45' in pages["matrix.traceability-matrix.3.html"]
    shutil.rmtree(first.output)
    fresh = project.build()
    assert pages == {path.name: path.read_bytes() for path in (fresh.output / "reports").iterdir()}
    write(project, count=24)
    project.build(fresh=False)
    assert parts_of(fresh) == ["matrix.html", "matrix.traceability-matrix.2.html", "matrix.traceability-matrix.js"]
    write(project, count=20)
    project.build(fresh=False)
    assert parts_of(fresh) == ["matrix.html"]


# --- over all parts --------------------------------------------------------------------------------------------------


def test_search_filter_and_sort_look_at_the_rows_of_all_parts(matrix: Callable[..., Page]) -> None:
    page = matrix("reports/matrix.traceability-matrix.2.html")
    expect(count(page)).to_have_text("rows 21 to 40 of 60")
    page.get_by_label("gaps only").check()
    expect(count(page)).to_have_text("14 of 60 rows")
    assert ids(page)[:3] == ["REQ_7", "REQ_10", "REQ_14"]
    page.get_by_label("gaps only").uncheck()
    page.locator(".soup-sort").first.click(click_count=2)
    assert ids(page) == [f"REQ_{number}" for number in range(60, 0, -1)]
    page.locator(".soup-sort").first.click()
    assert ids(page) == [f"REQ_{number}" for number in range(1, 61)]
    search(page).fill("& <STEP> 58")
    assert ids(page) == ["REQ_58"]
    expect(rows(page).locator("th")).to_contain_text("Dose & <step> 58")
    rows(page).locator("th a").click()
    expect(page.locator("#REQ_58")).to_be_in_viewport()


def test_rows_of_other_parts_are_not_printed(matrix: Callable[..., Page]) -> None:
    page = matrix("reports/matrix.traceability-matrix.2.html")
    search(page).fill("REQ_5")
    expect(count(page)).to_have_text("11 of 60 rows")
    page.emulate_media(media="print")
    assert sorted(ids(page)) == [f"REQ_{number}" for number in range(21, 41)]


def test_a_part_says_so_where_the_others_cannot_be_read(matrix: Callable[..., Page]) -> None:
    page = matrix()
    page.route("**/matrix.traceability-matrix.js*", lambda route: route.fulfill(body="", content_type=SCRIPT))
    page.reload()
    page.get_by_label("gaps only").check()
    expect(count(page)).to_have_text("4 of 20 rows of this part; the others could not be read")


def test_columns_are_filtered_by_words_or_by_choosing(matrix: Callable[..., Page]) -> None:
    page = matrix()
    page.get_by_role("button", name="Filter columns").click()
    verdict = page.get_by_label("Filter Verdict")
    assert verdict.locator("option").all_inner_texts() == ["all", "failed", "untested", "passed"]
    verdict.select_option("failed")
    expect(count(page)).to_have_text("8 of 60 rows")
    page.get_by_label("Filter Requirement").fill("req_4 step")
    expect(count(page)).to_have_text("2 of 60 rows")
    assert ids(page) == ["REQ_42", "REQ_49"]
    page.get_by_role("button", name="Filter columns").click()
    expect(count(page)).to_have_text("60 rows")
    expect(verdict).to_be_hidden()


# --- groups over parts -----------------------------------------------------------------------------------------------

BY_NEED = """
   :group: derives_from
   :sort: derives_from
"""


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The matrix in groups of 30 rows and in parts of 20."""
    project = Project(tmp_path_factory.mktemp("grouped"))
    write(project, options=BY_NEED.lstrip("\n"))
    matrix = (project.folder / "reports/matrix.rst").read_text()
    chain = ":chain: requirement derives_from\n   :columns: requirement, verdict"
    project.write("reports/matrix.rst", matrix.replace(":chain: requirement <-verifies", chain))
    return project.build().output


@pytest.fixture
def by_need(grouped: Path, visit: Visit) -> Callable[..., Page]:
    def opened(number: int = 1, said: str = "", **settings: object) -> Page:
        name = f"matrix.traceability-matrix.{number}.html" if number > 1 else "matrix.html"
        return visit("", url=(grouped / "reports" / name).as_uri() + said, **settings)

    return opened


def labels(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".soup-group").filter(visible=True).all_inner_texts()]


def below(page: Page) -> list[str]:
    """The IDs that rows and labels begin with, in the order in which they stand."""
    return [text.split()[0] for text in rows(page).locator("th span, th[scope=row]").all_inner_texts()]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_part_begins_with_the_label_of_the_group_that_goes_on(by_need: Callable[..., Page], scripts: bool) -> None:
    first, second = (
        "System requirement SYS_1 Safe 1 30 rows, 30 gaps",
        "System requirement SYS_2 Safe 2 30 rows, 30 gaps",
    )
    for number, expected in enumerate([[first], [first], [second], [second]], 1):
        page = by_need(number, java_script_enabled=scripts)
        assert [" ".join(text.split()) for text in page.locator(".soup-group").all_inner_texts()] == expected
        assert page.locator("tbody tr").first.get_attribute("class") == "soup-group"
    expect(page.locator(".soup-parts li")).to_have_text(
        ["SYS_1: REQ_2 – REQ_40", "SYS_1: REQ_42 – REQ_60", "SYS_2: REQ_1 – REQ_39", "SYS_2: REQ_41 – REQ_59"]
    )


def test_groups_are_whole_where_rows_of_all_parts_are_shown(by_need: Callable[..., Page]) -> None:
    page = by_need(3)
    search(page).fill("REQ_42")
    assert (labels(page), ids(page)[1:]) == (["System requirement SYS_1 Safe 1 1 of 30 rows, 30 gaps"], ["REQ_42"])
    search(page).fill("req_5")
    assert below(page) == [
        *("SYS_1", "REQ_50", "REQ_52", "REQ_54", "REQ_56", "REQ_58"),
        *("SYS_2", "REQ_5", "REQ_51", "REQ_53", "REQ_55", "REQ_57", "REQ_59"),
    ]
    search(page).fill("sys_2")
    assert labels(page) == ["System requirement SYS_2 Safe 2 30 rows, 30 gaps"]
    page.locator(".soup-sort").first.click(click_count=2)
    search(page).fill("")
    odd, even = range(59, 0, -2), range(60, 0, -2)
    assert below(page) == ["SYS_1", *(f"REQ_{one}" for one in even), "SYS_2", *(f"REQ_{one}" for one in odd)]
    link = page.locator(".soup-group").first.get_by_role("link")
    assert link.evaluate("link => link.href").endswith("/index.html#SYS_1")
    page.locator(".soup-sort").first.click()
    assert below(page)[:3] == ["SYS_1", "REQ_2", "REQ_4"]
    page.emulate_media(media="print")
    assert labels(page) == ["System requirement SYS_2 Safe 2 30 rows, 30 gaps"]
    assert len(ids(page)) == 1 + 20


def test_groups_that_are_in_several_documents_are_whole_where_all_is_shown(project: Project, visit: Visit) -> None:
    write(project, options="   :split: document\n   :group: verdict\n   :sort: -verdict\n")
    run = project.build()
    for number, page in enumerate(path for path in parts_of(run) if path.endswith(".html")):
        opened = visit("", url=(run.output / "reports" / page).as_uri())
        search(opened).fill("req_")
        assert [label.split()[1:4] for label in labels(opened)] == [
            ["passed", "46", "rows"],
            ["untested", "6", "rows,"],
            ["failed", "8", "rows,"],
        ], (number, page)
        assert len(ids(opened)) == 60 + 3


def test_an_address_leads_to_a_label_wherever_it_stands(by_need: Callable[..., Page]) -> None:
    page = by_need(said="#traceability-matrix.SYS_1")
    expect(page.locator("#traceability-matrix\\.SYS_1:target")).to_be_in_viewport()
    elsewhere = by_need(said="#traceability-matrix.SYS_2")
    expect(count(elsewhere)).to_have_text("30 of 60 rows")
    assert below(elsewhere)[:3] == ["SYS_2", "REQ_1", "REQ_3"]


def test_a_file_has_the_label_of_each_row_in_a_column(by_need: Callable[..., Page]) -> None:
    page = by_need(4)
    search(page).fill("req_6")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    lines = list(csv.reader(Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert lines == [
        ["System requirement", "Requirement", "Verdict", "Gap"],
        ["SYS_1 Safe 1", "REQ_6 Dose & <step> 6", "failed", "yes"],
        ["SYS_1 Safe 1", "REQ_60 Dose & <step> 60", "failed", "yes"],
    ]


def test_a_row_in_a_group_opens_its_chain_below_it(by_need: Callable[..., Page]) -> None:
    page = by_need(2)
    search(page).fill("REQ_7 ")
    page.get_by_role("button", name="Chain of REQ_7").click()
    expect(page.locator(".soup-chain .soup-steps")).to_contain_text("failed tests::test_7 results.xml:1")
    expect(page.locator("tr.soup-foreign:not(.soup-group) + .soup-chain")).to_have_count(1)
    search(page).fill("REQ_8 ")
    expect(page.locator(".soup-chain")).to_have_count(0)


def test_groups_work_under_a_strict_content_security_policy(grouped: Path, visit: Visit) -> None:
    with served_strictly(grouped) as address:
        page = visit("", url=f"{address}/reports/matrix.html")
        page.get_by_label("gaps only").check()
        assert len(labels(page)) == 2


# --- addresses -------------------------------------------------------------------------------------------------------


def test_an_address_holds_what_is_shown(matrix: Callable[..., Page]) -> None:
    page = matrix()
    page.get_by_role("button", name="Filter columns").click()
    page.get_by_label("Filter Verdict").select_option("failed")
    search(page).fill("100% & step")
    search(page).fill("<step>")
    page.locator(".soup-sort").first.click(click_count=2)
    page.locator(".soup-menu summary").click()
    page.get_by_role("group", name="Columns").get_by_label("Executions").uncheck()
    shown = ids(page)
    assert len(shown) == 8
    said = "#" + page.url.partition("#")[2]
    again = matrix(said=said)
    expect(count(again)).to_have_text("8 of 60 rows")
    assert ids(again) == shown
    expect(search(again)).to_have_value("<step>")
    expect(again.get_by_label("Filter Verdict")).to_have_value("failed")
    expect(again.locator("th[data-column=executions]")).to_be_hidden()
    search(again).fill("")
    again.get_by_role("button", name="Filter columns").click()
    again.locator("th[data-column=requirement] .soup-sort").click()
    again.locator(".soup-menu summary").click()
    again.get_by_role("group", name="Columns").get_by_label("Executions").check()
    assert "#" not in again.url


@pytest.mark.parametrize("said", ["#traceability-matrix?nonsense=1&sort=x&hide=y", "#%E0%A4%A?search=1", "#x?%", "#?"])
def test_an_address_that_says_nothing_shows_everything(matrix: Callable[..., Page], said: str) -> None:
    page = matrix(said=said)
    expect(count(page)).to_have_text("rows 1 to 20 of 60")


def test_an_address_leads_to_a_row_wherever_it_stands(matrix: Callable[..., Page]) -> None:
    page = matrix(said="#traceability-matrix.REQ_12")
    expect(page.locator("#traceability-matrix\\.REQ_12:target")).to_be_in_viewport()
    expect(count(page)).to_have_text("rows 1 to 20 of 60")
    elsewhere = matrix(said="#traceability-matrix.REQ_55")
    expect(count(elsewhere)).to_have_text("1 of 60 rows")
    assert ids(elsewhere) == ["REQ_55"]


# --- columns, files, chains ------------------------------------------------------------------------------------------


def test_columns_are_chosen_from_the_keyboard(matrix: Callable[..., Page]) -> None:
    page = matrix()
    page.locator(".soup-menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("thead th[data-column=verified_by]")).to_be_hidden()
    expect(rows(page).first.locator("> *").filter(visible=True)).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".soup-menu summary")).to_be_focused()
    expect(page.get_by_role("group", name="Columns")).to_be_hidden()


def test_a_csv_file_has_all_rows_that_fit_in_the_chosen_columns(matrix: Callable[..., Page]) -> None:
    page = matrix()
    page.locator(".soup-menu summary").click()
    page.get_by_role("group", name="Columns").get_by_label("Executions").uncheck()
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    assert saved.value.suggested_filename == "traceability-matrix.csv"
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert lines[0] == ["Requirement", "Test", "Verdict", "Gap"]
    assert len(lines) == REQUIREMENTS + 1
    assert lines[7] == ["REQ_7 Dose & <step> 7", "TC_7 Case 7", "failed", "yes"]
    assert lines[60] == ["REQ_60 Dose & <step> 60", "TC_60 Case 60", "untested", "yes"]


def test_rows_are_copied_for_other_programs(matrix: Callable[..., Page]) -> None:
    page = matrix(permissions=["clipboard-read", "clipboard-write"])
    search(page).fill("REQ_4")
    expect(count(page)).to_have_text("11 of 60 rows")
    page.get_by_role("button", name="Copy").click()
    expect(count(page)).to_have_text("11 rows copied")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t") == ["Requirement", "Test", "Executions", "Verdict", "Gap"]
    assert lines[1].split("\t")[:2] == ["REQ_4 Dose & <step> 4", "TC_4 Case 4"]
    assert len(lines) == 12


def test_a_row_opens_its_chain_from_need_to_execution(matrix: Callable[..., Page]) -> None:
    page = matrix("reports/matrix.traceability-matrix.2.html")
    search(page).fill("REQ_7 ")
    opener = rows(page).get_by_role("button", name="Chain of TC_7")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    chain = page.locator(".soup-chain .soup-steps")
    expect(chain.locator("a")).to_have_text(["SYS_2", "REQ_7", "TC_7", "HAZ_1", "RISK_1", "RCM_1", "REQ_7"])
    expect(chain.locator("[aria-current]").first).to_contain_text("TC_7 Case 7")
    expect(chain).to_contain_text("failed tests::test_7 results.xml:1")
    chain.get_by_role("link", name="REQ_7").first.click()
    expect(page.locator("#REQ_7")).to_be_in_viewport()


def test_a_risk_is_one_click_from_what_proves_its_mitigation(matrix: Callable[..., Page]) -> None:
    page = matrix("risks.html")
    page.get_by_role("button", name="Chain of RISK_1").click()
    chain = page.locator(".soup-chain")
    expect(chain.locator(".soup-steps a")).to_have_text(["HAZ_1", "RISK_1", "RCM_1", "REQ_7", "TC_7"])
    expect(chain).to_contain_text("failed tests::test_7 results.xml:1")
    link = chain.get_by_role("link", name="Link to this row").get_attribute("href")
    assert link is not None
    assert link.endswith("/risks.html#risk-table.RISK_1")
    page.get_by_role("button", name="Chain of RISK_1").click()
    expect(chain).to_have_count(0)


def test_a_chain_that_cannot_be_read_says_so(matrix: Callable[..., Page]) -> None:
    page = matrix("risks.html")
    page.route("**/soup-chains.js*", lambda route: route.fulfill(body="", content_type=SCRIPT))
    page.reload()
    page.get_by_role("button", name="Chain of RISK_1").click()
    expect(page.locator(".soup-within")).to_contain_text("The chains could not be read")


def test_all_of_it_works_under_a_strict_content_security_policy(dossier: Callable[..., Path], visit: Visit) -> None:
    with served_strictly(dossier()) as address:
        page = visit("", url=f"{address}/reports/matrix.html")
        page.get_by_label("gaps only").check()
        expect(count(page)).to_have_text("14 of 60 rows")
        page.locator(".soup-menu summary").click()
        page.get_by_role("group", name="Columns").get_by_label("Executions").uncheck()
        expect(page.locator("thead th[data-column=executions]")).to_be_hidden()
        rows(page).get_by_role("button").first.click()
        expect(page.locator(".soup-chain .soup-steps")).to_contain_text("failed tests::test_7 results.xml:1")
        with page.expect_download() as saved:
            page.get_by_role("button", name="CSV").click()
        assert len(Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()) == 15


def test_heads_and_first_column_stay_in_sight(matrix: Callable[..., Page]) -> None:
    page = matrix(viewport={"width": 1200, "height": 500})
    page.mouse.wheel(0, 900)
    expect(page.locator("thead th").first).to_be_in_viewport()
    wide = matrix("risks.html", viewport={"width": 600, "height": 500})
    wide.locator(".soup-table-wrap").evaluate("frame => { frame.scrollLeft = 500 }")
    wide.locator("tbody th").first.scroll_into_view_if_needed()
    assert wide.locator(".soup-table-wrap").evaluate("frame => frame.scrollLeft") == 500
    expect(wide.locator("tbody th").first).to_be_in_viewport()
    wide.get_by_role("button", name="Fill window").click()
    box = wide.locator(".soup-view").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 600, "height": 500}
    wide.keyboard.press("Escape")
    expect(wide.locator(".soup-full")).to_have_count(0)


# --- cards on links --------------------------------------------------------------------------------------------------


def card(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_a_link_to_an_item_tells_on_hover_what_it_leads_to(matrix: Callable[..., Page]) -> None:
    page = matrix()
    link = rows(page).nth(6).get_by_role("link", name="REQ_7")
    link.hover()
    expect(card(page)).to_contain_text("Requirement")
    expect(card(page)).to_contain_text("REQ_7 Dose & <step> 7")
    expect(card(page)).to_contain_text("failed")
    expect(card(page)).to_contain_text("verified by TC_7")
    expect(link).to_have_attribute("aria-describedby", "soup-card")
    card(page).hover()
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    page.mouse.move(1, 1)
    expect(card(page)).to_have_count(0)
    expect(link).not_to_have_attribute("aria-describedby", "soup-card")


def test_a_card_comes_with_the_focus_and_goes_with_escape(matrix: Callable[..., Page]) -> None:
    page = matrix()
    rows(page).nth(0).get_by_role("button").first.focus()
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("REQ_1 ")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("TC_1 ")


def test_a_card_stays_within_a_narrow_window(matrix: Callable[..., Page]) -> None:
    page = matrix("parts/second.html", viewport={"width": 360, "height": 600})
    link = page.get_by_role("link", name="SYS_2").last
    link.scroll_into_view_if_needed()
    link.hover()
    box = card(page).bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= 360
    assert 0 <= box["y"] < box["y"] + box["height"] <= 600


def test_other_links_have_no_card_and_read_nothing(matrix: Callable[..., Page]) -> None:
    page = matrix("parts/first.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("h1").hover()
    page.locator("h1 .headerlink").hover()
    page.wait_for_timeout(600)
    expect(card(page)).to_have_count(0)
    assert asked == []


def test_cards_work_under_a_strict_content_security_policy(dossier: Callable[..., Path], visit: Visit) -> None:
    with served_strictly(dossier()) as address:
        page = visit("", url=f"{address}/risks.html")
        page.get_by_role("link", name="REQ_7").first.hover()
        expect(card(page)).to_contain_text("REQ_7 Dose & <step> 7")
