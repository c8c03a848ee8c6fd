"""Expressions of SPDX, the names that people write instead, and what kind of terms they are."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.licences import (
    Category,
    _rows,
    _table,
    category,
    choices,
    expression,
    identifiers,
    needs_notice,
)

SCHEMA = json.loads((files("cyclonedx") / "schema" / "_res" / "spdx.SNAPSHOT.schema.json").read_text(encoding="utf-8"))
IDS = set(SCHEMA["enum"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("The MIT License (MIT)", "MIT"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Apache 2", "Apache-2.0"),
        ("License :: OSI Approved :: Apache Software License", "Apache-2.0"),
        ("GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
        ("GNU Lesser General Public License v3 (LGPLv3)", "LGPL-3.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("LGPL-2.1", "LGPL-2.1-only"),
        ("New BSD License", "BSD-3-Clause"),
        ("Eclipse Public License - v 2.0", "EPL-2.0"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
        ("MIT or GPLv2", "MIT OR GPL-2.0-only"),
        ("Apache 2.0 AND MIT License", "Apache-2.0 AND MIT"),
        ("(MIT OR GPL-3.0) AND BSD-3-Clause", "(MIT OR GPL-3.0-only) AND BSD-3-Clause"),
        ("GPL-2.0-only with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("LicenseRef-Acme-EULA AND MIT", "LicenseRef-Acme-EULA AND MIT"),
        *((text, None) for text in ("", "NOASSERTION", "TBD", "BSD", "see its website", "Commercial", "UNLICENSED")),
        *(
            (text, None)
            for text in ("MIT AND", "(", "MIT MIT", "MIT WITH MIT", "GCC-exception-3.1", "=1+1", "x" * 5000)
        ),
    ],
)
def test_what_a_text_stands_for(text: str, meant: str | None) -> None:
    assert expression(text) == meant
    assert meant is None or expression(meant) == meant


@given(st.text() | st.lists(st.sampled_from(["MIT", "GPL-3.0-only", "AND", "OR", "WITH", "(", ")", "x"])).map(" ".join))
def test_any_text_stands_for_a_canonical_expression_or_for_none(text: str) -> None:
    found = expression(text)
    assert found is None or (expression(found) == found and category(found) in Category)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MIT", Category.PERMISSIVE),
        ("CC0-1.0", Category.PERMISSIVE),
        ("MPL-2.0", Category.WEAK_COPYLEFT),
        ("GPL-3.0-or-later", Category.STRONG_COPYLEFT),
        ("GPL-2.0-only WITH Classpath-exception-2.0", Category.WEAK_COPYLEFT),
        ("CC-BY-NC-SA-4.0", Category.NON_COMMERCIAL),
        ("BUSL-1.1", Category.COMMERCIAL),
        ("LicenseRef-Acme-EULA", Category.UNKNOWN),
        ("MIT OR GPL-3.0-only", Category.PERMISSIVE),
        ("MIT AND GPL-3.0-only", Category.STRONG_COPYLEFT),
        ("(MIT OR GPL-3.0-only) AND MPL-2.0", Category.WEAK_COPYLEFT),
        ("MIT AND LicenseRef-Acme-EULA", Category.UNKNOWN),
        ("EUDatagrid", Category.PERMISSIVE),  # not in our table: by the library's index
        (None, Category.UNKNOWN),
    ],
)
def test_what_kind_of_terms_it_is(text: str | None, kind: Category) -> None:
    assert category(text) is kind


def test_every_non_commercial_identifier_of_spdx_is_one_here() -> None:
    told = {id_ for id_ in IDS if "-NC-" in id_ or "Noncommercial" in id_}
    assert len(told) > 15
    assert {id_ for id_ in told if category(id_) is not Category.NON_COMMERCIAL} == set()


def test_our_tables_name_identifiers_of_spdx() -> None:
    assert _table().keys() - IDS == set()
    assert {row["id"] for row in _rows("names.csv")} - IDS == set()


def test_which_ask_for_a_notice() -> None:
    asked = {text: needs_notice(text) for text in ("MIT", "Zlib", "0BSD", "MIT OR 0BSD", "MIT AND 0BSD", None)}
    assert asked == {"MIT": True, "Zlib": False, "0BSD": False, "MIT OR 0BSD": False, "MIT AND 0BSD": True, None: False}


def test_choices_and_identifiers() -> None:
    assert choices("MIT OR Apache-2.0 AND BSD-3-Clause") == {"MIT", "Apache-2.0 AND BSD-3-Clause"}
    assert choices("MIT AND BSD-3-Clause") == {"MIT AND BSD-3-Clause"}
    assert identifiers("MIT OR (Apache-2.0 AND MIT)") == ("MIT", "Apache-2.0")
