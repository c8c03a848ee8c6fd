"""What is added to the parts of a document so that each is set as it would be within the whole.

Before a part stands a page on which page numbers, footnotes and numbered headings go on from where the part before
ended, and under which the headings that are open there are known. Behind a part stands a page that counts as the last
of the document. Behind the first part, which holds the table of contents, stands a page for each heading and listed
caption of the others. All these pages are left out when the parts are bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import accumulate

from sphinxcontrib_soup.pdf.layout import END, Caption, Heading, Layout, Place
from sphinxcontrib_soup.pdf.markup import array, call, string

BEFORE, AFTER = "-before.typ", "-after.typ"
"""Behind the number of a part, the names of the files that are added to it."""

_IMPORT = '#import "/soup/style.typ": *\n'


@dataclass(frozen=True, slots=True)
class Extent:
    """What a part holds. Its pages and what is counted on them are numbered as if nothing were before them.

    `targets` has the pages of those link targets whose numbers others say.
    """

    pages: int = 0
    headings: Sequence[Heading] = ()
    captions: Sequence[Caption] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a document has come: the next page, what was counted, the last heading's number, the open headings."""

    page: int = 1
    counts: Mapping[str, int] = field(default_factory=dict)
    number: tuple[int, ...] = ()
    open: tuple[Heading, ...] = ()

    def passed(self, heading: Heading) -> Standing:
        level, number = heading["level"], self.number
        if heading["numbered"]:
            padded = (*number[:level], *[0] * (level - len(number)))
            number = (*padded[:-1], padded[-1] + 1)
        return replace(self, number=number, open=(*(one for one in self.open if one["level"] < level), heading))

    def after(self, part: Extent) -> Standing:
        last = reduce(Standing.passed, part.headings, self)
        return replace(last, page=self.page + part.pages, counts=Counter(self.counts) + Counter(part.counts))


@dataclass(frozen=True, slots=True)
class StandIn:
    """A page behind the first part, as code, for a place on a page of another part, whose own pages begin with 1."""

    code: str
    part: int
    place: Place


@dataclass(frozen=True, slots=True)
class Frame:
    """What is added to a part: code before and behind it, which makes so many pages there.

    `counts` is what was counted before it. The `stand_ins` are behind it from the second page on.
    """

    before: str
    after: str
    pages_before: int
    pages_after: int
    counts: Mapping[str, int]
    stand_ins: Sequence[StandIn] = ()


def extent(layout: Layout, frame: Frame, said: Collection[str] = ()) -> Extent:
    """What of a layout is the part's own; `said` names the link targets whose page numbers others say."""
    pages = layout["last"] - frame.pages_before - 1

    def own(place: Place) -> Place:
        return place[0] - frame.pages_before, place[1], place[2]

    headings = [Heading(**{**one, "place": own(one["place"])}) for one in layout["headings"]]
    captions = [Caption(**{**one, "place": own(one["place"])}) for one in layout["captions"]]
    return Extent(
        pages,
        [one for one in headings if 0 < one["place"][0] <= pages],
        [one for one in captions if 0 < one["place"][0] <= pages],
        {kind: count - frame.counts.get(kind, 0) for kind, count in layout["counts"].items()},
        {
            name: place[0] - frame.pages_before
            for name, place in sorted(layout["targets"].items())
            if name in said and 0 < place[0] - frame.pages_before <= pages
        },
    )


def frames(extents: Sequence[Extent], headings: Mapping[str, str]) -> list[Frame]:
    """What is added to each part.

    :param headings: the code of headings by their name; others are shown by their text alone
    """
    standings = list(accumulate(extents, Standing.after, initial=Standing()))
    total = standings.pop().page - 1
    parts = list(zip(standings, extents, strict=True))
    stand_ins = [one for part in range(1, len(parts)) for one in _stand_ins(part, *parts[part], headings)]
    first = Frame("", _after(total, stand_ins), 0, len(stand_ins) + (2 if stand_ins else 1), {}, stand_ins)
    targets = {name: standing.page + page - 1 for standing, one in parts for name, page in one.targets.items()}
    *others, last = [_frame(standing, total, headings) for standing in standings[1:]]
    return [first, *others, replace(last, before=last.before + _numbers(targets))]


