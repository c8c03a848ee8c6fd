"""Values that many SOUPs share: which pattern gives which field, and that it shows."""

from __future__ import annotations

from dataclasses import replace

from sphinxcontrib_soup.cells import field_cell
from sphinxcontrib_soup.model import FieldValue, Item, plain
from sphinxcontrib_soup.pipeline.link import link
from sphinxcontrib_soup.shared import OWN, SHAREABLE, with_shared
from sphinxcontrib_soup.trace_json import decode, encode
from tests.rules.traces import item, settings

FIELDS = {field.name: field for field in SHAREABLE}


def shared(one: Item, defaults: dict[str, dict[str, FieldValue]]) -> Item:
    return with_shared(one, replace(settings(), soup_defaults=defaults))


def test_a_pattern_fits_the_package_url_without_version_or_the_id() -> None:
    lodash = item("soup", "SOUP_LODASH", purl="pkg:npm/lodash@4.17.21")
    by_url = {"pkg:npm/lodash": {"licence": "MIT"}}
    by_id = {"SOUP_L*": {"licence": "MIT"}}
    other = {"pkg:pypi/*": {"licence": "MIT"}, "lodash": {"licence": "MIT"}}
    assert shared(lodash, by_url).text("licence") == "MIT"
    assert shared(lodash, by_id).text("licence") == "MIT"
    assert shared(lodash, other) is lodash
    assert shared(item("soup", "SOUP_LOCAL"), by_id).shared == {"licence": "SOUP_L*"}
    assert shared(item("requirement", "SOUP_L"), by_id).fields == {}


def test_what_a_soup_says_itself_goes_first_then_the_first_pattern_that_has_the_field() -> None:
    defaults: dict[str, dict[str, FieldValue]] = {
        "pkg:npm/@babel/*": {"manufacturer": "Babel"},
        "pkg:npm/*": {"manufacturer": "community", "licence": "MIT", "purpose": "builds"},
        "*": {"purpose": "anything", "users": "many"},
    }
    made = shared(item("soup", "SOUP_1", purl="pkg:npm/%40babel/core", licence="ISC"), defaults)
    assert made.fields == {
        "purl": "pkg:npm/%40babel/core",
        "licence": "ISC",
        "purpose": "builds",
        "manufacturer": "Babel",
        "users": "many",
    }
    assert made.shared["purpose"] == "pkg:npm/*"
    assert "licence" not in made.shared


def test_a_shared_value_says_by_which_pattern_wherever_it_is_shown() -> None:
    made = shared(item("soup", "SOUP_1", purpose="own"), {"*": {"licence": "MIT", "used_features": ("a", "b")}})
    assert plain(field_cell(made, FIELDS["licence"])) == "MIT; shared by all SOUPs"
    assert plain(field_cell(made, FIELDS["used_features"])) == "a, b; shared by all SOUPs"
    assert plain(field_cell(made, FIELDS["purpose"])) == "own"


def test_it_survives_json_and_is_not_shared_twice() -> None:
    stated = replace(settings(), soup_defaults={"*": {"licence": "MIT"}})
    (once,) = link([item("soup", "SOUP_1")], [], stated).items.values()
    (again,) = link([decode(Item, encode(once))], [], stated).items.values()
    assert once.shared == {"licence": "*"}
    assert again == once


def test_what_makes_a_soup_this_one_is_never_shared() -> None:
    assert not {field.name for field in SHAREABLE} & set(OWN)
