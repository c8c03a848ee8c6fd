"""The record of a release: what it consists of, what it stands on, and what speaks against it.

Everything in it is computed: where it comes from, how far it is verified, its findings and anomalies, documents with
their revisions, software items with the digests of their code, SOUPs, and evidence files with their digests. The digest
of the code of an item is that of the list which ``sha256sum`` prints for its files, in the order of their paths. A row
is a gap where something speaks against a release, and says what. The record itself approves nothing.
Clauses: IEC 62304 5.8.1 to 5.8.6, 8.1.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sphinxcontrib_soup.anomalies import objections, residual_anomalies
from sphinxcontrib_soup.cells import (
    in_use_cell,
    is_behind,
    is_in_use,
    is_missing,
    last_revision,
    named,
    outcome_counts,
)
from sphinxcontrib_soup.model import (
    Cell,
    Column,
    Dossier,
    Item,
    Judgement,
    Location,
    Outcome,
    Phase,
    Place,
    Provenance,
    Ref,
    Row,
    Settings,
    Severity,
    SourceFile,
    Table,
    Text,
    Trace,
    Verdict,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.progress import labelled, verdicts_by_kind, verdicts_of_effectiveness
from sphinxcontrib_soup.provenance import digest_of
from sphinxcontrib_soup.tables import by_id, natural, outline
from sphinxcontrib_soup.wording import counted, listing, unstated

_COLUMNS = (
    Column("part", "Part", width=2),
    Column("name", "What", width=4),
    Column("state", "Version or state", width=4),
    Column("stands_on", "Stands on", width=9),
    Column("against", "Speaks against a release", width=4),
)
_MOST = 10
"""How many items a cell names before the others are only counted."""


@view("release-record")
def release_record(dossier: Dossier, _: NoOptions) -> Table:
    """What a release consists of and stands on, and what speaks against it."""
    rows = tuple(_rows(dossier))
    against = sum(row.gap for row in rows)
    said = f"{counted(against, 'row')} of {len(rows)}" if against else "nothing in this record"
    return Table(
        name="release-record",
        title="Release record",
        columns=_COLUMNS,
        rows=rows,
        empty="",
        notes=(
            f"Speaks against a release: {said}.",
            "The record is computed from sources and evidence; it approves nothing.",
        ),
    )


def _rows(dossier: Dossier) -> Iterator[Row]:
    trace = dossier.trace
    yield from _release(dossier.provenance, trace.settings)
    yield from _verification(trace)
    yield _anomalies(residual_anomalies(trace))
    yield from _findings(dossier.judgement)
    yield from (_document(document) for document in by_id(trace.of_kind("document")))
    files = {file.path: file for file in trace.sources}
    for _, item in outline(trace):
        yield _software(trace, item, [files[path] for path in trace.item_code.get(item.id, ()) if path in files])
    yield from (_soup(trace, soup) for soup in by_id(trace.of_kind("soup")))
    yield from _packages(trace)
    broken = {one.location.path for one in trace.unread}
    yield from (_evidence(file, file.path in broken) for file in trace.evidence_files)


def _row(
    part: str, name: Cell | str, state: Cell | str, stands_on: Cell | str = "", against: Iterable[str] = ()
) -> Row:
    """A row; what speaks against a release makes it a gap."""
    cells = (cell(one) if isinstance(one, str) else one for one in (part, name, state, stands_on))
    objected = cell(*against)
    return Row((*cells, objected), gap=bool(objected))


# --- what the release consists of ------------------------------------------------------------------------------------


def _release(provenance: Provenance, settings: Settings) -> Iterator[Row]:
    """Where it comes from and by which settings it was judged."""
    part, release = "Release", provenance.release
    yield _row(part, provenance.project or "Project", release, against=_unless(release, "no release is stated"))
    yield _commit(provenance)
    yield _row(part, "As of", provenance.date or "", against=_unless(provenance.date, "no date is known"))
    judged = [] if settings.phase is Phase.RELEASE else [f"it is judged as in {settings.phase}, not as at a release"]
    yield _row(part, "Phase", settings.phase, against=judged)
    stated = settings.safety_class is not None
    yield _row(
        part,
        "Safety class",
        settings.class_in_force,
        settings.safety_class_rationale if stated else "none is stated, so it counts as the highest",
        () if stated else ["no safety class is stated"],
    )
    yield _row(part, "This record", provenance.tool)


def _commit(provenance: Provenance) -> Row:
    if provenance.commit is None:
        return _row("Release", "Commit", "", against=["no commit is known"])
    if provenance.dirty:
        return _row("Release", "Commit", provenance.commit, against=["files differ from the commit"])
    return _row("Release", "Commit", provenance.commit, "all files under version control are as in it")


def _unless(stated: object, objection: str) -> list[str]:
    return [] if stated else [objection]


def _software(trace: Trace, item: Item, code: list[SourceFile]) -> Row:
    proof = (f"{counted(len(code), 'file')} of code, SHA-256", digest_of(code)) if code else ()
    return _row("Software", cell(named(item)), f"class {trace.safety_classes[item.id]}", cell(*proof))


def _soup(trace: Trace, soup: Item) -> Row:
    against = _unless(not unstated(soup.text("designator")), "no version is stated")
    if is_missing(trace, soup):
        against.append("no manifest names it")
    elif not is_in_use(trace, soup):
        against.append("another version is in use")
    return _row("SOUP", cell(named(soup)), soup.text("designator"), in_use_cell(trace, soup), against)


def _packages(trace: Trace) -> Iterator[Row]:
    """The packages in the device that are no SOUP items: those that came along, and those that nobody declared."""
    others = [use for key, use in trace.uses.items() if use.in_device and key not in trace.declaring]
    if others:
        names = sorted((use.name for use in trace.undeclared), key=natural)
        against = [f"not declared: {listing(names)}"] if names else []
        yield _row("SOUP", "Other packages in the device", str(len(others)), "listed in the inventory", against)


def _document(document: Item) -> Row:
    last = last_revision(document)
    against = _unless(document.text("revision"), "no revision is stated")
    against += ["its history is behind"] if is_behind(document) else []
    return _row(
        "Document",
        cell(named(document), document.text("number")),
        document.text("revision"),
        f"{last.date}, {last.author}" if last else "",
        against,
    )


# --- what it stands on -----------------------------------------------------------------------------------------------


def _evidence(file: SourceFile, broken: bool) -> Row:
    against = ["it is not read, or not whole"] if broken or file.reader is None else []
    return _row(
        "Evidence",
        cell(Place(Location(file.path))),
        f"read as {file.reader}" if file.reader else "",
        file.sha256 or "",
        against,
    )


def _verification(trace: Trace) -> Iterator[Row]:
    """How far the items of each kind are verified, and how the results ended."""
    for label, verdicts in labelled(verdicts_by_kind(trace), verdicts_of_effectiveness(trace)):
        counts = Counter(verdicts.values())
        against = [f"{counts[one]} {one}" for one in Verdict if counts[one] and one is not Verdict.PASSED]
        open_ = [id_ for id_, verdict in verdicts.items() if verdict is not Verdict.PASSED]
        state = f"{counts[Verdict.PASSED]} of {len(verdicts)} passed"
        yield _row("Verification", label, state, _ids(open_), against)
    outcomes = outcome_counts(trace.results)
    files = len({one.location.path for one in trace.results})
    unmet = sum(one.outcome is not Outcome.PASSED for one in trace.results)
    against = [f"{unmet} not passed"] if unmet else _unless(outcomes, "there is none")
    yield _row("Verification", "Results", outcomes, counted(files, "file"), against)


def _anomalies(residual: list[Item]) -> Row:
    open_ = [one.id for one in residual if objections(one)]
    against = [f"not shown to be acceptable: {listing(open_)}"] if open_ else []
    return _row("Anomalies", "That stay in the release", str(len(residual)), _ids(one.id for one in residual), against)


def _ids(ids: Iterable[str]) -> Cell:
    """The first of some items, and how many more there are."""
    ordered = sorted(ids, key=natural)
    more = (Text(f"and {len(ordered) - _MOST} more"),) if len(ordered) > _MOST else ()
    return cell((*map(Ref, ordered[:_MOST]), *more)) if ordered else ()


def _findings(judgement: Judgement) -> Iterator[Row]:
    """How many findings there are of each level, by rule, and which rules were not applied."""
    for severity in reversed(Severity):
        rules = Counter(one.rule for one in judgement.findings if one.severity is severity)
        said = listing((f"{rule} ({rules[rule]})" for rule in sorted(rules)), most=len(rules))
        against = [counted(rules.total(), "error")] if severity is Severity.ERROR and rules else []
        yield _row("Findings", severity.capitalize(), str(rules.total()), said, against)
    off = sorted((name, count.off) for name, count in judgement.counts.items() if count.off)
    yield _row("Findings", "Rules not applied", str(len(off)), cell(*(f"{name}: {why}" for name, why in off)))
