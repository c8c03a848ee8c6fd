"""A dossier made by chance, and every kind of change to it, for the law: a build after a change equals a fresh one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pprint import pformat
from random import Random

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="{}" height="9"/></svg>'
HISTORY = """{{"schema": "soup-progress/1", "provenance": {{"project": "", "release": "1", "tool": "", "commit": null,
 "date": "2025-12-0{day}", "dirty": null}},
 "items": {{"requirement": {{"failed": 0, "passed": {passed}, "untested": 1}}}},
 "effectiveness": {{"failed": 0, "passed": 0, "untested": 0}}, "findings": {{"error": 0, "info": 0, "warning": 0}}}}"""
WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima")
FORMS = {
    "item": ".. {directive}:: {title}\n   :id: {id}\n{options}\n   {text}\n",
    "card": ".. spec:: {title}\n   :id: {id}\n{options}\n   {text}\n",
    "section": ".. _{label}:\n\n{title}\n{rule}\n",
    "figure": ".. _{label}:\n\n.. figure:: /{file}\n\n   {caption}\n",
    "image": ".. image:: /{file}\n",
    "download": ":download:`{text} </{file}>`\n",
    "include": ".. include:: /{file}\n",
    "literal": ".. literalinclude:: /{file}\n   :caption: {caption}\n",
    "term": ".. glossary::\n\n   {term}\n      What {term} means.\n",
    "function": ".. py:module:: {module}\n\n.. py:function:: {name}({parameter})\n\n   It does.\n",
    "citation": ".. [{key}] {text}\n",
    "equation": ".. math:: a = {text}\n   :label: {label}\n",
    "index": ".. index:: {text}\n",
    "view": ".. {view}::\n{options}",
    "needs": ".. {directive}::\n{options}",
    "fixed": ".. spec:: Fixed\n   :id: FIX_1\n   :links: SPEC_1\n",  # some roles of sphinx-needs die of an unknown ID
    "extend": ".. needextend:: {id}\n{options}",
    "prose": "{text}\n",
}


@dataclass
class Block:
    """A piece of a page: a form, the words that fill it, and the options of its directive."""

    form: str
    words: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        options = "".join(f"   :{name}: {text}\n" for name, text in self.options.items())
        return FORMS[self.form].format(**self.words, options=options, rule="-" * len(self.words.get("title", "")))


@dataclass
class Page:
    """A page of the dossier; those of its toctree hang `below` it."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    depth: int = 2
    numbered: bool = False
    orphan: bool = False

    def __str__(self) -> str:
        tree = "".join(f"   /{name}\n" for name in self.below)
        numbered = "   :numbered:\n" if self.numbered else ""
        parts = [
            ":orphan:\n" if self.orphan else "",
            f"{self.title}\n{'=' * len(self.title)}\n",
            *map(str, self.blocks),
            f".. toctree::\n   :maxdepth: {self.depth}\n{numbered}\n{tree}" if tree else "",
        ]
        return "\n".join(filter(None, parts))


@dataclass
class Dossier:
    """Everything that a build reads. `results` holds outcomes by item, for each file; none: a broken file."""

    pages: dict[str, Page]
    settings: dict[str, object]
    results: dict[str, dict[str, str] | None]
    versions: dict[str, str]
    files: dict[str, str]
    made: int = 0
    """How many names were given, so that each is new."""

    def name(self) -> str:
        self.made += 1
        return f"{WORDS[self.made % len(WORDS)]}{self.made}"

    def rendered(self) -> dict[str, str]:
        """The text of each file."""
        locked = {"": {"dependencies": self.versions}}
        locked |= {f"node_modules/{name}": {"version": version} for name, version in self.versions.items()}
        lock = {"name": "a", "lockfileVersion": 3, "packages": locked}
        return {
            "conf.py": "".join(f"{name} = {pformat(value)}\n" for name, value in self.settings.items()),
            **{f"{name}.rst": str(page) for name, page in self.pages.items()},
            **{f"results/{name}.xml": _results(outcomes) for name, outcomes in self.results.items()},
            "package.json": pformat({"name": "a", "dependencies": self.versions}).replace("'", '"'),
            "package-lock.json": pformat(lock).replace("'", '"'),
            **self.files,
        }

    def blocks(self, *forms: str) -> list[tuple[Page, Block]]:
        return [(page, one) for page in self.pages.values() for one in page.blocks if one.form in forms]

    def parents(self) -> list[Page]:
        """The pages that may hold others: two, and always the first."""
        return [self.pages[name] for name in ("index", "part") if name in self.pages]


