"""S55: thousands of requirements, with manual and automated tests: nothing is lost, and no work is done twice.

What a build of 5,000 requirements costs stands in the table of the benchmarks. Here is counted, not timed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sphinx.builders import Builder

from sphinxcontrib_soup.extension.config import example_matrix
from sphinxcontrib_soup.extension.session import Sources, build
from sphinxcontrib_soup.model import Item, Location, Settings, TestResult, Verdict
from sphinxcontrib_soup.pipeline.judge import judge
from sphinxcontrib_soup.pipeline.link import link
from sphinxcontrib_soup.pipeline.read import read_patterns
from sphinxcontrib_soup.plugin import discover
from tests.capabilities.conftest import Difference, Dossier, Snapshot, difference

MATRIX = "traceability/traceability-matrix/0"
PER_PAGE, PER_FILE, EXECUTIONS = 50, 500, 5
FAILED, UNTESTED, MANUAL = 0, 1, 2
"""What becomes of a requirement, by the last digit of its number; the others are tested by programs, and pass."""


@dataclass(frozen=True)
class Load:
    """A load of requirements, the tests of one in ten, which people carry out, and the executions of them all."""

    requirements: int

    @property
    def numbers(self) -> range:
        return range(self.requirements)

    def items(self) -> Iterator[tuple[str, str, str, dict[str, str]]]:
        """Kind, ID, title and links of each item."""
        for number in self.numbers:
            yield "requirement", requirement(number), f"Function {number}", {"derives_from": "SYS_6"}
            if number % 10 == MANUAL:
                yield "test", manual(number), f"Trial {number}", {"verifies": requirement(number)}

    def cases(self) -> Iterator[tuple[str, str, bool]]:
        """Name, verified item and success of each execution by a program."""
        for number in self.numbers:
            if number % 10 not in (UNTESTED, MANUAL):
                for run in range(EXECUTIONS):
                    yield f"test_{number}_{run}", requirement(number), run > 0 or number % 10 != FAILED

    def write(self, folder: Path) -> None:
        """Pages and result files, into `folder`."""
        folder.mkdir()
        for page, part in enumerate(parts(list(self.items()), PER_PAGE)):
            blocks = [
                f".. {kind}:: {title}\n   :id: {id_}\n"
                + "".join(f"   :{name}: {target}\n" for name, target in links.items())
                + f"\n   What {title} is to do.\n"
                for kind, id_, title, links in part
            ]
            text = f":orphan:\n\nPart {page}\n========\n\n" + "\n".join(blocks)
            (folder / f"part-{page:03}.rst").write_text(text, encoding="utf-8")
        self.write_results(folder)

    def write_results(self, folder: Path) -> None:
        for file, some in enumerate(parts(list(self.cases()), PER_FILE)):
            (folder / f"unit-{file:03}.xml").write_text(junit(some), encoding="utf-8")
        trials = [(f"trial_{number}", manual(number), True) for number in self.numbers if number % 10 == MANUAL]
        (folder / "manual.xml").write_text(junit(trials), encoding="utf-8")

    def verdict(self, number: int) -> Verdict:
        return {FAILED: Verdict.FAILED, UNTESTED: Verdict.UNTESTED}.get(number % 10, Verdict.PASSED)


def requirement(number: int) -> str:
    return f"REQ_M{number:05}"


def manual(number: int) -> str:
    return f"TC_M{number:05}"


def parts(many: list, size: int) -> list[list]:
    return [many[start : start + size] for start in range(0, len(many), size)]


def case(name: str, id_: str, passed: bool) -> str:
    ended = "" if passed else "<failure/>"
    verifies = f'<properties><property name="verifies" value="{id_}"/></properties>'
    return f'<testcase classname="many" name="{name}">{verifies}{ended}</testcase>'


def junit(cases: list[tuple[str, str, bool]]) -> str:
    return "\n".join(['<testsuite name="many">', *(case(*one) for one in cases), "</testsuite>"]) + "\n"


# --- in the sample ---------------------------------------------------------------------------------------------------

SOME = Load(300)


@pytest.fixture
def loaded(dossier: Dossier) -> Dossier:
    """The sample with some hundred requirements more."""
    SOME.write(dossier.folder / "many")
    files = '"many/unit-*.xml",\n    {"files": "many/manual.xml", "kind": "manual", "tester": "M. Tan"},'
    dossier.edit("conf.py", "soup_evidence = [\n", f"soup_evidence = [\n    {files}\n")
    return dossier


def test_every_requirement_gets_its_row_its_verdict_and_its_finding(
    loaded: Dossier, changed: Callable[[], Difference]
) -> None:
    difference = changed()
    assert {finding[:2] for finding in difference.new_findings} == {
        *(("requirement-failed", requirement(number)) for number in SOME.numbers if number % 10 == FAILED),
        *(("requirement-untested", requirement(number)) for number in SOME.numbers if number % 10 == UNTESTED),
    }
    assert not difference.gone_findings
    assert difference.tables == {MATRIX}
    rows = difference.rows(MATRIX)
    assert {row: after for (row, column), (_, after) in rows.items() if column == "verdict"} == {
        f"UN_3 > SYS_6 > {requirement(number)}": str(SOME.verdict(number)) for number in SOME.numbers
    }
    assert all(before is None for before, _ in rows.values())


def test_one_execution_among_them_changes_what_rests_on_it(loaded: Dossier, sample_snapshot: Snapshot) -> None:
    before = loaded.snapshot()
    test = ("test_7_0", requirement(7))
    loaded.edit("many/unit-000.xml", case(*test, True), case(*test, False))
    after = difference(before, loaded.snapshot())
    assert {finding[:2] for finding in after.new_findings} == {("requirement-failed", "REQ_M00007")}
    assert not after.gone_findings
    place = f"many/unit-000.xml:{loaded.line('many/unit-000.xml', 'test_7_0')}"
    row = "UN_3 > SYS_6 > REQ_M00007"
    assert after.rows(MATRIX)[row, "verdict"] == ("passed", "failed")
    assert f"failed many::test_7_0 {place}" in after.rows(MATRIX)[row, "executions"][1]
    assert after.cells.keys() == {(MATRIX, row, "executions"), (MATRIX, row, "verdict")}


def test_processes_side_by_side_read_the_same(loaded: Dossier) -> None:
    one, two = (
        build(
            Sources(folder=loaded.folder, doctrees=loaded.folder.parent / f"doctrees-{jobs}", jobs=jobs),
            "soup-check",
            loaded.folder.parent / f"out-{jobs}",
        ).built
        for jobs in (1, 2)
    )
    assert one.trace == two.trace
    assert one.judgement == two.judgement
    assert one.tables == two.tables


def test_one_edit_reads_one_page(loaded: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded.judge()
    read = []
    really = Builder.read_doc
    monkeypatch.setattr(
        Builder, "read_doc", lambda self, name, *, _cache=True: read.append(name) or really(self, name, _cache=_cache)
    )
    loaded.edit("many/part-003.rst", "What Function 150 is to do.", "What else it is to do.")
    loaded.judge()
    assert read == ["many/part-003"]
    read.clear()
    SOME.write_results(loaded.folder / "many")
    loaded.judge()
    assert read == []


def test_a_long_table_is_whole_in_its_page_and_most_of_it_waits(loaded: Dossier) -> None:
    """The rows past the first hundred wait for a script; without JavaScript they show at once."""
    output = loaded.folder.parent / "html"
    built = build(Sources(folder=loaded.folder, doctrees=loaded.folder.parent / "doctrees"), "html", output).built
    page = (output / "traceability.html").read_text(encoding="utf-8")
    table = page[page.index("<table") : page.index("</table>")]
    rows = built.tables["traceability", 0].rows
    assert len(rows) > SOME.requirements
    first, _, later = re.sub('<tr[^>]* class="soup-group">', "", table).partition('<tbody class="soup-later">')
    assert (first.count("<tr") - 1, later.count("<tr")) == (100, len(rows) - 100)


# --- at full size, without pages -------------------------------------------------------------------------------------

ALL = Load(5000)


def test_five_thousand_requirements_with_twenty_thousand_executions_lose_nothing(tmp_path: Path) -> None:
    ALL.write_results(tmp_path)
    patterns = ["unit-*.xml", {"files": "manual.xml", "kind": "manual"}]
    reading = read_patterns(patterns, tmp_path, tmp_path, discover().readers)
    assert reading.counts == {TestResult: 20_000 + 500}
    place = Location("many.rst", 1)
    items = [
        Item(id=id_, kind=kind, title=title, links={name: (to,) for name, to in links.items()}, location=place)
        for kind, id_, title, links in [("system-requirement", "SYS_6", "It", {}), *ALL.items()]
    ]
    trace = link(items, reading.evidence, Settings(risk_matrix=example_matrix()), sources=reading.sources)
    verdicts = {number: trace.verdicts[requirement(number)] for number in ALL.numbers}
    assert verdicts == {number: ALL.verdict(number) for number in ALL.numbers}
    judgement = judge(trace, discover().rules)
    found = Counter(finding.rule for finding in judgement.findings if "_M" in finding.subject)
    assert found == {"requirement-failed": 500, "requirement-untested": 500}
