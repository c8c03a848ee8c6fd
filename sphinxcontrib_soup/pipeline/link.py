"""Link: items and evidence become one trace, with the executions and the verdict of each item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sphinxcontrib_soup.identity import package_key, package_name
from sphinxcontrib_soup.kinds import BY_NAME, listed
from sphinxcontrib_soup.model import (
    CHECK,
    SUBJECT,
    Attempt,
    CodeUse,
    Component,
    EarlierBuild,
    Evidence,
    Execution,
    Item,
    LicenceStatement,
    Outcome,
    PublicName,
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
from sphinxcontrib_soup.pipeline.code import code_order, interfaces, soup_code
from sphinxcontrib_soup.safety import after_sources, safety_classes
from sphinxcontrib_soup.shared import with_shared

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
    code: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Trace:
    """Join items and evidence into the trace; the same facts in any order give an equal trace.

    The verdict of an item is the worst of the executions that verify it directly. An item that nothing verifies
    directly takes the worst verdict of the items it is verified through (:attr:`kinds.Kind.verified_through`).
    Skipped, blocked and not-run executions never count as passed (IEC 62304 5.7). A result that names a part of an item
    verifies the item. What SOUPs share is given to those that do not say it themselves.

    :param parts: the IDs of parts, each with that of its item
    :param code: the paths of the files that each software item is made of, by its ID
    """
    by_id = {item.id: with_shared(item, settings) for item in sorted(items, key=lambda one: one.id)}
    found = list(evidence)
    checks = _checks(by_id.values())
    results = tuple(
        sorted((_naming(_whole(one, parts), checks) for one in found if isinstance(one, TestResult)), key=_result_order)
    )
    components = tuple(sorted((one for one in found if isinstance(one, Component)), key=_component_order))
    uses = _uses(_in_use(components))
    files = tuple(sorted(sources, key=lambda one: one.path))
    soup_uses = {item.id: _soup_uses(item, uses) for item in by_id.values() if item.kind == "soup"}
    code_uses = tuple(sorted((one for one in found if isinstance(one, CodeUse)), key=code_order))
    trace = Trace(
        settings=settings,
        items=by_id,
        others=frozenset(others),
        rejections=tuple(sorted(rejections, key=lambda one: (one.location, one.id or "", one.problem))),
        components=components,
        results=results,
        licence_statements=_stated(found, files),
        earlier_builds=tuple(
            sorted((one for one in found if isinstance(one, EarlierBuild)), key=lambda one: (one.date, one.location))
        ),
        unread=tuple(
            sorted((one for one in found if isinstance(one, Unread)), key=lambda one: (one.location, one.reason))
        ),
        sources=files,
        uses=uses,
        soup_uses=soup_uses,
        code_uses=code_uses,
        soup_code=soup_code(by_id.values(), soup_uses, code_uses),
        item_code={id_: tuple(sorted(set(code[id_]))) for id_ in sorted(code) if code[id_]},
        interfaces=interfaces(by_id.values(), code, (one for one in found if isinstance(one, PublicName))),
    )
    named = _executions(trace)
    executed = replace(
        trace,
        executions=_through(trace, named, "verifies", keep=named),
        effectiveness=_through(trace, named, "verifies_effectiveness", keep={}),
    )
    return replace(executed, verdicts=verdicts(executed), safety_classes=safety_classes(executed))


def _whole(result: TestResult, parts: Mapping[str, str]) -> TestResult:
    """A result that names items in the place of their parts."""
    if parts.keys().isdisjoint(result.verifies):
        return result
    return replace(result, verifies=tuple(dict.fromkeys(parts.get(id_, id_) for id_ in result.verifies)))


def _checks(items: Iterable[Item]) -> Mapping[str, tuple[str, ...]]:
    """The items that name the checks of a scanner that verify them, by the ID of the check."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for check in listed(item, "checks"):
            found[check].append(item.id)
    return {check: tuple(ids) for check, ids in found.items()}


def _naming(result: TestResult, checks: Mapping[str, tuple[str, ...]]) -> TestResult:
    """A result that names the items whose check it is, too: by its name, or by another identifier of the check."""
    if not checks:
        return result
    told = [result.name, *(value for name, value in result.properties if name == CHECK)]
    ids = [id_ for one in told for id_ in checks.get(one, ())]
    return replace(result, verifies=tuple(dict.fromkeys([*result.verifies, *ids]))) if ids else result


def _result_order(result: TestResult) -> tuple[object, ...]:
    return (result.location.path, result.location.line or 0, *(part or "" for part in result.case), result.outcome)


def _component_order(component: Component) -> tuple[object, ...]:
    return (component.name, component.version or "", component.location.path, component.location.line or 0)


def _stated(evidence: Iterable[Evidence], files: Iterable[SourceFile]) -> tuple[LicenceStatement, ...]:
    """What is said of licences, of the package that the project states for the file where it states one."""
    packages = {file.path: file.facts["package"] for file in files if "package" in file.facts}
    statements = (
        replace(one, package=packages[one.location.path], version=None, purl=None)
        if one.location.path in packages
        else one
        for one in evidence
        if isinstance(one, LicenceStatement)
    )
    return tuple(sorted(statements, key=lambda one: (one.location, one.package)))


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
        execution = Execution(outcome=result.outcome, name=result.title, location=result.location, result=result)
        for id_ in dict.fromkeys(result.verifies):
            found[id_].append(execution)
    for item in trace.of_kind("soup-requirement"):
        found[item.id] += _missing_checks(item, found.get(item.id, ()))
    for item in trace.of_kind("verification"):
        found[item.id].append(_recorded(item))
    for item in trace.of_kind("test"):
        if item.id not in found:
            found[item.id].append(
                Execution(outcome=Outcome.NOT_RUN, name=item.title, location=item.location, of=item.id)
            )
    return {id_: tuple(executions) for id_, executions in found.items() if executions}


def _missing_checks(item: Item, executions: Iterable[Execution]) -> list[Execution]:
    """The checks that an item names and nobody carried out: without them what passed does not suffice."""
    results = [one.result for one in executions if one.result]
    done = {one.name for one in results} | {value for one in results for name, value in one.properties if name == CHECK}
    return [
        Execution(outcome=Outcome.NOT_RUN, name=check, location=item.location, note="a check that no results hold")
        for check in listed(item, "checks")
        if check not in done
    ]


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
    for id_ in after_sources(lenders):
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
