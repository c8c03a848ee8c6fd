"""S39: specifications, design, plans, reports, matrices and lists are made from the sample, and nothing is copied."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from defusedxml import ElementTree

from sphinxcontrib_soup.extension.session import Sources, build
from sphinxcontrib_soup.model import Item, Outcome, Table, plain
from sphinxcontrib_soup.needs import Built
from tests.capabilities.conftest import REPEATING, Difference, Dossier, Snapshot, copied, difference
from tests.extension.law import shown
from tests.pdf.pdf_file import Pdf

MATRIX, CONTROLS = "traceability/traceability-matrix/0", "traceability/traceability-matrix/1"
NEED, CONTROL = "UN_3 > SYS_6 > REQ_18", "RISK_2 > RCM_3 > REQ_18"
RISKS, MEASURES, IMPACT = "risks/risk-table/1", "risks/mitigation-table/2", "soup/soup-impact/2"
OUTCOMES, RUNS, RESULTS = "report/test-table/0", "report/evidence-table/1", "report/result-table/2"
ANOMALIES, RECORD = "anomalies/anomaly-table/0", "release/release-record/0"
STAY = "Anomalies > That stay in the release"
UNSTATED = ("discovered", "root_cause", "safety_impact", "outcome", "rationale", "workaround")
REGISTER = "index/document-register/0"
REPORTS = REPEATING - {"findings-table", "progress-dashboard", "progress-trend"}
UNIT, CASE = "results/unit-display.xml", "tests/advice.test.js::an advice is shown for 5 minutes and then no more"
NEW = """
.. anomaly:: The display flickers
   :id: ANO_4
   :affects: REQ_18

   Once a day.
