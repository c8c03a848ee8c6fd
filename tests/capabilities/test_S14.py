"""S14: the use of a SOUP does not spread: an import outside of its wrapper is a finding at file and line."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier

MESSAGE = "call the wrapper instead, or name the file in its `:code:`"


def test_an_import_elsewhere_in_python(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    path = "src/bolus_advisor/dose.py"
    dossier.write(path, f"{dossier.read(path)}\n\ndef later() -> None:\n    from sortedcontainers import SortedSet\n")
    line = dossier.line(path, "import SortedSet")
    finding = (
        "soup-outside-wrapper",
        "SOUP_SORTEDCONTAINERS",
        f"{path} imports sortedcontainers, but SOUP_SORTEDCONTAINERS is wrapped by ITEM_TIMELINE; {MESSAGE}",
    )
    assert changed() == Difference(new_findings={finding})
    assert [str(one.location) for one in dossier.judge().findings if one.rule == finding[0]] == [f"{path}:{line}"]


def test_an_import_elsewhere_in_javascript(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    path = "display/main.js"
    dossier.write(path, f"{dossier.read(path)}const {{ DateTime }} = await import('luxon');\n")
    assert changed() == Difference(
        new_findings={
            (
                "soup-outside-wrapper",
                "SOUP_LUXON",
                f"{path} imports luxon, but SOUP_LUXON is wrapped by ITEM_CLOCK; {MESSAGE}",
            )
        }
    )


def test_what_only_looks_like_an_import_is_none(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    for path, text in (
        ("src/bolus_advisor/dose.py", '\n# import construct\nTEXT = """\nimport construct\n"""\n'),
        ("display/main.js", '// import "luxon";\nconst text = `require("big.js")`;\n'),
    ):
        dossier.write(path, dossier.read(path) + text)
    assert changed() == Difference()


def test_code_that_cannot_be_parsed_is_named_with_its_line_and_the_rest_goes_on(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("src/bolus_advisor/units.py", "class Unit", "class class Unit")
    line = dossier.line("src/bolus_advisor/units.py", "class class Unit")
    difference = changed()
    (finding,) = difference.new_findings
    assert finding[:2] == ("evidence-unread", "src/bolus_advisor/units.py")
    assert "it is not Python" in finding[2]
    assert not difference.cells
    (place,) = [one.location for one in dossier.judge().findings if one.rule == "evidence-unread"]
    assert place.line == line


def test_a_soup_that_no_code_uses_any_more_is_named(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("display/clock.js", 'import { DateTime } from "luxon";', "const DateTime = globalThis.DateTime;")
    assert {finding[:2] for finding in changed().new_findings} == {("soup-unused-by-code", "SOUP_LUXON")}


def test_a_file_of_code_that_is_gone_is_named_at_its_item(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("display/design.rst", ":code: clock.js", ":code: clocks.js")
    findings = {finding[:2]: finding[2] for finding in changed().new_findings}
    assert (
        "`:code:` of ITEM_CLOCK names 'clocks.js', which matches no file"
        in findings["evidence-unread", "display/design.rst"]
    )
