"""sphinx-needs: declares the kinds to it, yields items, draws them. The only package that knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_needs.data import SphinxNeedsData

from sphinxcontrib_soup.model import Judgement, Provenance, Table, Trace
from sphinxcontrib_soup.needs import directive
from sphinxcontrib_soup.needs.declare import setup_declare
from sphinxcontrib_soup.needs.written import pages, setup_written

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx_needs.need_item import NeedItem

    Needs = Mapping[str, NeedItem]


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build made of its inputs: the trace, what was judged of it, the table of each view, and where from."""

    trace: Trace
    judgement: Judgement
    tables: Mapping[tuple[str, int], Table]
    provenance: Provenance


_BUILT: WeakKeyDictionary[Sphinx, Built] = WeakKeyDictionary()

OnSealing = Callable[["Sphinx", "BuildEnvironment", "Needs"], None]


def remember(app: Sphinx, built: Built) -> None:
    """Keep what this build made for those who show it."""
    _BUILT[app] = built


def recall(app: Sphinx) -> Built:
    """What this build made; it is there from the moment that pages are written."""
    return _BUILT[app]


def pages_with_needs(env: BuildEnvironment) -> set[str]:
    """The pages that show an item, a view of ours, or anything of sphinx-needs."""
    return {*pages(env), *SphinxNeedsData(env).get_or_create_docs().get("all", ())} & env.found_docs


def setup_needs(app: Sphinx, on_sealing: OnSealing) -> None:
    """Bring in sphinx-needs and our kinds. `on_sealing` is called once a build, when all needs and links are there.

    Nothing may be set on a need after it, and the back links do not exist before.
    """
    app.setup_extension("sphinx_needs")
    setup_declare(app)
    setup_written(app)
    app.connect("config-inited", directive.register, priority=510)
    app.connect("env-merge-info", directive.settle, priority=400)
    app.connect("needs-before-sealing", lambda app, needs: on_sealing(app, app.env, needs))
