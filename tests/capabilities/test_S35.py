"""S35: what can be known of a SOUP is written by the tool. The stubs build, and a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from sphinxcontrib_soup.cli import main
from tests.capabilities.conftest import Difference, Dossier

STUB = """\
.. soup:: portion
   :id: SOUP_PORTION
   :purl: pkg:pypi/portion
   :designator: 2.6.1
"""


def run(dossier: Dossier, *options: str) -> Result:
    return CliRunner().invoke(main, ["stub", str(dossier.folder), "-q", *options])


def add(dossier: Dossier) -> None:
    requirements = dossier.folder / "src" / "requirements.txt"
    requirements.write_text(requirements.read_text() + "portion==2.6.1\n")


def files(dossier: Dossier) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in dossier.folder.rglob("*.rst")}


def test_a_new_dependency_is_printed_as_a_directive(dossier: Dossier) -> None:
    add(dossier)
    before = files(dossier)
    result = run(dossier)
    assert (result.exit_code, result.stdout) == (0, STUB)
    assert files(dossier) == before


def test_it_is_appended_builds_and_is_not_written_twice(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    add(dossier)
    page = dossier.folder / "soup.rst"
    old = page.read_text(encoding="utf-8")
    assert run(dossier, "--into", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8") == f"{old}\n{STUB}"
    written = files(dossier)
    again = run(dossier, "--into", str(page))
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing is in use that should be declared and is not." in again.stderr
    assert files(dossier) == written
    assert not [one for one in changed().new_findings if one[0] in ("soup-undeclared", "item-rejected")]


def test_without_a_new_dependency_there_is_nothing_to_do(dossier: Dossier) -> None:
    result = run(dossier)
    assert (result.exit_code, result.stdout) == (0, "")