def _results(outcomes: dict[str, str] | None) -> str:
    if outcomes is None:
        return "<testsuite><testcase name='t'>"
    cases = "".join(
        f'<testcase classname="c" name="{id_}"><properties><property name="verifies" value="{id_}"/></properties>'
        f"{outcome and f'<{outcome}/>'}</testcase>\n"
        for id_, outcome in outcomes.items()
    )
    return f'<testsuite name="s">{cases}</testsuite>\n'


# --- the first dossier -----------------------------------------------------------------------------------------------


def _item(directive: str, id: str, title: str, **options: str) -> Block:
    return Block("item", {"directive": directive, "id": id, "title": title, "text": f"It is {title}."}, options)


def _blocks() -> Iterator[Block]:
    yield _item("system-requirement", "SYS_1", "a system", source="a user")
    yield _item("requirement", "REQ_1", "one thing", derives_from="SYS_1")
    yield _item("requirement", "REQ_2", "another thing", derives_from="SYS_1", safety_class="B")
    yield _item("requirement", "REQ_3", "a thing as a card", derives_from="REQ_1", layout="clean")
    yield _item("hazard", "HAZ_1", "a hazard", origin="misuse")
    yield _item("risk", "RISK_1", "a risk", arises_from="HAZ_1", severity="minor", probability="remote")
    yield _item("mitigation", "RCM_1", "a measure", controls="RISK_1", implemented_by="REQ_2")
    yield _item("anomaly", "ANO_1", "an anomaly", affects="REQ_2", safety_impact="none")
    yield _item("soup", "SOUP_1", "luxon", purl="pkg:npm/luxon", designator="3.5.0")
    yield _item("soup-requirement", "SREQ_1", "what luxon does", specifies="SOUP_1")
    yield Block("card", {"id": "SPEC_1", "title": "a card", "text": "A statement."}, {"derives_from": "REQ_1"})
    yield Block("card", {"id": "SPEC_2", "title": "the next card", "text": "See :need:`REQ_2`."}, {"links": "SPEC_1"})
    yield Block("section", {"label": "there", "title": "Over there"})
    yield Block("section", {"label": "here", "title": "Over here"})
    yield Block("figure", {"label": "fig", "file": "pictures/one.svg", "caption": "A figure"})
    yield Block("figure", {"label": "fig2", "file": "others/one.svg", "caption": "The next figure"})
    yield Block("image", {"file": "others/one.svg"})
    yield Block("download", {"text": "get", "file": "files/one.txt"})
    yield Block("include", {"file": "parts/part.inc"})
    yield Block("literal", {"file": "files/one.txt", "caption": "A file"})
    yield Block("term", {"term": "dose"})
    yield Block("function", {"module": "pump", "name": "start", "parameter": "rate"})
    yield Block("citation", {"key": "CIT20", "text": "A book."})
    yield Block("equation", {"label": "law", "text": "b"})
    yield Block("index", {"text": "pump"})
    yield Block("view", {"view": "traceability-matrix"}, {"title": "Matrix"})
    yield Block("view", {"view": "traceability-matrix"}, {"chain": "hazard <-arises_from <-controls implemented_by"})
    yield Block("view", {"view": "soup-list"})
    yield Block("view", {"view": "risk-table"}, {"group": "hazard"})
    yield Block("view", {"view": "anomaly-table"})
    yield Block("view", {"view": "result-table"}, {"columns": "test, outcome, verifies, place"})
    yield Block("view", {"view": "release-record"})
    yield Block("view", {"view": "progress-trend"})
    yield Block("view", {"view": "findings-table"}, {"columns": "rule, subject"})
    yield Block("needs", {"directive": "needtable"}, {"columns": "id, title, verdict, derives_from", "style": "table"})
    yield Block("needs", {"directive": "needlist"}, {"types": "requirement"})
    yield Block("needs", {"directive": "needextract"}, {"filter": "type == 'spec'"})
    yield Block("extend", {"id": "REQ_1"}, {"+tags": "one"})
    yield Block("extend", {"id": "REQ_1"}, {"+tags": "two", "rationale": "It is extended."})
    yield Block("needs", {"directive": "needflow"}, {"types": "spec"})
    for text in (
        "See :ref:`there`, :ref:`text <here>`, :doc:`/words`, :term:`dose`, :numref:`fig`, :numref:`Fig %s <fig2>`.",
        "See :py:func:`pump.start`, :py:mod:`pump`, :eq:`law`, [CIT20]_, :doc:`/sub/leaf` and [#f]_.\n\n.. [#f] Below.",
        "See :need:`REQ_1`, :need:`SPEC_1`, :need_incoming:`FIX_1`, :need_outgoing:`FIX_1`.",
        "There are :need_count:`type == 'requirement'` of them; :any:`here`.",
    ):
        yield Block("prose", {"text": text})


