"""The SOUP list: what is declared beside what is in use, and every way in which the two differ."""

from __future__ import annotations

from dataclasses import replace

from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import Badge, Outcome, Place, SafetyClass, Scope, Table, Text, Tone
from sphinxcontrib_soup.tables import narrowed
from tests.rules.traces import HOSTILE, item, package, result, settings
from tests.views.shown import dossier, show, texts


def soup_list(*facts: object) -> Table:
    return show("soup-list", dossier(*facts))  # type: ignore[arg-type]


def requests(designator: str = "2.32.3", **options: str) -> object:
    return item("soup", "SOUP_REQUESTS", title="Requests", purl="pkg:pypi/requests", designator=designator, **options)


def test_a_soup_shows_what_is_declared_and_what_is_found() -> None:
    table = narrowed(
        soup_list(
            requests(manufacturer="Python Software Foundation", licence="Apache-2.0", purpose="HTTP"),
            item("software-item", "ITEM_10", title="Uploader", uses="SOUP_REQUESTS"),
            item("software-item", "ITEM_9", title="Wrapper", wraps="SOUP_REQUESTS", uses="SOUP_REQUESTS"),
            item("soup-requirement", "SREQ_1", title="Verifies hosts", specifies="SOUP_REQUESTS"),
            item("soup-requirement", "SREQ_2", title="Retries", specifies="SOUP_REQUESTS"),
            result("t", Outcome.PASSED, "SREQ_1"),
            package("requests", "2.32.3", line=4),
        )
    )
    assert [column.title for column in table.columns] == [
        "ID",
        "Title",
        "Version",
        "Class",
        "Manufacturer",
        "Licence",
        "Purpose",
        "Used by",
        "Requirements",
        "Verdict",
        "In use as",
    ]
    assert texts(table) == [
        [
            "",
            "SOUP_REQUESTS",
            "Requests",
            "2.32.3",
            "C",
            "Python Software Foundation",
            "Apache-2.0",
            "HTTP",
            "ITEM_9 Wrapper; ITEM_10 Uploader",
            "SREQ_1 Verifies hosts passed; SREQ_2 Retries untested",
            "untested",
            "2.32.3 requirements.txt:4",
        ]
    ]
    assert table.notes == ()


def test_every_field_of_a_soup_can_be_asked_for() -> None:
    table = soup_list(
        requests(
            soup_kind="library", used_features="sessions", anomaly_list="https://example.org", hw_requirements="none"
        )
    )
    names = {column.name for column in table.columns}
    assert {field.name for field in BY_NAME["soup"].fields} - names == {"designator"}
    asked = narrowed(table, columns=["id", "soup_kind", "safety_class", "anomaly_list", "hw_requirements"])
    assert texts(asked) == [["", "SOUP_REQUESTS", "library", "C", "https://example.org", "none"]]


def test_the_safety_class_is_the_one_in_force() -> None:
    facts = (requests(), item("soup", "SOUP_B", safety_class="B"))
    for system, shown in ((None, "C"), (SafetyClass.C, "C"), (SafetyClass.B, "B")):
        table = show("soup-list", dossier(*facts, stated=settings(safety_class=system)))  # type: ignore[arg-type]
        assert texts(table, "safety_class") == [["", shown], ["", shown]]


def test_another_version_in_use_is_a_gap_seen_from_both_sides() -> None:
    table = soup_list(requests("2.31.0"), package("requests", "2.32.3", line=4))
    assert texts(table, "version", "in_use") == [
        ["!", "2.31.0 not in use", "2.32.3 not declared requirements.txt:4"],
    ]
    assert table.rows[0].cells[2] == ((Text("2.31.0"), Badge("not in use", Tone.BAD)),)
    assert isinstance(table.rows[0].cells[10][0][2], Place)


def test_a_second_version_in_use_is_a_gap_until_it_has_an_item_of_its_own() -> None:
    used = (package("requests", "2.32.3", line=4), package("requests", "2.31.0", path="tool.txt", line=1))
    other = item("soup", "SOUP_REQUESTS_2", purl="pkg:pypi/requests", designator="2.31.0")
    alone = texts(soup_list(requests(), *used), "version", "in_use")
    both = texts(soup_list(requests(), other, *used), "version", "in_use")
    assert alone == [["!", "2.32.3", "2.31.0 not declared tool.txt:1; 2.32.3 requirements.txt:4"]]
    assert both == [
        ["", "2.32.3", "2.31.0 tool.txt:1; 2.32.3 requirements.txt:4"],
        ["", "2.31.0", "2.31.0 tool.txt:1; 2.32.3 requirements.txt:4"],
    ]


