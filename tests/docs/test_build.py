"""The manual is built without warnings, and everything there is has its place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from html import unescape
from typing import Any

import click
import pytest
from pypdf import PdfReader

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.extension.config import SoupConfig
from sphinxcontrib_soup.kinds import KINDS, LINKS, Kind
from sphinxcontrib_soup.plugin import Export, Reader, Rule, TableFormat, View, discover
from tests.docs.conftest import Manual, build

PLUGINS = discover()
GENERATED = "reference/generated"
TOP = click.Context(main)


def section(page: str, anchor: str) -> str:
    """The text of the section that an anchor names, without markup."""
    found = re.search(
        rf'<section id="[\w-]+">\n(<span id="[\w-]+"></span>)*<span id="{anchor}">.*?</section>', page, re.S
    )
    assert found, f"the manual has no section {anchor}"
    return unescape(re.sub(r"<[^>]+>", "", found[0]))


def test_there_are_no_warnings(manual: Manual) -> None:
    assert (manual.code, manual.said) == (0, "")


def test_a_second_build_writes_nothing_of_the_reference_and_removes_what_is_stale(manual: Manual) -> None:
    folder = manual.sources / GENERATED
    written = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    (folder / "rules" / "no-such-rule.rst").write_text("no-such-rule\n============\n", encoding="utf-8")
    assert build(manual.sources).code == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == written


def test_the_manual_is_a_pdf_too(manual: Manual) -> None:
    made = build(manual.sources, "soup-pdf")
    assert (made.code, made.said) == (0, "")
    bookmarks = set(titles(PdfReader(made.pages / "sphinxcontrib-soup.pdf").outline))
    assert {rule.name for rule in PLUGINS.rules} | {"Getting started", "What is checked and what is not"} <= bookmarks


def titles(outline: list[Any]) -> Iterator[str]:
    """The titles of all bookmarks, as the table of contents nests them."""
    for one in outline:
        if isinstance(one, list):
            yield from titles(one)
        else:
            yield one.title


@pytest.mark.parametrize("rule", PLUGINS.rules, ids=lambda rule: rule.name)
def test_each_rule_has_a_page(manual: Manual, rule: Rule) -> None:
    page = manual.page(f"{GENERATED}/rules/{rule.name}")
    assert f"<h1>{rule.name}<" in page
    assert all(f"<h2>{heading}<" in page for heading in ("Why", "Bad", "Good"))
    assert f"{rule.level} in development, {rule.at_release} at a release" in page
    assert f'href="rules/{rule.name}.html"' in manual.page(f"{GENERATED}/rules")


@pytest.mark.parametrize("one", [*PLUGINS.exports, *PLUGINS.formats], ids=lambda one: one.name)
def test_each_export_and_format_has_a_section(manual: Manual, one: Export | TableFormat) -> None:
    anchor = f"export-{one.name}" if isinstance(one, Export) else f"format-{one.ending.removeprefix('.')}"
    assert section(manual.page(f"{GENERATED}/exports"), anchor)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_a_section_with_its_fields_and_choices(manual: Manual, kind: Kind) -> None:
    text = section(manual.page(f"{GENERATED}/kinds"), f"kind-{kind.name}")
    assert kind.prefix in text
    for field in kind.fields:
        assert f":{field.name}:" in text
        assert all(choice in text for choice in field.choices)


def test_each_link_is_in_the_table(manual: Manual) -> None:
    page = manual.page(f"{GENERATED}/links")
    assert [link.name for link in LINKS if f">:{link.name}:<" not in page] == []


@pytest.mark.parametrize("name", [one.name for one in fields(SoupConfig)])
def test_each_setting_has_a_section(manual: Manual, name: str) -> None:
    text = section(manual.page(f"{GENERATED}/settings"), f"setting-{name}".replace("_", "-"))
    assert text.startswith(f"\nsoup_{name}¶")
    assert repr(getattr(SoupConfig(), name)) in text


@pytest.mark.parametrize("reader", PLUGINS.readers, ids=lambda reader: reader.name)
def test_each_reader_has_a_section_with_its_patterns(manual: Manual, reader: Reader) -> None:
    text = section(manual.page(f"{GENERATED}/readers"), f"reader-{reader.name}")
    assert all(pattern in text for pattern in reader.patterns)


@pytest.mark.parametrize("view", PLUGINS.views, ids=lambda view: view.name)
def test_each_view_has_a_section_with_its_options_and_columns(manual: Manual, view: View[Any]) -> None:
    text = section(manual.page(f"{GENERATED}/views"), f"view-{view.name}")
    assert all(f":{one.name}:" in text for one in fields(view.options))
    assert "Columns" in text


@pytest.mark.parametrize("name", main.list_commands(TOP))
def test_each_command_has_a_section_with_its_options(manual: Manual, name: str) -> None:
    text = section(manual.page(f"{GENERATED}/commands"), f"command-{name}")
    command = main.get_command(TOP, name)
    assert command is not None
    named = [option for one in command.params if isinstance(one, click.Option) for option in one.opts]
    assert named
    assert [option for option in named if option not in text] == []


def test_no_page_names_a_place_of_this_machine(manual: Manual) -> None:
    for page in manual.pages.rglob("*.html"):
        assert str(manual.sources) not in page.read_text(encoding="utf-8"), page
