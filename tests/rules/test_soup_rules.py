"""SOUP items against packages in use."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.model import Item, Location, Phase, Scope, Severity
from tests.rules.traces import HOSTILE, examined, findings, item, package, settings


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
