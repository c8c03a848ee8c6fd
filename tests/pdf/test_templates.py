"""Templates that a project may change."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from sphinx.config import Config

from sphinxcontrib_soup.pdf.builder import FONTS
from sphinxcontrib_soup.templates import HERE, templates


def test_the_templates_of_the_project_come_first(tmp_path: Path) -> None:
    (tmp_path / "own" / "soup").mkdir(parents=True)
    (tmp_path / "own" / "soup" / "style.typ").write_text("// mine")
    environment = templates(tmp_path, Config(overrides={"templates_path": ["own"]}))
    assert environment.get_template("soup/style.typ").render() == "// mine"
    assert environment.get_template("soup/item.html.jinja").filename == str(HERE / "soup" / "item.html.jinja")


def test_html_escapes_what_it_is_given_and_typst_does_not(tmp_path: Path) -> None:
    (tmp_path / "soup").mkdir()
    for name in ("a.html.jinja", "a.typ.jinja"):
        (tmp_path / "soup" / name).write_text("{{ text }}")
    environment = templates(tmp_path, Config(overrides={"templates_path": ["."]}))
    assert environment.get_template("soup/a.html.jinja").render(text="<b>") == "&lt;b&gt;"
    assert environment.get_template("soup/a.typ.jinja").render(text="<b>") == "<b>"


def test_a_slip_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "soup").mkdir()
    (tmp_path / "soup" / "a.typ.jinja").write_text("{{ blok }}")
    environment = templates(tmp_path, Config(overrides={"templates_path": ["."]}))
    with pytest.raises(UndefinedError, match="'blok' is undefined"):
        environment.get_template("soup/a.typ.jinja").render(block=1)


def test_filters_are_those_that_were_given(tmp_path: Path) -> None:
    environment = templates(tmp_path, Config(), shout=str.upper)
    assert environment.from_string("{{ 'a'|shout }}").render() == "A"


def test_the_fonts_that_are_shipped_have_their_licence_beside_them() -> None:
    assert {font.suffix for font in FONTS.iterdir()} == {".otf", ".md"}
    assert "SIL OPEN FONT LICENSE" in (FONTS / "SourceSans3-LICENSE.md").read_text(encoding="utf-8")