"""
ADVICE = (
    "complete its evaluation by `:safety_impact:`, `:rationale:` and `:outcome:`, "
    "or state `:residual: no` where it was removed"
)


class Printed:
    """The sample with its PDFs, and with the tables of its pages."""

    def __init__(self, built: Built, folder: Path) -> None:
        self.built, self.folder = built, folder

    def text(self, document: str) -> str:
        """The text of the PDF of a document, as :func:`squeezed` has it."""
        return squeezed(Pdf(self.folder / f"{document}.pdf").text)

    def table(self, name: str) -> Table:
        page, _, number = name.split("/")
        return self.built.tables[page, int(number)]

    def rows(self, name: str) -> dict[str, Mapping[str, str]]:
        """The rows of a table by the ID they begin with, each by column."""
        table = self.table(name)
        names = [column.name for column in table.columns]
        found = [dict(zip(names, map(plain, row.cells), strict=True)) for row in table.rows]
        return {row[names[0]].partition(" ")[0]: row for row in found}

    def items(self, *kinds: str) -> list[Item]:
        found = list(self.built.trace.of_kind(*kinds))
        assert found, kinds
        return found


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    folder = tmp_path_factory.mktemp("printed")
    sources = Sources(folder=copied(folder), doctrees=folder / "doctrees", settings={"soup_date": "2026-01-02"})
    return Printed(build(sources, "soup-pdf", folder / "pdf").built, folder / "pdf")


def squeezed(text: str) -> str:
    """A text without white space, which may break lines anywhere, with straight quotes and without marks of code."""
    return "".join(text.translate(str.maketrans("“”’‘`", "\"\"'' ")).split())


def assert_said(text: str, *facts: str) -> None:
    assert [fact for fact in facts if squeezed(fact) not in text] == []


# --- the nine, from the sample as it is ------------------------------------------------------------------------------


def test_the_specification_holds_every_requirement_with_its_statement(printed: Printed) -> None:
    text = printed.text("DOC_SRS")
    for one in printed.items("user-need", "system-requirement", "requirement"):
        assert_said(text, one.id, one.title, one.statement)


def test_architecture_and_design_hold_every_software_item_with_its_design_and_soups(printed: Printed) -> None:
    text, rows = printed.text("DOC_SAD"), printed.rows("architecture/architecture-table/0")
    items = printed.items("software-item")
    assert len(rows) == len(items)
    for one in items:
        assert_said(text, one.id, one.title, one.statement, one.text("interface"))
        (row,) = (row for row in rows.values() if row["id"] == f"{one.id} {one.title}")
        assert row["interface"] == one.text("interface")
        for link in ("wraps", "uses"):
            assert all(f"{link} {id_} " in row["soups"] for id_ in one.links.get(link, ()))


def test_the_plan_holds_every_test_with_its_procedure_and_when_it_passes(printed: Printed) -> None:
    text, rows = printed.text("DOC_TP"), printed.rows("tests/test-table/0")
    assert rows.keys() == {one.id for one in printed.items("test", "verification")}
    for one in printed.items("test"):
        assert_said(text, one.id, one.title, one.statement, one.text("expected"))
        assert rows[one.id]["expected"] == one.text("expected")
        assert rows[one.id]["test_level"] == one.text("test_level").replace("_", " ")
        assert all(id_ in rows[one.id]["verifies"] for id_ in one.links["verifies_effectiveness"])


def test_the_report_holds_every_result_as_the_files_have_them(printed: Printed) -> None:
    trace, table = printed.built.trace, printed.table(RESULTS)
    names = [column.name for column in table.columns]
    shown = [dict(zip(names, map(plain, row.cells), strict=True)) for row in table.rows]
    assert [(row["test"], row["place"]) for row in shown] == [(one.title, str(one.location)) for one in trace.results]
    for path in Path(printed.folder.parent, "sample_docs", "results").glob("*.xml"):
        in_file = [case.get("name") for case in ElementTree.parse(path).iter("testcase")]
        assert [row["test"].rpartition("::")[2] for row in shown if path.name in row["place"]] == in_file
        assert printed.rows(RUNS)[f"results/{path.name}"]["gave"] == f"{len(in_file)} results"
    counts = {one: sum(row["outcome"] == one.replace("_", " ") for row in shown) for one in Outcome}
    assert table.notes == (f"{len(trace.results)} results in 4 files: {counts[Outcome.PASSED]} passed.",)
    text = printed.text("DOC_TR")
    assert_said(text, *(one.title for one in trace.results))
    for file in trace.evidence_files:
        if file.facts.get("level"):
            assert_said(text, file.sha256 or "", *(f"{name}: {value}" for name, value in file.facts.items()))


def test_the_report_holds_the_outcome_of_every_test_and_every_record(printed: Printed) -> None:
    rows = printed.rows(OUTCOMES)
    for one in printed.items("test", "verification"):
        assert rows[one.id]["verdict"] == printed.built.trace.verdicts[one.id]
    for one in printed.items("verification"):
        assert [rows[one.id][name] for name in ("performed_by", "performed_on", "record")] == [
            one.text(name) for name in ("performed_by", "performed_on", "record")
        ]


def test_the_matrix_holds_every_need_requirement_and_verdict(printed: Printed) -> None:
    table = printed.table(MATRIX)
    said = {plain(cell).partition(" ")[0] for row in table.rows for cell in row.cells}
    assert {one.id for one in printed.items("user-need", "system-requirement", "requirement")} <= said
    assert_said(
        printed.text("DOC_TRACE"), *(one.id for one in printed.items("requirement", "risk", "mitigation", "soup"))
    )


def test_the_risk_table_holds_every_risk_with_its_harm_and_every_measure(printed: Printed) -> None:
    rows, measures = printed.rows(RISKS), printed.rows(MEASURES)
    assert rows.keys() == {one.id for one in printed.items("risk")}
    assert measures.keys() == {one.id for one in printed.items("mitigation")}
    for one in printed.items("risk"):
        assert rows[one.id]["harm"] == one.text("harm")
    assert not any(row.gap for name in (RISKS, MEASURES) for row in printed.table(name).rows)
    text = printed.text("DOC_RISK")
    assert_said(text, *(one.title for one in printed.items("hazard", "risk", "cause", "mitigation")))


def test_the_soup_list_holds_every_soup_with_the_version_in_use(printed: Printed) -> None:
    rows = printed.rows("soup/soup-list/0")
    assert rows.keys() == {one.id for one in printed.items("soup")}
    for one in printed.items("soup"):
        assert rows[one.id]["version"] == one.text("designator")
        in_use = rows[one.id]["in_use"]
        assert in_use.startswith(f"{one.text('designator')} ") or in_use == "no manifest covers it"
    assert_said(printed.text("DOC_SOUP"), *(one.text("manufacturer") for one in printed.items("soup")))


def test_the_list_of_anomalies_holds_every_one_with_its_evaluation(printed: Printed) -> None:
    rows, text = printed.rows(ANOMALIES), printed.text("DOC_ANO")
    assert rows.keys() == {one.id for one in printed.items("anomaly")}
    for one in printed.items("anomaly"):
        assert_said(text, one.title, *(one.text(name) for name in ("safety_impact", "rationale", "root_cause")))
        assert rows[one.id]["safety_impact"] == one.text("safety_impact")
    assert not any(row.gap for row in printed.table(ANOMALIES).rows)


def test_the_record_holds_every_document_item_soup_and_file(printed: Printed) -> None:
    trace, text = printed.built.trace, printed.text("DOC_REL")
    documents = printed.items("document")
    assert {one.id for one in documents} == {path.stem for path in printed.folder.glob("*.pdf")}
    rows = {(plain(row.cells[0]), plain(row.cells[1])): row for row in printed.table(RECORD).rows}
    for one in documents:
        assert plain(rows["Document", f"{one.id} {one.title}; {one.text('number')}"].cells[2]) == one.text("revision")
    for one in printed.items("soup"):
        assert plain(rows["SOUP", f"{one.id} {one.title}"].cells[2]) == one.text("designator")
    for one in printed.items("software-item"):
        assert f"{len(trace.item_code[one.id])} file" in plain(rows["Software", f"{one.id} {one.title}"].cells[3])
    for file in trace.evidence_files:
        assert plain(rows["Evidence", file.path].cells[3]) == file.sha256
        assert_said(text, file.path, file.sha256 or "")
    against = {name for (_, name), row in rows.items() if row.gap}
    assert against == {"Commit", "Phase", "Requirement"}


# --- one change, and everything that differs -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What the sample says as it is, the tables of its reports included."""
    return Dossier(copied(tmp_path_factory.mktemp("whole"))).snapshot(REPORTS)


