"""Fixtures that every folder of tests uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import Project


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the expected files of samples anew.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path)
