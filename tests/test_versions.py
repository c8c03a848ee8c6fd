"""Exact versions and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.versions import inexact, same_version

EXACT = [
    *("1.3.1", "v1.2", "2.0.0-rc.1", "1.0.0+build.5", "1.0.post1", "2023-10-01", "20231001", "2024b", "r1p2-00rel0"),
    *("22.04.3 LTS", "2:1.1.1f-1ubuntu2.16", "1.1.1~beta2-1", "7.2 SP1 build 1234", "KB5031354", "10.0.19045.3803"),
    *("d6cd1e2bd19e03a81132a23b2025920577f84e37", "v0.0.0-20240102150405-abcdef012345", "Rev B", "Windows 10, 22H2"),
    *("4.19.128-rt52", "1.2.3-android", "jdk-17.0.9+9", "1.x86", "xenial-20210114", "1.0 (build 7)", "20.04"),
]
INEXACT = [
    *("", " ", "TBD", "tbd", "n/a", "N/A", "unknown", "?", "-", "none", "todo", "see SBOM", "${version}", "{{ v }}"),
    *("latest", "Latest", "latest (1.2)", "newest", "current", "stable", "main", "HEAD", "1.0-SNAPSHOT", "dev-master"),
    *("^1.2", "~1.2", ">=1", "> 1", "<2", "=1.2", "==1.2.3", "!=1", "~=1.2", "1.x", "1.2.x", "x", "1.X.3", "*", "1.*"),
    *("1.2.*", "1.2+", "1.+", "[1.0,2.0)", "(,1.0]", "1.0 - 2.0", "1.2 to 1.4", "1.2, 1.3", "1.2 or later", ">=1,<2"),
    *("1.2 || 1.3", "1.2 and newer", "at least 1.2", "from 1.2", "vers:npm/<4.17.21", "workspace:*", "any"),
]


@pytest.mark.parametrize("designator", EXACT)
def test_exact(designator: str) -> None:
    assert inexact(designator) == ""


@pytest.mark.parametrize("designator", INEXACT)
def test_inexact(designator: str) -> None:
    assert inexact(designator)


def test_reasons() -> None:
    assert inexact("TBD") == "holds the place of a version"
    assert inexact("latest") == "moves with time"
    assert inexact("^1") == "is a range or a requirement, not one version"


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(inexact(text), str)


@pytest.mark.parametrize("text", ["x." * 20000, " or " * 20000, "1 " * 20000, "." * 40000, "1.1," + " " * 40000 + "q"])
def test_a_long_designator_takes_no_long_time(text: str) -> None:
    start = time.perf_counter()
    inexact(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("one", "other", "ecosystem", "same"),
    [
        ("1.2", "1.2", "", True),
        ("v1.2", "1.2", "pkg:golang", True),
        ("1.2", " 1.2 ", "pkg:npm", True),
        ("2.0", "2.0.0", "pkg:pypi", True),
        ("2.0", "2.0.0", "pkg:npm", False),
        ("1.0", "1.0+local", "pkg:pypi", False),
        ("vast", "ast", "", False),
        ("odd", "1.0", "pkg:pypi", False),
    ],
)
def test_same_version(one: str, other: str, ecosystem: str, same: bool) -> None:
    assert same_version(one, other, ecosystem) is same
    assert same_version(other, one, ecosystem) is same