def test_versions_are_compared_as_their_ecosystem_does() -> None:
    assert not soup_list(requests("v2.32.0"), package("requests", "2.32")).rows[0].gap


def test_a_range_is_no_version_in_use() -> None:
    ranged = replace(package("requests", line=4), requested=">=2.30")
    table = soup_list(requests(), ranged)
    assert texts(table, "version", "in_use") == [["", "2.32.3", ">=2.30 no exact version requirements.txt:4"]]
    assert soup_list(requests(), package("requests", line=4)).rows[0].cells[10][0][0] == Badge(
        "no exact version", Tone.OPEN
    )


def test_the_place_of_a_version_is_where_the_project_asks_for_it() -> None:
    table = soup_list(
        requests(),
        package("requests", "2.32.3", path="a.lock", direct=False),
        package("requests", "2.32.3", path="b.txt", line=9),
    )
    assert texts(table, "in_use") == [["", "2.32.3 b.txt:9"]]


def test_a_declared_soup_that_no_manifest_names_is_a_gap_where_its_manifests_were_read() -> None:
    elsewhere = package("lodash", "1.0", ecosystem="npm", direct=False)
    same = package("flask", "1.0", direct=False)
    no_url = item("soup", "SOUP_BROKEN", purl="requests")
    assert texts(soup_list(requests(), elsewhere), "version", "in_use") == [["", "2.32.3", "no manifest covers it"]]
    assert texts(soup_list(requests(), same), "version", "in_use") == [["!", "2.32.3", "in no manifest"]]
    assert texts(soup_list(no_url), "in_use") == [["!", "in no manifest"]]


def test_a_package_in_use_that_nobody_declared_is_a_row() -> None:
    table = soup_list(
        requests(),
        package("requests", "2.32.3"),
        replace(package("flask", "3.0.0", line=2), licence="BSD-3-Clause"),
        package("Homegrown", "1", line=3, ecosystem=""),
    )
    assert texts(table, "id", "title", "version", "licence", "in_use", "purl")[1:] == [
        ["!", "not declared", "Homegrown", "", "", "1 requirements.txt:3", ""],
        ["!", "not declared", "flask", "", "BSD-3-Clause", "3.0.0 requirements.txt:2", "pkg:pypi/flask"],
    ]


def test_what_is_in_use_and_not_listed_is_counted() -> None:
    table = soup_list(
        package("urllib3", "2", direct=False),
        package("idna", "3", direct=None),
        package("pytest", "8", scope=Scope.TEST),
        package("black", "8", scope=Scope.DEVELOPMENT, direct=False),
        package("mypy", "8", scope=Scope.BUILD),
    )
    assert table.rows == ()
    assert table.notes == (
        "Not listed, because they came along with others: 1 package.",
        "Not listed, because no file tells who asks for them: 1 package.",
        "Not listed, because they serve development, build or test alone: 3 packages.",
    )


def test_every_package_in_use_is_in_a_row_or_counted() -> None:
    packages = [
        package(f"p{number}", "1", direct=bool(number % 2), scope=(Scope.TEST, Scope.RUNTIME, None)[number % 3])
        for number in range(12)
    ]
    table = soup_list(item("soup", "SOUP_1", purl="pkg:pypi/p0"), *packages)
    counted = sum(int(note.split(": ")[1].split()[0]) for note in table.notes)
    assert len(table.rows) + counted == len(packages)


def test_an_empty_list_says_so() -> None:
    assert soup_list().empty == "No SOUP is declared, and no manifest names a package that goes into the device."


def test_hostile_text_is_kept_as_it_is() -> None:
    table = soup_list(requests(manufacturer=HOSTILE), package(HOSTILE, HOSTILE, ecosystem=""))
    assert texts(table, "manufacturer")[0][1] == "; ".join(HOSTILE.splitlines())
    assert texts(table, "title", "in_use")[1] == ["!", HOSTILE, f"{HOSTILE} requirements.txt:1"]


def test_soups_are_told_apart_by_their_ecosystem() -> None:
    declared = item("soup", "SOUP_1", title="luxon", purl="pkg:npm/luxon", designator="3.5.0")
    shown = show("soup-list", dossier(declared, item("soup", "SOUP_2", title="own"), package("pint", "0.24.4")))
    assert texts(shown, "ecosystem") == [["", "npm"], ["", ""], ["!", "pypi"]]
