"""The register of documents: every controlled document, how it lives, who answers for it, and when it last changed.

A *one-shot* document is written once and kept; a *recurrent* one is brought up to date with the device, and is what a
release must look at. What a document needs stands beside it: what it says it is made from, and the documents that are
`consumed_by` it. The last change is the newest line of its history; where the document is in another revision than that
of this line, its row is a gap. Clauses: IEC 62304 5.1.8, 8.1.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.cells import Compute, field_cell, is_behind, item_cells, last_revision, named, targets_cell
from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import Badge, Cell, Column, Dossier, Item, Ref, Row, Table, Tone, Trace, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.tables import by_id
from sphinxcontrib_soup.wording import counted

_KIND = FIELDS["document"]["document_kind"]

_COLUMNS = (
    Column("id", "ID", width=2),
    Column("number", "Number", width=2, optional=True),
    Column("title", "Title", width=4),
    Column("document_kind", "Kind", width=2, order=_KIND.choices),
    Column("revision", "Revision", width=2),
    Column("owner", "Owner", width=3),
    Column("reviewer", "Reviewer", width=3, optional=True),
    Column("approver", "Approver", width=3, optional=True),
    Column("status", "Status", width=2, optional=True),
    Column("made_from", "Made from", width=4),
    Column("needed_by", "Needed by", width=3),
    Column("satisfies", "Satisfies", width=3, optional=True),
    Column("last_change", "Last change", width=4),
)


@view("document-register")
def document_register(dossier: Dossier, _: NoOptions) -> Table:
    """Every document: its kind, its owner, what it needs, and its last change."""
    trace = dossier.trace
    documents = by_id(trace.of_kind("document"))
    return Table(
        name="document-register",
        title="Document register",
        columns=_COLUMNS,
        rows=tuple(_row(trace, item) for item in documents),
        empty="No document is declared.",
        notes=tuple(_notes(documents)),
    )


def _row(trace: Trace, document: Item) -> Row:
    return Row(item_cells(trace, document, _COLUMNS, _COMPUTED), gap=is_behind(document))


def _kind(_: Trace, document: Item) -> Cell:
    return field_cell(document, _KIND) or cell(Badge("not stated", Tone.OPEN))


def _made_from(trace: Trace, document: Item) -> Cell:
    consumed = by_id(trace.origins(document, "consumed_by"))
    return cell(document.text("made_from"), *map(named, consumed))


def _last_change(_: Trace, document: Item) -> Cell:
    last = last_revision(document)
    if last is None:
        return cell(Badge("no history", Tone.QUIET))
    behind = (Badge(f"nothing on revision {document.text('revision')}", Tone.OPEN),) if is_behind(document) else ()
    return cell(f"{last.date}, {last.author}", last.change, *behind)


_COMPUTED: Mapping[str, Compute] = {
    "id": lambda _, document: cell(Ref(document.id)),
    "title": lambda _, document: cell(document.title),
    "document_kind": _kind,
    "made_from": _made_from,
    "needed_by": targets_cell("consumed_by"),
    "satisfies": lambda _, document: cell(tuple(Ref(id_) for id_ in document.links.get("satisfies", ()))),
    "last_change": _last_change,
}


def _notes(documents: list[Item]) -> Iterator[str]:
    """How many there are of each kind."""
    kinds = Counter(one.text("document_kind").replace("_", " ") or "of no stated kind" for one in documents)
    if kinds:
        yield f"{counted(len(documents), 'document')}: {', '.join(f'{kinds[kind]} {kind}' for kind in sorted(kinds))}."
