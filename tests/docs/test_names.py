"""What the manual names is there: settings, commands and their options, directives and their options, markers."""

from __future__ import annotations

import ast
import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.extension.config import SoupConfig
from sphinxcontrib_soup.kinds import BY_NAME, links_of
from sphinxcontrib_soup.plugin import discover
from tests.docs.manual import DOCS, WRITTEN, blocks

SETTINGS = {f"soup_{one.name}" for one in fields(SoupConfig)}
FIELDS = {"soup_code", "soup_kind", "soup_uses"}
VIEWS = {view.name: view for view in discover().views}
COMMON = {"name", "columns", "sort", "filter"}
OTHERS = {"include", "automodule"}
DIRECTIVE = re.compile(r"^\.\. (?P<name>[\w-]+)::.*\n(?P<options>(?:   :[\w-]+:.*\n)*)", re.M)

pages = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)


@pages
def test_settings(page: Path) -> None:
    named = set(re.findall(r"\bsoup_[a-z_]*[a-z]\b", page.read_text(encoding="utf-8")))
    assert named - SETTINGS - FIELDS == set()


@pages
def test_commands(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command line in a block of shell code is taken by the command that it names."""
    for name in ("docs", "results"):
        (tmp_path / name).mkdir()
    (tmp_path / "package-lock.json").touch()
    (tmp_path / "docs" / "parts.csv").touch()
    monkeypatch.chdir(tmp_path)
    top = click.Context(main)
    for line in "".join(blocks(page, "sh")).splitlines():
        program, *words = shlex.split(line.partition(">")[0])
        if program == "sphinx-soup":
            command = main.get_command(top, words[0])
            assert command, line
            command.make_context(words[0], words[1:], parent=top)
    for name in re.findall(r"``sphinx-soup (\w+)", page.read_text(encoding="utf-8")):
        assert main.get_command(top, name), name


@pages
def test_long_options(page: Path) -> None:
    """Options in running text belong to one of our commands."""
    top = click.Context(main)
    commands = [main.get_command(top, name) for name in main.list_commands(top)]
    known = {option for one in commands if one for each in one.params for option in each.opts}
    text = re.sub(r"(?m)^\.\. code-block::.*\n\n(?:   .*\n|\n)+", "", page.read_text(encoding="utf-8"))
    assert set(re.findall(r"(?<=``)--[a-z-]+", text)) - known == set()


@pages
def test_directives(page: Path) -> None:
    """Directives in examples are ours, with options that they take."""
    for block in blocks(page, "rst"):
        for found in DIRECTIVE.finditer(block):
            name, options = found["name"], set(re.findall(r":([\w-]+):", found["options"]))
            if name in BY_NAME:
                kind = BY_NAME[name]
                known = {one.name for one in kind.fields} | {link.name for link in links_of(name)}
                assert options <= known | {"id", "status", "tags"}, found[0]
            elif name in VIEWS:
                assert options <= COMMON | {one.name for one in fields(VIEWS[name].options)}, found[0]
            else:
                assert name in OTHERS, found[0]


@pages
def test_python_is_python(page: Path) -> None:
    for block in blocks(page, "python"):
        ast.parse(block)


def test_what_the_manual_points_to_is_there() -> None:
    repository = DOCS.parent
    if not (repository / "sample_docs").is_dir():
        pytest.skip("the sample comes with the repository, not with this archive")
    for page in WRITTEN:
        for path in re.findall(r"``((?:sample_docs|sphinxcontrib_soup)/[\w/.-]+)``", page.read_text(encoding="utf-8")):
            assert (repository / path).exists(), path
