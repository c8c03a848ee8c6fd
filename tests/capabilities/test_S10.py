"""S10: the product's help cites the libraries, as their licences ask: names, versions, copyright and whole texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.model import plain
from tests.capabilities.conftest import Difference, Dossier

TABLE = "licences/third-party-notices/1"
TEXTS = ("big.js", "construct", "luxon", "sortedcontainers")


def test_the_text_of_every_soup_whose_licence_asks_for_it_is_in_the_file(dossier: Dossier, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["export", str(dossier.folder), "third-party-notices", "-o", str(tmp_path / "n.txt"), "-q"]
    )
    assert done.exit_code == 0, done.output
    written = (tmp_path / "n.txt").read_text(encoding="utf-8")
    assert written.startswith("Bolus Advisor 1.2.0 holds software of others, under the licences below.\n")
    for name in TEXTS:
        text = dossier.read(f"licences/{name}.txt")
        assert "\n".join(line.rstrip() for line in text.strip().splitlines()) in written
    assert "luxon 3.7.2\nLicence: MIT\n\nCopyright 2019 JS Foundation and other contributors\n" in written
    assert written.count("The text of the licence is not known.") == 3


def test_the_page_shows_the_same(dossier: Dossier) -> None:
    table = next(table for table in dossier.build().tables.values() if table.name == "third-party-notices")
    rows = {plain(row.cells[0]): [plain(cell) for cell in row.cells[1:]] for row in table.rows}
    assert rows["luxon 3.7.2"][:2] == ["MIT", "Copyright 2019 JS Foundation and other contributors"]
    assert rows["luxon 3.7.2"][2].endswith("OTHER DEALINGS IN THE SOFTWARE.")
    assert [name for name, row in rows.items() if row[2] == "The text of the licence is not known"] == [
        "debian 12",
        "Node.js 20.20.2",
        "Python 3.11.7",
    ]


def test_a_text_that_goes_missing_is_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    (dossier.folder / "licences" / "luxon.txt").unlink()
    difference = changed()
    assert {one[:2] for one in difference.new_findings} == {("licence-text-missing", "third-party-notices")}
    (message,) = (one[2] for one in difference.new_findings)
    assert "4 packages ask for their text" in message
    assert "luxon 3.7.2" in message
    assert difference.rows(TABLE)["luxon", "text"][1] == "The text of the licence is not known"
    assert difference.tables == {TABLE}
