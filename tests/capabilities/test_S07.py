"""S7: the list follows reality. What is in use and what is declared are compared in every build."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from sphinxcontrib_soup.cli import main
from tests.capabilities.conftest import Difference, Dossier

LIST, INVENTORY = "soup/soup-list/0", "soup/soup-inventory/5"
LICENCES, NOTICES = "licences/licence-table/0", "licences/third-party-notices/1"


def bump(dossier: Dossier) -> None:
    dossier.edit("display/package-lock.json", '"version": "3.7.2"', '"version": "3.8.0"')


def test_a_bump_of_the_lock_file_alone_names_the_soup_and_both_versions(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    bump(dossier)
    place = f"display/package-lock.json:{dossier.line('display/package-lock.json', 'node_modules/luxon')}"
    message = (
        f"SOUP_LUXON declares version 3.7.2, but in use is 3.8.0 ({place}); "
        "evaluate the change, then declare the version in use; verify again SREQ_7 and SREQ_8; confirm EVAL_3; "
        "look again at CAUSE_4, RCM_3, RCM_4 and RISK_2"
    )
    assert changed() == Difference(
        new_findings={("soup-version-moved", "SOUP_LUXON", message)},
        cells={
            (LIST, "SOUP_LUXON", "version"): ("3.7.2", "3.7.2 not in use"),
            (LIST, "SOUP_LUXON", "in_use"): (f"3.7.2 {place}", f"3.8.0 not declared {place}"),
            (INVENTORY, "luxon", "version"): ("3.7.2", "3.8.0"),
            (LICENCES, "luxon", "version"): ("3.7.2", "3.8.0"),
            (NOTICES, "luxon", "package"): ("luxon 3.7.2", "luxon 3.8.0"),
        },
    )


def test_the_build_fails_then(dossier: Dossier) -> None:
    assert CliRunner().invoke(main, ["check", str(dossier.folder)]).exit_code == 0
    bump(dossier)
    failed = CliRunner().invoke(main, ["check", str(dossier.folder)])
    assert failed.exit_code == 1
    assert "declares version 3.7.2, but in use is 3.8.0" in failed.stdout


def test_a_dependency_that_no_soup_declares_is_a_finding_and_a_row(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    requirements = Path("src/requirements.txt")
    file = dossier.folder / requirements
    file.write_text(file.read_text() + "portion==2.6.1\n")
    line = len(file.read_text().splitlines())
    difference = changed()
    (finding,) = difference.new_findings
    assert finding[:2] == ("soup-undeclared", "portion")
    assert "portion 2.6.1 is in use, but no SOUP item declares it" in finding[2]
    row = {column: change for (_, column), change in difference.rows(LIST).items()}
    assert row["title"] == (None, "portion")
    assert row["in_use"] == (None, f"2.6.1 {requirements.as_posix()}:{line}")
    assert row["id"] == (None, "not declared")
    assert difference.rows(INVENTORY)["portion", "brought_in_by"] == (None, "the project")
    assert difference.tables == {LIST, INVENTORY, LICENCES}


def test_a_declared_soup_that_is_gone_is_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    lock, manifest = dossier.read("display/package-lock.json"), dossier.read("display/package.json")
    dossier.write("display/package-lock.json", lock.replace("luxon", "other-clock"))
    dossier.write("display/package.json", manifest.replace("luxon", "other-clock"))
    difference = changed()
    assert {finding[:2] for finding in difference.new_findings} == {
        ("soup-not-in-use", "SOUP_LUXON"),
        ("soup-undeclared", "other-clock"),
        ("licence-text-missing", "third-party-notices"),
    }
    assert difference.rows(LIST)["SOUP_LUXON", "in_use"][1] == "in no manifest"
    assert difference.tables == {LIST, INVENTORY, LICENCES, NOTICES}


def test_the_last_package_of_a_manifest_is_gone(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    """Nothing of npm is in use any more, and the manifests that say so were read."""
    dossier.write("display/package.json", '{"name": "display", "dependencies": {}}\n')
    dossier.write("display/package-lock.json", '{"name": "display", "lockfileVersion": 3, "packages": {"": {}}}\n')
    difference = changed()
    gone = {subject for rule, subject, _ in difference.new_findings if rule == "soup-not-in-use"}
    assert gone == {"SOUP_LUXON", "SOUP_BIG_JS"}
    assert {rule for rule, _, _ in difference.new_findings} == {"soup-not-in-use"}


def test_a_manifest_that_asks_for_what_the_lock_has_not_is_a_finding(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    line = dossier.line("display/package.json", '"luxon"')
    asked = dossier.read("display/package.json").splitlines()[line - 1].split('"')[3]
    dossier.edit("display/package.json", f'"luxon": "{asked}"', '"luxon": "^4.0.0"')
    message = (
        "display/package-lock.json is out of step with what is asked for: luxon ^4.0.0 is asked for, 3.7.2 is locked "
        f"(display/package.json:{line}); have your package manager write it anew, then look at the versions it took"
    )
    assert changed() == Difference(new_findings={("lock-out-of-step", "display/package-lock.json", message)})
