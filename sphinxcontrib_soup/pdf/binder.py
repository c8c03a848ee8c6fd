"""Binds the parts of a document that were compiled one by one into one PDF, and makes its links.

A link within the document is compiled as one to the address `soup:` and the name of its target, because the compiler
takes twice the time and the memory for links that it has to resolve. Here each becomes a link to where its target is,
in whatever part. Pages that were added to a part to make it what it is within the whole are left out again; those
that stand for what is in other parts, so that contents and bookmarks name it, lead on to what they stand for. An
address that goes on with a slash is that of another file, and of a name in it.

Run as a module, it reads from stdin as JSON which parts to bind, and answers as the compiler does.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import BinaryIO

from sphinxcontrib_soup.pdf.jobs import Answer, BindingJob, failed
from sphinxcontrib_soup.pdf.objects import (
    HEX,
    STRING,
    Source,
    Writer,
    array,
    dictionary,
    entries,
    named,
    reference,
    references,
    string,
    text,
    tree,
    written_to,
)
from sphinxcontrib_soup.pdf.sheets import Part, Point, Sheet

SCHEME = "soup:"
"""Before the name of a target in the address of a link within the document."""

_SOME = STRING + rb"|" + HEX
_LINK = re.compile(rb"/A<</Type/Action/S/URI/URI(" + _SOME + rb")>>(.*)/Contents(?:" + _SOME + rb")", re.DOTALL)
_LINKS = (b"/URI(" + SCHEME.encode(), b"/URI<" + SCHEME.encode().hex().upper().encode())
_DESTINATION = re.compile(rb"\[(\d+) 0 R/XYZ ")
_STREAM = b"\nstream\n"


def bind(parts: Sequence[Part], output: BinaryIO) -> None:
    """Write the PDF of some parts. The same parts give the same bytes.

    :raises ValueError: if a part is not as the compiler writes it
    """
    sheets = list(_sheets(parts))
    first = sheets[0]
    points = {name: point for sheet in reversed(sheets) for name, point in sheet.targets()}
    added = first.pages[len(first.pages) - first.part.after :]
    stands_for = zip(added[1:], first.part.stand_ins, strict=False)
    instead = {page: sheets[part].own_point(place).written for page, (part, place) in stands_for}
    writer = Writer(output, sheets[-1].offset + sheets[-1].source.size)
    for sheet in sheets:
        left_out = _left_out(sheet)
        for number, written in sheet.source:
            if number not in left_out:
                writer.add(number + sheet.offset, _rewritten(sheet, written, points, instead))
    _finish(sheets, writer)


def _sheets(parts: Sequence[Part]) -> Iterator[Sheet]:
    offset = parents = first = 0
    for index, part in enumerate(parts):
        sheet = Sheet(part, index=index, offset=offset, parents=parents, first=first)
        yield sheet
        offset, parents, first = offset + sheet.source.size, sheet.parents_after, first + len(sheet.kept)


def _left_out(sheet: Sheet) -> Set[int]:
    """The objects of a part that the whole has in another form, or has no need of."""
    catalog, trailer = sheet.source.catalog, sheet.source.trailer
    roots = (trailer[b"/Root"], catalog[b"/Pages"], catalog[b"/StructTreeRoot"], catalog[b"/Metadata"])
    found = {*map(reference, roots), sheet.document}
    for page in set(sheet.pages).difference(sheet.kept):
        known = sheet.source.entries(page)
        found |= {page, *(reference(known[key]) for key in (b"/Contents", b"/Resources") if key in known)}
    if sheet.index:
        found |= {reference(trailer[b"/Info"]), *_bookmarks(sheet.source)}
    return found


def _bookmarks(source: Source) -> Iterator[int]:
    waiting = references(source.catalog.get(b"/Outlines", b""))
    while waiting:
        number = waiting.pop()
        yield number
        known = source.entries(number)
        waiting += [reference(known[key]) for key in (b"/First", b"/Next") if key in known]


def _rewritten(sheet: Sheet, written: bytes, points: Mapping[str, Point], instead: Mapping[int, bytes]) -> bytes:
    if written.endswith(b"endstream"):
        head, stream, said = written.partition(_STREAM)
        return sheet.moved(head) + stream + said
    if instead and not sheet.index and (leads := _DESTINATION.match(written)):
        return instead.get(int(leads[1]), written)
    made = sheet.moved(written)
    inner = _LINKS[0] in made or _LINKS[1] in made
    return _LINK.sub(lambda link: _linked(link, points), made) if inner else made


def _linked(link: re.Match[bytes], points: Mapping[str, Point]) -> bytes:
    """A link to where its target is."""
    name = text(link[1]).decode("utf-8").removeprefix(SCHEME)
    if name.startswith("/"):
        return _leading_elsewhere(name[1:], link[2])
    point = points.get(name)
    return b"/Dest%b%b/Contents%b" % (point.written, link[2], string(point.said)) if point else link[2]


def _leading_elsewhere(address: str, more: bytes) -> bytes:
    """A link to a named place in another file beside this one, or to its first page."""
    file, _, place = address.partition("#")
    where = b"<</Type/Filespec/F%b/UF%b>>" % (string(file), string(file))
    leads = string(place) if place else b"[0/Fit]"
    said = string(f"{place.rpartition('#')[2]} in {file}" if place else file)
    return b"/A<</Type/Action/S/GoToR/F%b/D%b/NewWindow true>>%b/Contents%b" % (where, leads, more, said)


# --- what the whole has once -----------------------------------------------------------------------------------------


def _finish(sheets: Sequence[Sheet], writer: Writer) -> None:
    source, catalog = sheets[0].source, dict(sheets[0].source.catalog)
    instance = b64encode(hashlib.sha256(b"".join(sheet.source.digest for sheet in sheets)).digest()[:16])
    catalog[b"/Pages"] = _pages(sheets, writer)
    catalog[b"/StructTreeRoot"] = _structure(sheets, writer)
    if names := _names(sheets):
        others = entries(catalog.get(b"/Names", b"<<>>"))
        catalog[b"/Names"] = dictionary({**others, b"/Dests": tree(b"/Names", names, writer)})
    if any(b"/PageLabels" in sheet.source.catalog for sheet in sheets):
        labels = [label for sheet in sheets for label in sheet.labels()]
        catalog[b"/PageLabels"] = tree(b"/Nums", labels, writer)
    writer.add(reference(catalog[b"/Metadata"]), _described(source, sum(len(sheet.kept) for sheet in sheets), instance))
    writer.add(reference(source.trailer[b"/Root"]), dictionary(catalog))
    identity = re.findall(STRING, source.trailer[b"/ID"])[0]
    roots = {key: source.trailer[key] for key in (b"/Root", b"/Info")}
    writer.finish({**roots, b"/ID": array([identity, b"(%b)" % instance])})


def _pages(sheets: Sequence[Sheet], writer: Writer) -> bytes:
    """The tree of pages, in which each part has a branch."""
    root = writer.new()
    for sheet in sheets:
        kids = array(b"%d 0 R" % (page + sheet.offset) for page in sheet.kept)
        count = b"%d" % len(sheet.kept)
        branch = {b"/Type": b"/Pages", b"/Parent": b"%d 0 R" % root, b"/Count": count, b"/Kids": kids}
        writer.add(sheet.root + sheet.offset, dictionary(branch))
    branches = array(b"%d 0 R" % (sheet.root + sheet.offset) for sheet in sheets)
    count = b"%d" % sum(len(sheet.kept) for sheet in sheets)
    writer.add(root, dictionary({b"/Type": b"/Pages", b"/Count": count, b"/Kids": branches}))
    return b"%d 0 R" % root


def _structure(sheets: Sequence[Sheet], writer: Writer) -> bytes:
    """The tree of elements. Where there are several parts, it holds them as such."""
    root, document = writer.new(), sheets[0].document
    if len(sheets) > 1:
        document = writer.new()
        parts = array(b"%d 0 R" % (sheet.document + sheet.offset) for sheet in sheets)
        whole = {b"/Type": b"/StructElem", b"/S": b"/Document", b"/P": b"%d 0 R" % root, b"/K": parts}
        writer.add(document, dictionary(whole))
    for sheet in sheets:
        own = entries(sheet.moved(sheet.source.object(sheet.document)))
        above = {b"/P": b"%d 0 R" % root} if len(sheets) == 1 else {b"/S": b"/Part", b"/P": b"%d 0 R" % document}
        writer.add(sheet.document + sheet.offset, dictionary({**own, **above}))
    made = {**sheets[0].structure, b"/K": b"[%d 0 R]" % document}
    made[b"/ParentTree"] = tree(b"/Nums", [pair for sheet in sheets for pair in sheet.parent_tree()], writer)
    made[b"/ParentTreeNextKey"] = b"%d" % sheets[-1].parents_after
    if ids := {text(id_): (id_, element) for sheet in sheets for id_, element in sheet.ids()}:
        made[b"/IDTree"] = tree(b"/Names", [ids[said] for said in sorted(ids)], writer)
    writer.add(root, dictionary(made))
    return b"%d 0 R" % root


def _names(sheets: Sequence[Sheet]) -> Sequence[tuple[bytes, bytes]]:
    """The names by which other files link into this one; a name that several parts have is that of the first."""
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for sheet in sheets:
        trees = entries(sheet.source.catalog.get(b"/Names", b"<<>>"))
        for name, number in named(trees.get(b"/Dests", b"")):
            found.setdefault(text(name), (name, b"%d 0 R" % (number + sheet.offset)))
    return [found[name] for name in sorted(found)]


def _described(source: Source, pages: int, instance: bytes) -> bytes:
    """What the file says of itself, with the number of its pages and a name for just these bytes."""
    head, stream, said = source.object(reference(source.catalog[b"/Metadata"])).partition(_STREAM)
    said = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % pages, said)
    said = re.sub(rb"(<xmpMM:InstanceID>)[^<]*", rb"\g<1>" + instance, said)
    length = len(said.removesuffix(b"\nendstream"))
    return re.sub(rb"/Length \d+", b"/Length %d" % length, head) + stream + said


def bound(job: BindingJob) -> Answer:
    """Bind the parts of a document, and write it only if that differs."""
    parts = [
        Part(
            made=Path(part["path"]).read_bytes(),
            layout=part["layout"],
            before=part["before"],
            after=part["after"],
            stand_ins=part["stand_ins"],
        )
        for part in job["parts"]
    ]
    made = io.BytesIO()
    bind(parts, made)
    return {**failed(""), "error": None, "sha256": written_to(job["output"], made.getvalue())}


if __name__ == "__main__":
    json.dump(bound(json.load(sys.stdin)), sys.stdout)
