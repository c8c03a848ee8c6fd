"""The chains of all items in one script, from which a row of a table opens its chain in place: need to execution.

It is a script because pages that are opened from a folder on disk may fetch nothing else, and one for all pages because
a chain leads everywhere; it is fetched when the first chain is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxcontrib_soup.cells import outcome_badge, verdict_badge, worst_first
from sphinxcontrib_soup.extension.links import Addresses
from sphinxcontrib_soup.extension.markup import json_lines
from sphinxcontrib_soup.extension.parts import BUILDERS
from sphinxcontrib_soup.kinds import BY_NAME, LINK_BY_NAME
from sphinxcontrib_soup.model import Badge, Execution, Item, Trace
from sphinxcontrib_soup.needs import recall
from sphinxcontrib_soup.tables import natural

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

SCRIPT = "soup-chains.js"
MOST_EXECUTIONS = 20
_DOWN = (
    "<-arises_from",
    "<-contributes_to",
    "<-controls",
    "<-derives_from",
    "implemented_by",
    "<-specifies",
    "<-evaluates",
    "<-verifies",
    "<-verifies_effectiveness",
)
"""The links that lead from what is needed, or can go wrong, towards what was executed; `<-` follows one backwards."""
_FORWARD = {name: LINK_BY_NAME[name].title for name in _DOWN if name in LINK_BY_NAME}
_BACKWARD = {name[2:]: LINK_BY_NAME[name[2:]].inverse for name in _DOWN if name not in LINK_BY_NAME}
_KIND_ORDER = {kind: number for number, kind in enumerate(BY_NAME)}


def setup_chains(app: Sphinx) -> None:
    app.connect("build-finished", write_chains)


def has_chains(builder: Builder) -> bool:
    """Whether the pages of this builder have the script beside them."""
    return builder.name in BUILDERS


def write_chains(app: Sphinx, exception: Exception | None) -> None:
    """Write the script beside the pages."""
    if exception is None and has_chains(app.builder):
        text = chains_script(recall(app).trace, app.builder)
        (Path(app.outdir) / SCRIPT).write_text(text, encoding="utf-8")


def chains_script(trace: Trace, builder: Builder) -> str:
    """An entry for each item: its ID, kind, title, address from the root, verdict, what lies below it by which link,
    and what was executed for the item itself.
    """
    addresses = Addresses(builder, "", trace).of(trace.items)
    items = sorted(trace.items.values(), key=lambda item: (_KIND_ORDER[item.kind], natural(item.id)))
    entries = json_lines(_entry(trace, item, addresses.get(item.id, "")) for item in items)
    return f"globalThis.soupChains = [\n{entries}\n];\n"


def _entry(trace: Trace, item: Item, address: str) -> list[object]:
    verdict = trace.verdicts.get(item.id)
    return [
        item.id,
        BY_NAME[item.kind].title,
        item.title,
        address,
        [] if verdict is None else _badge(verdict_badge(verdict)),
        list(_below(trace, item)),
        [*_executed(item, trace.executions), *_executed(item, trace.effectiveness)],
    ]


def _below(trace: Trace, item: Item) -> Iterator[tuple[str, list[str]]]:
    for titles, links in ((_BACKWARD, trace.incoming.get(item.id, {})), (_FORWARD, item.links)):
        for link, title in titles.items():
            if link in links:
                yield title, sorted((id_ for id_ in links[link] if id_ in trace.items), key=natural)


def _executed(item: Item, executions: Mapping[str, Iterable[Execution]]) -> Iterator[list[object]]:
    """The executions that count for an item without a test between, for it would be below; those that failed first."""
    own = worst_first(one for one in executions.get(item.id, ()) if one.of in (None, item.id))
    for one in own[:MOST_EXECUTIONS]:
        yield [*_badge(outcome_badge(one.outcome)), one.name, str(one.location)]
    if len(own) > MOST_EXECUTIONS:
        yield ["quiet", "", f"and {len(own) - MOST_EXECUTIONS} more", ""]


def _badge(badge: Badge) -> list[str]:
    return [badge.tone, badge.text]
