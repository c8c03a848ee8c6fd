"""Cells that blocks and views share: how an item, a verdict, an execution, a risk or a SOUP in use is written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from sphinxcontrib_soup.identity import parsed
from sphinxcontrib_soup.kinds import BY_NAME, FIELDS, Field, Form, Revision, revisions
from sphinxcontrib_soup.model import (
    Acceptability,
    Badge,
    Cell,
    Column,
    Execution,
    Item,
    Line,
    Outcome,
    Part,
    Place,
    Ref,
    TestResult,
    Text,
    Tone,
    Trace,
    Use,
    Verdict,
    cell,
    verdict_of,
)
from sphinxcontrib_soup.safety import above, inherited_class, stated_class
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.versions import same_version

Compute = Callable[[Trace, Item], Cell]
"""What makes the cell of an item."""

_PARAMETERS = re.compile(r"\[.*\]$", re.DOTALL)
SHOWN_PASSED = 5
"""How many executions of one item are listed before those that passed are only counted."""

_VERDICTS: Mapping[Verdict, Badge] = {
    Verdict.PASSED: Badge("passed", Tone.GOOD),
    Verdict.FAILED: Badge("failed", Tone.BAD),
    Verdict.UNTESTED: Badge("untested", Tone.OPEN),
}
_OUTCOME_TONES: Mapping[Outcome, Tone] = {
    Outcome.PASSED: Tone.GOOD,
    Outcome.FAILED: Tone.BAD,
    Outcome.ERROR: Tone.BAD,
}
_OUTCOMES = tuple(Outcome)
_VERDICT_ORDER = tuple(Verdict)
_ACCEPTABILITY_TONES: Mapping[Acceptability, Tone] = {
    Acceptability.ACCEPTABLE: Tone.GOOD,
    Acceptability.UNACCEPTABLE: Tone.BAD,
}


def named(item: Item) -> Line:
    """An item by its ID and its title."""
    return (Ref(item.id), Text(item.title)) if item.title else (Ref(item.id),)


def field_cell(item: Item, field: Field) -> Cell:
    """The value of a field, empty where it is not set; values of our own choices are written as words.

    One that comes from `soup_defaults` says so, so that nobody takes it for one that was found for this item.
    """
    text = item.text(field.name)
    if field.form is Form.CHOICE and not field.scale:
        text = text.replace("_", " ")
    said = map(_revision, revisions(text)) if field.form is Form.REVISIONS else text.splitlines()
    lines = cell(*said)
    pattern = item.shared.get(field.name)
    whose = "all SOUPs" if pattern == "*" else pattern
    return lines if pattern is None else (*lines, (Badge(f"shared by {whose}", Tone.QUIET),))


def _revision(one: Revision) -> str:
    return "; ".join(filter(None, (", ".join(filter(None, (one.name, one.date, one.author))), one.change)))


def item_cells(
    trace: Trace, item: Item, columns: Iterable[Column], computed: Mapping[str, Compute]
) -> tuple[Cell, ...]:
    """The cells of an item: what is computed for a column, what is known of every item, else the field of its name."""
    fields = FIELDS[item.kind]

    def of(name: str) -> Cell:
        if compute := computed.get(name) or _OF_EVERY.get(name):
            return compute(trace, item)
        return field_cell(item, fields[name]) if name in fields else cell(item.text(name))

    return tuple(of(column.name) for column in columns)


_OF_EVERY: Mapping[str, Compute] = {
    "id": lambda _, item: cell(named(item)),
    "statement": lambda _, item: cell(*item.statement.splitlines()),
    "verdict": lambda trace, item: verdict_cell(trace, item.id),
}


def targets_cell(link: str) -> Compute:
    """What makes a cell of the items that an item leads to by a link type."""
    return lambda trace, item: cell(*(named(one) for one in trace.targets(item, link)))


def verdict_badge(verdict: Verdict, of: str = "") -> Badge:
    """A verdict as a sign, with a word before it where it says what was verified."""
    badge = _VERDICTS[verdict]
    return Badge(f"{of} {badge.text}", badge.tone) if of else badge


def effectiveness(trace: Trace, id_: str) -> Verdict:
    """What the executions say of whether a mitigation works, apart from whether it is implemented."""
    return verdict_of(execution.outcome for execution in trace.effectiveness.get(id_, ()))


def verdict_cell(trace: Trace, id_: str) -> Cell:
    """The verdict of an item; empty for a kind that has none."""
    verdict = trace.verdicts.get(id_)
    return () if verdict is None else cell(verdict_badge(verdict))


def with_verdict(trace: Trace, item: Item) -> Line:
    """An item by its ID and title, with its verdict if it can have one."""
    verdict = trace.verdicts.get(item.id)
    return named(item) if verdict is None else (*named(item), verdict_badge(verdict))


# --- executions ------------------------------------------------------------------------------------------------------


def executions_cell(executions: Iterable[Execution]) -> Cell:
    """A line for each execution, worst first: all that did not pass, and passed ones while there is room.

    The passed cases of one parametrised test share a line.
    """
    ordered = worst_first(executions)
    idle = [one for one in ordered if one.outcome is not Outcome.PASSED]
    groups: dict[tuple[object, ...], list[Execution]] = defaultdict(list)
    for one in ordered[len(idle) :]:
        groups[_test_of(one)].append(one)
    room = max(SHOWN_PASSED - len(idle), 0)
    passed = list(groups.values())
    more = sum(len(group) for group in passed[room:])
    return cell(*(_execution(one) for one in idle), *(_cases(group) for group in passed[:room]), _more(more))


def worst_first(executions: Iterable[Execution]) -> list[Execution]:
    """Executions by their outcome; those of one outcome stay as they were."""
    return sorted(executions, key=lambda one: _OUTCOMES.index(one.outcome))


def _test_of(one: Execution) -> tuple[object, ...]:
    """What the cases of one parametrised test share; a case with several attempts stands alone."""
    retried = one.result is not None and len(one.result.attempts) > 1
    return (one.of, one.location.path, one.note, one.name if retried else _PARAMETERS.sub("", one.name))


def _cases(group: list[Execution]) -> Line:
    line = _execution(group[0])
    if len(group) == 1:
        return line
    name = _PARAMETERS.sub("", group[0].name)
    said = Text(f"{name} ({len(group)} cases)")
    return tuple(said if part == Text(group[0].name) else part for part in line)


def lenders_cell(trace: Trace, item: Item) -> Cell:
    """The items whose verdict an item takes where nothing verifies it itself: the worst first, passed ones as above."""
    steps = BY_NAME[item.kind].verified_through
    lenders = {one.id for step in steps for one in trace.follow(item, step) if one.id in trace.verdicts}
    ordered = sorted(lenders, key=lambda id_: (_VERDICT_ORDER.index(trace.verdicts[id_]), natural(id_)))
    passed = sum(trace.verdicts[id_] is Verdict.PASSED for id_ in ordered)
    shown = max(SHOWN_PASSED, len(ordered) - passed)
    line: Line = (Text("through"), *(Ref(id_) for id_ in ordered[:shown]))
    return cell(line, _more(len(ordered) - shown)) if lenders else ()


def _more(number: int) -> str:
    return f"and {number} more passed" if number > 0 else ""


def _execution(one: Execution) -> Line:
    parts: list[Part] = [outcome_badge(one.outcome)]
    if one.result and len(one.result.attempts) > 1:
        parts.append(Text(f"({len(one.result.attempts)} attempts)"))
    if one.of:
        parts.append(Ref(one.of))
    parts.append(Text(one.name))
    if one.note:
        parts.append(Text(f"({one.note})"))
    if one.result:
        parts.append(Place(one.location))
    return tuple(parts)


def outcome_badge(outcome: Outcome, count: int | None = None) -> Badge:
    """The outcome of an execution, or of a number of them."""
    words = outcome.replace("_", " ")
    return Badge(words if count is None else f"{count} {words}", _OUTCOME_TONES.get(outcome, Tone.OPEN))


def outcome_counts(executed: Iterable[Execution | TestResult]) -> Cell:
    """How many executions had which outcome, worst first, in one line."""
    counts = Counter(one.outcome for one in executed)
    line = tuple(outcome_badge(outcome, counts[outcome]) for outcome in Outcome if counts[outcome])
    return (line,) if line else ()


# --- risks -----------------------------------------------------------------------------------------------------------


def initial_acceptability(trace: Trace, risk: Item) -> Acceptability:
    """What the criteria say of a risk before control (ISO 14971 clause 6)."""
    return trace.settings.risk_matrix.acceptability(risk.text("severity"), risk.text("probability"))


def residual_acceptability(trace: Trace, risk: Item) -> Acceptability | None:
    """What the criteria say of a risk after control (ISO 14971 7.3), estimated anew, with nothing carried over.

    `None` where nothing controls the risk and nothing is estimated: then what was said before control stands.
    """
    severity, probability = risk.text("residual_severity"), risk.text("residual_probability")
    if severity or probability or mitigations(trace, risk):
        return trace.settings.risk_matrix.acceptability(severity, probability)
    return None


def mitigations(trace: Trace, risk: Item) -> dict[str, Item | None]:
    """What controls a risk: the ID of each mitigation with the cause it does so through, `None` where directly."""
    found: dict[str, Item | None] = dict.fromkeys(_controls(trace, risk))
    for cause in trace.origins(risk, "contributes_to"):
        if cause.kind == "cause":
            for id_ in _controls(trace, cause):
                found.setdefault(id_, cause)
    return found


def _controls(trace: Trace, controlled: Item) -> Iterator[str]:
    return (one.id for one in trace.origins(controlled, "controls") if one.kind == "mitigation")


def acceptability_badge(acceptability: Acceptability) -> Badge:
    """The acceptability of a risk as a sign."""
    return Badge(acceptability, _ACCEPTABILITY_TONES.get(acceptability, Tone.OPEN))


def initial_cell(trace: Trace, risk: Item) -> Cell:
    """The acceptability of a risk before control."""
    return cell(acceptability_badge(initial_acceptability(trace, risk)))


def residual_cell(trace: Trace, risk: Item) -> Cell:
    """The acceptability of a risk after control."""
    acceptability = residual_acceptability(trace, risk)
    return () if acceptability is None else cell(acceptability_badge(acceptability))


# --- documents -------------------------------------------------------------------------------------------------------


def last_revision(document: Item) -> Revision | None:
    """The newest line of the history of a document, the upper of two of one day."""
    return max(revisions(document.text("history")), key=lambda one: one.date, default=None)


def is_behind(document: Item) -> bool:
    """Whether the history of a document, where it has one, does not tell of the revision that it is in."""
    last = last_revision(document)
    return last is not None and document.text("revision") not in ("", last.name)


# --- safety classes --------------------------------------------------------------------------------------------------


def safety_class_cell(trace: Trace, item: Item) -> Cell:
    """The class in force of a software item or SOUP, and where it comes from (IEC 62304 4.3)."""
    found = trace.safety_classes.get(item.id)
    if found is None:
        return ()
    sources = sorted((one.id for one in above(trace, item) if trace.safety_classes[one.id] is found), key=natural)
    if sources:
        more = (Text(f"and {len(sources) - 1} more"),) if len(sources) > 1 else ()
        return cell((Text(f"{found}, from"), Ref(sources[0]), *more))
    as_stated = found is stated_class(item) and found is not inherited_class(trace, item)
    return cell(f"{found}, as stated" if as_stated else f"{found}, from the software system")


# --- SOUP ------------------------------------------------------------------------------------------------------------


def is_in_use(trace: Trace, soup: Item) -> bool:
    """Whether the declared version is among the exact ones in use; true where no manifest tells an exact one."""
    uses = [trace.uses[key] for key in trace.soup_uses.get(soup.id, ()) if trace.uses[key].versions]
    return not uses or any(_among(soup.text("designator"), use.versions, use) for use in uses)


def is_missing(trace: Trace, soup: Item) -> bool:
    """Whether no manifest names a SOUP although manifests of its ecosystem were read, or its package URL is none."""
    purl = soup.text("purl")
    if not purl or trace.soup_uses.get(soup.id, ()):
        return False
    found = parsed(purl)
    return found is None or found.type in trace.ecosystems


def undeclared_versions(trace: Trace, use: Use) -> list[str]:
    """The exact versions in use of a package that is declared, but in other versions only."""
    declared = [soup.text("designator") for soup in trace.declaring.get(use.key, ())]
    return [version for version in use.versions if not _among(version, declared, use)] if declared else []


def has_undeclared_versions(trace: Trace, soup: Item) -> bool:
    """Whether a package that a SOUP declares is in use in a version that none declares."""
    return any(undeclared_versions(trace, trace.uses[key]) for key in trace.soup_uses.get(soup.id, ()))


def _among(version: str, versions: Iterable[str], use: Use) -> bool:
    return any(same_version(version, one, use.ecosystem) for one in versions)


def in_use_cell(trace: Trace, soup: Item) -> Cell:
    """Each version of a SOUP that manifests name, with its place and whether it is not declared; or that none does."""
    lines = [line for key in trace.soup_uses.get(soup.id, ()) for line in use_lines(trace, trace.uses[key])]
    if lines:
        return cell(*lines)
    missing = is_missing(trace, soup)
    return cell(Badge("in no manifest", Tone.BAD) if missing else Badge("no manifest covers it", Tone.QUIET))


def use_lines(trace: Trace, use: Use) -> Iterator[Line]:
    """Each exact version of a package in use with its most telling place; else each range that is asked for."""
    components = sorted(use.components, key=lambda one: (not one.direct, one.location))
    places = {component.version: component.location for component in reversed(components)}
    undeclared = undeclared_versions(trace, use)
    for version in use.versions:
        mark = (Badge("not declared", Tone.BAD),) if version in undeclared else ()
        yield Text(version), *mark, Place(places[version])
    if not use.versions:
        for component in components:
            wanted = (Text(component.requested),) if component.requested else ()
            yield *wanted, Badge("no exact version", Tone.OPEN), Place(component.location)
