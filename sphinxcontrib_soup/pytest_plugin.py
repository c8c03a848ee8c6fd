"""The marker by which a test names the items that it verifies: ``@pytest.mark.verifies("REQ_7", "REQ_8")``.

It stands on a function, a class, a module (``pytestmark``) or one case of a parametrised test, and becomes the
property ``verifies`` of each case in the file of ``--junitxml``, one a named item, also where the case is skipped, or
fails before its body runs, or brings its worker down. Imports nothing of Sphinx. A project that has another marker of
this name turns the plugin off with ``-p no:soup``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import pytest

MARKER = "verifies"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; beside xdist, watch for workers that die."""
    config.addinivalue_line(
        "markers", f"{MARKER}(*ids): the IDs of the items that the test verifies, each a text of its own"
    )
    if config.pluginmanager.hasplugin("xdist") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(CrashedCases(config), "soup-crashed-cases")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Make wrong marks a collection error of their file or class: the one form of refusal that xdist hands on whole."""
    report = yield
    wrong = _wrong(node for node in report.result if isinstance(node, pytest.Item))
    if wrong:
        report.outcome, report.longrepr, report.result = "failed", wrong, []
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each case its properties, so that every report of it carries them; marks added by other hooks included."""
    if wrong := _wrong(items):
        raise pytest.UsageError(wrong)
    for item in items:
        named = dict.fromkeys((MARKER, id_) for mark in item.iter_markers(MARKER) for id_ in mark.args)
        item.user_properties.extend(one for one in named if one not in item.user_properties)


class CrashedCases:
    """Gives the properties of a case to its record where its xdist worker died in it.

    The record of a case gets its properties from the report of its teardown, which a dead worker no longer sends. Left
    so, the failed case would verify nothing, and the item would pass by its other tests. The report of the setup has
    them too; one without outcome of its own then closes the record. (A worker that dies in the setup sent neither.)
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._begun: dict[tuple[str, object], list[tuple[str, object]]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        phase: str | None = report.when  # xdist's own report of a dead worker has "???"
        worker = getattr(report, "node", None)
        case = (report.nodeid, worker)
        if phase == "setup":
            self._begun[case] = report.user_properties
        elif phase == "teardown":
            self._begun.pop(case, None)
        elif phase != "call" and case in self._begun:
            closing = pytest.TestReport(
                report.nodeid,
                report.location,
                keywords={},
                outcome="passed",
                longrepr=None,
                when="teardown",
                user_properties=self._begun[case],
                node=worker,  # joins it to the record, as xdist does
            )
            self._config.hook.pytest_runtest_logreport(report=closing)


def _wrong(items: Iterable[pytest.Item]) -> str:
    """Every wrong use of the marker on these cases, a line each with its place; empty where there is none."""
    marked = ((item.config, node, mark) for item in items for node, mark in item.iter_markers_with_node(MARKER))
    found = (f"{_place(config, node)}: {problem}" for config, node, mark in marked for problem in _problems(mark))
    return "\n".join(dict.fromkeys(found))


def _problems(mark: pytest.Mark) -> Iterator[str]:
    example = f'write @pytest.mark.{MARKER}("REQ_7", "REQ_8")'
    if not mark.args and not mark.kwargs:
        yield f"the marker {MARKER!r} names no item; {example}"
    for name in mark.kwargs:
        yield f"the marker {MARKER!r} takes no keyword such as {name!r}; {example}"
    for id_ in mark.args:
        if not isinstance(id_, str):
            yield f"the marker {MARKER!r} takes IDs as texts, not {id_!r}; {example}"
        elif id_.split() != [id_] or "," in id_:
            yield f"the marker {MARKER!r} takes one ID in each text, and {id_!r} is not one; {example}"


def _place(config: pytest.Config, node: object) -> str:
    """File and line of the test, class or module that holds a mark; the file is relative to the folder of the call."""
    if not isinstance(node, (pytest.Item, pytest.Class, pytest.Module)):
        return str(getattr(node, "nodeid", node))
    path, line = node.reportinfo()[:2]
    shown = Path(path)
    here = config.invocation_params.dir
    if shown.is_relative_to(here):
        shown = shown.relative_to(here)
    return f"{shown}:{(line or 0) + 1}"
