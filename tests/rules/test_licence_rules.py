"""Rules on licences: who states one, what the policy says of it, and whether its text is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.licences.packages import copyright_lines, packages
from sphinxcontrib_soup.model import (
    Component,
    Evidence,
    Item,
    LicencePolicy,
    LicenceStatement,
    LicenceWaiver,
    Location,
    Scope,
    Settings,
    SourceFile,
)
from tests.rules.traces import HOSTILE, examined, findings, item, judged, package, settings, trace

WAIVER = LicenceWaiver(package="SOUP_A", licence="LGPL-3.0-only", reason="linked dynamically", by="R. Okafor")
WAYS = "name an SBOM or the files of the installed packages in `soup_evidence`"
TEXT = "Copyright (c) 2026 A. Holder\n\nKeep this notice.\n"


def soup(licence: str = "", id_: str = "SOUP_A", **fields: str) -> Item:
    return item(
        "soup", id_, title="a", purl=fields.pop("purl", "pkg:npm/a"), licence=licence, designator="1.0", **fields
    )


def npm(name: str = "a", version: str = "1.0", licence: str | None = None, **fields: object) -> Component:
    return replace(package(name, version, ecosystem="npm", path="lock.json"), licence=licence, **fields)


def statement(name: str = "a", **fields: str | None) -> LicenceStatement:
    path = fields.pop("path", "licences/a.txt") or ""
    return LicenceStatement(package=name, location=Location(path), **fields)


def policy(*waivers: LicenceWaiver, as_of: str | None = "2026-06-01", **lists: tuple[str, ...]) -> Settings:
    return replace(settings(), licence_policy=LicencePolicy(waivers=waivers, **lists), as_of=as_of)


def expressions(*facts: Item | Evidence) -> dict[str, tuple[str | None, str]]:
    return {one.title: (one.expression, one.by) for one in packages(trace(*facts))}


# --- whose word counts -----------------------------------------------------------------------------------------------


def test_the_item_goes_before_the_manifest_and_that_before_the_package_itself() -> None:
    installed = statement(licence="ISC", path="node_modules/a/package.json")
    assert expressions(npm(), installed) == {"a 1.0": ("ISC", "its own files")}
    assert expressions(npm(licence="Apache 2"), installed) == {"a 1.0": ("Apache-2.0", "its manifest")}
    assert expressions(npm(licence="Apache 2"), installed, soup("MIT")) == {"a 1.0": ("MIT", "its item")}
    assert expressions(npm(licence="MIT"), soup("TBD")) == {"a 1.0": ("MIT", "its manifest")}
    assert expressions(npm(licence="NOASSERTION"), installed) == {"a 1.0": ("ISC", "its own files")}


def test_each_version_has_a_licence_of_its_own() -> None:
    old, new = npm(licence="MIT"), npm(version="2.0", licence="SSPL-1.0", location=Location("lock.json", 2))
    both = {"a 1.0": ("BSD-3-Clause", "its item"), "a 2.0": ("SSPL-1.0", "its manifest")}
    assert expressions(old, new, soup("BSD-3-Clause")) == both
    installed = statement(licence="ISC", version="2.0", path="p")
    assert expressions(npm(), npm(version="2.0"), installed) == {"a 1.0": (None, ""), "a 2.0": ("ISC", "its own files")}


def test_licences_of_several_files_all_hold_and_what_is_not_known_is_not_left_out() -> None:
    sbom = npm(licence="MIT OR GPL-2.0", location=Location("sbom.json"))
    assert expressions(npm(licence="Apache-2.0"), sbom)["a 1.0"][0] == "Apache-2.0 AND (MIT OR GPL-2.0-only)"
    assert expressions(npm(licence="Apache-2.0"), npm(licence="odd", location=Location("x")))["a 1.0"][0] is None


def test_what_does_not_go_into_the_device_is_left_out_unless_it_is_declared() -> None:
    assert expressions(npm(scope=Scope.DEVELOPMENT)) == {}
    assert expressions(npm(scope=Scope.DEVELOPMENT), soup("MIT")) == {"a 1.0": ("MIT", "its item")}


def test_a_soup_that_no_manifest_names_stands_for_itself() -> None:
    assert expressions(
        item("soup", "SOUP_OS", title="Linux", designator="6.1", licence="GPL-2.0 WITH Linux-syscall-note")
    ) == {"Linux 6.1": ("GPL-2.0-only WITH Linux-syscall-note", "its item")}


@pytest.mark.parametrize("name", ["A", "pkg:npm/a@1.0", "pkg:npm/a", "SOUP_A"])
def test_a_text_is_of_the_package_that_is_named_in_any_way(name: str) -> None:
    (found,) = packages(trace(npm(), soup("MIT"), statement(name, text=TEXT)))
    assert [one.text for one in found.texts] == [TEXT]
    assert found.copyright == ("Copyright (c) 2026 A. Holder",)


def test_the_project_can_state_whose_text_a_file_is() -> None:
    of = SourceFile(path="x/LICENSE", sha256=None, reader="licence-text", facts={"package": "SOUP_A"})
    made = trace(npm(), soup("MIT"), statement("x", text=TEXT, path="x/LICENSE"), sources=[of])
    assert [one.text for one in packages(made)[0].texts] == [TEXT]


def test_the_text_of_a_licence_stands_in_for_packages_without_one() -> None:
    standard = statement("", licence="MIT", text="Terms.\n", path="LICENSES/MIT.txt")
    found = {
        one.name: [text.text for text in one.texts]
        for one in packages(trace(npm(), npm("b"), soup("MIT OR ISC"), standard, statement("b", text=TEXT, path="b")))
    }
    assert found == {"a": ["Terms.\n"], "b": [TEXT]}


def test_copyright_lines() -> None:
    text = """
        Copyright (c) 2026 A. Holder <a@example.org>
        # Copyright 2020-2026 The Others
        © 2025 B
        Copyright [yyyy] [name of copyright owner]
        The copyright holders shall not be liable.
        you must keep the above copyright notice
        """
    assert copyright_lines(text) == (
        "Copyright (c) 2026 A. Holder <a@example.org>",
        "Copyright 2020-2026 The Others",
        "© 2025 B",
    )


# --- unknown ---------------------------------------------------------------------------------------------------------


def test_unknown_is_one_finding_for_each_soup_and_one_for_all_others() -> None:
    found = findings(
        "licence-unknown",
        npm(),
        soup(),
        npm("b", direct=None),
        npm("c", licence="see LICENSE", direct=False),
        npm("d", licence="MIT"),
        npm("e", direct=True),
    )
    assert {one.subject: one.message for one in found} == {
        "SOUP_A": f"no licence of a 1.0 is known: state `licence` as an SPDX expression, or {WAYS}",
        "inventory": f"2 packages that came along with others have no known licence: b 1.0 and c 1.0; {WAYS}",
    }
    assert examined("licence-unknown", npm("d", licence="MIT")) == 1


@pytest.mark.parametrize("licence", ["NOASSERTION", HOSTILE, "MIT AND"])
def test_what_is_no_expression_is_named_and_told(licence: str) -> None:
    (found,) = findings("licence-unknown", npm(), soup(licence))
    assert "is no SPDX expression" in found.message
    assert found.message.isprintable()


# --- the policy ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("licence", "denied", "reviewed"),
    [
        ("MIT", 0, 0),
        ("LGPL-3.0-only", 0, 1),
        ("GPL-3.0-only", 0, 1),
        ("CC-BY-NC-4.0", 1, 0),
        ("CC-BY-NC-4.0 OR MIT", 0, 0),
        ("CC-BY-NC-4.0 AND MIT", 1, 0),
        ("CC-BY-NC-4.0 OR GPL-3.0-only", 0, 1),
        ("LicenseRef-Acme", 0, 1),
        ("nothing", 0, 0),
    ],
)
def test_without_a_policy_an_example_of_one_holds(licence: str, denied: int, reviewed: int) -> None:
    assert len(findings("licence-denied", npm(), soup(licence))) == denied
    assert len(findings("licence-under-review", npm(), soup(licence))) == reviewed


@pytest.mark.parametrize(
    ("licence", "denied"),
    [
        ("GPL-3.0-only", 1),
        ("GPL-2.0-only WITH Classpath-exception-2.0", 0),
        ("GPL-2.0-only WITH GCC-exception-2.0", 1),
        ("LicenseRef-Acme", 0),
        ("odd", 1),
    ],
)
def test_an_identifier_goes_before_its_category(licence: str, denied: int) -> None:
    stated = policy(
        allow=("GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-Acme"),
        deny=("weak copyleft", "strong copyleft", "unknown"),
    )
    assert len(findings("licence-denied", npm(), soup(licence), stated=stated)) == denied


def test_packages_without_an_item_share_a_finding_for_each_licence() -> None:
    facts = (npm("b", licence="CC-BY-NC-4.0"), npm("c", licence="CC-BY-NC-4.0"), npm("d", licence="SSPL-1.0"))
    (found,) = findings("licence-denied", *facts)
    assert found.subject == "CC-BY-NC-4.0"
    assert found.message == (
        "2 packages without a SOUP item, under the licence CC-BY-NC-4.0: b 1.0 and c 1.0; it is denied by the policy: "
        "replace it, or state a waiver in `soup_licence_policy`"
    )
    assert [one.subject for one in findings("licence-under-review", *facts)] == ["SSPL-1.0"]
    assert examined("licence-denied", *facts) == 2


@pytest.mark.parametrize("name", ["SOUP_A", "a", "A", "pkg:npm/a", "pkg:npm/a@1.0"])
def test_a_waiver_names_its_package_in_any_way(name: str) -> None:
    stated = policy(replace(WAIVER, package=name))
    assert findings("licence-under-review", npm(), soup("LGPL-3.0-only"), stated=stated) == ()
    assert findings("licence-waiver-invalid", npm(), soup("LGPL-3.0-only"), stated=stated) == ()


@pytest.mark.parametrize(
    ("changed", "as_of", "problem"),
    [
        ({}, "2026-06-01", ""),
        ({"until": "2026-06-01"}, "2026-06-01", ""),
        ({"until": "2026-05-31"}, "2026-06-01", "ended with 2026-05-31; the as-of date is 2026-06-01"),
        ({"until": "2027-01-01"}, None, "ends with 2027-01-01, but the as-of date is not known; set `soup_date`"),
        ({"reason": ""}, "2026-06-01", "states no reason"),
        ({"reason": "TBD", "by": "?"}, "2026-06-01", "states no reason and no by"),
        ({"licence": "GPL-3.0-only"}, "2026-06-01", "waives nothing"),
        ({"package": "b"}, "2026-06-01", "waives nothing"),
    ],
)
def test_a_waiver_that_does_not_count_waives_nothing_and_is_found(
    changed: dict[str, str], as_of: str | None, problem: str
) -> None:
    stated = policy(replace(WAIVER, **changed), as_of=as_of)
    facts = (npm(), soup("LGPL-3.0-only"))
    invalid = findings("licence-waiver-invalid", *facts, stated=stated)
    assert len(findings("licence-under-review", *facts, stated=stated)) == len(invalid) == bool(problem)
    assert all(problem in one.message for one in invalid)


# --- another licence, and texts --------------------------------------------------------------------------------------


def test_an_item_that_states_another_licence_than_the_files_is_found() -> None:
    (found,) = findings("licence-differs", npm(licence="SSPL-1.0"), soup("BSD-3-Clause"))
    assert "SOUP_A states the licence BSD-3-Clause, but manifests or the files of a 1.0 say SSPL-1.0" in found.message
    for licence in ("BSD 3-Clause", "SSPL-1.0 OR BSD-3-Clause", "odd", None):
        assert findings("licence-differs", npm(licence=licence), soup("BSD-3-Clause")) == ()
    bought = LicenceWaiver(package="SOUP_A", licence="SSPL-1.0", reason="A licence was bought", by="R. Okafor")
    facts = (npm(licence="SSPL-1.0"), soup("LicenseRef-Store-Commercial"))
    assert findings("licence-differs", *facts, stated=policy(bought)) == ()
    assert findings("licence-waiver-invalid", *facts, stated=policy(bought)) == ()


def test_texts_that_are_missing_are_one_finding() -> None:
    facts = (npm(licence="MIT"), npm("b", licence="ISC"), npm("c", licence="Zlib"), npm("d"))
    (found,) = findings("licence-text-missing", *facts)
    assert "2 packages ask for their text" in found.message
    assert "a 1.0 and b 1.0" in found.message
    (found,) = findings("licence-text-missing", *facts, statement(text=TEXT))
    assert "1 package ask" in found.message
    only_notice = statement(text="Thanks.\n", path="node_modules/a/NOTICE")
    assert "2 packages" in findings("licence-text-missing", *facts, only_notice)[0].message
    assert findings("licence-text-missing", npm(licence="MIT"), statement(text=TEXT)) == ()


def test_hostile_names_and_texts_break_no_rule() -> None:
    facts = (npm(HOSTILE[:50], licence=HOSTILE), statement(HOSTILE, text=HOSTILE, licence=HOSTILE), soup(HOSTILE))
    for name in ("licence-unknown", "licence-denied", "licence-differs", "licence-text-missing"):
        judgement = judged(name, trace(*facts))
        assert all(one.rule == name and one.message.isprintable() for one in judgement.findings)
