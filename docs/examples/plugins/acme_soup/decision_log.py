"""The decision log: each decision with who took it and when, the newest first."""

from dataclasses import dataclass

from sphinxcontrib_soup.model import Column, Dossier, Item, Ref, Row, Table, cell
from sphinxcontrib_soup.plugin import option, view


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"{text!r} is not a number")
    return int(text)


@dataclass(frozen=True)
class Options:
    """What a page may ask of the log."""

    most: int = option(100, help="How many decisions are shown", parse=_number)


@view("decision-log", options=Options)
def decision_log(dossier: Dossier, options: Options) -> Table:
    """Each decision with who took it and when."""
    decisions = sorted(dossier.trace.of_kind("decision"), key=lambda one: one.text("decided_on"), reverse=True)
    return Table(
        name="decision-log",
        title="Decision log",
        columns=(Column("id", "Decision", 2), Column("title", "Title", 4), Column("on", "On"), Column("by", "By")),
        rows=tuple(_row(decision) for decision in decisions[: options.most]),
        empty="Nothing was decided.",
    )


def _row(decision: Item) -> Row:
    on, by = decision.text("decided_on"), decision.text("decided_by")
    return Row((cell(Ref(decision.id)), cell(decision.title), cell(on), cell(by)), gap=not (on and by))
