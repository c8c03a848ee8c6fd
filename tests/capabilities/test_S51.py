"""S51: the matrix is whole: it counts what a script counts that knows nothing of this project.

The script reads the sample's own files with regular expressions, and the results with the standard library.
"""

import re
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from tests.capabilities.conftest import Dossier, Snapshot

MATRIX = "traceability/traceability-matrix/0"


def items_of(folder: Path) -> dict[str, tuple[str, str]]:
    """ID to (directive, the item's text) of all items in the sample's files."""
    found = {}
    for path in folder.rglob("*.rst"):
        for kind, body in re.findall(r"^\.\. ([a-z-]+):: [^\n]*\n((?:   [^\n]*\n|\n)*)", path.read_text(), re.M):
            if id_ := re.search(r"^   :id: (\S+)", body, re.M):
                found[id_[1]] = (kind, body)
    return found


def linked(body: str, link: str) -> list[str]:
    written = re.search(rf"^   :{link}: (.*)", body, re.M)
    return re.findall(r"[A-Z]\w+", written[1]) if written else []


def executed(folder: Path) -> dict[str, list[bool]]:
    """ID to whether each case that names it passed."""
    found = defaultdict(list)
    for path in (folder / "results").glob("*.xml"):
        for case in ElementTree.parse(path).iter("testcase"):
            bad = any(case.find(tag) is not None for tag in ("failure", "error", "skipped"))
            for named in {one.get("value", "") for one in case.iter("property") if one.get("name") == "verifies"}:
                for id_ in re.split(r"[,\s]+", named.strip()):
                    found[id_].append(not bad)
    return found


def test_rows_and_verdicts_equal_an_independent_count(dossier: Dossier, sample_snapshot: Snapshot) -> None:
    items, results = items_of(dossier.folder), executed(dossier.folder)
    for id_, (kind, body) in items.items():
        if kind == "verification":
            results[id_].append(":outcome: passed" in body)
    for id_, (kind, body) in items.items():
        if kind in ("test", "verification"):
            for target in linked(body, "verifies"):
                results[target] += results[id_] or [False]
    rows = {
        f"{need} > {system} > {requirement}"
        for requirement, (kind, body) in items.items()
        for system in linked(body, "derives_from")
        for need in linked(items[system][1], "derives_from")
        if kind == "requirement"
    }
    shown = {row for table, row, _ in sample_snapshot.cells if table == MATRIX}
    assert shown == rows
    assert len(rows) > 20
    for row in rows:
        last = row.rpartition(" > ")[2]
        verdict = "untested" if not results[last] else "passed" if all(results[last]) else "failed"
        assert sample_snapshot.cells[MATRIX, row, "verdict"] == verdict, row


def test_every_requirement_is_in_the_matrix_forward_and_backward(sample_snapshot: Snapshot, dossier: Dossier) -> None:
    items = items_of(dossier.folder)
    rows = [row.split(" > ") for table, row, column in sample_snapshot.cells if table == MATRIX and column == "verdict"]
    for kind, at in (("user-need", 0), ("system-requirement", 1), ("requirement", 2)):
        assert {row[at] for row in rows} == {id_ for id_, (written, _) in items.items() if written == kind}