def dossier(chance: Random) -> Dossier:
    """A dossier with one of everything, on pages as chance has it."""
    names = ["index", "aside", "part", "things", "words", "sub/leaf", "zebra"]
    pages = {name: Page(f"Page {name.replace('/', ' ')}") for name in names}
    blocks = list(_blocks())
    chance.shuffle(blocks)
    for block in blocks:
        pages[chance.choice(names)].blocks.append(block)
    pages["index"].blocks.append(Block("fixed"))
    pages["index"].below = ["part", "things", "words"]
    pages["part"].below = ["sub/leaf", "zebra"]
    pages["index"].numbered = pages["aside"].orphan = True
    return Dossier(
        pages=pages,
        settings={
            "extensions": ["sphinxcontrib_soup"],
            "project": "Test",
            "html_theme": chance.choice(["alabaster", "furo"]),
            "html_static_path": ["static"],
            "html_css_files": ["own.css"],
            "templates_path": ["templates"],
            "numfig": True,
            "needs_build_json": True,
            "suppress_warnings": ["toc.not_included"],
            "soup_safety_class": "C",
            "soup_safety_class_rationale": "It is a test.",
            "soup_evidence": ["results/*.xml", "package*.json", "history/*.json"],
            "soup_rows_per_page": 2,
        },
        results={"unit": {"REQ_1": "", "REQ_2": ""}, "more": {"REQ_2": "failure", "SREQ_1": ""}},
        versions={"luxon": "3.5.0"},
        files={
            "static/own.css": "p {}\n",
            "templates/unused.html": "",
            "parts/part.inc": "Some words.\n",
            "files/one.txt": "one\n",
            "pictures/one.svg": SVG.format(1),
            "others/one.svg": SVG.format(2),
            "history/1.json": HISTORY.format(day=1, passed=3),
        },
    )


# --- the changes -----------------------------------------------------------------------------------------------------

Change = Callable[[Dossier, Random], None]
CHANGES: dict[str, Change] = {}
OLD: set[str] = set()
"""Changes whose files come with a time that lies before all builds, as archives and caches restore them."""


def change(name: str) -> Callable[[Change], Change]:
    def put(made: Change) -> Change:
        CHANGES[name] = made
        if name.endswith("with an old time"):
            OLD.add(name)
        return made

    return put


def _block(one: Dossier, chance: Random, *forms: str) -> Block:
    """One of the blocks of these forms; where other changes took the last one away, another comes."""
    if not one.blocks(*forms):
        made = chance.choice([block for block in _blocks() if block.form in forms])
        chance.choice(list(one.pages.values())).blocks.append(made)
    return chance.choice([block for _, block in one.blocks(*forms)])


def _move(one: Dossier, chance: Random, *forms: str) -> None:
    if found := one.blocks(*forms):
        page, block = chance.choice(found)
        page.blocks.remove(block)
        target = chance.choice(list(one.pages.values()))
        target.blocks.insert(chance.randint(0, len(target.blocks)), block)


def _remove(one: Dossier, chance: Random, *forms: str) -> None:
    if found := one.blocks(*forms):
        page, block = chance.choice(found)
        page.blocks.remove(block)


def _ids(one: Dossier) -> list[str]:
    return [block.words["id"] for _, block in one.blocks("item", "card")] or ["NONE"]


@change("a title of an item")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "item").words["title"] = f"title {one.name()}"


@change("a field of an item")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "item").options[chance.choice(["source", "rationale"])] = one.name()


@change("a statement")
@change("a statement is restored with an old time")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "item").words["text"] = f"It shall {one.name()}. See :need:`{chance.choice(_ids(one))}`."


