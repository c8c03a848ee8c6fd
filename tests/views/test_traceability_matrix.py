"""The traceability matrix: paths, gaps, executions, verdicts, totals, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.kinds import BY_NAME, LINK_BY_NAME
from sphinxcontrib_soup.model import Attempt, Badge, Item, Outcome, Table, Text, Tone, Trace
from sphinxcontrib_soup.views import traceability_matrix
from tests.rules.traces import HOSTILE, item, result
from tests.views.shown import dossier, show, texts

PASSED, FAILED, SKIPPED = Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED


def matrix(*facts: object, chain: str = "") -> Table:
    options = {"chain": chain} if chain else {}
    return show("traceability-matrix", dossier(*facts), **options)  # type: ignore[arg-type]


def test_a_path_ends_with_its_executions_and_the_verdict_behind_them() -> None:
    table = matrix(
        item("system-requirement", "SYS_1", title="Advise a dose"),
        item("requirement", "REQ_1", title="Compute", derives_from="SYS_1"),
        item("requirement", "REQ_2", title="Round", derives_from="SYS_1"),
        item("test", "TC_1", title="Rounding", verifies="REQ_2"),
        result("test_compute", PASSED, "REQ_1", line=3),
        result("test_round", FAILED, "TC_1", line=7),
    )
    assert [column.name for column in table.columns] == [
        "system_requirement",
        "is_refined_by",
        "executions",
        "verdict",
    ]
    assert [column.title for column in table.columns] == [
        "System requirement",
        "Requirement",
        "Executions",
        "Verdict",
    ]
    assert texts(table) == [
        ["", "SYS_1 Advise a dose", "REQ_1 Compute", "passed test_compute results.xml:3", "passed"],
        ["!", "SYS_1 Advise a dose", "REQ_2 Round", "failed TC_1 test_round results.xml:7", "failed"],
    ]
    assert table.notes == (
        "1 item to start from, 2 paths, 1 of them with a gap.",
        "Items at the ends: 1 failed, 0 untested, 1 passed.",
    )


def test_a_missing_hop_is_a_gap_that_says_which_link_is_missing() -> None:
    facts = (
        item("user-need", "UN_1"),
        item("user-need", "UN_2"),
        item("system-requirement", "SYS_1", derives_from="UN_1"),
    )
    table = matrix(*facts, chain="user-need <-derives_from <-derives_from")
    assert [column.name for column in table.columns][:3] == ["user_need", "is_refined_by", "is_refined_by_2"]
    assert [column.title for column in table.columns][:3] == ["User need", "System requirement", "Is refined by"]
    assert texts(table) == [
        ["!", "UN_1 UN_1", "SYS_1 SYS_1", "is refined by nothing", "", "untested"],
        ["!", "UN_2 UN_2", "is refined by nothing", "", "", "untested"],
    ]


def test_an_item_that_nothing_verifies_is_a_gap() -> None:
    assert texts(matrix(item("requirement", "REQ_1"), chain="requirement")) == [["!", "REQ_1 REQ_1", "", "untested"]]


def test_skipped_is_not_passed() -> None:
    table = matrix(item("requirement", "REQ_1"), result("t", SKIPPED, "REQ_1"), chain="requirement")
    assert texts(table) == [["!", "REQ_1 REQ_1", "skipped t results.xml:1", "untested"]]


def test_a_verdict_that_comes_through_other_items_names_them() -> None:
    facts = [item("system-requirement", "SYS_1")]
    facts += [item("requirement", f"REQ_{number}", derives_from="SYS_1") for number in range(1, 9)]
    passing = [result(f"t{number}", FAILED if number == 8 else PASSED, f"REQ_{number}") for number in range(1, 9)]
    table = matrix(*facts, *passing, chain="system-requirement")
    assert texts(table, "executions", "verdict") == [
        ["!", "through REQ_8, REQ_1, REQ_2, REQ_3, REQ_4; and 3 more passed", "failed"]
    ]


def test_many_executions_are_counted_but_none_that_did_not_pass_is_left_out() -> None:
    passing = [result(f"p{number:02}", PASSED, "REQ_1", line=number) for number in range(1, 43)]
    failing = [result(f"f{number}", FAILED, "REQ_1", line=100 + number) for number in range(1, 8)]
    requirement = item("requirement", "REQ_1")
    few = matrix(requirement, *passing, chain="requirement").rows[0].cells[1]
    many = matrix(requirement, *passing, *failing, chain="requirement").rows[0].cells[1]
    assert len(few) == 6
    assert few[-1] == (Text("and 37 more passed"),)
    assert [line[0].text for line in many] == ["failed"] * 7 + ["and 42 more passed"]


def test_attempts_and_other_verification_show_what_stands_behind_them() -> None:
    again = replace(result("flaky", PASSED, "REQ_1"), attempts=(Attempt(outcome=FAILED), Attempt(outcome=PASSED)))
    review = item(
        "verification",
        "VER_1",
        title="Review",
        verifies="REQ_1",
        method="review",
        outcome="passed",
        performed_by="Ada",
        performed_on="2026-01-02",
        record="R-7",
    )
    unrecorded = item("verification", "VER_2", title="Look", verifies="REQ_1", outcome="passed")
    table = matrix(item("requirement", "REQ_1"), again, review, unrecorded, chain="requirement")
    assert texts(table, "executions") == [
        [
            "!",
            "not run VER_2 Look; passed (2 attempts) flaky results.xml:1; "
            "passed VER_1 Review (review by Ada on 2026-01-02, record: R-7)",
        ]
    ]


def test_a_chain_from_hazards_leads_over_mitigations_to_requirements() -> None:
    table = matrix(
        item("hazard", "HAZ_1"),
        item("risk", "RISK_1", arises_from="HAZ_1"),
        item("mitigation", "RCM_1", controls="RISK_1", implemented_by="REQ_1 REQ_404"),
        item("requirement", "REQ_1"),
        item("requirement", "REQ_9"),
        result("t", PASSED, "REQ_1"),
        chain="hazard <-arises_from <-controls implemented_by",
    )
    assert [column.name for column in table.columns] == [
        "hazard",
        "gives_rise_to",
        "controlled_by",
        "implemented_by",
        "executions",
        "verdict",
    ]
    assert texts(table) == [
        ["", "HAZ_1 HAZ_1", "RISK_1 RISK_1", "RCM_1 RCM_1", "REQ_1 REQ_1", "passed t results.xml:1", "passed"],
        ["!", "HAZ_1 HAZ_1", "RISK_1 RISK_1", "RCM_1 RCM_1", "REQ_404 missing", "through REQ_1", "passed"],
    ]
    assert table.rows[1].cells[3][0][1] == Badge("missing", Tone.BAD)
    assert table.notes[-1] == "On no path: REQ_9."


def test_several_kinds_and_links_may_stand_in_one_place() -> None:
    table = matrix(
        item("soup", "SOUP_1"),
        item("software-item", "ITEM_1", wraps="SOUP_1"),
        item("software-item", "ITEM_2", uses="SOUP_1"),
        item("software-item", "ITEM_3", uses="SOUP_1", wraps="SOUP_1"),
        item("hazard", "HAZ_1"),
        chain="soup|hazard <-uses|<-wraps",
    )
    assert [column.name for column in table.columns][:2] == ["soup_or_hazard", "used_by_or_wrapped_by"]
    assert texts(table, "soup_or_hazard", "used_by_or_wrapped_by") == [
        ["!", "HAZ_1 HAZ_1", "used by / wrapped by nothing"],
        ["", "SOUP_1 SOUP_1", "ITEM_1 ITEM_1"],
        ["", "SOUP_1 SOUP_1", "ITEM_2 ITEM_2"],
        ["", "SOUP_1 SOUP_1", "ITEM_3 ITEM_3"],
    ]


def test_rows_stand_in_the_order_of_people() -> None:
    facts = [item("requirement", id_) for id_ in ("REQ_10", "REQ_2", "REQ_1")]
    assert [row[1] for row in texts(matrix(*facts, chain="requirement"), "requirement")] == [
        "REQ_1 REQ_1",
        "REQ_2 REQ_2",
        "REQ_10 REQ_10",
    ]


def test_a_circle_of_links_ends_with_the_chain() -> None:
    facts = (
        item("requirement", "REQ_1", derives_from="REQ_2"),
        item("requirement", "REQ_2", derives_from="REQ_1"),
        item("requirement", "REQ_3", derives_from="REQ_3"),
    )
    table = matrix(*facts, chain="requirement derives_from derives_from derives_from")
    assert [row[:4] for row in texts(table, "requirement", "derives_from", "derives_from_2")] == [
        ["!", "REQ_1 REQ_1", "REQ_2 REQ_2", "REQ_1 REQ_1"],
        ["!", "REQ_2 REQ_2", "REQ_1 REQ_1", "REQ_2 REQ_2"],
        ["!", "REQ_3 REQ_3", "REQ_3 REQ_3", "REQ_3 REQ_3"],
    ]


def test_nothing_to_trace_is_said() -> None:
    table = matrix(item("requirement", "REQ_1"))
    assert (table.rows, table.notes) == ((), ())
    assert table.empty == "Nothing to trace: no item is of the kind System requirement."


def test_what_is_on_no_path_is_named_up_to_a_number() -> None:
    facts = [item("system-requirement", "SYS_1"), item("requirement", "REQ_0", derives_from="SYS_1")]
    facts += [item("requirement", f"REQ_{number}") for number in range(1, 24)]
    assert matrix(*facts).notes[-1] == (
        f"On no path: {', '.join(f'REQ_{number}' for number in range(1, 21))} and 3 more."
    )


def test_hostile_text_is_kept_as_it_is() -> None:
    table = matrix(item("requirement", "REQ_1", title=HOSTILE), result(HOSTILE, PASSED, "REQ_1"), chain="requirement")
    assert table.rows[0].cells[0][0][1] == Text(HOSTILE)
    assert table.rows[0].cells[1][0][1] == Text(HOSTILE)


@pytest.mark.parametrize(
    ("chain", "problem"),
    [
        ("", "option 'chain': a chain starts from kinds, and '' is none; kinds are user-need, "),
        ("wish", "a chain starts from kinds, and 'wish' is none; kinds are user-need, "),
        ("requirement|wish", "and 'wish' is none"),
        ("requirment", "'requirment' is none (did you mean requirement?); kinds"),
        ("requirement <-derivs_from", "'<-derivs_from' names no link (did you mean derives_from?); links"),
        ("requirement <-derives", "'<-derives' names no link; links are derives_from, "),
        ("requirement <- derives_from", "'<-' names no link"),
        ("hazard controls", "'controls' cannot follow 'hazard': it goes on from mitigation"),
        (
            "system-requirement <-derives_from <-controls",
            "'<-controls' cannot follow '<-derives_from': it goes on from risk, cause",
        ),
        ("requirement derives_from|wraps", "'wraps' cannot follow 'requirement': it goes on from software-item"),
    ],
)
def test_a_chain_that_cannot_be_is_refused_in_words(chain: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r"^option 'chain': ") as refused:
        show("traceability-matrix", dossier(), chain=chain)
    assert problem in str(refused.value)


def test_a_chain_that_makes_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traceability_matrix, "MOST_ROWS", 24)
    facts = [item("clause", "C_1"), *(item("requirement", f"REQ_{number}", satisfies="C_1") for number in range(5))]
    assert len(matrix(*facts, chain="requirement satisfies").rows) == 5
    with pytest.raises(ValueError, match="more than 24 rows"):
        matrix(*facts, chain="requirement satisfies <-satisfies")


# --- the count of rows equals that of an independent enumeration (S51) ------------------------------------------------

_LINKED = ("derives_from", "allocated_to", "controls", "arises_from", "implemented_by", "part_of")
_KINDS = ("requirement", "system-requirement", "software-item", "risk", "mitigation")
_IDS = tuple(f"X_{number}" for number in range(8))


@st.composite
def _facts(draw: st.DrawFn) -> list[Item]:
    ids = draw(st.lists(st.sampled_from(_IDS), unique=True, min_size=1))
    targets = st.lists(st.sampled_from(_IDS), max_size=4).map(" ".join)  # repeated ones, itself and unknown ones too
    return [
        item(
            draw(st.sampled_from(_KINDS)),
            id_,
            **draw(st.dictionaries(st.sampled_from(_LINKED), targets)),
        )
        for id_ in ids
    ]


@st.composite
def _chains(draw: st.DrawFn) -> str:
    """A chain whose every step may follow the one before, found from the declared ends alone."""
    start = draw(st.sampled_from(_KINDS))
    here, words = {start}, [start]
    for _ in range(draw(st.integers(0, 3))):
        steps = [word for word in _steps() if _ends(word)[0] & here]
        words.append(draw(st.sampled_from(steps)))
        here = _ends(words[-1])[1]
    return " ".join(words)


def _steps() -> Iterator[str]:
    return (arrow + link for link, arrow in product(_LINKED, ("", "<-")))


def _ends(word: str) -> tuple[set[str], set[str]]:
    link = LINK_BY_NAME[word.removeprefix("<-")]
    ends = set(link.sources or BY_NAME), set(link.targets or BY_NAME)
    return (ends[1], ends[0]) if word.startswith("<-") else ends


def _walks(trace: Trace, id_: str, steps: list[str]) -> int:
    """How many paths lead on from an item, counted by looking at every item for every step."""
    if not steps or id_ not in trace.items:
        return 1
    link = steps[0].removeprefix("<-")
    if steps[0].startswith("<-"):
        found = {one.id for one in trace.items.values() if id_ in one.links.get(link, ())}
    else:
        found = set(trace.items[id_].links.get(link, ()))
    return sum(_walks(trace, next_, steps[1:]) for next_ in found) if found else 1


@settings(deadline=None)
@given(facts=_facts(), chain=_chains())
def test_the_rows_are_as_many_as_the_paths_of_an_independent_count(facts: list[Item], chain: str) -> None:
    given_ = dossier(*facts)
    start, *steps = chain.split()
    expected = sum(_walks(given_.trace, one.id, steps) for one in facts if one.kind == start)
    assert len(show("traceability-matrix", given_, chain=chain).rows) == expected


class _Counting(dict[str, Item]):
    """Items that count how often one is looked at."""

    looks = 0

    def __getitem__(self, key: str) -> Item:
        self.looks += 1
        return super().__getitem__(key)

    def values(self) -> Iterator[Item]:  # type: ignore[override]
        for value in super().values():
            self.looks += 1
            yield value


@pytest.mark.parametrize("chain", ["system-requirement <-derives_from", "system-requirement <-derives_from <-verifies"])
def test_looks_at_items_grow_with_their_number_and_no_faster(chain: str) -> None:
    def looks(size: int) -> int:
        facts: list[object] = [item("system-requirement", f"SYS_{number}") for number in range(size // 5)]
        for number in range(size):
            facts.append(item("requirement", f"REQ_{number}", derives_from=f"SYS_{number % (size // 5)}"))
            facts.append(item("test", f"TC_{number}", verifies=f"REQ_{number}"))
            facts.append(result(f"t{number}", PASSED, f"TC_{number}"))
        given_ = dossier(*facts)  # type: ignore[arg-type]
        counting = _Counting(given_.trace.items)
        show("traceability-matrix", replace(given_, trace=replace(given_.trace, items=counting)), chain=chain)
        return counting.looks

    assert looks(400) <= 4.2 * looks(100)
