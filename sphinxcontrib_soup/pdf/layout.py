"""What the compiler laid out where, asked from it after it compiled a document."""

from __future__ import annotations

from typing import TypedDict

END = "soup end"
"""The label on the page after the last, in documents that are parted."""

Place = tuple[int, float, float]
"""A page from 1, and points from its left and upper edge."""


class Heading(TypedDict):
    """`name` is its label, `text` what it says without any markup, `place` where it stands."""

    level: int
    name: str | None
    text: str
    numbered: bool
    outlined: bool
    bookmarked: bool
    place: Place


class Caption(TypedDict):
    """The caption of something that a list names; `number` is how many of its kind were counted, if they are."""

    kind: str
    supplement: str
    numbering: str | None
    number: int
    text: str
    place: Place


class Layout(TypedDict):
    """`targets` has every label by its name.

    `last` is the page of the end, and `counts` how many footnotes and captions were counted there, by their kind; both
    are known of documents that are parted.
    """

    headings: list[Heading]
    captions: list[Caption]
    targets: dict[str, Place]
    last: int
    counts: dict[str, int]


EXPRESSION = """{
  let place(it) = { let at = it.location().position(); (at.page, at.x.pt(), at.y.pt()) }
  let name(it) = if it.has("label") { str(it.label) }
  let plain(it) = {
    if type(it) == str { it }
    else if type(it) != content { "" }
    else if it.has("text") { plain(it.text) }
    else if it.has("children") { it.children.map(plain).join("") }
    else if it.has("body") { plain(it.body) }
    else if it.func() in ([ ].func(), linebreak) { " " }
    else { "" }
  }
  let listed(it) = it.outlined and it.caption != none and type(it.kind) == str
  let counted(kind, at) = counter(if kind == "footnote" { footnote } else { figure.where(kind: kind) }).at(at).first()
  let headings = query(heading)
  let figures = query(figure)
  let kinds = figures.filter(it => it.numbering != none and type(it.kind) == str).map(it => it.kind).dedup()
  let named = (headings + query(metadata)).filter(it => it.has("label"))
  let end = query(label("soup end")).map(it => it.location())
  (
    headings: headings.map(it => (
      level: it.level, name: name(it), text: plain(it.body), numbered: it.numbering != none, outlined: it.outlined,
      bookmarked: if type(it.bookmarked) == bool { it.bookmarked } else { it.outlined }, place: place(it),
    )),
    captions: figures.filter(listed).map(it => (
      kind: it.kind, supplement: plain(it.supplement), numbering: if type(it.numbering) == str { it.numbering },
      number: counted(it.kind, it.location()), text: plain(it.caption.body), place: place(it),
    )),
    targets: named.rev().map(it => (name(it), place(it))).to-dict(),
    last: if end.len() > 0 { end.first().page() } else { 0 },
    counts: end.slice(0, calc.min(end.len(), 1)).map(at =>
      (("footnote",) + kinds).map(kind => (kind, counted(kind, at)))).flatten().chunks(2).to-dict(),
  )
}"""
"""Evaluates to a :class:`Layout`."""
