"""The directive of our kinds: sphinx-needs' own, which keeps what it cannot take as a rejection and a visible block."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.directives.need import NeedDirective

from sphinxcontrib_soup.docstrings import docstring_line
from sphinxcontrib_soup.kinds import BY_NAME, misfits
from sphinxcontrib_soup.model import Location, Rejection
from sphinxcontrib_soup.needs.declare import VERDICT
from sphinxcontrib_soup.needs.written import WrittenItem, conf_folder, page
from sphinxcontrib_soup.wording import suggester

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.docutils import SphinxDirective

_MALFORMED = re.compile(r"Error in \W+(?P<name>[\w-]+)\W+ directive:\s+(?P<problem>.+)", re.DOTALL)
_HEAD = re.compile(r"\.\.\s+\S+::[ \t]*(?P<title>[^\n]*)")
_ID = re.compile(r"^\s*:id:\s*(?P<id>\S+)", re.MULTILINE)
_TYPED = f"the option :{VERDICT}: was left out: a verdict is computed from executions, nobody types it"


class ItemDirective(NeedDirective):
    """Declares an item. What is wrong with it is not lost with the page's next quiet build: it stays a rejection."""

    def run(self) -> Sequence[nodes.Node]:
        if "delete" in self.options:
            return super().run()
        item = self._written()
        if not item.id:
            return self._rejected(item, [f"it has no :id:; give the {item.kind} an ID of its own"])
        wrong = {
            name: f"{problem}; the value was left out"
            for name, problem in misfits(item.kind, _values(self.options), _scales(self.config)).items()
        }
        if VERDICT in self.options:
            wrong[VERDICT] = _TYPED
        for name in wrong:
            del self.options[name]
        store, here = SphinxNeedsData(self.env), page(self.env, self.env.docname)
        self._take_over(item.id)
        if store.has_need(item.id):
            here.items.append(item)
            return [doubled(item)]
        self.complaints = [*wrong.values()]
        made = super().run()
        taken = store.has_need(item.id)
        here.items += [replace(item, taken=True)] if taken else []
        if taken and store.get_needs_mutable()[item.id]["hide"]:
            made = [*made, nodes.container("", ids=[item.id])]  # sphinx-needs leaves nothing that links can lead to
        return [*made, *self._rejected(item, self.complaints, kept=taken)] if self.complaints else made

    def _written(self) -> WrittenItem:
        return WrittenItem(
            id=(self.options.get("id") or "").strip(),
            kind=self.config.soup_kinds[self.name],
            title=self.arguments[0] if self.arguments else "",
            docname=self.env.docname,
            location=source_location(self),
        )

    def _rejected(self, item: WrittenItem, wrong: Sequence[str], kept: bool = False) -> list[nodes.Node]:
        """Note what is wrong with the item as written, and show it in the page."""
        page(self.env, self.env.docname).rejections += [
            Rejection(
                id=item.id or None, kind=item.kind, title=item.title, problem=one, location=item.location, kept=kept
            )
            for one in wrong
        ]
        return [notice(item.id or item.title or item.kind, wrong, self.block_text)]

    def _log_warning(self, message: str, _code: str = "directive", /) -> None:
        """Keep what sphinx-needs would warn of once: a finding reports it in every build."""
        self.complaints.append(_in_our_words(message, self._options(), self.env))

    def _options(self) -> list[str]:
        """Every option that an item of this kind takes."""
        kind = BY_NAME[self.config.soup_kinds[self.name]]
        return ["id", "status", "tags", *(field.name for field in kind.fields), *self.config.soup_links]

    def _take_over(self, id_: str) -> None:
        """Of several declarations of one ID the first page wins, in whatever order the pages are read."""
        store = SphinxNeedsData(self.env)
        holder = store.get_needs_mutable().get(id_)
        if holder is not None and (holder["docname"] or "") > self.env.docname:
            store.remove_need(id_)


def _in_our_words(message: str, options: list[str], env: BuildEnvironment) -> str:
    """A complaint of sphinx-needs for the findings of every machine: without the folder of the sources."""
    if unknown := re.fullmatch(r"Unknown option '(.*)'", message, re.DOTALL):
        return f"the option :{unknown[1]}: is unknown and was left out{suggester(options)(unknown[1])}"
    if message.startswith("No title given"):
        return "it has no title; write one behind the two colons"
    return message.removeprefix("Need could not be created: ").replace(f"{env.srcdir}{os.sep}", "")


