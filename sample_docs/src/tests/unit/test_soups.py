"""The SOUPs of the advisor: the runtime's arithmetic, the versions in use, and who imports them."""

import ast
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2]


@pytest.mark.verifies("SREQ_9")
def test_fractions_are_exact() -> None:
    assert sum([Fraction(1, 3)] * 3, Fraction(0)) == 1
    assert Fraction(Decimal("0.1")) * 3 == Fraction(3, 10)
    assert Fraction(9, 2) // Fraction(1, 2) == 9
    assert Fraction(-1, 1000) // Fraction(1, 2) == -1


@pytest.mark.verifies("SREQ_9")
@pytest.mark.parametrize(("number", "rounded"), [("0.05", "0.1"), ("0.049", "0.0"), ("2.25", "2.3"), ("-0.05", "-0.1")])
def test_decimals_are_rounded_half_up(number: str, rounded: str) -> None:
    assert str(Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP)) == rounded


def test_the_installed_soups_are_the_pinned_ones() -> None:
    pinned = re.findall(r"^(\S+)==(\S+)", (SOURCE / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: version(name) for name, _ in pinned} == dict(pinned)


def test_only_its_wrapper_imports_a_soup() -> None:
    found = {}
    for path in sorted((SOURCE / "bolus_advisor").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in getattr(node, "names", [])]
            )
            found |= {name: path.name for name in names if name in {"construct", "sortedcontainers"}}
    assert found == {"construct": "meter.py", "sortedcontainers": "timeline.py"}
