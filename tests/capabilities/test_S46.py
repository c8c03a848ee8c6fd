"""S46: traceability is handled: links are typed, both directions agree, and a broken one is a finding."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier

MATRIX = "traceability/traceability-matrix/0"
LINK = ":id: REQ_20\n   :category: performance\n   :derives_from: SYS_6"
ROW = "UN_3 > SYS_6 > REQ_20"
SHOWN = {
    (MATRIX, ROW, "user_need"): ("UN_3 An advice that I understand", None),
    (MATRIX, ROW, "is_refined_by"): ("SYS_6 Advice or reason on the display", None),
    (MATRIX, ROW, "is_refined_by_2"): ("REQ_20 Time to the advice", None),
    (MATRIX, ROW, "executions"): ("", None),
    (MATRIX, ROW, "verdict"): ("untested", None),
}


def test_a_link_to_nothing_is_a_finding_and_leaves_the_matrix(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("requirements.rst", LINK, LINK.replace("SYS_6", "SIS_6"))
    message = (
        "REQ_20 links to nothing: no item has the ID SIS_6 (did you mean SYS_6?); correct `:derives_from:`, "
        "or write the item"
    )
    assert changed() == Difference(new_findings={("link-dangling", "REQ_20", message)}, cells=SHOWN)


def test_a_link_to_an_item_of_another_kind_is_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("requirements.rst", LINK, LINK.replace("SYS_6", "SYS_6, HAZ_1"))
    difference = changed()
    (finding,) = difference.new_findings
    assert finding[:2] == ("link-unfitting", "REQ_20")
    assert "HAZ_1" in finding[2]
    assert not difference.cells
    assert not difference.gone_findings


def test_links_in_a_circle_are_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    link = ":id: REQ_19\n   :category: user_interface\n   :derives_from: SYS_6"
    dossier.edit("requirements.rst", link, f"{link}, REQ_19")
    difference = changed()
    assert {finding[:2] for finding in difference.new_findings} == {("link-cycle", "REQ_19")}
    assert not difference.cells
    assert not difference.gone_findings


def test_both_ends_of_every_link_are_shown(dossier: Dossier) -> None:
    trace = dossier.build().trace
    stored = {(item.id, link, id_) for item in trace.items.values() for link, ids in item.links.items() for id_ in ids}
    seen = {
        (source, link, id_) for id_, links in trace.incoming.items() for link, ids in links.items() for source in ids
    }
    assert stored == seen
    assert len(stored) > 100
