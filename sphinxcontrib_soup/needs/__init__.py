"""sphinx-needs: declares the kinds to it, yields items, draws them. The only package that knows it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from docutils import nodes
from docutils.utils import Reporter
from sphinx import addnodes
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.nodes import Need
from sphinx_needs.roles.need_part import NeedPart
from sphinx_needs.roles.need_ref import NeedRef

from sphinxcontrib_soup.model import Dossier, Judgement, Provenance, Table, Trace
from sphinxcontrib_soup.needs import directive, imports
from sphinxcontrib_soup.needs.declare import setup_declare
from sphinxcontrib_soup.needs.kept_nodes import keep_as_bytes
from sphinxcontrib_soup.needs.written import WrittenView, page, setup_written
from sphinxcontrib_soup.plugin import discover

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx_needs.need_item import NeedItem

    Needs = Mapping[str, NeedItem]


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build made of its inputs: the trace, what was judged of it, the views and their tables, and where from."""

    trace: Trace
    judgement: Judgement
    tables: Mapping[tuple[str, int], Table]
    views: tuple[WrittenView, ...]
    provenance: Provenance

    @property
    def dossier(self) -> Dossier:
        return Dossier(trace=self.trace, judgement=self.judgement, provenance=self.provenance)


_BUILT: WeakKeyDictionary[Sphinx, Built] = WeakKeyDictionary()

OnSealing = Callable[["Sphinx", "BuildEnvironment", "Needs"], None]


def remember(app: Sphinx, built: Built) -> None:
    """Keep what this build made for those who show it."""
    _BUILT[app] = built


def recall(app: Sphinx) -> Built:
    """What this build made; it is there from the moment that pages are written."""
    return _BUILT[app]


def needs_digest(env: BuildEnvironment) -> str:
    """The digest of every need with all its fields: what the directives of sphinx-needs can show."""
    made = hashlib.sha256()
    for id_, need in sorted(SphinxNeedsData(env).get_needs_view().items()):
        made.update(repr((id_, sorted(need.items()), sorted(need.iter_backlinks_items()))).encode())
    return made.hexdigest()


def referred_needs(env: BuildEnvironment, ids: Iterable[str]) -> Iterator[object]:
    """What a role that names one of these needs can show: its fields, the number of its line if the project asks."""
    needs = SphinxNeedsData(env).get_needs_view()
    unseen = set() if "lineno" in env.config.needs_role_need_template else {"lineno", "lineno_content"}
    for id_ in sorted(ids):
        need = needs.get(id_)
        yield id_, need and sorted((name, value) for name, value in need.items() if name not in unseen)


def _note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page that was just read shows of things that stand elsewhere."""
    directive.keep_malformed(app.env, doctree, app.config.soup_kinds.keys() | {view.name for view in discover().views})
    here = page(app.env, app.env.docname)
    here.references = frozenset(str(node["reftarget"]) for node in doctree.findall(addnodes.pending_xref))
    here.broken = any(message["level"] >= Reporter.ERROR_LEVEL for message in doctree.findall(nodes.system_message))
    needs, kinds = SphinxNeedsData(app.env).get_needs_mutable(), app.config.soup_kinds
    here.needs = frozenset(node["need_link"].id for node in doctree.findall(NeedRef))
    here.shows_needs = any(_shows_needs(node, needs, kinds) for node in doctree.findall(nodes.Element))


def _shows_needs(node: nodes.Element, needs: Needs, kinds: Mapping[str, str]) -> bool:
    if isinstance(node, Need):
        need = needs.get(node["refid"])
        return need is None or need["type"] not in kinds
    return type(node).__module__.startswith("sphinx_needs") and not isinstance(node, NeedPart | NeedRef)


def setup_needs(app: Sphinx, on_sealing: OnSealing) -> None:
    """Bring in sphinx-needs and our kinds. `on_sealing` is called once a build, when all needs and links are there.

    Nothing may be set on a need after it, and the back links do not exist before.
    """
    app.setup_extension("sphinx_needs")
    setup_declare(app)
    setup_written(app)
    app.connect("doctree-read", _note_page)
    app.connect("env-before-read-docs", keep_as_bytes)
    app.connect("config-inited", directive.register, priority=510)
    app.connect("config-inited", imports.register, priority=510)
    app.connect("env-merge-info", directive.settle, priority=400)
    app.connect("needs-before-sealing", lambda app, needs: on_sealing(app, app.env, needs))
