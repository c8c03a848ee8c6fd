"""Exact versions and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.versions import inexact, same_version, satisfies

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
        ("v1.2", "1.2", "golang", True),
        ("1.2", " 1.2 ", "npm", True),
        ("2.0", "2.0.0", "pypi", True),
        ("2.0", "2.0.0", "npm", False),
        ("1.0", "1.0+local", "pypi", False),
        ("vast", "ast", "", False),
        ("odd", "1.0", "pypi", False),
    ],
)
def test_same_version(one: str, other: str, ecosystem: str, same: bool) -> None:
    assert same_version(one, other, ecosystem) is same
    assert same_version(other, one, ecosystem) is same


@pytest.mark.parametrize(
    ("ecosystem", "requested", "version", "answer"),
    [
        ("npm", "^4.17.0", "4.17.21", True),
        ("npm", "^4.17.0", "3.10.1", False),
        ("npm", "^0.2.3", "0.3.0", False),
        ("npm", "1 || 2", "2.5.0", True),
        ("npm", ">= 1.4.0 < 2", "1.5.0", True),
        ("npm", ">= 1.4.0 < 2", "2.0.0", False),
        ("npm", "1.2.3 - 2.3", "2.3.9", True),
        ("npm", "^1.2.x", "1.5.0", True),
        ("npm", "", "1.0.0", True),
        ("npm", "^2.0.0-beta.1", "2.1.0-alpha", False),
        ("npm", "latest", "1.0.0", None),
        ("npm", "github:a/b", "1.0.0", None),
        ("npm", "npm:other@^1", "1.0.0", None),
        ("npm", "^1", "one", None),
        ("cargo", "1.2", "1.9.0", True),
        ("cargo", "1.2", "2.0.0", False),
        ("cargo", "0.2", "0.3.0", False),
        ("cargo", "0", "0.9.1", True),
        ("cargo", ">=1, <1.5", "1.4.0", True),
        ("cargo", "=1.2.3", "1.2.4", False),
        ("cargo", "1.*", "1.7.0", True),
        ("pub", "any", "0.0.1", True),
        ("pub", "^1.0.0", "2.0.0", False),
        ("pub", "^1.0.0", "1.1.0-dev.1", None),
        ("pypi", ">=2,<3", "2.5", True),
        ("pypi", "~=2.1", "3.0", False),
        ("pypi", ">=1", "2.0rc1", True),
        ("pypi", "^1.2", "1.3", None),
        ("pypi", "@ https://example.org/a.whl", "1.3", None),
        ("nuget", "13.0.1", "13.0.3", True),
        ("nuget", "13.0.1", "12.0.0", False),
        ("nuget", "[3.10.1, )", "3.10.1", True),
        ("nuget", "[1.0,2.0)", "2.0.0", False),
        ("nuget", ">= 1.0.0", "1.2.0", True),
        ("nuget", ">= 1.0.0 < 2.0.0", "1.2.0", None),
        ("nuget", "(1.0,)", "1.0.0", False),
        ("nuget", "(,2.0]", "2.0.0.0", True),
        ("nuget", "[1.0]", "1.0.1", False),
        ("nuget", "[1.0]", "1.0.0", True),
        ("nuget", "(1.0]", "1.0.0", False),
        ("nuget", "1.0.*", "1.0.5", None),
        ("nuget", "1.0.0", "1.0.0-beta", None),
        ("composer", "^8.0", "9.0.0", None),
        ("composer", "9.0.0", "9.0.0", True),
    ],
)
def test_satisfies(ecosystem: str, requested: str, version: str, answer: bool | None) -> None:
    assert satisfies(version, requested, ecosystem) is answer


@given(st.sampled_from(["npm", "cargo", "pub", "pypi", "nuget", "gem"]), st.text(max_size=30), st.text(max_size=30))
def test_any_range_is_judged_or_not(ecosystem: str, version: str, requested: str) -> None:
    assert satisfies(version, requested, ecosystem) in (True, False, None)
