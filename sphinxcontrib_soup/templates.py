"""The texts and blocks that a project may change: Jinja2 templates, its own before ours.

A template `soup/NAME` is looked up in the folders of Sphinx's `templates_path`, then among those of this package;
`!soup/NAME` is always that of this package, so that one of the project can stand on it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, select_autoescape

if TYPE_CHECKING:
    from sphinx.config import Config

HERE = Path(__file__).parent / "templates"


def templates(confdir: Path, config: Config, **filters: Callable[..., str]) -> Environment:
    """The templates of a project: make it once a build. Those whose name ends with `.html.jinja` escape their values.

    A name that a template uses and is not given is an error, so that a slip in a project's own template is seen.

    :param filters: what the templates may call beside Jinja2's own filters
    """
    folders = [confdir / folder for folder in config.templates_path]
    ours = PrefixLoader({"": FileSystemLoader(HERE)}, delimiter="!")
    made = Environment(
        loader=ChoiceLoader([ours, FileSystemLoader([*folders, HERE])]),
        autoescape=select_autoescape(("html", "html.jinja")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters)
    return made
