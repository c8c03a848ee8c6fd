"""What a SOUP owes: by its class, one finding for each clause, with all that is missing and what to write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import Item, Location, Phase, RuleSetting, SafetyClass, Settings, Severity
from tests.rules.traces import HOSTILE, examined, findings, item, package, settings

LOW = item("software-item", "ITEM_LOG", safety_class="A", segregation="a process of its own", uses="SOUP_1")
BY_CLASS = {
    "soup-manufacturer-missing": "ABC",
    "soup-unspecified": "BC",
    "soup-needs-unstated": "BC",
    "soup-unscreened": "BC",
    "soup-use-unexplained": "BC",
    "soup-support-unplanned": "ABC",
}
NORMATIVE = {"soup-manufacturer-missing", "soup-unspecified", "soup-needs-unstated", "soup-unscreened"}


def soup(**options: str) -> Item:
    return item("soup", "SOUP_1", line=3, **options)


def of_class(letter: str) -> Settings:
    return settings(safety_class=SafetyClass(letter))


@pytest.mark.parametrize("name", BY_CLASS)
class TestEveryObligation:
    @pytest.mark.parametrize("letter", "ABC")
    def test_it_binds_software_of_its_classes(self, name: str, letter: str) -> None:
        found = findings(name, soup(), stated=of_class(letter))
        assert len(found) == (1 if letter in BY_CLASS[name] else 0)

    def test_a_soup_of_class_a_in_software_of_class_c_owes_what_class_a_does(self, name: str) -> None:
        assert len(findings(name, soup(), LOW)) == (1 if "A" in BY_CLASS[name] else 0)

    def test_with_a_level_of_the_projects_own_it_binds_every_soup(self, name: str) -> None:
        stated = replace(of_class("A"), rules={name: RuleSetting(level=Severity.WARNING)})
        assert len(findings(name, soup(), stated=stated)) == 1

    def test_a_bare_soup_is_one_finding_at_its_place_that_says_what_to_write(self, name: str) -> None:
        (found,) = findings(name, soup())
        assert (found.subject, found.location) == ("SOUP_1", Location("index.rst", 3))
        assert "; write " in found.message

    def test_a_package_that_came_along_owes_the_same_once_it_is_declared(self, name: str) -> None:
        along = package("a", "1", direct=False)
        promoted = soup(purl="pkg:pypi/a")
        assert findings(name, along) == ()
        assert len(findings(name, along, promoted)) == 1

    def test_what_a_text_asks_for_weighs_more_than_what_guidance_does(self, name: str) -> None:
        levels = [findings(name, soup(), stated=settings(phase=phase))[0].severity for phase in Phase]
        assert levels == (
            [Severity.WARNING, Severity.ERROR] if name in NORMATIVE else [Severity.INFO, Severity.WARNING]
        )

    def test_hostile_texts_are_taken_for_texts(self, name: str) -> None:
        texts = dict.fromkeys(("manufacturer", "hw_requirements", "sw_requirements", "performance_none"), HOSTILE)
        support = {"level_of_support": "abandoned", "end_of_support": HOSTILE, "security_category": "maintained"}
        screened = dict.fromkeys(("risk_screening", "screened_by", "screened_on", "suitability"), HOSTILE)
        for found in findings(name, soup(**texts, **support, **screened)):
            assert found.message.isprintable()


class TestManufacturer:
    name = "soup-manufacturer-missing"

    @pytest.mark.parametrize("written", ["", "?", "TBD", "unknown", "n/a"])
    def test_a_place_holder_is_none(self, written: str) -> None:
        assert len(findings(self.name, soup(manufacturer=written))) == 1

    @pytest.mark.parametrize("written", ["community", "Free Software Foundation"])
    def test_a_name_or_community_is_one(self, written: str) -> None:
        assert findings(self.name, soup(manufacturer=written)) == ()

    def test_the_supplier_that_an_sbom_names_is_a_hint(self) -> None:
        named = replace(package("a", "1"), supplier="ACME\nLtd")
        (found,) = findings(self.name, soup(purl="pkg:pypi/a"), named)
        assert found.message.endswith("particular makes it (what was read names ACME Ltd)")


class TestSpecified:
    name = "soup-unspecified"

    def message(self, *facts: Item) -> str:
        return " ".join(one.message for one in findings(self.name, *facts))

    @staticmethod
    def asked(id: str, **options: str) -> Item:
        return item("soup-requirement", id, specifies="SOUP_1", **options)

    def test_both_are_due(self) -> None:
        assert self.message(soup()) == (
            "SOUP_1, of class C, lacks a functional requirement and a requirement on its performance; write a "
            "`soup-requirement` with `:specifies: SOUP_1` and `:category: functional`; a `soup-requirement` with "
            "`:category: performance` or, in `:performance_none:`, why none is due"
        )
        both = (self.asked("SREQ_1", category="functional"), self.asked("SREQ_2", category="performance"))
        assert self.message(soup(), *both) == ""

    def test_no_performance_needs_a_reason(self) -> None:
        functional = self.asked("SREQ_1", category="functional")
        assert self.message(soup(performance_none="none"), functional).startswith(
            "SOUP_1, of class C, lacks a requirement on its performance; write"
        )
        assert self.message(soup(performance_none="It runs once a day"), functional) == ""

    def test_other_categories_are_neither_and_one_without_is_named(self) -> None:
        others = (self.asked("SREQ_1", category="interface"), self.asked("SREQ_2"), self.asked("SREQ_3"))
        assert "a functional requirement (no category have SREQ_2 and SREQ_3) and" in self.message(soup(), *others)

    def test_requirements_of_another_soup_do_not_count(self) -> None:
        other = item("soup-requirement", "SREQ_1", specifies="SOUP_2", category="functional")
        assert "a functional requirement" in self.message(soup(), other)


class TestNeeds:
    name = "soup-needs-unstated"

    @pytest.mark.parametrize(
        ("options", "lacks"),
        [
            ({}, "the hardware that it needs and the software that it needs; write `:hw_requirements:`; `:sw_req"),
            ({"hw_requirements": "none", "sw_requirements": "Linux"}, "the hardware that it needs; write `:hw_"),
            ({"hw_requirements": "64 MB", "sw_requirements": "TBD"}, "the software that it needs; write `:sw_"),
        ],
    )
    def test_what_is_missing_is_named(self, options: dict[str, str], lacks: str) -> None:
        (found,) = findings(self.name, soup(**options))
        assert lacks in found.message

    def test_a_field_or_a_requirement_of_that_category_states_it(self) -> None:
        needs = item("soup-requirement", "SREQ_1", specifies="SOUP_1", category="hardware")
        assert findings(self.name, soup(sw_requirements="nothing else"), needs) == ()

    def test_shared_values_state_it(self) -> None:
        shared = {"*": {"hw_requirements": "64-bit processor", "sw_requirements": "Linux"}}
        assert findings(self.name, soup(), stated=replace(settings(), soup_defaults=shared)) == ()


class TestScreened:
    name = "soup-unscreened"

    def test_a_cause_analyses_it(self) -> None:
        assert findings(self.name, soup(), item("cause", "CAUSE_1", arises_from="SOUP_1")) == ()
        assert len(findings(self.name, soup(), item("cause", "CAUSE_1", arises_from="SOUP_2"))) == 1

    def test_a_reason_with_name_and_date_screens_it_out(self) -> None:
        reason = {"risk_screening": "It draws a logo"}
        (found,) = findings(self.name, soup(**reason))
        assert (
            "lacks who decided on it and when that was decided; write `:screened_by:`; `:screened_on:`" in found.message
        )
        assert findings(self.name, soup(**reason, screened_by="R. Okafor", screened_on="2026-01-02")) == ()

    @pytest.mark.parametrize("said", ["analysed", "Analysed, see CAUSE_1"])
    def test_an_analysis_without_a_cause_is_none(self, said: str) -> None:
        (found,) = findings(self.name, soup(risk_screening=said, screened_by="R", screened_on="2026-01-02"))
        assert "lacks the cause that it says was analysed; write a `cause` with `:arises_from: SOUP_1`" in found.message


class TestAnomalyList:
    name = "soup-anomaly-list-unread"
    cause = item("cause", "CAUSE_1", arises_from="SOUP_1")
    read: dict[str, str] = {  # noqa: RUF012 - never changed
        "anomaly_list": "https://example.org",
        "anomaly_reviewed_on": "2026-01-02",
        "anomaly_reviewed_by": "R. Okafor",
    }

    def test_it_is_due_where_a_cause_arises_from_the_soup(self) -> None:
        (found,) = findings(self.name, soup(), self.cause)
        assert found.message == (
            "SOUP_1, from which CAUSE_1 arises, lacks the address of its anomaly list, when that list was read and who "
            "read it; write `:anomaly_list:`; `:anomaly_reviewed_on:`; `:anomaly_reviewed_by:`"
        )
        assert findings(self.name, soup(**self.read), self.cause) == ()

    def test_else_only_where_the_project_says_always(self) -> None:
        assert examined(self.name, soup()) == 0
        (found,) = findings(self.name, soup(), stated=replace(settings(), anomaly_lists_always=True))
        assert found.message.startswith("SOUP_1, of class C, lacks the address")

    def test_a_list_that_was_read_before_the_version_was_released_is_unread(self) -> None:
        (found,) = findings(self.name, soup(**self.read, released_on="2026-01-03"), self.cause)
        assert "a reading of that list since its version was released on 2026-01-03" in found.message
        assert findings(self.name, soup(**self.read, released_on="2026-01-02"), self.cause) == ()

    def test_class_a_does_not_owe_it(self) -> None:
        assert examined(self.name, soup(), self.cause, LOW) == 0


class TestUse:
    name = "soup-use-unexplained"

    def test_a_reason_and_the_used_features(self) -> None:
        assert findings(self.name, soup(suitability="in wide use", used_features="inflate")) == ()
        (found,) = findings(self.name, soup(suitability="in wide use"))
        assert found.message == "SOUP_1, of class C, lacks a list of what of it is used; write `:used_features:`"

    def test_a_decision_with_a_rationale_is_a_reason(self) -> None:
        used = soup(used_features="inflate")
        decided = item("decision", "DEC_1", justifies="SOUP_1", rationale="The format is fixed")
        assert findings(self.name, used, decided) == ()
        assert len(findings(self.name, used, item("decision", "DEC_1", justifies="SOUP_1"))) == 1


class TestSupport:
    name = "soup-support-unplanned"
    known: dict[str, str] = {  # noqa: RUF012 - never changed
        "level_of_support": "actively maintained",
        "end_of_support": "unknown",
        "security_category": "maintained",
    }
    until = replace(settings(), planned_life_end="2034-06-30")

    def lacks(self, **options: str) -> str:
        return " ".join(one.message for one in findings(self.name, soup(**self.known | options), stated=self.until))

    def test_level_end_and_category_are_due(self) -> None:
        assert self.lacks() == ""
        assert "its level of support, the end of its support and who answers for its security" in self.lacks(
            level_of_support="", end_of_support="?", security_category=""
        )

    @pytest.mark.parametrize("end", ["2034", "2034-06", "2034-06-30", "2040-01-01", "unknown", "not announced"])
    def test_support_that_lasts_needs_no_plan(self, end: str) -> None:
        assert self.lacks(end_of_support=end) == ""

    @pytest.mark.parametrize("end", ["2033", "2034-05", "2034-06-29"])
    def test_support_that_ends_before_the_device_needs_one(self, end: str) -> None:
        message = self.lacks(end_of_support=end)
        assert (
            "lacks a plan, as its support ends before the device does on 2034-06-30; write `:support_plan:`" in message
        )
        assert self.lacks(end_of_support=end, support_plan="Version 4 takes its place in 2033") == ""

    @pytest.mark.parametrize("level", ["unknown", "no longer maintained", "abandoned"])
    def test_so_does_support_that_nobody_gives(self, level: str) -> None:
        assert "lacks a plan, as" in self.lacks(level_of_support=level)
        assert self.lacks(level_of_support=level, support_plan="We keep it ourselves") == ""

    def test_an_end_that_is_no_date_is_named(self) -> None:
        assert "the end of its support as a date (soon is none)" in self.lacks(end_of_support="soon")

    def test_an_end_without_a_planned_life_is_compared_with_nothing(self) -> None:
        (found,) = findings(self.name, soup(**self.known | {"end_of_support": "2030"}))
        assert (found.subject, found.location.path) == ("soup_planned_life_end", "conf.py")
        assert findings(self.name, soup(**self.known)) == ()


class TestFeatures:
    name = "soup-feature-unused"
    used = soup(used_features="inflate, crc32", excluded_features="deflate")

    def said(self, feature: str) -> str:
        asked = item("soup-requirement", "SREQ_1", specifies="SOUP_1", feature=feature)
        return " ".join(one.message for one in findings(self.name, self.used, asked))

    @pytest.mark.parametrize("feature", ["inflate", "Inflate", "crc32, inflate", ""])
    def test_a_requirement_within_the_boundary(self, feature: str) -> None:
        assert self.said(feature) == ""

    def test_a_requirement_outside_of_it(self) -> None:
        assert self.said("inflate, gzopen, deflate, inflates") == (
            "SREQ_1 is about what is not among the used features of SOUP_1: gzopen, deflate, which is excluded and "
            "inflates (did you mean inflate?); add it to `:used_features:` of SOUP_1, or take the requirement out"
        )

    def test_only_requirements_that_name_a_feature_are_examined(self) -> None:
        asked = item("soup-requirement", "SREQ_1", specifies="SOUP_1")
        assert examined(self.name, self.used, asked) == 0

    def test_lists_are_read_as_they_are(self) -> None:
        listed = replace(self.used, fields={"used_features": ("inflate, raw", "crc32")})
        asked = replace(item("soup-requirement", "SREQ_1", specifies="SOUP_1"), fields={"feature": ("inflate, raw",)})
        assert findings(self.name, listed, asked) == ()


class TestRetired:
    name = "soup-retired-in-use"
    user = item("software-item", "ITEM_1", wraps="SOUP_1")

    def test_an_obsolete_soup_that_is_used_or_named(self) -> None:
        old = soup(status="obsolete", purl="pkg:pypi/a", designator="1.0")
        (found,) = findings(self.name, old, self.user, package("a", "1.0", line=4))
        assert found.message == (
            "SOUP_1 is of status obsolete, but still used by ITEM_1 and named at requirements.txt:4; take it out "
            "there, or keep it (see the view `soup-impact`)"
        )

    def test_a_replaced_one(self) -> None:
        successor = item("soup", "SOUP_2", replaces="SOUP_1")
        (found,) = findings(self.name, soup(), successor, self.user)
        assert "is replaced by SOUP_2, but still used by ITEM_1; let SOUP_2 take its place there" in found.message
        assert findings(self.name, soup(), successor) == ()
        assert examined(self.name, soup(), successor) == 1

    def test_another_version_of_the_same_package_is_its_successor(self) -> None:
        old = soup(purl="pkg:pypi/a", designator="1.0")
        new = item("soup", "SOUP_2", purl="pkg:pypi/a", designator="2.0", replaces="SOUP_1")
        assert findings(self.name, old, new, package("a", "2.0")) == ()
        assert len(findings(self.name, old, new, package("a", "1.0"), package("a", "2.0"))) == 1

    def test_one_that_stays_is_not_examined(self) -> None:
        assert examined(self.name, soup(status="approved"), self.user) == 0
