"""The pages of the web tests: a tiny Sphinx extension that puts items and tables of our making into real pages."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx

from sphinxcontrib_soup.extension.html import depart_item, depart_table, setup_html, visit_item, visit_table
from sphinxcontrib_soup.model import (
    Badge,
    Block,
    Cell,
    Column,
    Line,
    Location,
    Place,
    Ref,
    Row,
    Table,
    Text,
    Tone,
    cell,
)
from sphinxcontrib_soup.nodes import soup_item, soup_table
from sphinxcontrib_soup.tables import narrowed

PASSED = Badge("passed", Tone.GOOD)
FAILED = Badge("failed", Tone.BAD)
UNTESTED = Badge("untested", Tone.OPEN)
QUIET = Badge("not applicable", Tone.QUIET)
HOSTILE = "<script>alert(1)</script> \"quoted\" 'single' & [[copy('id')]] {{ 7 * 7 }} <<x>> </td></table>"
WORD = "x" * 300


def matrix(rows: int) -> Table:
    """A traceability matrix: each seventh requirement without a test, each tenth failed."""
    return Table(
        name="traceability-matrix",
        title="Requirements and their tests",
        columns=(
            Column("requirement", "Requirement", 3),
            Column("parent", "Derives from", 1),
            Column("class", "Class", 1),
            Column("test", "Test", 1),
            Column("executions", "Executions", 4),
            Column("verdict", "Verdict", 1),
            Column("priority", "Priority", 1, order=("low", "medium", "high")),
            Column("file", "Declared in", 2),
        ),
        rows=tuple(_matrix_row(number) for number in range(1, rows + 1)),
        empty="No requirement is declared.",
        notes=("Executions that were skipped never count as passed.",),
    )


def _matrix_row(number: int) -> Row:
    tested = number % 7 != 0
    verdict = (FAILED if number % 10 == 0 else PASSED) if tested else UNTESTED
    place = Location(f"tests/unit/dose/calculation/test_rounding_{number}.py", number)
    executions: Cell = (
        (verdict, Text(f"test_rounding_{number}[chromium]"), Place(place)),
        (PASSED, Text(f"test_limits_{number}"), Place(place)),
    )
    priority = ("high", "low", "medium")[number % 3]
    return Row(
        cells=(
            cell((Ref(f"REQ_{number}"), Text(("Dose is rounded down", "Basal rate is limited")[number % 2]))),
            cell(Ref(f"SYS_{number % 5 + 1}")),
            cell("C"),
            cell(Ref(f"TC_{number}")) if tested else (),
            executions if tested else (),
            cell(verdict),
            cell(priority),
            cell(Place(Location("docs/requirements.rst", number))),
        ),
        gap=verdict is not PASSED,
    )


def grouped(table: Table, column: str) -> Table:
    """The same rows in groups."""
    return narrowed(table, group=column)


HOSTILE_TABLE = Table(
    name="hostile",
    title=HOSTILE,
    columns=(Column("a", HOSTILE, order=(HOSTILE, '"')), Column("b", "B")),
    rows=tuple(
        Row(
            cells=(
                cell(HOSTILE, Ref(HOSTILE), Badge(HOSTILE, Tone.BAD), Place(Location(HOSTILE, number))),
                cell(WORD),
            ),
            gap=number == 1,
        )
        for number in range(9)
    ),
    empty=HOSTILE,
    notes=(HOSTILE,),
)
WORDS = (
    "unacceptable",
    "hypoglycaemia",
    "probability of harm",
    "occasional",
    "A damaged record is taken for a sound one",
)
WIDE_TABLE = Table(
    name="wide",
    title="Risks",
    columns=tuple(Column(f"column_{number}", f"Residual {number}", 1 + number % 4) for number in range(13)),
    rows=tuple(
        Row(cells=tuple(cell(WORDS[(number + line) % len(WORDS)]) for number in range(13))) for line in range(12)
    ),
    empty="No risk is declared.",
)
LABELS = Table(
    name="labels",
    title="Labels",
    columns=(Column("a", HOSTILE), Column("b", "B")),
    rows=tuple(
        Row((label, cell(f"row {number}")))
        for label in (cell(HOSTILE), cell(WORD), cell("many words " * 500), cell(*"abcdefgh"), cell(Ref("REQ_1")), ())
        for number in range(20)
    ),
    empty="Nothing.",
)
TABLES = {
    "wide": WIDE_TABLE,
    "small": matrix(3),
    "matrix": matrix(30),
    "long": matrix(340),
    "huge": matrix(5000),
    "groups": grouped(matrix(30), "parent"),
    "labels": grouped(LABELS, "a"),
    "huge-groups": grouped(matrix(5000), "parent"),
    "many-groups": grouped(matrix(5000), "requirement"),
    "empty": Table(name="empty", title="Risks", columns=(Column("a", "A"),), rows=(), empty="No risk is declared."),
    "hostile": HOSTILE_TABLE,
}


def refs(*ids: str) -> Line:
    return tuple(Ref(id_) for id_ in ids)


def block(anchor: str, title: str, verdict: Badge | None, **changed: object) -> Block:
    settings = {
        "kind": "requirement",
        "kind_title": "Requirement",
        "colour": "#1f5fbf",
        "fields": (("Category", cell("functional")), ("Safety class", cell("C"))),
        "outgoing": (("derives from", (refs("SYS_1", "SYS_2"),)),),
        "incoming": (
            ("verified by", (refs("TC_1", "TC_2", "NOWHERE"),)),
            ("executions", ((Badge("2 passed", Tone.GOOD), Badge("1 failed", Tone.BAD)),)),
        ),
    }
    return Block(anchor=anchor, title=title, verdict=verdict, **{**settings, **changed})  # type: ignore[arg-type]


RATIONALE = (
    "A dose above the limit can lead to severe hypoglycaemia, and the pump has no means of its own to tell a dose that "
    "was meant from one that was not; the limit is therefore kept in the calculation and not in the user interface."
)
BLOCKS = {
    "REQ_1": block("REQ_1", "The dose is never above the configured limit", PASSED),
    "REQ_2": block(
        "REQ_2",
        "The dose is rounded down to the step of the pump, whatever unit of blood glucose has been configured",
        FAILED,
        fields=(
            ("Category", cell("functional")),
            ("Safety class", cell("C")),
            ("Source", cell("Interview 12 with diabetologists")),
            ("Rationale", cell(RATIONALE)),
        ),
    ),
    "REQ_3": block("REQ_3", "Short", UNTESTED, fields=(), outgoing=(), incoming=()),
    "REQ_4": block("REQ_4", "Outer", PASSED),
    "REQ_5": block("REQ_5", "Inner", PASSED),
    "SOUP_LODASH": block(
        "SOUP_LODASH",
        "lodash",
        None,
        kind="soup",
        kind_title="SOUP",
        colour="#b05a00",
        fields=(
            ("Manufacturer", cell("OpenJS Foundation")),
            ("Version", cell("4.17.21")),
            (
                "In use",
                cell(
                    (Text("4.17.21"), Place(Location("web/package-lock.json", 812))),
                    (Badge("no exact version", Tone.OPEN), Place(Location("web/package.json", 14))),
                ),
            ),
        ),
        outgoing=(),
        incoming=(("used by", (refs("REQ_1"),)),),
    ),
    "DOC_1": block("DOC_1", "Plan", QUIET, kind="document", kind_title="Document", colour="#444444"),
    "HOSTILE": block(
        "HOSTILE",
        HOSTILE,
        Badge(HOSTILE, Tone.BAD),
        kind_title=HOSTILE,
        fields=((HOSTILE, cell(HOSTILE, WORD)),),
        outgoing=((HOSTILE, cell(Ref(HOSTILE))),),
        incoming=(),
    ),
}
PAGE_OF = {"REQ_1": "index", "REQ_2": "index", "SYS_1": "other", "TC_1": "other", "TC_2": "other", "SYS_2": "other"}


class ItemHere(Directive):
    """Puts a block of `BLOCKS`, its content the statement."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        made = soup_item("", ids=[BLOCKS[name].anchor], block=BLOCKS[name], uris={})
        self.state.nested_parse(self.content, self.content_offset, made)
        return [made]


class TableHere(Directive):
    """Puts a table of `TABLES`."""

    required_arguments = 1
    option_spec = {"name": directives.unchanged}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        made = soup_table("", table=TABLES[self.arguments[0]], uris={})
        self.add_name(made)
        return [made]


def give_addresses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """What the extension does for its pages: the addresses of items as seen from this one."""
    uris = {
        id_: ("" if page == docname else app.builder.get_relative_uri(docname, page)) + f"#{id_}"
        for id_, page in PAGE_OF.items()
    }
    for kind in (soup_item, soup_table):
        for node in doctree.findall(kind):
            node["uris"] = uris


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(soup_item, html=(visit_item, depart_item))
    app.add_node(soup_table, html=(visit_table, depart_table))
    app.add_directive("item-here", ItemHere)
    app.add_directive("table-here", TableHere)
    app.connect("doctree-resolved", give_addresses)
    setup_html(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
