"""What extensions draw: diagrams of Graphviz and PlantUML, and the cards of sphinx-design."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.errors import SphinxError

from sphinxcontrib_soup.pdf.boxes import Boxes
from sphinxcontrib_soup.pdf.markup import call, string


class Diagrams(Boxes):
    """Writes diagrams as images, and by their source where what draws them is not installed."""

    def write_graphviz(self, node: nodes.Element) -> str:
        return self._dot(node, node["code"], node.get("options", {}))

    def write_inheritance_diagram(self, node: nodes.Element) -> str:
        graph = node["graph"]
        generate = getattr(graph, "_generate_dot", None) or graph.generate_dot  # its name by the version of Sphinx
        return self._dot(node, generate("inheritance", {}, config=self.config), {})

    def _dot(self, node: nodes.Element, code: str, options: dict[str, Any]) -> str:
        from sphinx.ext.graphviz import render_dot

        return self._diagram(node, code, lambda: render_dot(self, code, options, "svg")[1])  # type: ignore[arg-type]

    def write_plantuml(self, node: nodes.Element) -> str:
        from sphinxcontrib.plantuml import render_plantuml

        return self._diagram(node, node["uml"], lambda: render_plantuml(self, node, "svg")[1])

    def _diagram(self, node: nodes.Element, code: str, render: Callable[[], str | Path | None]) -> str:
        try:
            made, problem = render(), "what draws it cannot be run"
        except (SphinxError, OSError) as error:
            made, problem = None, " ".join(str(error).split())
        if made is None:
            self.warn(f"the PDF shows a diagram by its source: {problem}", node)
            return call("listing", string(code))
        path = f"images/{Path(made).name}"
        target = Path(self.builder.outdir, self.builder.imagedir, Path(made).name)
        if Path(made) != target:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, target)
        self.setting.images[path] = path
        self.places.setdefault(path, self.place_of(node))
        return call("picture", string(path), alt=string(node.get("alt") or code))

    # --- sphinx-design

    def write_container(self, node: nodes.Element) -> str:
        """A card is a box, and its title is a title; anything else of a design is its content."""
        part = node.get("design_component")
        if part == "card":
            return call("boxed", "none", self.content(node))
        if part == "card-title":
            return call("par", call("strong", self.content(node)))
        return super().write_container(node)

    def write_PassthroughTextElement(self, node: nodes.Element) -> str:  # noqa: N802 - named after the node
        return self.content(node)

    def write_fontawesome(self, _node: nodes.Element) -> str:
        """Nothing: the icon is of a font of the web."""
        return ""
