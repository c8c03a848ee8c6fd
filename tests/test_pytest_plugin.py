"""The pytest plugin, seen from outside: small test files are run, and the JUnit files they leave are read."""

from __future__ import annotations

import textwrap

import pytest
from defusedxml import ElementTree

pytest_plugins = ["pytester"]

PLUGIN = ("-p", "sphinxcontrib_soup.pytest_plugin")
RUNS = pytest.mark.parametrize(
    ("family", "workers"), [("xunit1", []), ("xunit2", []), ("xunit2", ["-n2"])], ids=["xunit1", "xunit2", "xdist"]
)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the other plugins of this environment out: they take most of the time. In CI pytest would say more."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("BUILD_NUMBER", raising=False)


def run(pytester: pytest.Pytester, source: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_sample=textwrap.dedent(source))
    workers = ("-p", "xdist") if "-n2" in args else ()
    return pytester.runpytest(*PLUGIN, *workers, "--strict-markers", "--junitxml=results.xml", *args)


def verifies(pytester: pytest.Pytester) -> dict[str, list[str]]:
    """Each case of the JUnit file and the values of its properties `verifies`, in order."""
    cases = ElementTree.parse(pytester.path / "results.xml").iter("testcase")
    return {
        case.get("name", ""): [one.get("value", "") for one in case.iterfind("properties/property[@name='verifies']")]
        for case in cases
    }


@RUNS
def test_a_mark_stands_wherever_marks_can_stand(pytester: pytest.Pytester, family: str, workers: list[str]) -> None:
    source = """
        import pytest

        pytestmark = pytest.mark.verifies("REQ_MODULE")

        @pytest.mark.verifies("REQ_1", "REQ_2")
        @pytest.mark.verifies("REQ_3", "REQ_1")
        def test_function(): pass

        @pytest.mark.verifies("REQ_CLASS")
        class TestClass:
            @pytest.mark.verifies("REQ_METHOD")
            def test_method(self): pass

        @pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.verifies("REQ_CASE"))])
        def test_cases(n): pass
    """
    run(pytester, source, "-o", f"junit_family={family}", *workers).assert_outcomes(passed=4)
    assert verifies(pytester) == {
        "test_function": ["REQ_3", "REQ_1", "REQ_2", "REQ_MODULE"],
        "test_method": ["REQ_METHOD", "REQ_CLASS", "REQ_MODULE"],
        "test_cases[1]": ["REQ_MODULE"],
        "test_cases[2]": ["REQ_CASE", "REQ_MODULE"],
    }


@RUNS
def test_every_outcome_keeps_what_it_verifies(pytester: pytest.Pytester, family: str, workers: list[str]) -> None:
    source = """
        import pytest

        pytestmark = pytest.mark.verifies("REQ_1")

        @pytest.fixture
        def broken(): raise RuntimeError("no device")

        @pytest.fixture
        def unclean():
            yield
            raise RuntimeError("device left on")

        def test_failed(): assert 0
        def test_skipped(): pytest.skip("no device")
        @pytest.mark.skip(reason="no device")
        def test_marked_skipped(): pass
        @pytest.mark.xfail(reason="known")
        def test_xfailed(): assert 0
        @pytest.mark.xfail(reason="known")
        def test_xpassed(): pass
        def test_setup_error(broken): pass
        def test_teardown_error(unclean): pass
    """
    run(pytester, source, "-o", f"junit_family={family}", *workers).assert_outcomes(
        failed=1, skipped=2, xfailed=1, xpassed=1, errors=2, passed=1
    )
    found = verifies(pytester)
    assert len(found) == 7
    assert set(map(tuple, found.values())) == {("REQ_1",)}


def test_a_case_that_fails_twice_keeps_it_in_both_records(pytester: pytest.Pytester) -> None:
    source = """
        import pytest

        @pytest.fixture
        def unclean():
            yield
            raise RuntimeError("device left on")

        @pytest.mark.verifies("REQ_1")
        def test_both(unclean): assert 0
    """
    run(pytester, source).assert_outcomes(failed=1, errors=1)
    found = ElementTree.parse(pytester.path / "results.xml").iterfind(".//testcase/properties/property")
    assert [one.get("value") for one in found] == ["REQ_1", "REQ_1"]


def test_a_case_that_kills_its_worker_keeps_what_it_verifies(pytester: pytest.Pytester) -> None:
    source = """
        import os
        import pytest

        @pytest.mark.verifies("REQ_1")
        def test_deadly(): os._exit(3)

        @pytest.mark.verifies("REQ_1")
        def test_harmless(): pass
    """
    run(pytester, source, "-n2").assert_outcomes(passed=1, failed=1)
    assert verifies(pytester) == {"test_deadly": ["REQ_1"], "test_harmless": ["REQ_1"]}
    error = ElementTree.parse(pytester.path / "results.xml").findtext(".//testcase[@name='test_deadly']/error", "")
    assert "crashed while running" in error