def doubled(item: WrittenItem) -> nodes.Node:
    """What stands in the page for an item whose ID another page has."""
    return notice(f"{item.id} {item.title}", [f"its ID is already taken; it is written at {item.location}"])


def notice(name: str, problems: Sequence[str], written: str = "") -> nodes.Node:
    """A block that stands in the page for what could not be taken: what is wrong, and what was written."""
    listed = nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", problem)) for problem in problems))
    title = nodes.title("", f"Not taken as it stands: {name}")
    source = [nodes.literal_block(written, written, language="none")] if written else []
    return nodes.admonition("", title, listed, *source, classes=["error", "soup-rejected"])


def keep_malformed(env: BuildEnvironment, doctree: nodes.document, names: Set[str]) -> None:
    """Keep the directives of these names that cannot be parsed, such as where a blank line is missing.

    They never run: docutils leaves a message, which it logs once and Sphinx takes out of the page.
    """
    for message in list(doctree.findall(nodes.system_message)):
        found = _MALFORMED.match(message.children[0].astext()) if message.children else None
        if found and found["name"] in names:
            written = message.children[-1].astext()
            problem = found["problem"].rstrip(".")
            rejection = _malformed(found["name"], f"it cannot be parsed: {problem}", written, message, env)
            page(env, env.docname).rejections.append(rejection)
            name = rejection.id or rejection.title or rejection.kind
            message.parent.replace(message, notice(name, [rejection.problem], written))


def _malformed(name: str, problem: str, written: str, message: nodes.Element, env: BuildEnvironment) -> Rejection:
    head, id_ = _HEAD.match(written), _ID.search(written)
    return Rejection(
        id=id_["id"] if id_ else None,
        kind=env.config.soup_kinds.get(name, name),
        title=head["title"].strip() if head else "",
        problem=problem,
        location=_location(message.get("source"), message.get("line", 1), env),
    )


def source_location(directive: SphinxDirective) -> Location:
    """The file and line of a directive, relative to the folder of conf.py; also in an included file or a docstring."""
    source, line = directive.get_source_info()
    return _location(source, line or directive.lineno, directive.env)


def _location(source: str | None, line: int, env: BuildEnvironment) -> Location:
    path, _, name = (source or str(env.doc2path(env.docname))).partition(":docstring of ")
    if name:
        line = docstring_line(Path(path), name, line) or line
    return Location(relative_path(path, env), line)


def relative_path(path: str | os.PathLike[str], env: BuildEnvironment) -> str:
    """A path as locations have it: posix, relative to the folder of conf.py.

    docutils names an included file relative to the working folder where the two have something in common.
    """
    return Path(os.path.relpath(path, conf_folder(env))).as_posix()


def _values(options: dict[str, str | None]) -> dict[str, str]:
    """The options whose value stands as written; a dynamic function gets its value later and is judged then."""
    return {
        name: (value or "").strip()
        for name, value in options.items()
        if not (value or "").strip().startswith(("[[", "<<", "<{"))
    }


def _scales(config: Config) -> dict[str, tuple[str, ...]]:
    matrix = config.soup_risk_matrix
    return {"severity": tuple(matrix["severities"]), "probability": tuple(matrix["probabilities"])}


def register(_app: Sphinx, config: Config) -> None:
    """Put our directive in the place of sphinx-needs' for the kinds that are ours by name."""
    for name, kind in config.soup_kinds.items():
        if name == kind and directives._directives.get(name) is NeedDirective:  # type: ignore[attr-defined]
            directives._directives[name] = ItemDirective  # type: ignore[attr-defined]


def settle(_app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Decide, before sphinx-needs merges what another process read, which of two declarations of one ID is taken."""
    ours, theirs = SphinxNeedsData(env), SphinxNeedsData(other)
    kinds = env.config.soup_kinds
    for id_, need in list(theirs.get_needs_mutable().items()):
        held = ours.get_needs_mutable().get(id_)
        if held is None or need["docname"] not in docnames or need["type"] not in kinds:
            continue
        loser = ours if (held["docname"] or "") > need["docname"] else theirs
        loser.remove_need(id_)