@change("a link of an item")
def _(one: Dossier, chance: Random) -> None:
    link = chance.choice(["derives_from", "implemented_by", "part_of", "satisfies"])
    _block(one, chance, "item").options[link] = ", ".join(chance.sample(_ids(one), 1))


@change("an item moves")
def _(one: Dossier, chance: Random) -> None:
    _move(one, chance, "item")


@change("an item goes")
def _(one: Dossier, chance: Random) -> None:
    _remove(one, chance, "item")


@change("an item comes")
def _(one: Dossier, chance: Random) -> None:
    kind = chance.choice(["requirement", "test", "document", "cause", "software-item"])
    made = _item(kind, f"NEW_{one.made}", one.name(), part_of=chance.choice(_ids(one)))
    chance.choice(list(one.pages.values())).blocks.insert(0, made)


@change("an item is doubled")
def _(one: Dossier, chance: Random) -> None:
    copy = deepcopy(_block(one, chance, "item"))
    copy.words["title"] = f"double {one.name()}"
    page = chance.choice(list(one.pages.values()))
    page.blocks.insert(chance.randint(0, len(page.blocks)), copy)


@change("an item is rejected")
def _(one: Dossier, chance: Random) -> None:
    block = _block(one, chance, "item")
    block.options[chance.choice(["safety_class", "severity", one.name()])] = one.name()


@change("an item loses its ID")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "item").words["id"] = chance.choice(["", "not an id", f"ID_{one.name().upper()}"])


@change("a card")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "card").words["title"] = f"card {one.name()}"


@change("a card moves")
def _(one: Dossier, chance: Random) -> None:
    _move(one, chance, "card")


@change("a card goes or comes")
def _(one: Dossier, chance: Random) -> None:
    if len(one.blocks("card")) > 1:
        _remove(one, chance, "card")
    words = {"id": f"SPEC_{one.made + 10}", "title": one.name(), "text": ""}
    chance.choice(list(one.pages.values())).blocks.append(Block("card", words, {"links": chance.choice(_ids(one))}))


def _cases(one: Dossier, chance: Random) -> dict[str, str]:
    return {id_: chance.choice(["", "failure", "skipped"]) for id_ in chance.sample(_ids(one), min(3, len(_ids(one))))}


@change("a result file")
@change("a result file is restored with an old time")
def _(one: Dossier, chance: Random) -> None:
    if one.results:
        one.results[chance.choice(sorted(one.results))] = _cases(one, chance)


@change("a result file comes")
def _(one: Dossier, chance: Random) -> None:
    one.results[one.name()] = _cases(one, chance)


@change("a result file goes")
def _(one: Dossier, chance: Random) -> None:
    if one.results:
        del one.results[chance.choice(sorted(one.results))]


@change("a result file breaks")
def _(one: Dossier, chance: Random) -> None:
    one.results[chance.choice(sorted(one.results) or ["unit"])] = None


@change("a version in a manifest")
def _(one: Dossier, chance: Random) -> None:
    one.versions[chance.choice(["luxon", "moment"])] = f"3.{chance.randint(0, 99)}.0"


@change("the phase")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_phase"] = "development" if one.settings.get("soup_phase") == "release" else "release"


@change("the safety class")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_safety_class"] = chance.choice(["A", "B", "C", None, "wrong"])


@change("the level of a rule")
def _(one: Dossier, chance: Random) -> None:
    rule = chance.choice(["requirement-untested", "soup-undeclared", "link-dangling", "no-such-rule"])
    one.settings["soup_rules"] = {rule: chance.choice(["off", "error", "info"])}


@change("the risk matrix")
def _(one: Dossier, chance: Random) -> None:
    cells = [[chance.choice(["acceptable", "unacceptable"]) for _ in range(2)] for _ in range(2)]
    scales = {"severities": ["minor", "major"], "probabilities": ["remote", "likely"]}
    one.settings["soup_risk_matrix"] = {**scales, "cells": cells}


@change("whether items are drawn as blocks")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_blocks"] = not one.settings.get("soup_blocks", True)


@change("how many rows stand on a page")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_rows_per_page"] = chance.choice([0, 1, 2, 3])


@change("which kinds the user's types stand for")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_kinds"] = {} if one.settings.get("soup_kinds") else {"spec": "requirement"}


@change("the as-of date")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_date"] = f"2026-01-{chance.randint(1, 28):02}"


