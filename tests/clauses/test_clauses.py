"""The catalogues of clauses, and how clauses are found and cited."""

from __future__ import annotations

import re

import pytest

from sphinxcontrib_soup.clauses import catalogue, find, label, names
from sphinxcontrib_soup.model import SafetyClass

TAGS = {"soup", "trace", "record", "context", "retired"}


def test_names() -> None:
    assert names() == ("IEC62304", "ISO14971")


@pytest.mark.parametrize("name", names())
def test_every_clause_is_whole_and_in_order(name: str) -> None:
    clauses = list(catalogue(name).values())
    numbers = [[(0, int(part)) if part.isdigit() else (1, part) for part in clause.id.split(".")] for clause in clauses]
    assert numbers == sorted(numbers)
    for clause in clauses:
        assert clause.catalogue == name
        assert clause.title.strip() == clause.title != ""
        assert clause.tags
        assert set(clause.tags) <= TAGS
        assert re.fullmatch(r"\d+(\.\d+)*(\.[a-z])?", clause.id)
        assert list(clause.classes) == sorted(set(clause.classes))


@pytest.mark.parametrize("name", names())
def test_no_number_stands_twice(name: str) -> None:
    from importlib.resources import files

    tables = [one for one in files("sphinxcontrib_soup.clauses").iterdir() if one.name.endswith(".csv")]
    rows = [line for table in tables for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) == sum(len(catalogue(one)) for one in names())


def test_amendment_1_binds_all_classes_to_system_testing() -> None:
    bound = [clause for clause in catalogue("IEC62304").values() if clause.id.startswith("5.7.")]
    assert [clause.id for clause in bound] == ["5.7.1", "5.7.2", "5.7.3", "5.7.4", "5.7.5"]
    assert all(clause.classes == tuple(SafetyClass) for clause in bound)


def test_retired_numbers_bind_nobody_new() -> None:
    retired = [clause.id for clause in catalogue("IEC62304").values() if "retired" in clause.tags]
    assert retired == ["7.1.5", "7.3.2"]
    assert all(clause.classes for clause in catalogue("IEC62304").values() if clause.id not in retired)


def test_find() -> None:
    found = find("IEC62304 5.6.4")
    assert found is not None
    assert (found.standard, found.edition, found.id) == ("IEC 62304", "2006+A1:2015", "5.6.4")
    assert not found.binds(SafetyClass.A)
    assert found.binds(SafetyClass.B)
    risk_control = find("ISO14971 7.1")
    assert risk_control is not None
    assert risk_control.binds(SafetyClass.A)


@pytest.mark.parametrize("reference", ["", "IEC62304", "IEC62304 99.9", "EN9999 1.1", "8.1.2", "IEC62304  8.1.2"])
def test_find_what_no_catalogue_has(reference: str) -> None:
    assert find(reference) is None
    assert label(reference) == reference


def test_label() -> None:
    assert label("IEC62304 8.1.2") == "IEC 62304:2006+A1:2015, 8.1.2"
    assert label("ISO14971 7.1") == "ISO 14971:2019, 7.1"
