"""The sample is believable only while its texts, code, tests, manifests and results say the same."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from defusedxml import ElementTree

SAMPLE = Path(__file__).parents[2] / "sample_docs"
RESULTS = SAMPLE / "results"
OPEN_ON_PURPOSE = {"REQ_20"}

needs_soups = pytest.mark.skipif(
    not (find_spec("construct") and find_spec("sortedcontainers")),
    reason="the SOUPs of the sample are not installed: pip install --requirement sample_docs/src/requirements.txt",
)
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
needs_modules = pytest.mark.skipif(
    not (SAMPLE / "display/node_modules").is_dir(),
    reason="the SOUPs of the sample's display are not installed: npm ci --prefix sample_docs/display",
)

Outcome = tuple[str, tuple[str, ...]]


def written() -> Iterator[Path]:
    """Every file of the sample that somebody wrote, or that a tool wrote and the repository keeps."""
    for path in sorted(SAMPLE.rglob("*")):
        folders = path.relative_to(SAMPLE).parts[:-1]
        if path.is_file() and not any(one.startswith((".", "_")) or one == "node_modules" for one in folders):
            yield path


def items() -> dict[str, dict[str, str]]:
    """The items of the pages: ID to fields, `kind` and `statement` included."""
    found = {}
    for page in (path for path in written() if path.suffix == ".rst"):
        for kind, body in re.findall(r"^\.\. ([a-z-]+):: .*\n((?:   .*\n|\n)+)", page.read_text("utf-8") + "\n", re.M):
            fields = dict(re.findall(r"^   :([a-z_0-9]+): (.*)$", body, re.MULTILINE))
            statement = " ".join(re.sub(r"^   :.*\n(?:     .*\n)*", "", body, flags=re.MULTILINE).split())
            if "id" in fields:
                assert fields["id"] not in found, f"two items are called {fields['id']}"
                found[fields["id"]] = fields | {"kind": kind, "statement": statement}
    return found


def results(path: Path) -> dict[str, Outcome]:
    """Each case of a result file, with its outcome and what it verifies."""
    found = {}
    for case in ElementTree.parse(path).iter("testcase"):
        bad = [child.tag for child in case if child.tag != "properties"]
        verifies = [one.get("value", "") for one in case.iterfind("properties/property[@name='verifies']")]
        found[f"{case.get('classname')}::{case.get('name')}"] = (bad[0] if bad else "passed", tuple(verifies))
    return found


def stored() -> dict[str, Outcome]:
    return {name: outcome for path in sorted(RESULTS.glob("*.xml")) for name, outcome in results(path).items()}


def scanned() -> set[str]:
    """The rules of the scan of the image that it meets, each by the end of its ID."""
    results = ElementTree.parse(SAMPLE / "image/hardening-results.xml").iter(
        "{http://checklists.nist.gov/xccdf/1.2}rule-result"
    )
    return {one.get("idref", "").partition("_rule_")[2] for one in results if one[0].text == "pass"}


def configuration() -> dict[str, str]:
    """What the stored results say that they were made with."""
    suites = [suite for path in RESULTS.glob("*.xml") for suite in ElementTree.parse(path).iter("testsuite")]
    pairs = [(one.get("name"), one.get("value")) for suite in suites for one in suite.iterfind("properties/property")]
    assert len(set(pairs)) == len({name for name, _ in pairs}), f"not all results were made with one version: {pairs}"
    return dict(pairs)  # type: ignore[arg-type]


def test_every_result_passed_and_names_items_that_exist() -> None:
    known = items()
    assert {outcome for outcome, _ in stored().values()} == {"passed"}
    assert {id_ for _, verifies in stored().values() for id_ in verifies} - set(known) == set()


def test_all_is_verified_but_what_is_open_on_purpose() -> None:
    verified = {id_ for _, verifies in stored().values() for id_ in verifies}
    verified |= {id_ for id_, item in items().items() if set(item.get("checks", "-").split(", ")) <= scanned()}
    asked = ("system-requirement", "requirement", "soup-requirement", "test")
    assert {id_ for id_, item in items().items() if item["kind"] in asked} - verified == OPEN_ON_PURPOSE


def test_all_measures_of_risk_control_are_tried_for_their_effect() -> None:
    found = items()
    tried = {id_ for item in found.values() for id_ in item.get("verifies_effectiveness", "").split(", ")} - {""}
    assert tried == {id_ for id_, item in found.items() if item["kind"] == "mitigation"}


def test_declared_pinned_and_tested_versions_are_one() -> None:
    declared = {item["purl"]: item["designator"] for item in items().values() if item["kind"] == "soup"}
    requirements = (SAMPLE / "src/requirements.txt").read_text("utf-8")
    lock = json.loads((SAMPLE / "display/package-lock.json").read_text("utf-8"))["packages"]
    pinned = {f"pkg:pypi/{name}": version for name, version in re.findall(r"^(\S+)==(\S+) ", requirements, re.M)}
    pinned |= {f"pkg:npm/{path.removeprefix('node_modules/')}": one["version"] for path, one in lock.items() if path}
    tested = configuration()
    system = re.search(r'^VERSION_ID="(.*)"', (SAMPLE / "image/os-release").read_text("utf-8"), re.MULTILINE)
    assert system is not None
    pinned_and_system = pinned | {"pkg:generic/debian": system[1]}
    assert declared == pinned_and_system | {
        "pkg:generic/python": tested["python"],
        "pkg:generic/nodejs": tested["node"],
    }
    assert {name: tested[name.partition("/")[2]] for name in pinned} == pinned


def test_the_release_is_that_of_both_packages() -> None:
    release = re.search(r'^release = "(.*)"', (SAMPLE / "conf.py").read_text("utf-8"), re.MULTILINE)
    python = re.search(r'^version = "(.*)"', (SAMPLE / "src/pyproject.toml").read_text("utf-8"), re.MULTILINE)
    display = json.loads((SAMPLE / "display/package.json").read_text("utf-8"))["version"]
    assert release is not None
    assert python is not None
    assert release[1] == python[1] == display


def test_each_file_of_code_belongs_to_an_item() -> None:
    named = {name for item in items().values() for name in item.get("code", "").split(", ")} - {""}
    modules = {
        path.name for folder in ("src/bolus_advisor", "display") for path in (SAMPLE / folder).glob("*.[pj][ys]")
    }
    assert named == modules - {"__init__.py"}


def test_the_sample_tells_nothing_of_where_it_was_made() -> None:
    wrong = re.compile(r"registry\.|pypi\.org|pythonhosted|/(?:work|opt|tmp|home|root|Users)/|hostname|index-url http")
    for path in (path for path in written() if path.name != "run_tests.py"):
        assert wrong.findall(path.read_text("utf-8")) == [], path


@needs_soups
def test_the_limits_in_the_texts_are_those_in_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SAMPLE / "src"))
    dose, interlocks, settings, units = (
        importlib.import_module(f"bolus_advisor.{name}") for name in ("dose", "interlocks", "settings", "units")
    )
    says = {id_: item["statement"] for id_, item in items().items()}
    assert f"a multiple of {float(dose.STEP)} U" in says["REQ_4"]
    assert f"below {interlocks.LOW} mg/dL" in says["REQ_7"]
    oldest, ahead = (int(span.total_seconds() / 60) for span in (interlocks.OLDEST, interlocks.FURTHEST_AHEAD))
    assert f"more than {oldest} minutes old, or lies more than {ahead} minute in" in says["REQ_8"]
    least, greatest = interlocks.PLAUSIBLE
    assert f"outside of {least} to {greatest} mg/dL" in says["REQ_9"]
    assert f"outside of 0 to {interlocks.MOST_CARBOHYDRATES} g" in says["REQ_9"]
    for name, (least, greatest) in settings.RANGES.items():
        words = {"insulin_action": "insulin action time"}.get(name, name.replace("_", " "))
        assert f"{words} {least} to {greatest} " in says["REQ_10"]
    assert f"outside of 0 to {interlocks.LARGEST_DOSE} U" in says["REQ_12"]
    assert f"at {units.MG_DL_PER_MMOL_L} mg/dL to 1 mmol/L" in says["REQ_15"]


def test_the_limits_in_the_texts_are_those_of_the_display() -> None:
    says = {id_: item["statement"] for id_, item in items().items()}
    numbers, advice = ((SAMPLE / "display" / name).read_text("utf-8") for name in ("numbers.js", "advice.js"))
    step, largest = (re.search(rf'const {name} = "(.*)"', numbers) for name in ("STEP", "LARGEST"))
    expiry = re.search(r"const EXPIRES_AFTER = (\d+); // minutes", advice)
    assert step is not None
    assert largest is not None
    assert expiry is not None
    assert f"no multiple of {step[1]} U between 0 and {largest[1]} U" in says["REQ_16"]
    assert f"until {expiry[1]} minutes after" in says["REQ_18"]


# --- the tests of the sample, run for real ---------------------------------------------------------------------------


def run_pytest(folder: str, into: Path) -> dict[str, Outcome]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder, f"--junitxml={into}"]
    done = subprocess.run(command, cwd=SAMPLE / "src", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return results(into)


def run_node(folder: Path, into: Path) -> subprocess.CompletedProcess[str]:
    command = ["node", "--test", "--test-reporter=./tests/junit.js", f"--test-reporter-destination={into}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@needs_soups
def test_the_stored_results_are_those_of_the_advisors_tests(tmp_path: Path) -> None:
    assert run_pytest("tests/unit", tmp_path / "unit.xml") == results(RESULTS / "unit-python.xml")


@needs_soups
@needs_node
@needs_modules
def test_the_stored_results_are_those_of_the_system_tests(tmp_path: Path) -> None:
    assert run_pytest("tests/system", tmp_path / "system.xml") == results(RESULTS / "system.xml")


@needs_node
@needs_modules
def test_the_stored_results_are_those_of_the_displays_tests(tmp_path: Path) -> None:
    done = run_node(SAMPLE / "display", tmp_path / "display.xml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert results(tmp_path / "display.xml") == results(RESULTS / "unit-display.xml")


@needs_node
def test_the_reporter_of_the_display_tells_every_outcome(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    shutil.copy(SAMPLE / "display/tests/junit.js", tmp_path / "tests")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (tmp_path / "tests/kinds.test.js").write_text(
        """
        import { describe, it, test } from "node:test";
        import { verifies } from "./junit.js";
        test("passes", (t) => verifies(t, "REQ_1", "REQ_2"));
        test("fails <&\\"]]>", (t) => { verifies(t, "REQ_1"); throw new Error("too <high> & \\u0007 wide"); });
        test("is skipped", (t) => { verifies(t, "REQ_1"); t.skip("no pump"); });
        test("is to do", { todo: true }, (t) => { verifies(t, "REQ_1"); throw new Error("not yet"); });
        describe("group", () => { it("inner", (t) => verifies(t, "REQ_3")); it("other", () => {}); });
        test("parent", async (t) => { verifies(t, "REQ_4"); await t.test("child", (t) => verifies(t, "REQ_5")); });
        test("says something else", (t) => t.diagnostic("verifies nothing"));
        """,
        encoding="utf-8",
    )
    (tmp_path / "tests/broken.test.js").write_text('import "./nothing.js";', encoding="utf-8")
    assert run_node(tmp_path, tmp_path / "results.xml").returncode == 1
    here = "tests/kinds.test.js::"
    assert results(tmp_path / "results.xml") == {
        "tests/broken.test.js::tests/broken.test.js": ("failure", ()),
        f"{here}passes": ("passed", ("REQ_1", "REQ_2")),
        f'{here}fails <&"]]>': ("failure", ("REQ_1",)),
        f"{here}is skipped": ("skipped", ("REQ_1",)),
        f"{here}is to do": ("skipped", ("REQ_1",)),
        f"{here}group > inner": ("passed", ("REQ_3",)),
        f"{here}group > other": ("passed", ()),
        f"{here}parent > child": ("passed", ("REQ_5",)),
        f"{here}parent": ("passed", ("REQ_4",)),
        f"{here}says something else": ("passed", ()),
    }
    suite = ElementTree.parse(tmp_path / "results.xml").find("testsuite")
    assert suite is not None
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped")} == {
        "tests": "10",
        "failures": "2",
        "skipped": "2",
    }
