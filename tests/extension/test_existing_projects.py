"""Projects that had needs before: they map types and links, and get views, rules and the law without a changed item."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.extension.law import differences
from tests.project import CONF, Project, Run

MAPPED = """
needs_build_json = True
needs_types = [
    {"directive": "feature", "title": "Feature", "prefix": "F_", "color": "#fff", "style": "node"},
    {"directive": "swreq", "title": "SW requirement", "prefix": "SR_", "color": "#fff", "style": "node"},
    {"directive": "arch", "title": "Architecture", "prefix": "A_", "color": "#fff", "style": "node"},
    {"directive": "test", "title": "Test case", "prefix": "T_", "color": "#fff", "style": "node"},
    {"directive": "person", "title": "Person", "prefix": "P_", "color": "#fff", "style": "actor"},
]
needs_links = {
    "checked_by": {"outgoing": "checked by", "incoming": "checks"},
    "realised_in": {"outgoing": "realised in", "incoming": "realises"},
}
needs_fields = {
    "effort": {"schema": {"type": "integer"}},
    "layout": {"predicates": [["type == 'person'", "complete"]]},
}
soup_kinds = {"feature": "system-requirement", "swreq": "requirement", "arch": "software-item", "test": "test"}
soup_links = {"links": ["derives_from", "verifies"], "checked_by": "verifies_back", "realised_in": "allocated_to"}
soup_evidence = ["*.xml"]
"""
PAGES = {
    "index.rst": """
        Index
        =====

        .. toctree::

           features
           sub/requirements
           tests
           people
           views
        """,
    "features.rst": """
        Features
        ========

        .. feature:: It keeps its lane
           :id: F_LANE
           :effort: 5

        .. feature:: It brakes in time

           This one has no ID of its own.
        """,
    "sub/requirements.rst": """
        Requirements
        ============

        .. swreq:: It finds the lane
           :id: SR_LANE
           :links: F_LANE
           :checked_by: T_LANE
           :realised_in: A_CAMERA

           It has :need_part:`(fast) a limit`.

        .. swreq:: It steers
           :id: SR_STEER
           :links: F_LANE, A_CAMERA

        .. arch:: The camera
           :id: A_CAMERA
        """,
    "tests.rst": """
        Tests
        =====

        .. test:: The lane
           :id: T_LANE

        .. test:: Steering
           :id: T_STEER
           :links: SR_STEER

        .. list2need::
           :types: swreq
           :presentation: nested

           * (SR_LIST) It comes from a list. ((links="F_LANE"))
        """,
    "people.rst": """
        People
        ======

        .. person:: Sarah
           :id: P_SARAH
           :links: F_LANE

        .. needextend:: SR_STEER
           :status: approved

        .. needimport:: other.json
        """,
    "views.rst": """
        Views
        =====

        .. traceability-matrix::
           :chain: system-requirement <-derives_from <-verifies

        .. findings-table::

        .. needtable::
           :columns: id, title, status, verdict, checked_by
           :style: table
        """,
    "results.xml": """<testsuite name="s">
        <testcase classname="c" name="lane"><properties>
        <property name="verifies" value="T_LANE"/></properties></testcase>
        <testcase classname="c" name="limit"><properties>
        <property name="verifies" value="SR_STEER"/></properties><failure/></testcase></testsuite>""",
}


def imported(*needs: dict[str, object]) -> str:
    listed = {str(need["id"]): need for need in needs}
    return json.dumps({"current_version": "1", "versions": {"1": {"needs": listed}}})


OTHER = {"id": "SR_OTHER", "type": "swreq", "title": "From elsewhere", "links": ["F_LANE"]}


@pytest.fixture
def existing(project: Project) -> Project:
    project.write("conf.py", CONF + MAPPED)
    for path, text in PAGES.items():
        project.write(path, text)
    project.write("other.json", imported(OTHER))
    return project


# --- mapping ---------------------------------------------------------------------------------------------------------


def test_mapped_types_and_links_are_items_and_links_of_the_trace(existing: Project) -> None:
    run = existing.build()
    items = run.built.trace.items
    generated = next(id_ for id_, item in items.items() if item.title == "It brakes in time")
    assert generated.startswith("F_")
    assert {id_: item.kind for id_, item in items.items()} == {
        "F_LANE": "system-requirement",
        generated: "system-requirement",
        "SR_LANE": "requirement",
        "SR_STEER": "requirement",
        "SR_LIST": "requirement",
        "SR_OTHER": "requirement",
        "A_CAMERA": "software-item",
        "T_LANE": "test",
        "T_STEER": "test",
    }
    assert items["SR_LANE"].links == {"derives_from": ("F_LANE",), "allocated_to": ("A_CAMERA",)}
    assert items["SR_STEER"].links == {"derives_from": ("F_LANE",)}  # the other link fits no link type
    assert items["T_LANE"].links == {"verifies": ("SR_LANE",)}  # stored at the requirement, as `checked_by`
    assert items["T_STEER"].links == {"verifies": ("SR_STEER",)}
    assert items["SR_STEER"].fields["status"] == "approved"
    assert run.built.trace.verdicts["SR_LANE"] == "passed"
    assert run.built.trace.verdicts["SR_STEER"] == "failed"
    assert not run.finding("item-rejected")
    assert not run.finding("link-unfitting")
    assert not [said for said in run.said if said[0].startswith("needs")], run.warnings


def test_mapped_types_take_the_fields_of_their_kind_and_keep_their_own(existing: Project) -> None:
    """What a rule asks for can be written: `:source:` is no option of the type as the project declares it."""
    existing.write(
        "features.rst",
        PAGES["features.rst"] + "\n        .. swreq:: Sourced\n           :id: SR_SRC\n           :source: x\n",
    )
    run = existing.build()
    assert run.built.trace.items["SR_SRC"].fields["source"] == "x"
    (version,) = json.loads((run.output / "needs.json").read_text())["versions"].values()
    assert version["needs"]["F_LANE"]["effort"] == 5
    assert version["needs"]["SR_LANE"]["verdict"] == "passed"
    assert not version["needs"]["P_SARAH"].get("verdict")


def test_items_are_drawn_as_blocks_and_others_as_cards(existing: Project) -> None:
    run = existing.build()
    assert run.page("sub/requirements").count("<article") == 3
    assert "needs_grid" in run.page("people") or "need_container" in run.page("people")
    assert "<article" not in existing.build(soup_blocks=False).page("sub/requirements")


def test_a_field_named_verdict_of_the_project_stays_its_own(existing: Project) -> None:
    own = '"effort": {"schema": {"type": "integer"}},\n    "verdict": {"schema": {"type": "string"}, "nullable": True},'
    existing.write("conf.py", CONF + MAPPED.replace('"effort": {"schema": {"type": "integer"}},', own))
    existing.write("tests.rst", PAGES["tests.rst"].replace(":id: T_LANE", ":id: T_LANE\n           :verdict: in doubt"))
    run = existing.build()
    (version,) = json.loads((run.output / "needs.json").read_text())["versions"].values()
    assert version["needs"]["T_LANE"]["verdict"] == "in doubt"
    assert not version["needs"]["SR_LANE"]["verdict"]
    assert run.built.trace.verdicts["SR_LANE"] == "passed"
    assert not run.finding("item-rejected")


SAME_NAMES = {
    "fields": """
        needs_fields = {"source": {"default": ""}, "category": {"schema": {"type": "string", "enum": ["functional"]}},
            "severity": {"schema": {"type": "integer"}}}
        needs_links = {"rationale": {"outgoing": "because of", "incoming": "reason of"}}
        soup_risk_matrix = {"severities": ["1", "2"], "probabilities": ["x"], "cells": [["acceptable", "investigate"]]}
        """,
    "lists, as sphinx-needs took before": """
        needs_extra_options = ["source", "category", {"name": "severity", "schema": {"type": "integer"}}]
        needs_extra_links = [{"option": "rationale", "outgoing": "because of", "incoming": "reason of"},
            {"option": "verifies", "outgoing": "verifies", "incoming": "verified by"}]
        soup_risk_matrix = {"severities": ["1", "2"], "probabilities": ["x"], "cells": [["acceptable", "investigate"]]}
        """,
}


@pytest.mark.parametrize("conf", SAME_NAMES)
def test_fields_of_the_project_with_our_names_win_without_a_warning(project: Project, conf: str) -> None:
    project.conf(SAME_NAMES[conf])
    project.write(
        "index.rst",
        """
        Dossier
        =======

        .. requirement:: One
           :id: REQ_1
           :source: a
           :category: functional

        .. requirement:: Two
           :id: REQ_2
           :rationale: REQ_1
           :source: b

        .. risk:: Three
           :id: RISK_1
           :severity: 2

        .. test:: Four
           :id: TC_1
           :verifies: REQ_1
        """,
    )
    run = project.build()
    items = run.built.trace.items
    assert items["REQ_1"].fields == {"source": "a", "category": "functional"}
    assert items["REQ_2"].fields == {"source": "b", "rationale": ("REQ_1",)}
    assert items["RISK_1"].fields["severity"] == "2"
    assert items["TC_1"].links == {"verifies": ("REQ_1",)}
    assert {kind for kind, _ in run.said if kind.startswith("needs")} <= {"needs.deprecated"}, run.warnings
    assert not run.finding("item-rejected")


def test_a_field_with_the_name_of_a_link_type_is_a_finding(project: Project) -> None:
    project.conf('needs_fields = {"uses": {"nullable": True}}')
    project.write("index.rst", "Dossier\n=======\n\n.. software-item:: One\n   :id: ITEM_1\n   :uses: 3\n")
    run = project.build("soup-check")
    (problem,) = run.finding("item-rejected")
    assert "its field 'uses' has the name of a link type" in problem
    assert not run.built.trace.items["ITEM_1"].links


def test_needs_that_the_project_leaves_out_are_not_drawn(existing: Project) -> None:
    run = existing.build(needs_include_needs=False)
    assert "It finds the lane" not in run.page("sub/requirements")


def test_a_diagram_in_an_item_finds_its_item(existing: Project) -> None:
    """A diagram asks for its need by the table that a card is."""
    existing.write(
        "sub/requirements.rst",
        PAGES["sub/requirements.rst"]
        + """
           .. needarch::

              {{flow(need().id)}}

           .. swreq:: Within
              :id: SR_WITHIN
              :links: F_LANE

              .. needarch::

                 {{flow(need().id)}}
        """,
    )
    run = existing.build()
    page = run.page("sub/requirements")
    assert page.count("<article") == 4
    assert "soup-frame" not in page
    assert [id_ for id_ in re.findall(r' id="([^"]+)"', page) if id_ in run.built.trace.items] == [
        *("SR_LANE", "SR_STEER", "A_CAMERA", "SR_WITHIN")
    ]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"links": "verifies_forward"}, "names verifies_forward; link types are: derives_from"),
        ({"links": ["verifies", "test"]}, "names test; link types are"),
        ({"links": 7}, "must be a table of your names to link types, or to lists of them"),
        ({"links": {"verifies": 1}}, "must be a table of your names to link types, or to lists of them"),
        ({"lynks": ["verifies"]}, "maps 'lynks', which sphinx-needs does not know (did you mean links?)"),
    ],
)
def test_a_mapping_of_links_that_does_not_fit_is_a_finding(
    existing: Project, written: dict[str, object], problem: str
) -> None:
    (found,) = existing.build("soup-check", soup_links=written).built.trace.rejections
    assert problem in found.problem


# --- parts -----------------------------------------------------------------------------------------------------------


def test_a_result_that_names_a_part_verifies_the_item(existing: Project) -> None:
    existing.write("results.xml", PAGES["results.xml"].replace('"SR_STEER"', '"SR_LANE.fast"'))
    run = existing.build()
    assert run.built.trace.verdicts["SR_LANE"] == "failed"
    assert not run.finding("test-names-unknown-item")


def test_a_result_that_names_no_part_is_a_finding(existing: Project) -> None:
    existing.write("results.xml", PAGES["results.xml"].replace('"T_LANE"', '"SR_LANE.slow"'))
    assert "SR_LANE.slow" in existing.build("soup-check").finding("test-names-unknown-item")[0]


# --- what cannot be taken is told in every build ---------------------------------------------------------------------


def again(project: Project, **settings: object) -> tuple[Run, Run]:
    """A first build and a second that reads nothing."""
    return project.build(**settings), project.build(fresh=False, **settings)  # type: ignore[arg-type]


def test_a_mapped_need_that_cannot_be_taken_is_told_in_every_build(existing: Project) -> None:
    existing.write(
        "features.rst",
        PAGES["features.rst"]
        + """
        .. swreq:: Wrong
           :id: SR_WRONG
           :effort: much
           :efort: 5
        """,
    )
    for run in again(existing):
        (one, other) = sorted(run.finding("item-rejected"))
        assert "SR_WRONG is not taken" in one
        assert "effort" in one + other
        assert ":efort: is unknown and was left out (did you mean effort?)" in one + other
        assert "soup-rejected" in run.page("features")


def test_an_item_whose_id_another_need_has_is_told_in_every_build(existing: Project) -> None:
    existing.write("views.rst", PAGES["views.rst"] + "\n        .. swreq:: Twice\n           :id: P_SARAH\n")
    for run in again(existing):
        (problem,) = run.finding("item-rejected")
        assert "requirement P_SARAH Twice is not taken: its ID is already taken by a need at people.rst:5" in problem
        assert "soup-rejected" in run.page("views")


def test_what_an_import_cannot_take_is_told_in_every_build(existing: Project) -> None:
    existing.write(
        "other.json",
        imported(
            OTHER,
            {"id": "SR_LANE", "type": "swreq", "title": "The same ID"},
            {"id": "P_SARAH", "type": "person", "title": "The same ID of a need that is no item"},
            {"id": "SR_TYPE", "type": "nothing", "title": "No such type"},
            {"id": "SR_KEY", "type": "swreq", "title": "An unknown key", "colour": "red"},
            {"id": "Dotted.1", "type": "swreq", "title": "An ID that means a part"},
        ),
    )
    for run in again(existing):
        told = "\n".join(run.finding("item-rejected"))
        assert "P_SARAH" in told
        assert "Unknown need type 'nothing'" in told
        assert "Unknown keys in import need source: ['colour']" in told
        assert "the ID Dotted.1 does not match" in told
        assert "the ID SR_LANE is already taken at people.rst:12; give this requirement another one" in told
        assert len(run.finding("item-rejected")) == 5, told
        assert not [said for said in run.said if said[0].startswith("needs")], run.warnings
        assert "soup-rejected" in run.page("people")


def test_what_the_project_suppresses_of_an_import_is_not_told(existing: Project) -> None:
    existing.write("other.json", imported(OTHER | {"colour": "red"}))
    run = existing.build(suppress_warnings=["needs.unknown_import_keys"])
    assert not run.finding("item-rejected")
    assert "colour" not in run.warnings


def test_an_import_that_is_not_there_is_told_in_every_build_and_taken_when_it_comes(existing: Project) -> None:
    text = (existing.folder / "other.json").read_text()
    (existing.folder / "other.json").unlink()
    for run in again(existing):
        assert "Could not load needs import file other.json" in run.finding("item-rejected")[0]
        assert str(existing.folder) not in (run.output / "trace.json").read_text()
    existing.write("other.json", text)
    run = existing.build(fresh=False)
    assert "SR_OTHER" in run.built.trace.items
    assert not run.finding("item-rejected")


def test_a_pattern_of_the_project_is_not_asked_of_imports(existing: Project) -> None:
    """sphinx-needs says so: a prefix of the import may break any pattern."""
    existing.write("other.json", imported(OTHER | {"id": "ext-1"}))
    run = existing.build(needs_id_regex="^[A-Z_0-9]+$")
    assert "ext-1" in run.built.trace.items
    assert not run.finding("item-rejected")


def test_a_need_of_another_project_gives_way_to_one_of_this(existing: Project) -> None:
    existing.write("their.json", imported(OTHER | {"id": "SR_LANE", "docname": "index"}))
    external = [{"base_url": "https://example.org", "json_path": "their.json"}]
    for run in again(existing, needs_external_needs=external):
        assert run.built.trace.items["SR_LANE"].title == "It finds the lane"
        assert not run.finding("item-rejected")


# --- the law ---------------------------------------------------------------------------------------------------------


def replaced(path: str, old: str, new: str) -> Callable[[Project], None]:
    assert old in PAGES[path]
    return lambda project: project.write(path, PAGES[path].replace(old, new))


def added(path: str, text: str) -> Callable[[Project], None]:
    return lambda project: project.write(path, f"{PAGES[path]}\n        {text}")


CHANGES: dict[str, Callable[[Project], object]] = {
    "nothing": lambda _: None,
    "a title": replaced("sub/requirements.rst", "It finds the lane", "It sees the lane"),
    "a link at its other end": replaced("sub/requirements.rst", ":checked_by: T_LANE", ":checked_by: T_STEER"),
    "a need without an ID": replaced("features.rst", "It brakes in time", "It brakes"),
    "a need that is no item": replaced("people.rst", "Sarah", "Peter"),
    "an extension": replaced("people.rst", "approved", "rejected"),
    "a list": replaced("tests.rst", "It comes from a list", "It comes from a longer list"),
    "a result": replaced("results.xml", "<failure/>", ""),
    "an import": lambda project: project.write("other.json", imported(OTHER | {"title": "From far"})),
    "an import twice": lambda project: project.write("other.json", imported(OTHER, OTHER | {"id": "SR_STEER"})),
    "a need twice": added("features.rst", ".. swreq:: Twice\n           :id: SR_STEER\n"),
    "a card twice": added("features.rst", ".. person:: Twice\n           :id: P_SARAH\n"),
    "a card and an item": added("features.rst", ".. person:: Twice\n           :id: SR_STEER\n"),
    "an item and a card": added("views.rst", ".. swreq:: Twice\n           :id: P_SARAH\n"),
    "a generated ID twice": added("tests.rst", ".. feature:: It brakes in time\n"),
    "a need that an import has": added("views.rst", ".. swreq:: Here, too\n           :id: SR_OTHER\n"),
    "a need before the import that has it": added("features.rst", ".. swreq:: Here, too\n           :id: SR_OTHER\n"),
    "a page goes": lambda project: (project.folder / "tests.rst").unlink(),
    "an import goes": lambda project: (project.folder / "other.json").unlink(),
    "the mapping": lambda project: project.write(
        "conf.py", CONF + MAPPED.replace('"test": "test"', '"person": "test"')
    ),
    "which link is meant": lambda project: project.write(
        "conf.py", CONF + MAPPED.replace('"verifies_back"', '"verifies_effectiveness_back"')
    ),
}


def is_right(project: Project, jobs: int) -> None:
    """An incremental build must equal a fresh one."""
    output = project.folder.parent / "html"
    kept = project.build(fresh=False, jobs=jobs)
    away = output.rename(output.with_name("kept"))
    fresh = project.build(jobs=jobs)
    old = Run(kept.built, kept.warnings, kept.status, away, kept.code)
    assert differences(old, fresh) == []
    shutil.rmtree(output)
    away.rename(output)


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_equals_a_fresh_one_and_so_does_one_after_it_is_undone(
    existing: Project, change: str
) -> None:
    before = {path: path.read_text() for path in existing.folder.rglob("*.*") if path.is_file()}
    jobs = 1 + list(CHANGES).index(change) % 2
    existing.build()
    CHANGES[change](existing)
    is_right(existing, jobs)
    for path, text in before.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
    is_right(existing, 3 - jobs)


def test_cards_of_the_project_are_under_the_same_law_as_blocks(existing: Project) -> None:
    existing.build(soup_blocks=False)
    replaced("results.xml", "<failure/>", "")(existing)
    kept = existing.build(fresh=False, soup_blocks=False)
    pages = {path.name: path.read_bytes() for path in kept.output.rglob("*.html")}
    shutil.rmtree(kept.output)
    fresh = existing.build(soup_blocks=False)
    assert {path.name: path.read_bytes() for path in Path(fresh.output).rglob("*.html")} == pages
