"""Link: items and evidence become one trace, with the executions and the verdict of each item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from sphinxcontrib_soup.identity import package_key, package_name
from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import (
    SUBJECT,
    Attempt,
    Component,
    Evidence,
    Execution,
    Item,
    Outcome,
    Rejection,
    Settings,
    SourceFile,
    TestResult,
    Trace,
    Unread,
    Use,
    Verdict,
    verdict_of,
    worst,
)

Executions = Mapping[str, tuple[Execution, ...]]


def link(
    items: Iterable[Item],
    evidence: Iterable[Evidence],
    settings: Settings,
    *,
    rejections: Iterable[Rejection] = (),
    sources: Iterable[SourceFile] = (),
    others: Iterable[str] = (),
    parts: Mapping[str, str] = MappingProxyType({}),
) -> Trace:
    """Join items and evidence into the trace; the same facts in any order give an equal trace.

    The verdict of an item is the worst of the executions that verify it directly. An item that nothing verifies
    directly takes the worst verdict of the items it is verified through (:attr:`kinds.Kind.verified_through`).
    Skipped, blocked and not-run executions never count as passed (IEC 62304 5.7). A result that names a part of an item
    verifies the item.

    :param parts: the IDs of parts, each with that of its item
    """
    by_id = {item.id: item for item in sorted(items, key=lambda one: one.id)}
    found = list(evidence)
    results = tuple(sorted((_whole(one, parts) for one in found if isinstance(one, TestResult)), key=_result_order))
    components = tuple(sorted((one for one in found if isinstance(one, Component)), key=_component_order))
    uses = _uses(_in_use(components))
    trace = Trace(
        settings=settings,
        items=by_id,
        others=frozenset(others),
        rejections=tuple(sorted(rejections, key=lambda one: (one.location, one.id or "", one.problem))),
        components=components,
        results=results,
        unread=tuple(
            sorted((one for one in found if isinstance(one, Unread)), key=lambda one: (one.location, one.reason))
        ),
        sources=tuple(sorted(sources, key=lambda one: one.path)),
        uses=uses,
        soup_uses={item.id: _soup_uses(item, uses) for item in by_id.values() if item.kind == "soup"},
    )
    named = _executions(trace)
    executed = replace(
        trace,
        executions=_through(trace, named, "verifies", keep=named),
        effectiveness=_through(trace, named, "verifies_effectiveness", keep={}),
    )
    return replace(executed, verdicts=verdicts(executed))


def _whole(result: TestResult, parts: Mapping[str, str]) -> TestResult:
    """A result that names items in the place of their parts."""
    if parts.keys().isdisjoint(result.verifies):
        return result
    return replace(result, verifies=tuple(dict.fromkeys(parts.get(id_, id_) for id_ in result.verifies)))


def _result_order(result: TestResult) -> tuple[object, ...]:
    return (result.location.path, result.location.line or 0, *(part or "" for part in result.case), result.outcome)


def _component_order(component: Component) -> tuple[object, ...]:
    return (component.name, component.version or "", component.location.path, component.location.line or 0)


# --- executions ------------------------------------------------------------------------------------------------------


def run_of_cases(results: Iterable[TestResult]) -> list[TestResult]:
    """One result for each test case of each run (a file is a run): the worst, with every attempt of that run kept."""
    runs: dict[tuple[object, ...], list[TestResult]] = defaultdict(list)
    for result in results:
        runs[(result.location.path, *result.case)].append(result)
    return [_one_result(several) for several in runs.values()]


def _one_result(several: list[TestResult]) -> TestResult:
    if len(several) == 1:
        return several[0]
    decisive = worst(one.outcome for one in several)
    shown = next(one for one in several if one.outcome is decisive)
    attempts = [
        attempt for one in several for attempt in (one.attempts or (Attempt(outcome=one.outcome, message=one.message),))
    ]
    verifies = dict.fromkeys(id_ for one in several for id_ in one.verifies)
    return replace(shown, attempts=tuple(attempts), verifies=tuple(verifies))


def _executions(trace: Trace) -> Executions:
    """What names an item itself: results by their `verifies`, and the record of a verification by other means."""
    found: dict[str, list[Execution]] = defaultdict(list)
    for result in run_of_cases(trace.results):
        execution = Execution(outcome=result.outcome, name=_title(result), location=result.location, result=result)
        for id_ in dict.fromkeys(result.verifies):
            found[id_].append(execution)
    for item in trace.of_kind("verification"):
        found[item.id].append(_recorded(item))
    for item in trace.of_kind("test"):
        if item.id not in found:
            found[item.id].append(
                Execution(outcome=Outcome.NOT_RUN, name=item.title, location=item.location, of=item.id)
            )
    return {id_: tuple(executions) for id_, executions in found.items()}


def _title(result: TestResult) -> str:
    return f"{result.classname}::{result.name}" if result.classname else result.name


def _recorded(item: Item) -> Execution:
    """The execution that a verification item records; without who, when and the record it does not count as run."""
    by, on, record = item.text("performed_by"), item.text("performed_on"), item.text("record")
    stated = item.text("outcome")
    complete = bool(by and on and record) and stated in set(Outcome)
    return Execution(
        outcome=Outcome(stated) if complete else Outcome.NOT_RUN,
        name=item.title,
        location=item.location,
        of=item.id,
        note=f"{item.text('method') or 'verification'} by {by} on {on}, record: {record}" if complete else "",
    )


def _through(trace: Trace, executions: Executions, link_type: str, keep: Executions) -> Executions:
    """Hand the executions of tests and verifications on to the items they link to, beside those in `keep`."""
    found: dict[str, list[Execution]] = defaultdict(list, {id_: list(several) for id_, several in keep.items()})
    for item in trace.of_kind("test", "verification"):
        for target in dict.fromkeys(item.links.get(link_type, ())):
            found[target] += [replace(one, of=item.id) for one in executions.get(item.id, ())]
    return {id_: tuple(found[id_]) for id_ in sorted(found) if id_ in trace.items}


# --- verdicts --------------------------------------------------------------------------------------------------------


def verdicts(trace: Trace) -> dict[str, Verdict]:
    """The verdict of each item that can have one. Items that lend each other their verdict in a circle are untested."""
    verifiable = [item for item in trace.items.values() if BY_NAME[item.kind].verifiable]
    lenders = {item.id: [] if item.id in trace.executions else _lenders(trace, item) for item in verifiable}
    found = dict.fromkeys(lenders, Verdict.UNTESTED)
    for id_ in _ordered(lenders):
        if id_ in trace.executions:
            found[id_] = verdict_of(execution.outcome for execution in trace.executions[id_])
        elif lenders[id_]:
            found[id_] = worst(found[lender] for lender in lenders[id_])
    return found


def _lenders(trace: Trace, item: Item) -> list[str]:
    lenders: list[Item] = []
    for step in BY_NAME[item.kind].verified_through:
        lenders += trace.follow(item, step)
    return [lender.id for lender in lenders if BY_NAME[lender.kind].verifiable]


def _ordered(lenders: Mapping[str, list[str]]) -> Iterable[str]:
    """Items after those that lend to them; what hangs on a circle is left out."""
    sorter = TopologicalSorter(lenders)
    with suppress(CycleError):  # the sorter still gives every item outside of the circles
        sorter.prepare()
    while ready := sorter.get_ready():
        yield from ready
        sorter.done(*ready)


# --- components ------------------------------------------------------------------------------------------------------


def use_key(component: Component) -> str:
    """What groups the components that are one package: the package URL without version, else the name."""
    return (package_key(component.purl) if component.purl else None) or component.name


def _in_use(components: Sequence[Component]) -> Iterator[Component]:
    """The components without what their SBOM is about: that is the product, or a part of it.

    An SBOM that says it is about all of several packages is a list of them, and about none.
    """
    listed = Counter(one.location.path for one in components)
    subjects = Counter(one.location.path for one in components if SUBJECT in one.properties)
    for one in components:
        path = one.location.path
        if SUBJECT not in one.properties or 1 < subjects[path] == listed[path]:
            yield one


def _uses(components: Iterable[Component]) -> dict[str, Use]:
    grouped: dict[str, list[Component]] = defaultdict(list)
    for component in components:
        grouped[use_key(component)].append(component)
    return {
        key: Use(key=key, name=_use_name(key, grouped[key][0]), components=tuple(grouped[key]))
        for key in sorted(grouped)
    }


def _use_name(key: str, component: Component) -> str:
    return package_name(key) if key.startswith("pkg:") else component.name


def _soup_uses(item: Item, uses: Mapping[str, Use]) -> tuple[str, ...]:
    """The packages in use that a SOUP item declares: by its package URL, or by its title where it has none."""
    purl = item.text("purl")
    if purl:
        key = package_key(purl)
        return (key,) if key is not None and key in uses else ()
    return tuple(key for key, use in uses.items() if use.name.casefold() == item.title.casefold())
