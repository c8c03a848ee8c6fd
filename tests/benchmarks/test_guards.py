"""What keeps builds fast, counted and not timed."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator

import pytest

from sphinxcontrib_soup import trace_json
from sphinxcontrib_soup.extension import memory, rebuild, shown, state
from sphinxcontrib_soup.needs import needs_digest
from tests.project import Project

PAGE = """
    Page
    ====

    .. requirement:: It works
       :id: REQ_1
       :source: a
    """


@pytest.fixture
def _threshold() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_threshold")
@pytest.mark.parametrize(("before", "after"), [(700, memory.ALLOCATIONS), (50_000, 50_000), (0, 0)])
def test_a_build_collects_less_often_and_what_the_user_set_stays(project: Project, before: int, after: int) -> None:
    project.write("index.rst", PAGE)
    others = gc.get_threshold()[1:]
    gc.set_threshold(before, *others)
    project.build()
    assert gc.get_threshold() == (after, *others)
    assert gc.isenabled()


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_rests_while_the_trace_is_made_and_is_left_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    at_work: list[bool] = []
    monkeypatch.setattr(rebuild, "digests", lambda *_: at_work.append(gc.isenabled()) or {})
    project.write("index.rst", PAGE)
    (gc.enable if on else gc.disable)()
    try:
        project.build()
        assert (at_work, gc.isenabled()) == ([False], on)
    finally:
        gc.enable()


def test_what_sphinx_needs_keeps_for_extracts_is_bytes_and_extracted_all_the_same(project: Project) -> None:
    project.write("index.rst", f"{PAGE}\n       A *statement*.\n\n    .. needextract::\n       :types: requirement\n")
    first, again = project.build(), project.build(fresh=False)
    for run in (first, again):
        assert run.page("index").count("<em>statement</em>") == 2


@pytest.mark.parametrize(("more", "asked"), [("", 0), ("\n    .. needtable::\n       :style: table\n", 1)])
def test_all_needs_are_looked_at_only_where_a_page_shows_some(
    project: Project, monkeypatch: pytest.MonkeyPatch, more: str, asked: int
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(shown, "needs_digest", lambda env: calls.append(env) or needs_digest(env))
    project.write("index.rst", PAGE + more)
    project.build()
    assert len(calls) == asked


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"a": [], "b": {}, "c": ""},
        [None, True, False, 0, -1, 1.5, 1e300],
        {'é\n"\\/\x00\x1f\x7f\u2028': ["😀", [["deep"], {"deeper": [{}]}]]},
    ],
)
def test_json_is_written_as_the_standard_library_writes_it(value: trace_json.Json) -> None:
    assert trace_json.dumps(value) == json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def test_a_check_writes_nothing_and_works_out_no_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "digests", lambda *_: pytest.fail("a check has no pages"))
    project.write("index.rst", PAGE)
    run = project.build("soup-check")
    assert run.built.trace.items.keys() == {"REQ_1"}
    assert not {"trace.json", state.STATE} & {path.name for path in run.output.iterdir()}
