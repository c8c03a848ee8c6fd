"""Views and rules see one trace: what a rule reports is a gap in its table, and the other way round."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.model import Component, Item, Trace, plain
from tests.rules.traces import item, judged, package
from tests.views.shown import dossier, show

_NAMES, _VERSIONS = st.sampled_from(["a", "b", "c"]), st.sampled_from(["1.0", "v1.0", "2.0"])
_ECOSYSTEMS = st.sampled_from(["pypi", "npm"])
_PACKAGES = st.lists(
    st.builds(
        package, _NAMES, st.none() | _VERSIONS, direct=st.sampled_from([True, False, None]), ecosystem=_ECOSYSTEMS
    ),
    max_size=5,
)


@st.composite
def _soups(draw: st.DrawFn) -> list[Item]:
    return [
        item("soup", f"SOUP_{number}", purl=f"pkg:{draw(_ECOSYSTEMS)}/{draw(_NAMES)}", designator=draw(_VERSIONS))
        for number in range(draw(st.integers(0, 4)))
    ]


@st.composite
def _risks(draw: st.DrawFn) -> list[Item]:
    severity, probability = st.sampled_from(["", "minor", "serious"]), st.sampled_from(["", "rare", "often"])
    risks = [
        item("risk", f"RISK_{number}", severity=draw(severity), probability=draw(probability), arises_from="HAZ_1")
        for number in range(draw(st.integers(0, 4)))
    ]
    causes = [
        item("cause", f"CAUSE_{number}", contributes_to=f"RISK_{draw(st.integers(0, 4))}")
        for number in range(draw(st.integers(0, 2)))
    ]
    controlled = st.sampled_from([one.id for one in (*risks, *causes)] or ["RISK_9"])
    controls = [
        item("mitigation", f"RCM_{number}", controls=draw(controlled)) for number in range(draw(st.integers(0, 3)))
    ]
    return [item("hazard", "HAZ_1"), *risks, *causes, *controls]


def _subjects(trace: Trace, *rules: str) -> set[str]:
    return {finding.subject for rule in rules for finding in judged(rule, trace).findings}


@settings(deadline=None)
@given(_soups(), _PACKAGES)
def test_the_gaps_of_the_soup_list_are_what_the_rules_report(soups: list[Item], packages: list[Component]) -> None:
    given_ = dossier(*soups, *packages)
    gaps = [row for row in show("soup-list", given_).rows if row.gap]
    named = {plain(row.cells[1]) if plain(row.cells[0]) == "not declared" else plain(row.cells[0]) for row in gaps}
    assert named == _subjects(given_.trace, "soup-not-in-use", "soup-version-moved", "soup-undeclared")


@settings(deadline=None)
@given(_risks())
def test_every_uncontrolled_risk_is_a_gap_in_the_risk_table(facts: list[Item]) -> None:
    given_ = dossier(*facts)
    gaps = {plain(row.cells[0]).split()[0] for row in show("risk-table", given_).rows if row.gap}
    assert _subjects(given_.trace, "risk-uncontrolled") <= gaps
