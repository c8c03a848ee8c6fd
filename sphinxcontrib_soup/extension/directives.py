"""A directive for each view: it notes what is asked for and leaves a place in the page that is filled at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinxcontrib_soup.extension.asked import without_facts
from sphinxcontrib_soup.extension.parts import SPLIT
from sphinxcontrib_soup.model import Rejection
from sphinxcontrib_soup.needs.directive import notice, source_location
from sphinxcontrib_soup.needs.written import WrittenView, page
from sphinxcontrib_soup.nodes import soup_view
from sphinxcontrib_soup.plugin import View, discover

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Takes every option as text, so that a wrong one becomes a finding of ours and not a warning of one build."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Callable[[str], Any]:
        return directives.unchanged


class ViewDirective(SphinxDirective):
    """Stands for a view; its argument, if any, is the title of the table."""

    view: ClassVar[View[Any]]
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = _AnyOption()

    def run(self) -> list[nodes.Node]:
        here = page(self.env, self.env.docname)
        location = source_location(self)
        options = {name: text or "" for name, text in self.options.items() if name != "name"}
        if self.arguments:
            options["title"] = self.arguments[0]
        asked = WrittenView(
            key=(self.env.docname, len(here.views)), view=self.view.name, options=options, location=location
        )
        try:
            title = without_facts(self.view, asked).title
        except ValueError as error:
            problem = str(error)
            here.rejections.append(
                Rejection(id=None, kind=self.view.name, title=self.view.name, problem=problem, location=location)
            )
            return [notice(self.view.name, [problem], self.block_text)]
        earlier = sum(one.view == self.view.name for one in here.views)
        anchor = f"{self.view.name}-{earlier + 1}" if earlier else self.view.name
        split = options.get(SPLIT, "")
        node = soup_view("", ids=[] if "name" in self.options else [anchor], key=asked.key, title=title, split=split)
        self.set_source_info(node)
        self.add_name(node)
        here.views.append(replace(asked, anchor=node["ids"][0]))
        return [node]


def add_views(app: Sphinx) -> None:
    """A directive for each view that is installed."""
    for view in discover().views:
        app.add_directive(view.name, type("ViewDirective", (ViewDirective,), {"view": view}))
    app.connect("doctree-read", _label_views)


def _label_views(app: Sphinx, doctree: nodes.document) -> None:
    """Let `:ref:` show the title of a view that has a name."""
    labels = app.env.domains.standard_domain.labels
    for node in doctree.findall(soup_view):
        for name in node["names"]:
            labels.setdefault(name, (app.env.docname, doctree.nameids[name] or "", node["title"]))