@pytest.fixture
def whole_changed(dossier: Dossier, whole_snapshot: Snapshot) -> Callable[[], Difference]:
    return lambda: difference(whole_snapshot, dossier.snapshot(REPORTS))


def test_a_test_that_fails_changes_the_report_the_matrices_the_risks_and_the_record(
    dossier: Dossier, whole_changed: Callable[[], Difference], whole_snapshot: Snapshot
) -> None:
    name = CASE.rpartition("::")[2]
    case = next(part for part in dossier.read(UNIT).split("<testcase ") if f'name="{name}"' in part)
    dossier.edit(UNIT, case, case.replace("</testcase>", '<failure message="shown for 6 minutes"/></testcase>'))
    found = whole_changed()
    line = f"{CASE} failed ({UNIT}:{dossier.line(UNIT, name)})"
    message = f"REQ_18 failed: {line}; correct the software or the test, and run it again"
    digests = found.rows(RUNS)[UNIT, "sha256"]

    def failed(table: str, row: str, column: str, what: str) -> tuple[str, str]:
        """A cell with a `passed` that has become `failed`: that behind some words."""
        before = whole_snapshot.cells[table, row, column]
        assert before.count(what) == 1
        return before, before.replace(what, what.replace("passed", "failed"))

    verified = failed(RISKS, "RISK_2", "mitigations", "age (protective measure) implementation passed")
    assert found == Difference(
        new_findings={("requirement-failed", "REQ_18", message)},
        cells={
            (RESULTS, CASE, "outcome"): ("passed", "failed"),
            (RESULTS, CASE, "remarks"): ("", "shown for 6 minutes"),
            (RUNS, UNIT, "sha256"): digests,
            (MATRIX, NEED, "executions"): failed(MATRIX, NEED, "executions", f"passed {CASE}"),
            (MATRIX, NEED, "verdict"): ("passed", "failed"),
            (CONTROLS, CONTROL, "executions"): failed(CONTROLS, CONTROL, "executions", f"passed {CASE}"),
            (CONTROLS, CONTROL, "verdict"): ("passed", "failed"),
            (RISKS, "RISK_2", "mitigations"): verified,
            (MEASURES, "RCM_3", "implementation"): ("passed", "failed"),
            (MEASURES, "RCM_3", "implemented_by"): failed(MEASURES, "RCM_3", "implemented_by", "advice passed"),
            (IMPACT, "SOUP_NODE > Mitigation > RCM_3 > controls", "verdict"): ("passed", "failed"),
            (IMPACT, "SOUP_NODE > Requirement > REQ_18 > allocated", "verdict"): ("passed", "failed"),
            (IMPACT, "SOUP_NODE > Requirement > REQ_18 > allocated", "executions"): ("2 passed", "1 failed 1 passed"),
            (RECORD, "Verification > Requirement", "state"): ("19 of 20 passed", "18 of 20 passed"),
            (RECORD, "Verification > Requirement", "stands_on"): ("REQ_20", "REQ_18, REQ_20"),
            (RECORD, "Verification > Requirement", "against"): ("1 untested", "1 failed; 1 untested"),
            (RECORD, "Verification > Mitigation", "state"): ("9 of 9 passed", "8 of 9 passed"),
            (RECORD, "Verification > Mitigation", "stands_on"): ("", "RCM_3"),
            (RECORD, "Verification > Mitigation", "against"): ("", "1 failed"),
            (RECORD, "Verification > Results", "state"): ("217 passed", "1 failed 216 passed"),
            (RECORD, "Verification > Results", "against"): ("", "1 not passed"),
            (RECORD, "Findings > Error", "state"): ("0", "1"),
            (RECORD, "Findings > Error", "stands_on"): ("", "requirement-failed (1)"),
            (RECORD, "Findings > Error", "against"): ("", "1 error"),
            (RECORD, f"Evidence > {UNIT}", "stands_on"): digests,
        },
    )


