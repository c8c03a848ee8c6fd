"""One spelling for a package, whoever names it."""

import pytest

from sphinxcontrib_soup.identity import package_key, package_name, package_url


@pytest.mark.parametrize(
    ("purl", "key"),
    [
        ("pkg:npm/%40babel/core@7.1.0", "pkg:npm/%40babel/core"),
        ("pkg:npm/luxon", "pkg:npm/luxon"),
        ("pkg:pypi/Ruamel.Yaml_clib@1.0?x=y#z", "pkg:pypi/ruamel-yaml-clib"),
        ("pkg:maven/org.apache/log4j@2", "pkg:maven/org.apache/log4j"),
        ("luxon", None),
        ("", None),
        ("pkg:", None),
    ],
)
def test_two_versions_of_a_package_share_its_key(purl: str, key: str | None) -> None:
    assert package_key(purl) == key


def test_a_key_gives_the_name_that_the_ecosystem_uses() -> None:
    assert package_name("pkg:npm/%40babel/core") == "@babel/core"
    assert package_name("pkg:maven/org.apache/log4j") == "org.apache:log4j"
    assert package_name("pkg:pypi/requests") == "requests"


def test_a_url_is_made_where_the_name_makes_one() -> None:
    assert package_url("npm", "core", "7.1.0", "@babel") == "pkg:npm/%40babel/core@7.1.0"
    assert package_url("npm", "") is None
