"""SOUP items against packages in use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import SUBJECT, Component, Item, Location, Phase, Scope, Severity, SourceFile, Unread
from tests.rules.traces import HOSTILE, examined, findings, item, judged, package, settings, trace


class TestUndeclared:
    name = "soup-undeclared"

    def test_a_direct_package_that_nobody_declares(self) -> None:
        (found,) = findings(self.name, package("requests", "2.32.3", line=4))
        assert found.message == (
            "requests 2.32.3 is in use, but no SOUP item declares it; write a `soup` with :purl: pkg:pypi/requests and "
            ":designator: 2.32.3"
        )
        assert (found.subject, found.location) == ("requests", Location("requirements.txt", 4))
        assert found.severity is Severity.WARNING

    def test_at_release_it_is_an_error(self) -> None:
        (found,) = findings(self.name, package("requests", "1"), stated=settings(phase=Phase.RELEASE))
        assert found.severity is Severity.ERROR

    @pytest.mark.parametrize(
        "soup",
        [
            item("soup", "SOUP_1", purl="pkg:pypi/requests"),
            item("soup", "SOUP_1", purl="pkg:pypi/Requests@2.0"),
            item("soup", "SOUP_1", title="Requests"),
        ],
    )
    def test_declared_by_package_url_or_title(self, soup: Item) -> None:
        assert findings(self.name, package("requests", "2.32.3"), soup) == ()
        assert examined(self.name, package("requests", "2.32.3"), soup) == 1

    def test_not_declared_by_a_title_beside_another_package_url(self) -> None:
        other = item("soup", "SOUP_1", title="requests", purl="pkg:npm/requests")
        assert len(findings(self.name, package("requests", "2.32.3"), other)) == 1

    @pytest.mark.parametrize("scope", [Scope.DEVELOPMENT, Scope.BUILD, Scope.TEST])
    def test_tools_are_not_in_the_device(self, scope: Scope) -> None:
        assert examined(self.name, package("pytest", "8.0", scope=scope)) == 0

    @pytest.mark.parametrize("direct", [False, None])
    def test_what_only_others_ask_for_is_left_to_the_inventory(self, direct: bool | None) -> None:
        assert examined(self.name, package("idna", "3.7", direct=direct)) == 0

    def test_several_versions_and_none(self) -> None:
        (several,) = findings(self.name, package("p", "2.0"), package("p", "1.0", line=2))
        assert several.message.startswith("p 1.0 and 2.0 is in use")
        (none,) = findings(self.name, package("p"))
        assert "no file states its exact version" in none.message

    def test_a_package_without_package_url_is_declared_by_its_title(self) -> None:
        (found,) = findings(self.name, package("zlib", "1.3", ecosystem=""))
        assert "with the title zlib" in found.message
        assert findings(self.name, package("zlib", "1.3", ecosystem=""), item("soup", "SOUP_1", title="zlib")) == ()

    def test_hostile_names_stay_on_one_printable_line(self) -> None:
        (found,) = findings(self.name, package(HOSTILE, HOSTILE, ecosystem=""))
        assert found.message.isprintable()
        assert len(found.message) < 700


class TestNotInUse:
    name = "soup-not-in-use"

    def test_gone_from_the_manifests_of_its_ecosystem(self) -> None:
        gone = item("soup", "SOUP_OLD", 7, purl="pkg:pypi/old")
        (found,) = findings(self.name, gone, package("requests", "2"))
        assert (found.subject, found.location) == ("SOUP_OLD", Location("index.rst", 7))
        assert "no manifest that was read names pkg:pypi/old;" in found.message

    def test_the_package_that_was_probably_meant(self) -> None:
        (found,) = findings(self.name, item("soup", "SOUP_1", purl="pkg:pypi/reqeusts"), package("requests", "2"))
        assert "did you mean pkg:pypi/requests?" in found.message

    @pytest.mark.parametrize("purl", ["pkg:npm/old", "pkg:generic/zlib", ""])
    def test_an_ecosystem_that_no_manifest_is_of_is_not_examined(self, purl: str) -> None:
        assert examined(self.name, item("soup", "SOUP_1", title="old", purl=purl), package("requests", "2")) == 0

    def test_one_generic_package_says_nothing_of_another(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:generic/python")
        assert examined(self.name, soup, package("zlib", "1", ecosystem="generic")) == 0
        assert examined(self.name, soup, package("python", "1", ecosystem="generic")) == 1

    def test_a_manifest_that_names_nothing_any_more(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:npm/old")
        empty = SourceFile(path="package.json", sha256="0", reader="package-json", ecosystem="npm")
        assert [one.subject for one in judged(self.name, trace(soup, sources=[empty])).findings] == ["SOUP_1"]
        broken = Unread(reason="not JSON", location=Location("package.json", 1))
        assert judged(self.name, trace(soup, broken, sources=[empty])).findings == ()

    @pytest.mark.parametrize("direct", [True, False, None])
    def test_in_use_in_any_way(self, direct: bool | None) -> None:
        facts = (item("soup", "SOUP_1", purl="pkg:pypi/idna@1"), package("idna", "3", direct=direct, scope=Scope.TEST))
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 1

    @pytest.mark.parametrize("purl", ["requests", "pkg:", "pkg:pypi", HOSTILE])
    def test_a_package_url_that_is_none(self, purl: str) -> None:
        (found,) = findings(self.name, item("soup", "SOUP_1", purl=purl))
        assert "write it as pkg:type/name" in found.message
        assert found.message.isprintable()


class TestVersionMoved:
    name = "soup-version-moved"

    def test_both_versions_and_the_place_of_the_other(self) -> None:
        (found,) = findings(
            self.name,
            item("soup", "SOUP_REQUESTS", 3, purl="pkg:pypi/requests", designator="2.31.0"),
            package("requests", "2.32.3", line=9),
        )
        assert found.message == (
            "SOUP_REQUESTS declares version 2.31.0, but in use is 2.32.3 (requirements.txt:9); evaluate the change, "
            "then declare the version in use"
        )
        assert found.location == Location("index.rst", 3)
        assert found.severity is Severity.ERROR

    def test_it_names_what_stood_on_the_version_before(self) -> None:
        (found,) = findings(
            self.name,
            item("soup", "SOUP_P", purl="pkg:pypi/p", designator="1.0"),
            package("p", "2.0"),
            item("soup-requirement", "SREQ_10", specifies="SOUP_P"),
            item("soup-requirement", "SREQ_9", specifies="SOUP_P"),
            item("soup-requirement", "SREQ_1", specifies="SOUP_OTHER"),
            item("anomaly-evaluation", "EVAL_1", evaluates="SOUP_P", designator="1.0"),
            item("anomaly-evaluation", "EVAL_2", evaluates="SOUP_P", designator="2.0.0"),
            item("cause", "CAUSE_1", arises_from="SOUP_P", contributes_to="RISK_1 RISK_2"),
            item("risk", "RISK_1"),
            item("risk", "RISK_2"),
            item("mitigation", "RCM_1", controls="CAUSE_1"),
            item("mitigation", "RCM_2", controls="RISK_2"),
            item("mitigation", "RCM_3", implemented_by="SREQ_9"),
            item("mitigation", "RCM_4"),
        )
        assert found.message.partition("; verify")[2] == (
            " again SREQ_9 and SREQ_10; confirm EVAL_1; look again at CAUSE_1, RCM_1, RCM_2, RCM_3, RISK_1 and RISK_2"
        )

    @pytest.mark.parametrize(
        ("designator", "version"),
        [("2.32.3", "2.32.3"), (" v2.32.3 ", "2.32.3"), ("2.0", "2.0.0"), ("1.0-1", "1.0.post1")],
    )
    def test_the_same_version(self, designator: str, version: str) -> None:
        facts = (item("soup", "SOUP_1", purl="pkg:pypi/p", designator=designator), package("p", version))
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 1

    def test_other_ecosystems_compare_text(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:npm/p", designator="2.0")
        assert len(findings(self.name, soup, package("p", "2.0.0", ecosystem="npm"))) == 1

    def test_one_of_several_versions_is_declared(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:pypi/p", designator="2.0")
        (found,) = findings(self.name, soup, package("p", "2.0"), package("p", "1.0", path="old.txt", line=None))
        assert "in use is also 1.0 (old.txt), which no SOUP item declares" in found.message

    def test_an_item_for_each_version(self) -> None:
        facts = (
            item("soup", "SOUP_1", purl="pkg:pypi/p", designator="1.0"),
            item("soup", "SOUP_2", purl="pkg:pypi/p", designator="2.0"),
            package("p", "2.0"),
            package("p", "1.0", path="old.txt"),
        )
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 2

    @pytest.mark.parametrize("designator", ["", "^2", "latest"])
    def test_an_inexact_version_is_left_to_its_own_rule(self, designator: str) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:pypi/p", designator=designator)
        assert examined(self.name, soup, package("p", "1.0")) == 0

    def test_without_an_exact_version_in_use_there_is_nothing_to_compare(self) -> None:
        assert examined(self.name, item("soup", "SOUP_1", purl="pkg:pypi/p", designator="1"), package("p")) == 0

    def test_the_version_that_the_project_asked_for_counts(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:npm/p", designator="2.0.0")
        nested = package("p", "1.0.0", ecosystem="npm", direct=False)
        assert findings(self.name, soup, nested, package("p", "2.0.0", ecosystem="npm")) == ()


class TestVersionInexact:
    name = "soup-version-inexact"

    def test_a_range(self) -> None:
        (found,) = findings(self.name, item("soup", "SOUP_1", 5, designator="^1.2"))
        assert found.message == (
            "SOUP_1 is not identified: its version ^1.2 is a range or a requirement, not one version; write the exact "
            "version as `:designator:`"
        )
        assert (found.location, found.severity) == (Location("index.rst", 5), Severity.ERROR)

    def test_none_at_all_and_what_is_in_use(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:pypi/p")
        (found,) = findings(self.name, soup, package("p", "1.4"))
        assert "it states no version" in found.message
        assert found.message.endswith("(in use: 1.4)")

    def test_exact(self) -> None:
        soup = item("soup", "SOUP_1", designator="1.3.1")
        assert findings(self.name, soup) == ()
        assert examined(self.name, soup) == 1

    def test_hostile(self) -> None:
        (found,) = findings(self.name, item("soup", "SOUP_1", designator=">" + HOSTILE))
        assert found.message.isprintable()


class TestComponentVersionUnknown:
    name = "component-version-unknown"

    def test_one_finding_names_all_of_a_file(self) -> None:
        ranged = [replace(package(f"p{line}", line=line), requested=f">={line}") for line in (9, 4)]
        (found,) = findings(self.name, *ranged, package("exact", "1", line=5))
        assert found.message.startswith("requirements.txt names p4 >=4 and p9 >=9, and no file that was read states")
        assert (found.subject, found.location) == ("requirements.txt", Location("requirements.txt", 4))

    def test_another_file_states_the_version(self) -> None:
        facts = (package("p", path="package.json"), package("p", "1.0", path="package-lock.json"))
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 2

    @pytest.mark.parametrize("scope", [Scope.DEVELOPMENT, Scope.BUILD, Scope.TEST])
    def test_tools_are_not_examined(self, scope: Scope) -> None:
        assert examined(self.name, package("p", scope=scope)) == 0

    @pytest.mark.parametrize(
        ("type_", "count"), [("library", 1), ("file", 0), ("container", 0), ("operating-system", 1)]
    )
    def test_what_an_sbom_says_that_it_is(self, type_: str, count: int) -> None:
        one = replace(package("p", ecosystem=""), properties=(("type", type_),))
        assert len(findings(self.name, one)) == count

    def test_what_an_sbom_is_about_needs_none(self) -> None:
        assert examined(self.name, replace(package("p"), properties=(SUBJECT,))) == 0

    def test_at_release_it_is_an_error(self) -> None:
        (found,) = findings(self.name, package("p"), stated=settings(phase=Phase.RELEASE))
        assert found.severity is Severity.ERROR

    def test_hostile_names_stay_on_one_printable_line(self) -> None:
        (found,) = findings(self.name, replace(package(HOSTILE, ecosystem=""), requested=HOSTILE))
        assert found.message.isprintable()


MANIFEST = SourceFile(path="a/package.json", sha256="0", reader="package-json", locks=("package-lock.json",))
LOCK = SourceFile(path="a/package-lock.json", sha256="0", reader="package-lock")


def asked(name: str, requested: str, line: int = 3, **more: str) -> Component:
    return replace(package(name, path="a/package.json", line=line, ecosystem="npm", **more), requested=requested)


def locked(name: str, version: str, requested: str | None = None, direct: bool | None = True) -> Component:
    one = package(name, version, path="a/package-lock.json", line=7, ecosystem="npm", direct=direct)
    return replace(one, requested=requested)


class TestLockOutOfStep:
    name = "lock-out-of-step"

    def messages(self, *facts: Component | Unread) -> list[str]:
        return [one.message for one in judged(self.name, trace(*facts, sources=[MANIFEST, LOCK])).findings]

    def test_a_range_that_the_version_is_not_in(self) -> None:
        (message,) = self.messages(asked("p", "^4.0.0"), locked("p", "3.1.0"))
        assert message.startswith(
            "a/package-lock.json is out of step with what is asked for: p ^4.0.0 is asked for, 3.1.0 is locked "
            "(a/package.json:3); "
        )

    def test_one_of_several_versions_answers(self) -> None:
        assert self.messages(asked("p", "^4.0.0"), locked("p", "3.1.0"), locked("p", "4.2.0")) == []

    def test_several_packages_are_one_finding(self) -> None:
        facts = [one for name in "abc" for one in (asked(name, "^2", ord(name)), locked(name, "1.0.0"))]
        (message,) = self.messages(*facts)
        assert all(f"{name} ^2 is asked for, 1.0.0 is locked" in message for name in "abc")

    def test_the_range_that_a_lock_repeats(self) -> None:
        one = locked("p", "3.1.0", "^4")
        (found,) = findings(self.name, one)
        assert found.location == Location("a/package-lock.json", 7)
        assert examined(self.name, locked("p", "4.1.0", "^4")) == 1

    @pytest.mark.parametrize(
        "wanted", ["latest", "git+https://example.org/p.git", "workspace:*", "file:../p", "", "2 -"]
    )
    def test_what_cannot_be_judged_is_not(self, wanted: str) -> None:
        assert self.messages(asked("p", wanted), locked("p", "3.1.0")) == []

    def test_what_only_came_along_is_another_copy(self) -> None:
        assert self.messages(asked("p", "^4.0.0"), locked("p", "3.1.0", direct=False)) == []

    def test_what_a_reader_told_is_not_told_again(self) -> None:
        told = Unread(reason="p ^4.0.0 is asked for, but …", location=Location("a/package.json", 3))
        assert self.messages(asked("p", "^4.0.0"), locked("p", "3.1.0"), told) == []

    def test_the_lock_of_another_folder_is_not_compared(self) -> None:
        elsewhere = replace(LOCK, path="package-lock.json")
        other = replace(locked("p", "3.1.0"), location=Location("package-lock.json", 7))
        made = trace(asked("p", "^4.0.0"), other, sources=[MANIFEST, elsewhere])
        assert judged(self.name, made).findings == ()

    def test_a_package_that_the_lock_has_not(self) -> None:
        manifest = SourceFile(path="pubspec.yaml", sha256="0", reader="pubspec-yaml", locks=("pubspec.lock",))
        lock = SourceFile(path="pubspec.lock", sha256="0", reader="pubspec-lock")
        wanted = replace(package("p", path="pubspec.yaml", ecosystem="pub"), requested="any")
        (found,) = judged(self.name, trace(wanted, sources=[manifest, lock])).findings
        assert "p any is asked for and not locked (pubspec.yaml:1)" in found.message
        broken = Unread(reason="not YAML", location=Location("pubspec.lock", 1))
        assert judged(self.name, trace(wanted, broken, sources=[manifest, lock])).findings == ()

    def test_hostile_names_stay_on_one_printable_line(self) -> None:
        (message,) = self.messages(
            replace(asked("p", "^4.0.0"), name=HOSTILE), replace(locked("p", "3.1.0"), name=HOSTILE)
        )
        assert message.isprintable()
