"""Links that lead nowhere, to what they do not fit, or back to where they began."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from sphinxcontrib_soup.kinds import BY_NAME, LINKS
from sphinxcontrib_soup.model import Location, Rejection, Severity
from sphinxcontrib_soup.rules.link_cycle import cycles
from tests.rules.traces import HOSTILE, examined, findings, item, judged, trace


class TestDangling:
    name = "link-dangling"

    def test_no_such_item(self) -> None:
        (found,) = findings(self.name, item("requirement", "REQ_1", 3, derives_from="SYS_9"))
        assert found.message == (
            "REQ_1 links to nothing: no item has the ID SYS_9; correct `:derives_from:`, or write the item"
        )
        assert (found.subject, found.location, found.severity) == ("REQ_1", Location("index.rst", 3), Severity.ERROR)

    def test_what_was_probably_meant(self) -> None:
        (found,) = findings(
            self.name, item("requirement", "REQ_1", derives_from="SYS_DOES"), item("system-requirement", "SYS_DOSE")
        )
        assert "no item has the ID SYS_DOES (did you mean SYS_DOSE?);" in found.message

    def test_numbers_are_not_guessed(self) -> None:
        others = [item("system-requirement", f"SYS_{number}") for number in range(70, 80)]
        (found,) = findings(self.name, item("requirement", "REQ_1", derives_from="SYS_7"), *others)
        assert "did you mean" not in found.message

    def test_a_target_that_was_rejected(self) -> None:
        rejection = Rejection(
            id="SYS_1", kind="system-requirement", title="", problem="it is odd", location=Location("sys.rst", 8)
        )
        made = trace(item("requirement", "REQ_1", derives_from="SYS_1"), rejections=[rejection])
        (found,) = judged(self.name, made).findings
        assert "SYS_1 was written at sys.rst:8, but could not be taken" in found.message

    def test_each_dangling_link_once(self) -> None:
        made = item("mitigation", "RCM_1", controls="RISK_1 RISK_2 RISK_1", implemented_by="REQ_1")
        found = findings(self.name, made, item("risk", "RISK_2"))
        assert sorted(one.message.split(";")[0].rpartition(" ")[2] for one in found) == ["REQ_1", "RISK_1"]
        assert examined(self.name, made) == 1

    def test_examined_are_items_with_links(self) -> None:
        facts = (item("requirement", "REQ_1", derives_from="REQ_2"), item("requirement", "REQ_2"))
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 1

    def test_hostile_target(self) -> None:
        made = replace(item("requirement", "REQ_1"), links={"derives_from": (HOSTILE,)})
        (found,) = findings(self.name, made)
        assert found.message.isprintable()


class TestUnfitting:
    name = "link-unfitting"

    def test_wrong_target(self) -> None:
        (found,) = findings(self.name, item("test", "TC_1", 5, verifies="HAZ_1"), item("hazard", "HAZ_1"))
        assert found.message.startswith("TC_1 verifies HAZ_1, which is a hazard; `:verifies:` leads to `user-need`, ")
        assert (found.location, found.severity) == (Location("index.rst", 5), Severity.ERROR)

    def test_wrong_source_is_said_once(self) -> None:
        facts = (item("risk", "RISK_1", controls="RISK_2 HAZ_1"), item("risk", "RISK_2"), item("hazard", "HAZ_1"))
        (found,) = findings(self.name, *facts)
        assert found.message == "RISK_1 is a risk and cannot hold `:controls:`; it belongs to `mitigation`"

    def test_dangling_targets_are_left_to_their_rule(self) -> None:
        assert findings(self.name, item("test", "TC_1", verifies="NOTHING")) == ()

    def test_links_that_are_not_ours_are_left_alone(self) -> None:
        made = replace(item("hazard", "HAZ_1"), links={"tests": ("HAZ_1",), "controls": ()})
        assert findings(self.name, made) == ()
        assert examined(self.name, made) == 0

    def test_every_link_fits_between_the_kinds_it_is_declared_for(self) -> None:
        for link in LINKS:
            for source in link.sources or BY_NAME:
                for target in link.targets or BY_NAME:
                    facts = (item(source, "FROM_1", **{link.name: "INTO_1"}), item(target, "INTO_1"))
                    assert findings(self.name, *facts) == ()
                    assert examined(self.name, *facts) == 1

    def test_every_other_pair_does_not_fit(self) -> None:
        for link in LINKS:
            wrong_sources = [kind for kind in BY_NAME if link.sources and kind not in link.sources]
            wrong_targets = [kind for kind in BY_NAME if link.targets and kind not in link.targets]
            sources, targets = link.sources or tuple(BY_NAME), link.targets or tuple(BY_NAME)
            pairs = [(kind, targets[0]) for kind in wrong_sources] + [(sources[0], kind) for kind in wrong_targets]
            for source, target in pairs:
                facts = (item(source, "FROM_1", **{link.name: "INTO_1"}), item(target, "INTO_1"))
                assert len(findings(self.name, *facts)) == 1


class TestCycle:
    name = "link-cycle"

    def test_a_circle_is_said_once_at_its_first_item(self) -> None:
        facts = (
            item("requirement", "REQ_3", 3, derives_from="REQ_1"),
            item("requirement", "REQ_2", 2, derives_from="REQ_3"),
            item("requirement", "REQ_1", 1, derives_from="REQ_2"),
            item("requirement", "REQ_4", 4, derives_from="REQ_1"),
        )
        (found,) = findings(self.name, *facts)
        assert found.message == (
            "REQ_1 leads back to itself by `:derives_from:` (REQ_1 → REQ_2 → REQ_3 → REQ_1); take out the link that is "
            "wrong"
        )
        assert found.location == Location("index.rst", 1)
        assert examined(self.name, *facts) == 4

    def test_an_item_that_names_itself(self) -> None:
        (found,) = findings(self.name, item("document", "DOC_1", replaces="DOC_1"))
        assert "(DOC_1 → DOC_1)" in found.message

    def test_each_type_of_link_by_itself(self) -> None:
        facts = (
            item("requirement", "REQ_1", derives_from="REQ_2"),
            item("requirement", "REQ_2", part_of="REQ_1"),
        )
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 2

    def test_links_that_may_go_round(self) -> None:
        facts = (item("document", "DOC_1", consumed_by="DOC_2"), item("document", "DOC_2", consumed_by="DOC_1"))
        assert examined(self.name, *facts) == 0

    def test_a_long_circle_is_cut_short(self) -> None:
        facts = [item("requirement", f"REQ_{n:05}", derives_from=f"REQ_{(n + 1) % 20000:05}") for n in range(20000)]
        (found,) = findings(self.name, *facts)
        assert "REQ_00009 → 19990 more → REQ_00000)" in found.message


GRAPHS = st.integers(1, 8).flatmap(
    lambda size: st.dictionaries(
        st.sampled_from("abcdefgh"[:size]), st.lists(st.sampled_from("abcdefgh"[:size]), max_size=3)
    ).map(lambda some: {node: tuple(some.get(node, ())) for node in "abcdefgh"[:size]})
)


def ways(graph: dict[str, tuple[str, ...]], path: tuple[str, ...], end: str) -> list[tuple[str, ...]]:
    """Every simple way on from a path to an end, found by trying all."""
    found: list[tuple[str, ...]] = []
    for target in graph[path[-1]]:
        if target == end:
            found.append(path)
        elif target not in path:
            found += ways(graph, (*path, target), end)
    return found


@tried(max_examples=300, deadline=None)
@given(GRAPHS)
def test_cycles_against_trying_every_way(graph: dict[str, tuple[str, ...]]) -> None:
    circles = {node: ways(graph, (node,), node) for node in graph}
    tangles = {
        frozenset({node, *(other for other in graph if ways(graph, (node,), other) and ways(graph, (other,), node))})
        for node in graph
        if circles[node]
    }
    found = list(cycles(graph))
    assert [cycle[0] for cycle in found] == sorted(min(tangle) for tangle in tangles)
    for cycle in found:
        assert all(later in graph[earlier] for earlier, later in pairwise([*cycle, cycle[0]]))
        assert len(cycle) == min(len(circle) for circle in circles[cycle[0]])
