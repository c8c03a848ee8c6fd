"""S1: a SOUP is off-the-shelf, or earlier software without adequate records; its provenance says which."""

from collections.abc import Callable

import pytest

from tests.capabilities.conftest import Difference, Dossier

BIG_JS = ":manufacturer: M. Mclaughlin\n   :provenance: "


@pytest.mark.parametrize("provenance", ["undocumented_inhouse", "legacy"])
def test_each_provenance_is_taken(dossier: Dossier, changed: Callable[[], Difference], provenance: str) -> None:
    dossier.edit("soup.rst", f"{BIG_JS}ots", f"{BIG_JS}{provenance}")
    assert changed() == Difference()


def test_another_one_is_a_finding_that_names_those_allowed(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", f"{BIG_JS}ots", f"{BIG_JS}found")
    message = (
        "soup SOUP_BIG_JS is taken only in part: provenance is 'found'; it must be one of: ots, "
        "undocumented_inhouse, legacy; the value was left out"
    )
    assert changed() == Difference(new_findings={("item-rejected", "SOUP_BIG_JS", message)})
