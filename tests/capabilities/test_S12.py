"""S12: only the behaviour that is used is specified; used and excluded features draw the boundary."""

from collections.abc import Callable

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.model import plain
from tests.capabilities.conftest import Difference, Dossier

FEATURE = "   :feature: Struct, little-endian integers\n"


def said(feature: str) -> tuple[str, str, str]:
    message = (
        f"SREQ_3 is about what is not among the used features of SOUP_CONSTRUCT: {feature}; add it to "
        "`:used_features:` of SOUP_CONSTRUCT, or take the requirement out"
    )
    return ("soup-feature-unused", "SREQ_3", message)


def test_a_requirement_on_a_feature_that_is_not_used_is_a_finding(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", FEATURE, "   :feature: Struct, Padding\n")
    assert changed() == Difference(new_findings={said("Padding")})


def test_a_requirement_on_an_excluded_feature_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", FEATURE, "   :feature: Checksum\n")
    assert changed() == Difference(new_findings={said("Checksum, which is excluded")})


def test_a_feature_that_is_no_longer_used_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", "FlagsEnum, little-endian integers, Terminated", "FlagsEnum, Terminated")
    assert changed() == Difference(new_findings={said("little-endian integers")})


def test_a_soup_without_used_features_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", "   :used_features: Constructor in strict mode, lt, gt, eq, mod, toFixed\n", "")
    message = "SOUP_BIG_JS, of class C, lacks a list of what of it is used; write `:used_features:`"
    assert changed() == Difference(new_findings={("soup-use-unexplained", "SOUP_BIG_JS", message)})


def test_the_block_shows_both_lists(dossier: Dossier) -> None:
    trace = dossier.build().trace
    shown = {label: plain(value) for label, value in block(trace, trace.items["SOUP_CONSTRUCT"]).fields}
    assert shown["Used features"] == "Struct, Const, Enum, FlagsEnum, little-endian integers, Terminated"
    assert shown["Excluded features"] == "Checksum, RawCopy, compiled parsers"
