"""The statements that sphinx-needs keeps for `needextract`, as bytes instead of trees.

sphinx-needs keeps a copy of the nodes of every need in the environment. As trees they are a third of its objects: they
cost every build the time to load them and the memory to hold them, and few projects ever extract one.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class KeptNodes(dict[str, nodes.Node]):
    """Nodes by the ID of their need; each is a tree of its own whenever it is asked for."""

    def __setitem__(self, id_: str, node: nodes.Node) -> None:
        super().__setitem__(id_, pickle.dumps(node, pickle.HIGHEST_PROTOCOL))  # type: ignore[assignment]

    def __getitem__(self, id_: str) -> nodes.Node:
        kept: bytes = super().__getitem__(id_)  # type: ignore[assignment]
        node: nodes.Node = pickle.loads(kept)  # noqa: S301 - made by this very class, and kept with the doctrees
        return node

    def __reduce__(self) -> tuple[Callable[[dict[str, nodes.Node]], KeptNodes], tuple[dict[str, nodes.Node]]]:
        return _restored, (dict(self),)


def _restored(kept: dict[str, nodes.Node]) -> KeptNodes:
    return KeptNodes(kept)


def keep_as_bytes(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Let sphinx-needs put its nodes into ours."""
    if not isinstance(getattr(env, "_needs_all_nodes", None), KeptNodes):
        env._needs_all_nodes = KeptNodes()  # type: ignore[attr-defined]
