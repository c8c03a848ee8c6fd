"""S38: one-shot and recurrent documents. The register says how each lives, what it needs, and when it changed."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier, Snapshot

REGISTER = "index/document-register/0"


def test_the_register_lists_the_kind_and_the_last_change_of_each(sample_snapshot: Snapshot) -> None:
    rows = {row for table, row, _ in sample_snapshot.cells if table == REGISTER}
    assert rows == {"DOC_ANO", "DOC_REL", "DOC_RISK", "DOC_SAD", "DOC_SOUP", "DOC_SRS", "DOC_TP", "DOC_TR", "DOC_TRACE"}
    for row in rows:
        assert sample_snapshot.cells[REGISTER, row, "document_kind"] == "recurrent"
        assert sample_snapshot.cells[REGISTER, row, "last_change"].startswith("2026-")
        assert sample_snapshot.cells[REGISTER, row, "owner"]
        assert sample_snapshot.cells[REGISTER, row, "made_from"]


def test_a_new_revision_is_the_last_change(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    newest = "      5 | 2026-11-09 | J. Berg | Luxon moved; its published anomalies evaluated anew\n"
    dossier.edit("soup.rst", newest, f"      6 | 2026-12-01 | M. Tan | Sorting anew\n{newest}")
    dossier.edit("soup.rst", ":revision: 5", ":revision: 6")
    assert changed() == Difference(
        cells={
            (REGISTER, "DOC_SOUP", "revision"): ("5", "6"),
            (REGISTER, "DOC_SOUP", "last_change"): (
                "2026-11-09, J. Berg; Luxon moved; its published anomalies evaluated anew",
                "2026-12-01, M. Tan; Sorting anew",
            ),
        },
    )


def test_a_revision_that_its_history_does_not_tell_of_is_a_finding(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", ":revision: 5", ":revision: 6")
    message = (
        "DOC_SOUP is in revision 6, but the newest line of its :history: is that of revision 5; "
        "add a line for revision 6, or correct :revision:"
    )
    told = "2026-11-09, J. Berg; Luxon moved; its published anomalies evaluated anew"
    assert changed() == Difference(
        new_findings={("document-history-behind", "DOC_SOUP", message)},
        cells={
            (REGISTER, "DOC_SOUP", "revision"): ("5", "6"),
            (REGISTER, "DOC_SOUP", "last_change"): (told, f"{told}; nothing on revision 6"),
        },
    )


def test_a_document_that_is_written_once_says_so(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("tests.rst", ":document_kind: recurrent", ":document_kind: one_shot")
    assert changed() == Difference(cells={(REGISTER, "DOC_TP", "document_kind"): ("recurrent", "one shot")})