@change("the name of the project")
def _(one: Dossier, chance: Random) -> None:
    one.settings["project"] = f"Test {one.name()}"


@change("which files are evidence")
def _(one: Dossier, chance: Random) -> None:
    one.settings["soup_evidence"] = chance.sample(["results/*.xml", "package.json", "package-lock.json", "no.xml"], 3)


@change("an earlier build")
def _(one: Dossier, chance: Random) -> None:
    name = f"history/{chance.choice([1, 2])}.json"
    one.files[name] = HISTORY.format(day=chance.randint(1, 9), passed=chance.randint(-1, 9))


@change("our template")
def _(one: Dossier, chance: Random) -> None:
    name = "templates/soup/item.html.jinja"
    if one.files.pop(name, None) is None or chance.random() < 0.5:
        one.files[name] = f"<p id='{{{{ block.anchor }}}}'>{one.name()} {{{{ block.title }}}} {{{{ statement }}}}</p>"


@change("a template of the pages")
@change("a template of the pages is restored with an old time")
def _(one: Dossier, chance: Random) -> None:
    body = "{% extends '!layout.html' %}{% block extrahead %}<meta name='x' content='NAME'>{% endblock %}"
    if one.files.pop("templates/layout.html", None) is None or chance.random() < 0.7:
        one.files["templates/layout.html"] = body.replace("NAME", one.name())


@change("a style sheet")
def _(one: Dossier, chance: Random) -> None:
    one.files["static/own.css"] = f"p.{one.name()} {{}}\n"


@change("a title of a page")
def _(one: Dossier, chance: Random) -> None:
    chance.choice(list(one.pages.values())).title = f"Page {one.name()}"


@change("a title of a section")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "section").words["title"] = f"Section {one.name()}"


@change("a section moves")
def _(one: Dossier, chance: Random) -> None:
    _move(one, chance, "section")


@change("a label")
def _(one: Dossier, chance: Random) -> None:
    if found := [block for _, block in one.blocks("section", "figure", "equation")]:
        block = chance.choice(found)
        first = {"section": ("there", "here"), "figure": ("fig", "fig2"), "equation": ("law",)}[block.form]
        taken = {other.words["label"] for other in found}
        block.words["label"] = chance.choice([*(name for name in first if name not in taken), one.name()])


@change("a term")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "term").words["term"] = chance.choice(["dose", one.name()])


@change("a caption")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "figure", "literal").words["caption"] = f"Caption {one.name()}"


@change("what others refer to moves")
def _(one: Dossier, chance: Random) -> None:
    _move(one, chance, "figure", "equation", "term", "function", "citation", "index")


@change("a function")
def _(one: Dossier, chance: Random) -> None:
    words = _block(one, chance, "function").words
    words[chance.choice(["module", "name", "parameter"])] = chance.choice(["pump", "start", one.name()])


@change("a citation")
def _(one: Dossier, chance: Random) -> None:
    _block(one, chance, "citation").words["key"] = chance.choice(["CIT20", one.name()])


@change("a directive goes")
def _(one: Dossier, chance: Random) -> None:
    if len(one.blocks(*FORMS)) > 20:
        _remove(one, chance, "figure", "image", "download", "include", "term", "function", "citation", "view", "needs")


@change("a directive comes")
def _(one: Dossier, chance: Random) -> None:
    forms = ("figure", "image", "download", "include", "term", "function", "citation", "equation", "section")
    have = {form for form in forms if one.blocks(form)}
    missing = [block for block in _blocks() if block.form in forms and block.form not in have]
    made = [*missing, *(block for block in _blocks() if block.form in ("view", "needs", "image", "download", "prose"))]
    chance.choice(list(one.pages.values())).blocks.append(chance.choice(made))


@change("a page comes")
def _(one: Dossier, chance: Random) -> None:
    name = chance.choice(["sub/", "", "a/"]) + one.name()
    one.pages[name] = Page(f"Page {name.replace('/', ' ')}")
    chance.choice(one.parents()).below.append(name)
    _move(one, chance, *(form for form in FORMS if form != "fixed"))


@change("a page goes")
def _(one: Dossier, chance: Random) -> None:
    names = [name for name in one.pages if name != "index"]
    if len(names) > 3:
        name = chance.choice(names)
        gone = one.pages.pop(name)
        for page in one.parents():
            page.below = [below for below in page.below if below != name]
        one.pages["index"].below += [below for below in gone.below if below not in one.pages["index"].below]