def test_a_new_anomaly_is_in_the_list_and_speaks_against_the_release_until_it_is_evaluated(
    dossier: Dossier, whole_changed: Callable[[], Difference]
) -> None:
    dossier.write("anomalies.rst", dossier.read("anomalies.rst") + NEW)
    said = "it is not stated what it means for safety and it is not stated why it may stay"
    warned = "licence-under-review (1), licence-unknown (1) and requirement-untested (1)"
    assert whole_changed() == Difference(
        new_findings={("anomaly-unaccepted", "ANO_4", f"ANO_4 stays in the release, but {said}; {ADVICE}")},
        cells={
            (ANOMALIES, "ANO_4", "id"): (None, "ANO_4 The display flickers"),
            (ANOMALIES, "ANO_4", "residual"): (None, "yes not stated"),
            (ANOMALIES, "ANO_4", "affects"): (None, "REQ_18 Expiry of an advice"),
            (ANOMALIES, "ANO_4", "risks"): (None, "RISK_2 A dose for a glucose that has passed through RCM_3"),
            **{(ANOMALIES, "ANO_4", name): (None, "") for name in UNSTATED},
            (RECORD, STAY, "state"): ("3", "4"),
            (RECORD, STAY, "stands_on"): ("ANO_1, ANO_2, ANO_3", "ANO_1, ANO_2, ANO_3, ANO_4"),
            (RECORD, STAY, "against"): ("", "not shown to be acceptable: ANO_4"),
            (RECORD, "Findings > Warning", "state"): ("3", "4"),
            (RECORD, "Findings > Warning", "stands_on"): (warned, f"anomaly-unaccepted (1), {warned}"),
        },
    )


def test_a_new_revision_of_a_document_is_in_the_register_and_in_the_record(
    dossier: Dossier, whole_changed: Callable[[], Difference]
) -> None:
    newest = "      3 | 2026-10-19 | J. Berg | Time to the advice; both units of glucose on one display\n"
    dossier.edit("requirements.rst", newest, f"      4 | 2026-12-01 | A. Okoro | Night colours\n{newest}")
    dossier.edit("requirements.rst", ":revision: 3", ":revision: 4")
    row = "Document > DOC_SRS Software requirements specification; BA-021"
    changes = (newest.split("|")[3].strip(), "Night colours")
    assert whole_changed() == Difference(
        cells={
            (REGISTER, "DOC_SRS", "revision"): ("3", "4"),
            (REGISTER, "DOC_SRS", "last_change"): (
                f"2026-10-19, J. Berg; {changes[0]}",
                f"2026-12-01, A. Okoro; {changes[1]}",
            ),
            (RECORD, row, "state"): ("3", "4"),
            (RECORD, row, "stands_on"): ("2026-10-19, J. Berg", "2026-12-01, A. Okoro"),
        }
    )


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_the_record_is_written_again_when_the_commit_or_what_differs_from_it_does(
    dossier: Dossier, tmp_path: Path
) -> None:
    """No source of its page says so: what a build shows after the last one is what a fresh one shows."""
    kept = tmp_path / "kept"

    def made(place: Path) -> dict[str, bytes]:
        sources = Sources(folder=dossier.folder, doctrees=place / "trees", settings={"soup_date": "2026-01-02"})
        for builder in ("html", "soup-pdf"):
            build(sources, builder, place / builder)
        return {**shown(place / "html"), **shown(place / "soup-pdf")}

    def against(files: Mapping[str, bytes]) -> list[str]:
        page = files["release.html"].decode()
        return [said for said in ("no commit is known", "files differ from the commit") if said in page]

    assert against(made(kept)) == ["no commit is known"]
    git(dossier.folder, "init", "--quiet")
    git(dossier.folder, "add", "--all")
    git(dossier.folder, "commit", "--quiet", "--message", "x")
    assert against(made(kept)) == []
    dossier.edit("conf.py", '"Example Devices"', '"Example devices"')
    after = made(kept)
    assert against(after) == ["files differ from the commit"]
    assert after == made(tmp_path / "fresh")
