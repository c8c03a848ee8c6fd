"""Writes the reference from the code itself, before the manual is read: a local extension of this manual.

Each page is a function from the code to reST. Files go into `reference/generated/`, are written only where their text
changed, and are removed with what they describe.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click
import docutils.nodes
import sphinx.addnodes
from rest import code, heading, listed, page, prose, table

import sphinxcontrib_soup.nodes
from sphinxcontrib_soup.clauses import find
from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.extension.asked import NOTHING
from sphinxcontrib_soup.extension.config import SoupConfig, example_matrix
from sphinxcontrib_soup.kinds import KINDS, LINKS, Field, Form, Kind, LinkType, links_of
from sphinxcontrib_soup.model import Column, Dossier, RiskMatrix, Settings, Trace
from sphinxcontrib_soup.pdf.translator import TypstTranslator
from sphinxcontrib_soup.plugin import Export, Plugin, Reader, Rule, TableFormat, View, discover

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER = "reference/generated"
EXTENSIONS = {
    "sphinx.ext": ["sphinx.ext.graphviz", "sphinx.ext.inheritance_diagram", "sphinx.ext.todo"],
    "sphinx_design": ["sphinx_design.shared", "sphinx_design.icons", "sphinx_design.badges_buttons"],
}
"""Packages with the modules that hold their nodes."""
EMPTY = Dossier(trace=Trace(settings=Settings(risk_matrix=example_matrix()), items={}), judgement=NOTHING)
AFTER_A_CHANGE = {
    "env": "every page is read again",
    "html": "every page is written again",
    "": "the next build takes it up, no page is read again for it",
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the reference when a build begins, before Sphinx looks for pages."""
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write(app: Sphinx) -> None:
    """Bring the files of the reference up to date."""
    folder = Path(app.srcdir, FOLDER)
    made = {folder / name: text for name, text in files().items()}
    for path in folder.rglob("*.*"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def files() -> dict[str, str]:
    """Every page of the reference by its path."""
    plugins = discover()
    return {
        "kinds.rst": page("Items and fields", kinds(KINDS)),
        "links.rst": page("Link types", links(LINKS)),
        "settings.rst": page("Settings", settings()),
        "readers.rst": page("Readers", readers(plugins.readers)),
        "views.rst": page("View options and columns", views(plugins.views)),
        "exports.rst": page("Exports and formats", exports(plugins.exports, plugins.formats)),
        "commands.rst": page("Commands", commands(main)),
        "pdf-nodes.rst": page("What the PDF builder draws", pdf_nodes()),
        "example-matrix.inc": example(example_matrix()) + "\n",
        "rules.rst": page("Rules", rules(plugins.rules)),
        **{f"rules/{rule.name}.rst": page(rule.name, rule_page(rule)) for rule in plugins.rules},
    }


# --- items and links -------------------------------------------------------------------------------------------------


def kinds(known: Iterable[Kind]) -> Iterator[str]:
    """A section for each kind of item."""
    common = listed(link.name for link in LINKS if not link.sources)
    yield (
        "Each kind is a directive. Its argument is the title, its content the statement. Every kind takes ``:id:``, "
        f"``:status:``, ``:tags:``, the :doc:`links <links>` {common}, and the options of sphinx-needs. "
        "Fields are optional; rules ask for those that matter."
    )
    for kind in known:
        yield heading(kind.name, "-", f"kind-{kind.name}")
        yield prose(f"{kind.help}. The IDs of new items begin with `{kind.prefix}`.")
        if kind.fields:
            yield table(("Option", "Title", "Value", "Meaning"), map(_field, kind.fields), "22 18 30 30")
        held = [one.name for one in links_of(kind.name) if one.sources]
        yield f"Links of its own: {listed(held)}." if held else "It has no links but those that every kind has."
        yield _verdict(kind)


def _field(field: Field) -> tuple[str, ...]:
    return f"``:{field.name}:``", prose(field.title), _value(field), prose(field.help)


def _value(field: Field) -> str:
    if field.scale:
        return f"a {field.scale} of the risk matrix"
    if field.choices:
        return listed(field.choices)
    forms = {
        Form.DATE: "date, ``YYYY-MM-DD``",
        Form.LIST: "list, separated by commas",
        Form.FLAG: "flag: written without value, or as ``yes`` or ``no``",
        Form.REVISIONS: "lines, each ``revision | date | who | what``",
    }
    return forms.get(field.form, "text")


def _verdict(kind: Kind) -> str:
    if not kind.verifiable:
        return "It has no verdict."
    if not kind.verified_through:
        return "It has a :doc:`verdict </guide/verdict>`: that of its executions."
    named = {step: f"that {'name it' if step.startswith('<-') else 'it names'}" for step in kind.verified_through}
    lenders = " or ".join(f"{said} by ``{step.removeprefix('<-')}``" for step, said in named.items())
    return (
        "It has a :doc:`verdict </guide/verdict>`: that of its executions, or, where nothing verifies it itself, the "
        f"worst of the items {lenders}."
    )


def links(known: Iterable[LinkType]) -> Iterator[str]:
    """A table of the link types."""
    yield (
        "A link is written at one end, as an option that holds one or more IDs. The other end is computed. In the "
        "chain of a :ref:`traceability matrix <view-traceability-matrix>`, ``<-`` before a name follows it backwards."
    )
    heads = ("Option", "Reads", "And from the other end", "From", "To")
    yield table(heads, map(_link, known), "18 18 18 23 23")
    rings = [link.name for link in known if link.acyclic]
    yield f"No item may lead back to itself by {listed(rings)}."


def _link(link: LinkType) -> tuple[str, ...]:
    ends = (listed(link.sources) or "any item", listed(link.targets) or "any item")
    return f"``:{link.name}:``", prose(link.title), prose(link.inverse), *ends


# --- settings --------------------------------------------------------------------------------------------------------


def settings() -> Iterator[str]:
    """A section for each setting."""
    yield (
        "Settings stand in ``conf.py``. A value that does not fit is a finding, and the default is used in its place. "
        "What is set for sphinx-needs, such as ``needs_id_regex``, stays as it is."
    )
    default = SoupConfig()
    for one in fields(SoupConfig):
        yield heading(f"soup_{one.name}", "-", f"setting-{one.name}")
        yield prose(f"{one.metadata['help']}.")
        yield f":Type: ``{one.type}``\n:Default: ``{getattr(default, one.name)!r}``"
        yield f"When it changes, {AFTER_A_CHANGE[one.metadata['rebuild']]}."


def example(matrix: RiskMatrix) -> str:
    """The matrix that stands in, as a table: a row for each probability."""
    rows = [(name, *cells) for name, cells in zip(matrix.probabilities, matrix.cells, strict=True)]
    return table(("", *matrix.severities), reversed(rows))


# --- plugins ---------------------------------------------------------------------------------------------------------


def rules(known: Iterable[Rule]) -> Iterator[str]:
    """A table of the rules."""
    yield (
        "A rule is a criterion. It examines every subject it is about and reports each that does not meet it. "
        "*Normative* means that the clause follows from a standard, *guidance* that a published guidance asks for it, "
        "*practice* that it is good practice and no clause asks for it. What is shown of a clause is in our own words."
    )
    yield table(("Rule", "What it finds", "Clause", "Basis", "Severity"), map(_rule, known), "24 37 14 12 13")
    yield (
        "One more finding is of no rule: ``rule-failed``, an error. It says that a rule itself broke, so that its "
        "findings are not complete."
    )
    yield ".. toctree::\n   :hidden:\n\n" + "\n".join(f"   rules/{rule.name}" for rule in known)


def _rule(rule: Rule) -> tuple[str, ...]:
    clause = find(rule.clause)
    cited = f"{clause.standard}, {clause.id}" if clause else "none"
    severity = rule.level if rule.level is rule.at_release else f"{rule.level}, {rule.at_release} at a release"
    return f":doc:`rules/{rule.name}`", prose(rule.doc.splitlines()[0]), cited, rule.basis, severity


def rule_page(rule: Rule) -> Iterator[str]:
    """The page of a rule: what it stands on, and its docstring, whose sections are Why, Bad and Good."""
    first, _, sections = rule.doc.partition("\n")
    yield prose(first)
    clause = find(rule.clause)
    lines = [f":Clause: {prose(clause.label)}: {prose(clause.title)}" if clause else ":Clause: none"]
    if clause and clause.classes:
        lines.append(f":Binds: software of class {', '.join(clause.classes)}")
    lines += [
        f":Basis: {rule.basis}",
        f":Severity: {rule.level} in development, {rule.at_release} at a release",
        f":Warning: ``soup.{rule.name}``",
    ]
    yield "\n".join(lines)
    yield "In the examples, the comment ``.. expect:`` stands before what the rule finds, or says where it is."
    yield sections.strip()


def readers(known: Iterable[Reader]) -> Iterator[str]:
    """A section for each reader."""
    yield (
        "A file goes to the first reader that claims it, by its name and, where the name is not enough, by a look at "
        "its content. A file that is named or matched and that no reader claims is a finding."
    )
    for reader in known:
        yield heading(reader.name, "-", f"reader-{reader.name}")
        yield prose(_module_doc(reader))
        yield prose(reader.doc)
        content = ", and a look at the content" if reader.sniff else ""
        yield f":Claims: {listed(reader.patterns)}{content}"


def views(known: Iterable[View[Any]]) -> Iterator[str]:
    """A section for each view."""
    yield (
        "Each view is a directive. Its argument, if there is one, is the title of the table. Every view takes "
        "``:name:``, ``:columns:``, ``:sort:``, ``:filter:``, ``:group:`` and ``:split:``; see :doc:`/guide/views`."
    )
    for view in known:
        yield heading(view.name, "-", f"view-{view.name}")
        yield prose(_module_doc(view))
        if own := [(f"``:{one.name}:``", prose(one.metadata["help"])) for one in fields(view.options)]:
            yield table(("Option", "Meaning"), own, "25 75")
        shown = view.show(EMPTY, view.options())
        yield "Columns of the table, where no option says otherwise:"
        yield table(("Name", "Title", "Shown"), map(_column, shown.columns), "40 40 20")


def exports(known: Iterable[Export], formats: Iterable[TableFormat]) -> Iterator[str]:
    """A section for each export, and one for each format of tables."""
    yield "What ``sphinx-soup export`` writes and ``sphinx-soup build`` puts into a package; see :doc:`/guide/exports`."
    for one in known:
        yield heading(one.name, "-", f"export-{one.name}")
        yield prose(_module_doc(one))
        yield prose(one.doc)
        yield f":File: ``{one.name}{one.ending}``"
    for form in formats:
        yield heading(form.ending, "-", f"format-{form.ending.removeprefix('.')}")
        yield prose(_module_doc(form))
        yield prose(form.doc)


def _column(column: Column) -> tuple[str, ...]:
    return f"``{column.name}``", prose(column.title), "if asked for" if column.optional else "yes"


def _module_doc(plugin: Plugin) -> str:
    return (sys.modules[plugin.module].__doc__ or "").strip()


# --- commands --------------------------------------------------------------------------------------------------------


def commands(group: click.Group) -> Iterator[str]:
    """A section for each command, with its options."""
    top = click.Context(group, info_name="sphinx-soup")
    yield prose(_help(group))
    for name in group.list_commands(top):
        if (command := group.get_command(top, name)) is None:
            continue
        context = click.Context(command, info_name=name, parent=top)
        yield heading(f"sphinx-soup {name}", "-", f"command-{name}")
        yield prose(_help(command))
        yield code(" ".join(context.get_usage().removeprefix("Usage:").split()))
        options = (one for one in command.get_params(context) if isinstance(one, click.Option))
        records = (one.get_help_record(context) for one in options)
        rows = [(f"``{option}``", prose(re.sub(r"\s+", " ", said))) for option, said in filter(None, records)]
        yield table(("Option", "Meaning"), rows, "35 65")


def _help(command: click.Command) -> str:
    paragraphs = (command.help or "").replace("\b", "").split("\n\n")
    return "\n\n".join(re.sub(r"\s+", " ", one).strip() for one in paragraphs)


# --- PDF -------------------------------------------------------------------------------------------------------------


def pdf_nodes() -> Iterator[str]:
    """The nodes that a PDF draws, by the package they come from."""
    yield (
        "Nodes are what directives and roles become. These are known: they are drawn with their parts, such as a list "
        "with its items, or left out where they are not meant for paper, such as a comment. Of any other node the text "
        "is kept, and a warning says so. An extension teaches the builder its own nodes as it does for other formats: "
        "``app.add_node(…, typst=(visit, depart))``."
    )
    modules = (docutils.nodes, sphinx.addnodes, sphinxcontrib_soup.nodes)
    rows = [(f"``{module.__name__}``", listed(_drawn(module))) for module in modules]
    rows += [(f"``{package}``", listed(_drawn(*map(import_module, names)))) for package, names in EXTENSIONS.items()]
    yield table(("Package", "Nodes"), rows, "25 75")
    yield (
        "The directives of sphinx-needs, such as ``needtable``, ``needlist`` and ``needextract``, and those of MyST "
        "become nodes of docutils. Diagrams of PlantUML are drawn where ``sphinxcontrib-plantuml`` is set up."
    )


def _drawn(*modules: ModuleType) -> list[str]:
    """The nodes of some modules that the translator has a method for, or for what they are kinds of."""
    names = {module.__name__ for module in modules}
    found = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    nodes = {one for one in found if issubclass(one, docutils.nodes.Node) and one.__module__ in names}
    drawn = {name.partition("_")[2] for name in dir(TypstTranslator) if name.startswith(("write_", "visit_"))}
    kinds = {"Admonition"}  # what nodes are kinds of, and no node is itself
    return sorted({one.__name__ for one in nodes if drawn & {up.__name__ for up in one.__mro__}} - kinds)
