"""Makes the PDF of each document: of one source, or of several that are compiled one by one and bound.

A document in parts is laid out twice: first for its layout alone, from which the number of every page and the place of
every heading follow, then as it will be. Only parts are compiled again that changed, or whose pages have other numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sphinxcontrib_soup.pdf.continued import AFTER, BEFORE, Extent, Frame, extent, frames
from sphinxcontrib_soup.pdf.jobs import LEAST, Answer, BindingJob, BindingPart, Standard, failed
from sphinxcontrib_soup.pdf.press import Order, Press, digest, once

_ROUNDS = 4
"""How often a document in parts is compiled before its pages must have their last numbers."""


class _Failed(Exception):  # noqa: N818 - it carries an answer
    """A part could not be compiled."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer["error"])
        self.answer = answer


def editions(orders: Sequence[Order], processes: int) -> Iterator[Answer]:
    """How each order went, with so many processes at a time."""
    press = Press(processes)
    yield from press.each(lambda order: _answer(order, press), orders)


def _answer(order: Order, press: Press) -> Answer:
    kept = order.root / f"{order.output.stem}.json"
    if len(order.sources) == 1:
        return press.compiled(order.job(order.sources[0], "whole", order.output), kept=kept)
    read = (*order.sources, *(order.root / image for image in order.images))
    made_of = digest(
        read, str(order.root), order.fonts, order.timestamp, order.standards, sorted(order.headings.items())
    )
    return once(kept, made_of, order.output, lambda: _in_parts(order, press))


def _in_parts(order: Order, press: Press) -> Answer:
    """Bind the parts as soon as the numbers of their pages are those that were said when they were compiled."""
    edition = _Edition(order, press)
    extents = [Extent()] * len(order.sources)
    try:
        extents[1:] = edition.measured(range(1, len(extents)), frames(extents, {}))
        for _ in range(_ROUNDS):
            extents[:1] = edition.measured(range(1), frames(extents, order.headings))
            framed = frames(extents, order.headings)
            answers = edition.compiled(framed)
            found = edition.extents(answers, framed)
            if found == extents:
                return edition.bound(answers, framed)
            extents = found
    except _Failed as failure:
        return failure.answer
    return failed("what stands on its pages changes with the numbers of its pages, and these do not settle")


class _Edition:
    """One making of a document in parts."""

    def __init__(self, order: Order, press: Press) -> None:
        self.order, self.press = order, press

    def measured(self, parts: Iterable[int], framed: Sequence[Frame]) -> list[Extent]:
        """What some parts hold."""
        chosen = list(parts)
        answers = self.press.each(lambda part: self._measured(part, framed[part]), chosen)
        return self.extents(answers, [framed[part] for part in chosen])

    def extents(self, answers: Iterable[Answer], framed: Iterable[Frame]) -> list[Extent]:
        """What some parts hold, as it was found when they were laid out."""
        pairs = zip(answers, framed, strict=True)
        return [extent(one["layout"], frame, self.order.indexed) for one, frame in pairs if one["layout"]]

    def compiled(self, framed: Sequence[Frame]) -> list[Answer]:
        """Every part as a PDF; the first, which speaks for the whole, claims no standard that not all others keep."""
        others = list(self.press.each(lambda part: self._compiled(part, framed[part]), range(1, len(framed))))
        kept = min((answer["standards"] for answer in others), key=_strictness, default=None)
        return [self._compiled(0, framed[0], kept), *others]

    def bound(self, answers: Sequence[Answer], framed: Sequence[Frame]) -> Answer:
        parts = [
            BindingPart(
                path=str(source.with_suffix(".pdf")),
                layout=answer["layout"],
                before=frame.pages_before,
                after=frame.pages_after,
                stand_ins=[(one.part, one.place) for one in frame.stand_ins],
            )
            for source, answer, frame in zip(self.order.sources, answers, framed, strict=True)
            if answer["layout"]
        ]
        made = self.press.run("binder", BindingJob(parts=parts, output=str(self.order.output)))
        reasons = [answer["unmet"] for answer in answers if answer["unmet"]]
        return {
            **made,
            "unprintable": list(dict.fromkeys(sign for answer in answers for sign in answer["unprintable"])),
            "unreadable": {image: why for answer in answers for image, why in answer["unreadable"].items()},
            "standards": answers[0]["standards"],
            "unmet": reasons[0] if reasons else None,
        }

    def _measured(self, part: int, frame: Frame) -> Answer:
        source = self.order.sources[part]
        added = _added(source, frame)
        job = self.order.job(source, "layout", source)
        return _made(self.press.compiled(job, added, kept=source.with_suffix(".layout.json")))

    def _compiled(self, part: int, frame: Frame, standards: Sequence[Standard] | None = None) -> Answer:
        source = self.order.sources[part]
        added = _added(source, frame)
        job = self.order.job(source, "part", source.with_suffix(".pdf"), standards)
        return _made(self.press.compiled(job, added, kept=source.with_suffix(".json")))


def _strictness(standards: Sequence[Standard]) -> int:
    """How much is kept: all that was asked for, the least of it, or nothing."""
    return 0 if not standards else 1 if list(standards) == [LEAST] else 2


def _made(answer: Answer) -> Answer:
    if answer["error"] is not None:
        raise _Failed(answer)
    return answer


def _added(source: Path, frame: Frame) -> list[Path]:
    """Write what is added to a part, where its source includes it."""
    made = {f"{source.stem}{BEFORE}": frame.before, f"{source.stem}{AFTER}": frame.after}
    for name, said in made.items():
        source.with_name(name).write_text(said, encoding="utf-8")
    return [source.with_name(name) for name in made]
