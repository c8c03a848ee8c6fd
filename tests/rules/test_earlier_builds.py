"""Earlier builds that have no place in the history."""

from __future__ import annotations

from dataclasses import replace

from sphinxcontrib_soup.model import Location
from tests.rules.traces import examined, findings, settings
from tests.views.test_progress_trend import counts, earlier

RULE = "earlier-build-misplaced"
STATED = replace(settings(), as_of="2026-01-02")


def test_a_build_of_the_as_of_date_or_before_is_in_order() -> None:
    builds = [earlier("2026-01-02", "1.1"), earlier("2025-01-02", "1.0")]
    assert findings(RULE, *builds, stated=STATED) == ()
    assert examined(RULE, *builds, stated=STATED) == 2


def test_a_build_after_the_as_of_date_is_found_at_its_date() -> None:
    (found,) = findings(RULE, earlier("2026-01-03", "1.1"), earlier("2025-01-02", "1.0"), stated=STATED)
    assert (found.subject, found.location) == ("history/1.1.json", Location("history/1.1.json", 3))
    assert found.message == "history/1.1.json is of 2026-01-03, after the as-of date 2026-01-02; correct one of the two"


def test_without_an_as_of_date_no_build_is_late() -> None:
    assert findings(RULE, earlier("2996-01-03", "1.1")) == ()


def test_a_copy_is_found_and_the_first_by_name_is_not() -> None:
    same = [earlier("2025-05-03", "1.1", path, requirement=counts(1)) for path in ("b.json", "a.json", "c.json")]
    found = findings(RULE, *same, earlier("2025-05-03", "1.1", "d.json", requirement=counts(2)), stated=STATED)
    assert [(one.subject, one.message) for one in found] == [
        (path, f"{path} keeps the same build as a.json; take one of them away") for path in ("b.json", "c.json")
    ]