@change("a page is renamed")
def _(one: Dossier, chance: Random) -> None:
    if names := [name for name in one.pages if name not in ("index", "part")]:
        free = [name for name in ("words", "sub/leaf", "zebra", "b/" + one.name()) if name not in one.pages]
        old, new = chance.choice(names), chance.choice(free)
        one.pages[new] = one.pages.pop(old)
        for page in one.parents():
            page.below = [new if below == old else below for below in page.below]


@change("a page moves in the contents")
def _(one: Dossier, chance: Random) -> None:
    held = [(page, name) for page in one.parents() for name in page.below if name != "part"]
    if held:
        page, name = chance.choice(held)
        page.below.remove(name)
        target = chance.choice(one.parents())
        target.below.insert(chance.randint(0, len(target.below)), name)


@change("a page is made an orphan, or none")
def _(one: Dossier, chance: Random) -> None:
    name = chance.choice([name for name in one.pages if name not in ("index", "part")])
    held = [page for page in one.parents() if name in page.below]
    for page in held:
        page.below.remove(name)
    if not held:
        chance.choice(one.parents()).below.append(name)
    one.pages[name].orphan = bool(held)


@change("the depth of the contents")
def _(one: Dossier, chance: Random) -> None:
    page = chance.choice(one.parents())
    page.depth = chance.choice([depth for depth in (1, 2, 3) if depth != page.depth])


@change("an included file")
@change("an included file is restored with an old time")
def _(one: Dossier, chance: Random) -> None:
    one.files["parts/part.inc"] = f"Words {one.name()}, :need:`{chance.choice(_ids(one))}`.\n"


@change("an included file goes, or comes again")
@change("an included file goes, or comes again with an old time")
def _(one: Dossier, chance: Random) -> None:
    if one.files.pop("parts/part.inc", None) is None:
        one.files["parts/part.inc"] = f"Words {one.name()}.\n"


@change("an image is replaced")
@change("an image is replaced with an old time")
def _(one: Dossier, chance: Random) -> None:
    one.files[chance.choice(["pictures/one.svg", "others/one.svg"])] = SVG.format(chance.randint(3, 999))


@change("which image is shown")
def _(one: Dossier, chance: Random) -> None:
    block = _block(one, chance, "image", "figure")
    name = chance.choice(["pictures/one.svg", "others/one.svg", f"more/{chance.choice(['one', 'two'])}.svg"])
    one.files.setdefault(name, SVG.format(2))
    block.words["file"] = name


@change("a download")
@change("a download with an old time")
def _(one: Dossier, chance: Random) -> None:
    block = _block(one, chance, "download", "literal")
    name = chance.choice(["files/one.txt", f"files/{chance.choice(['two', 'three'])}.txt"])
    one.files[name] = one.name() + "\n"
    block.words["file"] = name


_OPTIONS: dict[str, list[str]] = {
    "title": ["A title", "Another title"],
    "sort": ["id", "-id", "verdict"],
    "filter": ["verdict == 'failed'", "'a' in title", "nothing < 1"],
    "group": ["id", "verdict", "nothing"],
    "columns": ["id, title", "rule", "nothing"],
    "chain": ["requirement derives_from", "risk <-controls", "wrong wrong"],
}
_NEEDS_OPTIONS: dict[str, list[str]] = {
    "types": ["requirement", "spec", "spec;hazard"],
    "filter": ["verdict == 'passed'", "'1' in id", "len(derives_from_back) > 0"],
    "sort": ["id", "title"],
}


@change("the options of a view")
def _(one: Dossier, chance: Random) -> None:
    name = chance.choice(sorted(_OPTIONS))
    _block(one, chance, "view").options[name] = chance.choice(_OPTIONS[name])


@change("the options of a directive of sphinx-needs")
def _(one: Dossier, chance: Random) -> None:
    name = chance.choice(sorted(_NEEDS_OPTIONS))
    _block(one, chance, "needs").options[name] = chance.choice(_NEEDS_OPTIONS[name])


@change("what extends an item elsewhere")
def _(one: Dossier, chance: Random) -> None:
    block = _block(one, chance, "extend")
    block.words["id"] = chance.choice([*_ids(one), "REQ_1"])
    block.options["rationale"] = one.name()
    _move(one, chance, "extend")
