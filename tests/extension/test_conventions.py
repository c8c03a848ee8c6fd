"""What users of sphinx-needs know stays: roles, parts, filters, extended items, needs.json, other builders."""

from __future__ import annotations

import json
import re

import pytest
from sphinx.util.inventory import InventoryFile

from tests.project import Project

PAGES = {
    "index.rst": """
        Index
        =====

        See :need:`REQ_1` and :need:`the first part <REQ_1.a>`.

        .. needlist::
           :filter: type == "requirement" and category == "functional"

        .. needtable::
           :columns: id, derives_from, derives_from_back, severity
           :style: table

        .. toctree::

           items
        """,
    "items.rst": """
        Items
        =====

        .. system-requirement:: Above
           :id: SYS_1
           :source: a

        .. requirement:: First
           :id: REQ_1
           :category: functional
           :derives_from: SYS_1
           :tags: dose, core
           :status: approved

           It has :need_part:`(a) a part` and *markup*.

           .. code-block:: python

              answer = 42

           .. requirement:: Nested
              :id: REQ_2
              :derives_from: REQ_1

              Inside.

        .. needextend:: REQ_2
           :category: performance

        .. risk:: Worst
           :id: RISK_1
           :severity: critical
        """,
}


@pytest.fixture
def written(project: Project) -> Project:
    project.conf("needs_build_json = True\nneeds_flow_engine = 'graphviz'\nextensions += ['sphinx.ext.graphviz']")
    for path, text in PAGES.items():
        project.write(path, text)
    return project


def test_roles_parts_lists_and_tables_of_sphinx_needs_work_on_our_items(written: Project) -> None:
    run = written.build()
    index, items = run.page(), run.page("items")
    assert 'href="items.html#REQ_1"' in index
    assert 'href="items.html#REQ_1.a"' in index
    assert 'id="REQ_1.a"' in items
    assert re.search(r'id="REQ_1"', items)
    assert items.count("<article") == 4
    outer = items.index('id="REQ_1"')
    assert outer < items.index('id="REQ_2"') < items.index("</article>", outer)
    table = index[index.index("<table") :]
    assert "REQ_1" in table
    assert "critical" in table
    assert not [said for said in run.said if said[0].startswith("needs")]


def test_an_extended_item_is_what_the_trace_sees(written: Project) -> None:
    trace = written.build("soup-check").built.trace
    assert trace.items["REQ_2"].fields["category"] == "performance"
    assert trace.items["REQ_1"].fields["tags"] == ("dose", "core")
    assert trace.items["REQ_1"].fields["status"] == "approved"


def test_a_value_that_an_extension_gives_is_judged_like_one_that_is_written(written: Project) -> None:
    written.write("items.rst", PAGES["items.rst"].replace(":category: performance", ":category: funny"))
    run = written.build("soup-check")
    assert "category" not in run.built.trace.items["REQ_2"].fields
    assert any("REQ_2" in message and "category is 'funny'" in message for message in run.finding("item-rejected"))


def test_needs_json_holds_our_fields_and_the_verdict(written: Project) -> None:
    run = written.build()
    stored = json.loads((run.output / "needs.json").read_text())
    (version,) = stored["versions"].values()
    assert version["needs"]["REQ_1"]["category"] == "functional"
    assert version["needs"]["REQ_1"]["verdict"] == "untested"
    assert version["needs"]["REQ_1"]["derives_from"] == ["SYS_1"]


def test_a_flow_chart_of_sphinx_needs_shows_our_items(written: Project) -> None:
    written.write(
        "index.rst", PAGES["index.rst"] + "\n        .. needflow::\n           :filter: type == 'requirement'\n"
    )
    run = written.build()
    assert "graphviz" in run.page()
    assert not [said for said in run.said if said[0].startswith("needs")]


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text", "epub", "xml", "man", "texinfo"])
def test_other_builders_show_items_and_tables_too(written: Project, builder: str) -> None:
    written.write("index.rst", PAGES["index.rst"] + "\n        .. traceability-matrix::\n\n        .. risk-table::\n")
    run = written.build(builder, epub_show_urls="no")
    assert not re.search("Traceback|unknown node|Unknown node|NotImplemented", run.warnings), run.warnings
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in run.output.rglob("*")
        if path.suffix in (".html", ".xhtml", ".tex", ".txt", ".xml", ".1", ".texi")
    )
    plain = re.sub(r"\\-|\\|@|\{\}", "", shown)
    title = [] if builder == "man" else ["Traceability matrix"]  # man pages take a table's title for their own
    for text in ("First", "SYS_1", "untested", "Nested", "critical", *title):
        assert text in plain, text


def test_in_one_long_page_links_lead_to_items(written: Project) -> None:
    page = written.build("singlehtml").page()
    assert 'href="#SYS_1"' in page
    assert 'id="SYS_1"' in page


def test_the_search_of_the_pages_and_other_projects_find_items(written: Project) -> None:
    run = written.build()
    index = (run.output / "searchindex.js").read_text()
    assert '"REQ_1 First"' in index
    inventory = InventoryFile.loads((run.output / "objects.inv").read_bytes(), uri="")
    item = inventory.data["soup:item"]["REQ_1"]
    assert (item.uri, item.display_name) == ("items.html#REQ_1", "REQ_1 First")


def test_links_to_a_hidden_item_lead_to_where_it_is_written(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Dossier
        =======

        .. requirement:: Hidden
           :id: REQ_1
           :hide:

        .. requirement:: Hidden, too
           :id: REQ_2
           :hide:

        .. requirement:: Shown
           :id: REQ_3
           :derives_from: REQ_1, REQ_2
        """,
    )
    page = project.build().page()
    for id_ in ("REQ_1", "REQ_2", "REQ_3"):
        assert page.count(f' id="{id_}"') == 1
    assert 'href="#REQ_1"' in page
    assert "Hidden, too" not in page


def test_what_is_said_of_an_item_of_another_project_stands_at_its_address(project: Project) -> None:
    need = {"id": "RISK_1", "type": "risk", "title": "Overdose", "severity": "dire", "docname": "index"}
    stored = {"current_version": "1", "versions": {"1": {"needs": {"RISK_1": need}}}}
    project.write("theirs.json", json.dumps(stored))
    project.write("index.rst", "Dossier\n=======\n")
    project.conf('needs_external_needs = [{"base_url": "https://example.org", "json_path": "theirs.json"}]')
    run = project.build()
    assert "https://example.org/index.html#RISK_1:1: ERROR: risk RISK_1 is taken only in part" in run.warnings
