"""The register of documents: how each lives, who answers for it, and when it last changed."""

from __future__ import annotations

from sphinxcontrib_soup.kinds import Revision, misfits, revisions
from sphinxcontrib_soup.tables import narrowed
from tests.rules.traces import findings, item
from tests.views.shown import dossier, show, texts

HISTORY = "3 | 2026-02-11 | I. Falk | Criteria for updates\n2 | 2026-01-20 | I. Falk | Alarm | bell"


def plan(**options: str) -> object:
    fields = {"revision": "3", "document_kind": "recurrent", "owner": "I. Falk", "history": HISTORY, **options}
    return item("document", "DOC_PLAN", title="Plan", **fields)


def register(*facts: object) -> list[list[str]]:
    return texts(narrowed(show("document-register", dossier(*facts))))  # type: ignore[arg-type]


def test_each_document_says_how_it_lives_what_it_needs_and_when_it_changed() -> None:
    assert register(
        plan(made_from="hazards and risks"),
        item("document", "DOC_INPUT", title="Use study", document_kind="one_shot", consumed_by="DOC_PLAN"),
    ) == [
        ["", "DOC_INPUT", "Use study", "one shot", "", "", "", "DOC_PLAN Plan", "no history"],
        [
            *("", "DOC_PLAN", "Plan", "recurrent", "3", "I. Falk", "hazards and risks; DOC_INPUT Use study", ""),
            "2026-02-11, I. Falk; Criteria for updates",
        ],
    ]


def test_a_history_that_is_behind_is_a_gap_and_a_finding() -> None:
    behind = plan(revision="4")
    assert register(behind)[0][-1] == "2026-02-11, I. Falk; Criteria for updates; nothing on revision 4"
    assert register(behind)[0][0] == "!"
    (found,) = findings("document-history-behind", behind)  # type: ignore[arg-type]
    assert "is in revision 4, but the newest line of its :history: is that of revision 3" in found.message


def test_a_document_without_kind_says_so() -> None:
    (row,) = register(plan(document_kind=""))
    assert row[3] == "not stated"


def test_the_kinds_are_counted_below() -> None:
    table = show("document-register", dossier(plan(), item("document", "DOC_X")))  # type: ignore[arg-type]
    assert table.notes == ("2 documents: 1 of no stated kind, 1 recurrent.",)


def test_the_lines_of_a_history() -> None:
    assert revisions(HISTORY)[1] == Revision("2", "2026-01-20", "I. Falk", "Alarm | bell")
    assert revisions("1 | 2026-01-01 | A | It was\nchanged a lot\n\n") == (
        Revision("1", "2026-01-01", "A", "It was changed a lot"),
    )
    assert revisions("") == ()


def test_a_line_of_a_history_that_is_none_is_told() -> None:
    for line in ("3 | May | I. Falk | What", "3 | 2026-02-11 | I. Falk", "3 | 2026-02-11 | | What", "words"):
        (wrong,) = misfits("document", {"history": f"{HISTORY}\n1 | 2025-01-01 | A | B\n{line}|"}, {}).values()
        assert "each must be: revision | date as YYYY-MM-DD | who made it | what changed" in wrong
    assert misfits("document", {"history": HISTORY}, {}) == {}