def _frame(standing: Standing, total: int, headings: Mapping[str, str]) -> Frame:
    """What is added to a part: before it one page or two, so that even pages stay even."""
    said = [_heading(one, headings) for one in standing.open]
    said += [f"counter(heading).update({array(map(str, standing.number))})"] if standing.number else []
    said += [f"{_counter(kind)}.update({count})" for kind, count in sorted(standing.counts.items())]
    pages = [*([_page("[]")] if standing.page % 2 else []), _page(*said, f"counter(page).update({standing.page - 1})")]
    return Frame(_IMPORT + "".join(pages), _after(total, ()), len(pages), 1, standing.counts)


def _numbers(targets: Mapping[str, int]) -> str:
    """What tells the index, which stands in the last part, the pages of its targets in others."""
    if not targets:
        return ""
    said = array(f"({string(name)}, {number})" for name, number in sorted(targets.items()))
    return f"#numbers-elsewhere.update({said}.to-dict())\n"


def _after(total: int, stand_ins: Sequence[StandIn]) -> str:
    last = f"counter(page).update({total})"
    pages = [_page(last, f"[#metadata(none)#label({string(END)})]"), *(one.code for one in stand_ins)]
    return _IMPORT + "".join(pages) + (_page(last) if stand_ins else "")


def _stand_ins(part: int, standing: Standing, extent: Extent, headings: Mapping[str, str]) -> Iterator[StandIn]:
    counts = standing.counts
    for heading in extent.headings:
        standing = standing.passed(heading)
        if heading["outlined"] or heading["bookmarked"]:
            yield _stand_in(part, standing, heading["place"], *_counted_heading(heading, standing, headings))
    for caption in extent.captions:
        yield _stand_in(part, standing, caption["place"], *_counted_caption(caption, counts))


def _stand_in(part: int, standing: Standing, place: Place, *said: str) -> StandIn:
    return StandIn(_page(f"counter(page).update({standing.page + place[0] - 1})", *said), part, place)


def _counted_heading(heading: Heading, standing: Standing, headings: Mapping[str, str]) -> Iterator[str]:
    if heading["numbered"]:
        *above, last = standing.number
        yield f"counter(heading).update({array(map(str, [*above, last - 1]))})"
    made = _heading(heading, headings)
    yield f"[#{made}#label({string(heading['name'])})]" if heading["name"] else made


def _heading(heading: Heading, headings: Mapping[str, str]) -> str:
    body = headings.get(heading["name"] or "", string(heading["text"]))
    unnumbered = {} if heading["numbered"] else {"numbering": "none"}
    shown = {"outlined": str(heading["outlined"]).lower(), "bookmarked": str(heading["bookmarked"]).lower()}
    return call("heading", body, level=str(heading["level"]), **shown, **unnumbered)


def _counted_caption(caption: Caption, counts: Mapping[str, int]) -> Iterator[str]:
    kind, numbering = caption["kind"], caption["numbering"]
    if numbering is not None:
        yield f"{_counter(kind)}.update({counts.get(kind, 0) + caption['number'] - 1})"
    named = {"kind": string(kind), "supplement": string(caption["supplement"]), "caption": string(caption["text"])}
    yield call("figure", "[]", outlined="true", numbering=string(numbering) if numbering else "none", **named)


def _counter(kind: str) -> str:
    return "counter(footnote)" if kind == "footnote" else f"counter(figure.where(kind: {string(kind)}))"


def _page(*said: str) -> str:
    """A page that says nothing to the reader."""
    body = "\n".join(["show heading: none", "show figure: none", *said])
    return f"#page(header: none, footer: none, pdf.artifact({{\n{body}\n}}))\n"
