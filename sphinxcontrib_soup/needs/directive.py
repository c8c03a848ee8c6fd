"""The directive of our kinds: sphinx-needs' own, which keeps what it cannot take as a rejection and a visible block."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx_needs.api import generate_need_id
from sphinx_needs.config import NeedsSphinxConfig
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.directives.need import NeedDirective
from sphinx_needs.logging import get_logger, log_warning
from sphinx_needs.nodes import Need

from sphinxcontrib_soup.docstrings import docstring_line
from sphinxcontrib_soup.kinds import misfits
from sphinxcontrib_soup.model import Location, Rejection
from sphinxcontrib_soup.needs.declare import VERDICT, computes_verdict, of_ours
from sphinxcontrib_soup.needs.written import WrittenItem, conf_folder, page
from sphinxcontrib_soup.wording import suggester

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.docutils import SphinxDirective
    from sphinx_needs.need_item import NeedItem

LOGGER = get_logger(__name__)
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
        if problem := self._without_id(item):
            return self._rejected(item, [problem])
        wrong = self._misfits(item)
        if VERDICT in self.options and computes_verdict(self.config):
            wrong[VERDICT] = _TYPED
        for name in wrong:
            del self.options[name]
        here = page(self.env, self.env.docname)
        take_over(self.env, item.id)
        holder = _holder(self.env, item.id)
        if holder and holder["type"] in self.config.soup_kinds:
            here.items.append(item)
            return [doubled(item)]
        if holder:
            here.cards.append(item.id)
            named = replace(item, id="", title=f"{item.id} {item.title}".strip())
            return self._rejected(named, [f"its ID is already taken by a need at {need_location(holder, self.env)}"])
        self.complaints = [*wrong.values()]
        made = super().run()
        ids = made_ids(made)
        if ids:
            item = replace(item, id=item.id if item.id in ids else ids[0], taken=True)
            here.items.append(item)
            if SphinxNeedsData(self.env).get_needs_mutable()[item.id]["hide"]:
                made = [*made, nodes.container("", ids=[item.id])]  # sphinx-needs leaves nothing that links can lead to
        return [*made, *self._rejected(item, self.complaints, kept=item.taken)] if self.complaints else made

    def _id(self) -> str:
        return (self.options.get("id") or "").strip()

    def _without_id(self, item: WrittenItem) -> str:
        return "" if item.id else f"it has no :id:; give the {item.kind} an ID of its own"

    def _misfits(self, item: WrittenItem) -> dict[str, str]:
        """What is wrong with the values, by option. A field of other kinds would be dropped with one warning."""
        wrong = misfits(item.kind, _values(self.options), _scales(self.config))
        fields = SphinxNeedsData(self.env).get_schema().for_type(self.name)
        return {
            **{name: f"{problem}; the value was left out" for name, problem in wrong.items()},
            **{
                name: f"the option :{name}: is none of the kind {item.kind} and was left out"
                for name in self.options
                if not fields.declares(name)
            },
        }

    def _written(self) -> WrittenItem:
        return WrittenItem(
            id=self._id(),
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
        self.complaints.append(in_our_words(message, self._options(), self.env))

    def _options(self) -> list[str]:
        """Every option that an item of this type takes, but for those of sphinx-needs that nobody mistypes."""
        fields = SphinxNeedsData(self.env).get_schema().for_type(self.name)
        declared = (name for name in fields.iter_extra_field_names() if fields.declares(name))
        return ["id", "status", "tags", *declared, *fields.iter_link_field_names()]


class MappedDirective(ItemDirective):
    """Declares a need of a type of the project: its ID may be generated, and what its fields hold is its own affair.

    A value that does not fit the kind is left out of the trace alone.
    """

    app: ClassVar[Sphinx]

    def _id(self) -> str:
        return super()._id() or _generated_id(self, self.app)

    def _without_id(self, _item: WrittenItem) -> str:
        return ""

    def _misfits(self, _item: WrittenItem) -> dict[str, str]:
        return {}


class CardDirective(NeedDirective):
    """Declares a need that is no item: the affair of sphinx-needs, but of one ID the first page wins here, too."""

    app: ClassVar[Sphinx]

    def run(self) -> Sequence[nodes.Node]:
        if "delete" not in self.options:
            id_ = (self.options.get("id") or "").strip() or _generated_id(self, self.app)
            page(self.env, self.env.docname).cards.append(id_)
            take_over(self.env, id_)
        return super().run()


def _generated_id(directive: NeedDirective, app: Sphinx) -> str:
    """The ID that sphinx-needs gives a need without one: made of its title, or of the content that stands in for it."""
    content = "\n".join(directive.content)
    from_content = NeedsSphinxConfig(app.config).title_from_content or "title_from_content" in directive.options
    title = directive.arguments[0] if directive.arguments else ""
    if from_content and not title:
        title = re.split(r"[.\n]", content)[0]
    return generate_need_id(app, directive.name, title, content)


def made_ids(made: Sequence[nodes.Node]) -> list[str]:
    """The IDs of the needs that a directive made."""
    return [str(node["refid"]) for node in made if isinstance(node, Need)]


def take_over(env: BuildEnvironment, id_: str) -> bool:
    """Of several declarations of one ID the first page wins, in whatever order the pages are read."""
    store = SphinxNeedsData(env)
    holder = store.get_needs_mutable().get(id_)
    later = holder is not None and (holder["docname"] or "") > env.docname
    if later:
        store.remove_need(id_)
    return later


def _holder(env: BuildEnvironment, id_: str) -> NeedItem | None:
    """The need of this project that has the ID; one of another project gives way."""
    holder = SphinxNeedsData(env).get_needs_mutable().get(id_)
    return None if holder is None or holder["is_external"] else holder


def need_location(need: NeedItem, env: BuildEnvironment) -> Location:
    """Where a need stands, as far as sphinx-needs knows."""
    if not need["docname"]:
        return Location(need["external_url"] or "conf.py")
    return Location(relative_path(env.doc2path(need["docname"]), env), need["lineno"])


def in_our_words(message: str, options: list[str], env: BuildEnvironment) -> str:
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


def register(app: Sphinx, config: Config) -> None:
    """Put our directives in the place of sphinx-needs', for our kinds, types that stand for them, and all others."""
    registered: dict[str, type[Directive]] = directives._directives  # type: ignore[attr-defined]
    mapped = type("MappedDirective", (MappedDirective,), {"app": app})
    card = type("CardDirective", (CardDirective,), {"app": app})
    ours = of_ours(config)
    for name, theirs in list(registered.items()):
        if theirs is NeedDirective:
            registered[name] = ItemDirective if name in ours else mapped if name in config.soup_kinds else card


def settle(_app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Decide, before sphinx-needs merges what another process read, which of two declarations of one ID is taken."""
    ours, theirs = SphinxNeedsData(env), SphinxNeedsData(other)
    kinds = env.config.soup_kinds
    for id_, need in list(theirs.get_needs_mutable().items()):
        held = ours.get_needs_mutable().get(id_)
        if held is None or need["docname"] not in docnames:
            continue
        later = (held["docname"] or "") > need["docname"]
        (ours if later else theirs).remove_need(id_)
        left_out, taken = (held, need) if later else (need, held)
        if left_out["type"] not in kinds:  # of an item it is a finding
            _warn_of_double(left_out, taken)


def _warn_of_double(left_out: NeedItem, taken: NeedItem) -> None:
    """Say in the words of sphinx-needs what it says where one process reads both pages."""
    log_warning(
        LOGGER,
        f"Need could not be created: A need with ID {left_out['id']!r} already exists "
        f"(defined at {taken['docname']}:{taken['lineno']}).",
        "create_need",
        location=(left_out["docname"], left_out["lineno"]),
    )