def test_a_mark_added_by_a_conftest_counts(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("""
        import pytest

        def pytest_collection_modifyitems(items):
            for item in items:
                item.add_marker(pytest.mark.verifies("REQ_1"))
    """)
    run(pytester, "def test_it(): pass").assert_outcomes(passed=1)
    assert verifies(pytester) == {"test_it": ["REQ_1"]}


def test_a_property_that_is_there_already_is_not_doubled(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("""
        def pytest_collection_modifyitems(items):
            for item in items:
                item.user_properties.append(("verifies", "REQ_1"))
    """)
    source = """
        import pytest

        @pytest.mark.verifies("REQ_1", "REQ_2")
        def test_it(record_property): record_property("verifies", "REQ_3")
    """
    run(pytester, source).assert_outcomes(passed=1)
    assert verifies(pytester) == {"test_it": ["REQ_1", "REQ_2", "REQ_3"]}


def test_a_test_without_the_mark_has_no_property(pytester: pytest.Pytester) -> None:
    run(pytester, "def test_it(): pass").assert_outcomes(passed=1)
    assert verifies(pytester) == {"test_it": []}


WRONG = {
    "@pytest.mark.verifies": "names no item",
    "@pytest.mark.verifies()": "names no item",
    "@pytest.mark.verifies(7)": "takes IDs as texts, not 7",
    '@pytest.mark.verifies(["REQ_1"])': "takes IDs as texts, not ['REQ_1']",
    '@pytest.mark.verifies("")': "takes one ID in each text, and '' is not one",
    '@pytest.mark.verifies("REQ_1, REQ_2")': "takes one ID in each text, and 'REQ_1, REQ_2' is not one",
    '@pytest.mark.verifies("REQ_1,REQ_2")': "takes one ID in each text, and 'REQ_1,REQ_2' is not one",
    '@pytest.mark.verifies(" REQ_1")': "takes one ID in each text, and ' REQ_1' is not one",
    '@pytest.mark.verifies(item="REQ_1")': "takes no keyword such as 'item'",
}


@pytest.mark.parametrize(("mark", "problem"), WRONG.items(), ids=WRONG)
def test_a_wrong_mark_is_refused_at_its_place(pytester: pytest.Pytester, mark: str, problem: str) -> None:
    result = run(pytester, f"import pytest\n\n{mark}\ndef test_it(): pass\ndef test_other(): pass")
    line = f'test_sample.py:3: the marker \'verifies\' {problem}; write @pytest.mark.verifies("REQ_7", "REQ_8")'
    assert line in result.outlines
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)


def test_a_wrong_mark_is_refused_by_the_workers_of_xdist_too(pytester: pytest.Pytester) -> None:
    result = run(pytester, "import pytest\n\n@pytest.mark.verifies()\ndef test_it(): pass", "-n2")
    result.stdout.fnmatch_lines(["test_sample.py:3: the marker 'verifies' names no item; *"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(errors=1)


def test_all_wrong_marks_of_a_file_are_named_at_once_and_each_once(pytester: pytest.Pytester) -> None:
    source = """\
        import pytest

        @pytest.mark.verifies()
        @pytest.mark.parametrize("n", [1, 2])
        def test_one(n): pass

        @pytest.mark.verifies(7)
        def test_two(): pass
    """
    lines = [line for line in run(pytester, source).outlines if "the marker" in line and not line.startswith("ERROR")]
    assert [line.split(";")[0] for line in lines] == [
        "test_sample.py:3: the marker 'verifies' names no item",
        "test_sample.py:7: the marker 'verifies' takes IDs as texts, not 7",
    ]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("import pytest\npytestmark = pytest.mark.verifies(7)\ndef test_it(): pass", "test_sample.py:1"),
        ("import pytest\n@pytest.mark.verifies(7)\nclass TestIt:\n    def test_it(self): pass", "test_sample.py:2"),
        (
            "import pytest\n@pytest.mark.parametrize('n', [pytest.param(1, marks=pytest.mark.verifies(7))])\n"
            "def test_it(n): pass",
            "test_sample.py:2",
        ),
    ],
    ids=["module", "class", "case"],
)
def test_the_place_is_that_of_whatever_holds_the_mark(pytester: pytest.Pytester, source: str, place: str) -> None:
    result = run(pytester, source)
    result.stdout.fnmatch_lines([f"{place}: the marker 'verifies' takes IDs as texts, not 7; *"])
    assert result.ret != 0


def test_a_wrong_mark_in_one_file_leaves_the_others_collected(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_good="def test_good(): pass")
    result = run(
        pytester, "import pytest\n@pytest.mark.verifies(7)\ndef test_it(): pass", "--continue-on-collection-errors"
    )
    result.assert_outcomes(passed=1, errors=1)


def test_a_wrong_mark_added_by_a_conftest_is_a_usage_error(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("""
        import pytest

        def pytest_collection_modifyitems(items):
            items[0].add_marker(pytest.mark.verifies(7))
    """)
    result = run(pytester, "def test_it(): pass")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: test_sample.py:1: the marker 'verifies' takes IDs as texts, not 7; *"])


def test_the_plugin_is_there_once_installed_and_can_be_turned_off(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    pytester.makeini("[pytest]\nmarkers = verifies: something else of this project")
    source = "import pytest\n@pytest.mark.verifies(7, n=1)\ndef test_it(): pass"
    pytester.makepyfile(source)
    pytester.runpytest().assert_outcomes(errors=1)
    pytester.runpytest("-p", "no:soup").assert_outcomes(passed=1)


def test_the_marker_is_in_the_list_of_markers(pytester: pytest.Pytester) -> None:
    pytester.runpytest(*PLUGIN, "--markers").stdout.fnmatch_lines(
        ["@pytest.mark.verifies(*ids): the IDs of the items that the test verifies*"]
    )


def test_it_loads_nothing_of_sphinx(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import sys

        def test_it():
            assert "sphinxcontrib_soup.pytest_plugin" in sys.modules
            assert not {"sphinx", "docutils", "sphinx_needs"} & set(sys.modules)
    """)
    pytester.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)
