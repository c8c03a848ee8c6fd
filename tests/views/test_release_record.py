"""What a release consists of and stands on, and what speaks against it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from sphinxcontrib_soup.model import (
    Basis,
    Count,
    Dossier,
    Evidence,
    Finding,
    Item,
    Judgement,
    Location,
    Outcome,
    Phase,
    Provenance,
    Settings,
    Severity,
    SourceFile,
    Table,
    Unread,
)
from tests.rules.traces import item, package, result, settings, trace
from tests.views.shown import NO_JUDGEMENT, show, texts

RELEASE = settings(phase=Phase.RELEASE)
MADE = Provenance(project="Pump", release="2.1", tool="soup 1", date="2026-01-02", commit="ab" * 20, dirty=False)
FILE = SourceFile(path="results.xml", sha256="cd" * 32, reader="junit-xml")


def record(
    *facts: Item | Evidence,
    stated: Settings = RELEASE,
    judgement: Judgement = NO_JUDGEMENT,
    made: Provenance = MADE,
    sources: tuple[SourceFile, ...] = (FILE,),
) -> Table:
    return show(
        "release-record",
        Dossier(trace=trace(*facts, stated=stated, sources=sources), judgement=judgement, provenance=made),
    )


def rows(table: Table, part: str) -> list[list[str]]:
    """The rows of a part, without its name."""
    return [[gap, *others] for gap, name, *others in texts(table) if name == part]


def finding(severity: Severity, rule: str = "some-rule") -> Finding:
    place = Location("index.rst", 1)
    stated = {"message": "m", "subject": "S", "clause": "", "basis": Basis.PRACTICE}
    return Finding(rule=rule, severity=severity, location=place, **stated)


def test_a_release_without_anything_against_it_says_so() -> None:
    facts = (
        item("requirement", "REQ_1"),
        result("t", Outcome.PASSED, "REQ_1"),
        item("document", "DOC_1", title="SRS", number="N-1", revision="2", history="2 | 2026-01-01 | A. B | Second"),
        item("anomaly", "ANO_1", safety_impact="No dose changes", rationale="It is small"),
    )
    table = record(*facts)
    assert table.notes == (
        "Speaks against a release: nothing in this record.",
        "The record is computed from sources and evidence; it approves nothing.",
    )
    assert texts(table) == [
        ["", "Release", "Pump", "2.1", "", ""],
        ["", "Release", "Commit", "ab" * 20, "all files under version control are as in it", ""],
        ["", "Release", "As of", "2026-01-02", "", ""],
        ["", "Release", "Phase", "release", "", ""],
        ["", "Release", "Safety class", "C", "it can kill", ""],
        ["", "Release", "This record", "soup 1", "", ""],
        ["", "Verification", "Requirement", "1 of 1 passed", "", ""],
        ["", "Verification", "Results", "1 passed", "1 file", ""],
        ["", "Anomalies", "That stay in the release", "1", "ANO_1", ""],
        ["", "Findings", "Error", "0", "", ""],
        ["", "Findings", "Warning", "0", "", ""],
        ["", "Findings", "Info", "0", "", ""],
        ["", "Findings", "Rules not applied", "0", "", ""],
        ["", "Document", "DOC_1 SRS; N-1", "2", "2026-01-01, A. B", ""],
        ["", "Evidence", "results.xml", "read as junit-xml", "cd" * 32, ""],
    ]


def test_nothing_at_all_is_no_release() -> None:
    nothing = Provenance(project="", release="", tool="soup 1")
    table = record(stated=settings(safety_class=None), made=nothing, sources=())
    assert [row for row in texts(table) if row[0]] == [
        ["!", "Release", "Project", "", "", "no release is stated"],
        ["!", "Release", "Commit", "", "", "no commit is known"],
        ["!", "Release", "As of", "", "", "no date is known"],
        ["!", "Release", "Phase", "development", "", "it is judged as in development, not as at a release"],
        [
            *("!", "Release", "Safety class", "C"),
            *("none is stated, so it counts as the highest", "no safety class is stated"),
        ],
        ["!", "Verification", "Results", "", "0 files", "there is none"],
    ]
    assert table.notes[0] == "Speaks against a release: 6 rows of 12."


def test_files_that_differ_from_the_commit_speak_against_it() -> None:
    assert ["!", "Commit", "ab" * 20, "", "files differ from the commit"] in rows(
        record(made=replace(MADE, dirty=True)), "Release"
    )


def test_what_is_not_verified_is_named_and_so_many_at_most() -> None:
    items = [item("requirement", f"REQ_{number}") for number in range(1, 15)]
    table = record(*items, result("a", Outcome.FAILED, "REQ_12"), result("b", Outcome.PASSED, "REQ_1"))
    first = ", ".join(f"REQ_{number}" for number in range(2, 12))
    assert rows(table, "Verification") == [
        ["!", "Requirement", "1 of 14 passed", f"{first} and 3 more", "1 failed; 12 untested"],
        ["!", "Results", "1 failed 1 passed", "1 file", "1 not passed"],
    ]


def test_findings_count_by_level_and_errors_speak_against_it() -> None:
    found = (finding(Severity.ERROR), finding(Severity.WARNING, "b"), finding(Severity.WARNING, "a"))
    judgement = Judgement(findings=found, counts={"a": Count(1, 1), "c": Count(0, 0, "switched off by A. B: later")})
    assert rows(record(judgement=judgement), "Findings") == [
        ["!", "Error", "1", "some-rule (1)", "1 error"],
        ["", "Warning", "2", "a (1) and b (1)", ""],
        ["", "Info", "0", "", ""],
        ["", "Rules not applied", "1", "c: switched off by A. B: later", ""],
    ]


def test_an_anomaly_that_is_not_evaluated_speaks_against_it_and_one_that_was_removed_is_not_counted() -> None:
    table = record(item("anomaly", "ANO_1"), item("anomaly", "ANO_2", residual="no"))
    against = "not shown to be acceptable: ANO_1"
    assert rows(table, "Anomalies") == [["!", "That stay in the release", "1", "ANO_1", against]]


def test_a_document_without_revision_and_one_whose_history_is_behind() -> None:
    table = record(
        item("document", "DOC_1", title="Plan"),
        item("document", "DOC_2", title="Report", revision="3", history="2 | 2026-01-01 | A. B | Second"),
    )
    assert rows(table, "Document") == [
        ["!", "DOC_1 Plan", "", "", "no revision is stated"],
        ["!", "DOC_2 Report", "3", "2026-01-01, A. B", "its history is behind"],
    ]


def test_soups_stand_with_the_version_in_use_and_packages_beside_them_are_counted() -> None:
    table = record(
        item("soup", "SOUP_1", title="pint", purl="pkg:pypi/pint", designator="0.24"),
        item("soup", "SOUP_2", title="lmdb", purl="pkg:pypi/lmdb", designator="1.0"),
        item("soup", "SOUP_3", title="gone", purl="pkg:pypi/gone"),
        package("pint", "0.24", line=1),
        package("lmdb", "2.0", line=2),
        package("attrs", "25.1", line=3, direct=False),
        package("numpy", "2.1", line=4),
    )
    place = "requirements.txt"
    assert rows(table, "SOUP") == [
        ["", "SOUP_1 pint", "0.24", f"0.24 {place}:1", ""],
        ["!", "SOUP_2 lmdb", "1.0", f"2.0 not declared {place}:2", "another version is in use"],
        ["!", "SOUP_3 gone", "", "in no manifest", "no version is stated; no manifest names it"],
        ["!", "Other packages in the device", "2", "listed in the inventory", "not declared: numpy"],
    ]


def test_the_digest_of_code_is_that_of_the_list_of_sha256sum(tmp_path: Path) -> None:
    files = {"b.py": "print('b')\n", "a.py": "print('a')\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    listed = subprocess.run(["sha256sum", "a.py", "b.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    summed = subprocess.run(["sha256sum"], input=listed.stdout, capture_output=True, text=True, check=True)
    digests = {line.split()[1]: line.split()[0] for line in listed.stdout.splitlines()}
    sources = tuple(
        SourceFile(path=name, sha256=digests[name], reader="python-code", imports=("pypi",)) for name in files
    )
    table = record(
        item("software-item", "ITEM_2", title="Alarm", part_of="ITEM_1"),
        item("software-item", "ITEM_1", title="Pump", code="b.py, a.py"),
        sources=sources,
    )
    assert rows(table, "Software") == [
        ["", "ITEM_1 Pump", "class C", f"2 files of code, SHA-256; {summed.stdout.split()[0]}", ""],
        ["", "ITEM_2 Alarm", "class C", "", ""],
    ]


def test_a_file_that_is_not_read_speaks_against_it() -> None:
    unknown = SourceFile(path="notes.bin", sha256="ef" * 32, reader=None)
    torn = Unread(reason="torn", location=Location("results.xml", 3))
    assert rows(record(torn, sources=(FILE, unknown)), "Evidence") == [
        ["!", "notes.bin", "", "ef" * 32, "it is not read, or not whole"],
        ["!", "results.xml", "read as junit-xml", "cd" * 32, "it is not read, or not whole"],
    ]
