"""Rules over imports in code."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.model import Finding, Item, Location, Severity, SourceFile
from tests.rules.traces import HOSTILE, code_file, findings, imported, item, judged, package, trace


class TestOutsideWrapper:
    name = "soup-outside-wrapper"
    soup = item("soup", "SOUP_YAML", purl="pkg:pypi/pyyaml", import_names="yaml")
    wrapper = item("software-item", "ITEM_STORE", 3, wraps="SOUP_YAML", code="store.py")

    def test_an_import_elsewhere_is_named_once_a_file(self) -> None:
        facts = (imported("yaml", "store.py"), *(imported("yaml.x", "dose.py", line) for line in (4, 9, 12)))
        (found,) = findings(self.name, self.soup, self.wrapper, *facts)
        assert found.message == (
            "dose.py imports yaml.x (and in lines 9 and 12), but SOUP_YAML is wrapped by ITEM_STORE; call the wrapper "
            "instead, or name the file in its `:code:`"
        )
        assert (found.subject, found.location) == ("SOUP_YAML", Location("dose.py", 4))
        assert found.severity is Severity.WARNING

    def test_two_wrappers_share_a_soup(self) -> None:
        other = item("software-item", "ITEM_DOSE", wraps="SOUP_YAML", code="dose.py")
        assert findings(self.name, self.soup, self.wrapper, other, imported("yaml", "dose.py")) == ()

    def test_without_a_wrapper_there_is_no_boundary(self) -> None:
        user = item("software-item", "ITEM_STORE", uses="SOUP_YAML", code="store.py")
        assert findings(self.name, self.soup, user, imported("yaml", "dose.py")) == ()

    def test_a_wrapper_without_code_is_named_instead(self) -> None:
        bare = item("software-item", "ITEM_STORE", 3, wraps="SOUP_YAML")
        (found,) = findings(self.name, self.soup, bare, imported("yaml", "dose.py"), imported("yaml", "store.py"))
        assert (found.subject, found.location) == ("ITEM_STORE", Location("index.rst", 3))
        assert "names no code of its own" in found.message
        assert findings(self.name, self.soup, bare) == ()

    def test_hostile_names_stay_on_one_printable_line(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:pypi/x")
        facts = (soup, item("software-item", "ITEM_1", wraps="SOUP_1", code="a.py"))
        (found,) = findings(self.name, *facts, imported(HOSTILE, HOSTILE, package="pypi/x"))
        assert found.message.isprintable()


class TestUnused:
    name = "soup-unused-by-code"

    @staticmethod
    def judge(
        soup: Item, *facts: object, files: tuple[SourceFile, ...] = (code_file("a.py", "pypi"),)
    ) -> tuple[Finding, ...]:
        return judged(TestUnused.name, trace(soup, *facts, sources=files)).findings  # type: ignore[arg-type]

    def test_a_library_that_no_code_imports(self) -> None:
        (found,) = self.judge(item("soup", "SOUP_1", 5, purl="pkg:pypi/PyYAML"), imported("yaml", "a.py"))
        assert found.message == (
            "SOUP_1 is declared, but of 1 file of code that could import it none does so by the name of its package; "
            "take it out, name the files that use it in a `:code:`, or write what code calls it in `:import_names:` "
            "(`none` if no code imports it)"
        )
        assert found.location == Location("index.rst", 5)

    def test_stated_names_are_what_is_sought(self) -> None:
        (found,) = self.judge(item("soup", "SOUP_1", purl="pkg:pypi/x", import_names="y, z"))
        assert "none does so as y and z;" in found.message

    @pytest.mark.parametrize("kind", ["runtime", "os", "tool", "service", "driver", "model"])
    def test_what_is_not_imported_is_not_examined(self, kind: str) -> None:
        assert self.judge(item("soup", "SOUP_1", purl="pkg:pypi/x", soup_kind=kind)) == ()

    def test_it_may_say_that_no_code_imports_it(self) -> None:
        assert self.judge(item("soup", "SOUP_1", purl="pkg:pypi/gunicorn", import_names="none")) == ()

    def test_code_of_its_language_must_have_been_read(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:npm/x")
        assert self.judge(soup) == ()
        assert len(self.judge(soup, files=(code_file("a.js", "npm"),))) == 1

    def test_a_soup_that_is_declared_by_its_title(self) -> None:
        soup = item("soup", "SOUP_1", title="Requests")
        assert len(self.judge(soup, package("requests", "1"))) == 1
        assert self.judge(soup, package("requests", "1"), imported("requests", "a.py", package="pypi/requests")) == ()

    def test_a_package_that_tells_no_names_has_to_state_them_where_it_is_wrapped(self) -> None:
        soup = item("soup", "SOUP_1", purl="pkg:nuget/Newtonsoft.Json")
        files = (code_file("a.cs", "nuget"),)
        wrapper = item("software-item", "ITEM_1", wraps="SOUP_1")
        assert self.judge(soup, files=files) == ()
        (found,) = self.judge(soup, wrapper, files=files)
        assert "its package does not tell what code imports of it" in found.message
        stated = item("soup", "SOUP_1", purl="pkg:nuget/Newtonsoft.Json", import_names="Newtonsoft.Json")
        assert self.judge(stated, wrapper, imported("Newtonsoft.Json.Linq", "a.cs"), files=files) == ()


def test_what_is_known_only_when_it_runs_is_said_once_a_file() -> None:
    facts = [imported(None, "a.py", line) for line in (3, 8)] + [imported("x", "b.py")]
    (found,) = findings("import-undetermined", *facts)
    assert found.message.startswith("a.py imports in lines 3 and 8 what is known only when it runs")
    assert (found.location, found.severity) == (Location("a.py", 3), Severity.INFO)
