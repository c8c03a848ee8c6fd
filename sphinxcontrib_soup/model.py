"""Facts and the trace that joins them: frozen values, standard library only.

Authors write *items*, readers find *evidence* (components, test results), and the trace joins both. Every fact has a
:class:`Location`. Nothing here knows how a fact was found or how it will be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

Ranked = TypeVar("Ranked", bound=StrEnum)
FieldValue = str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: posix path, relative to the folder the reader of a message starts from, and a line from 1.

    Places sort by path and line, a file as a whole before its lines.
    """

    path: str
    line: int | None = None

    def __lt__(self, other: Location) -> bool:
        return (self.path, self.line or 0) < (other.path, other.line or 0)

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class SafetyClass(StrEnum):
    """Software safety class (IEC 62304 4.3)."""

    A = "A"
    B = "B"
    C = "C"


class Phase(StrEnum):
    """How strictly rules are applied: while the software is developed, or when it is released."""

    DEVELOPMENT = "development"
    RELEASE = "release"


class Severity(StrEnum):
    """How much a finding weighs; the gate of the command line is `error` unless it is tightened."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return tuple(Severity).index(self)


class Basis(StrEnum):
    """What a rule stands on: the text of a standard, a published guidance, or good practice."""

    NORMATIVE = "normative"
    GUIDANCE = "guidance"
    PRACTICE = "practice"


class Scope(StrEnum):
    """What a component is used for, as its manifest says."""

    RUNTIME = "runtime"
    DEVELOPMENT = "development"
    OPTIONAL = "optional"
    BUILD = "build"
    TEST = "test"


TOOLS = frozenset({Scope.DEVELOPMENT, Scope.BUILD, Scope.TEST})
"""What serves the making of the device and does not go into it."""


class Outcome(StrEnum):
    """The outcome of one execution of a test, worst first."""

    ERROR = "error"
    FAILED = "failed"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    NOT_RUN = "not_run"
    PASSED = "passed"


class Verdict(StrEnum):
    """What the executions say of an item. Computed, never typed by hand."""

    FAILED = "failed"
    UNTESTED = "untested"
    PASSED = "passed"


def worst(values: Iterable[Ranked]) -> Ranked:
    """The worst of one or more values of an enumeration that is declared worst first."""
    found = list(values)
    return min(found, key=list(type(found[0])).index)


def verdict_of(outcomes: Iterable[Outcome]) -> Verdict:
    """The verdict that executions give: any failure fails, and only passed ones, at least one, pass."""
    seen = set(outcomes)
    if seen & {Outcome.FAILED, Outcome.ERROR}:
        return Verdict.FAILED
    return Verdict.PASSED if seen == {Outcome.PASSED} else Verdict.UNTESTED


# --- evidence: what readers find -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A third-party component as a manifest, lock file or SBOM names it; `None` where the file cannot say.

    `name` is the ecosystem's own full name, `requested` the range as it is written, `direct` whether the project
    itself asked for it, `purl` the package URL (https://github.com/package-url/purl-spec). `hashes` are those of its
    files, each as `algorithm:hex`. `requires` names what it needs itself, as the file resolves it: by package URL, from
    which the version is left out where the file has only one, or by name where there is none. `supplier` is who makes
    or supplies it; `properties` are pairs of a name and a value: what else the file says of it, and what it takes to
    say it again.
    """

    name: str
    location: Location
    version: str | None = None
    purl: str | None = None
    requested: str | None = None
    direct: bool | None = None
    scope: Scope | None = None
    licence: str | None = None
    supplier: str | None = None
    hashes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


SUBJECT = ("described", "yes")
"""The property of a component that is what its SBOM is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One of several tries at the same test case within a run."""

    outcome: Outcome
    message: str | None = None


CHECK = "check"
"""The property of a test result that gives another identifier of the check of a scanner that it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One test case of one run, with its outcome (the worst where a runner gave several for one try).

    `duration` is in seconds, `verifies` names the items that the test itself says it verifies, `attempts` holds every
    try, in order, where the runner made or reported more than one, `executed_on` is the time stamp as written.
    """

    __test__ = False  # pytest would take the name for a test class

    name: str
    outcome: Outcome
    location: Location
    classname: str | None = None
    suite: str | None = None
    duration: float | None = None
    verifies: tuple[str, ...] = ()
    message: str | None = None
    attempts: tuple[Attempt, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    executed_on: str | None = None

    @property
    def case(self) -> tuple[str | None, str | None, str]:
        """What makes two results of one run the same test case."""
        return (self.suite, self.classname, self.name)

    @property
    def title(self) -> str:
        """What people call the test case: its name, within its class where it has one."""
        return f"{self.classname}::{self.name}" if self.classname else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUse:
    """A file of code imports something, at a line; what is imported may be third-party or the project's own.

    `name` is written as the language writes it (`numpy.linalg`, `@babel/core/lib`, `boost/asio.hpp`), and `None` where
    it is known only when the code runs. `packages` are those that it may mean by its name alone, by package URL without
    version, the closest first; none where names of packages and of imports have nothing to do with each other.
    `symbols` are what the file uses of it, where the language tells.
    """

    location: Location
    name: str | None = None
    packages: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicName:
    """A name that a file of code offers to others, with its signature as the language writes it."""

    name: str
    signature: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something that should have become evidence and did not, with the reason in words for people."""

    reason: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStatement:
    """What a file that belongs to a package says of its licence.

    Metadata of an installed package states the `licence`; a file with terms is that `text`, whole. `package` is the
    ecosystem's own full name of the package, or an ID or a package URL that the project states.
    """

    package: str
    location: Location
    version: str | None = None
    purl: str | None = None
    licence: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a build came from. `commit` and `dirty` are `None` where git does not tell, `date` is an ISO date."""

    project: str
    release: str
    tool: str
    date: str | None = None
    commit: str | None = None
    dirty: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a dossier was in one build: how many items of each kind had which verdict, and what was open.

    `effectiveness` counts the mitigations by whether they work, apart from whether they are implemented.
    """

    provenance: Provenance
    items: Mapping[str, Mapping[Verdict, int]]
    effectiveness: Mapping[Verdict, int]
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierBuild:
    """What a file keeps of the progress of an earlier build, which has a date; the location is that of the date."""

    progress: Progress
    location: Location

    @property
    def date(self) -> str:
        return self.progress.provenance.date or ""


Evidence = Component | TestResult | LicenceStatement | CodeUse | PublicName | EarlierBuild | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that evidence came from: its digest, the reader that claimed it, and what the project says of it.

    `facts` are the keys of its entry in `soup_evidence` beside `files` (level, kind, configuration, tester …).
    `imports` are the types of package URL that its imports can be of, where it is code. `ecosystem` is the type of
    package URL of all that such a file can name, empty where it is any; `locks` are the names of the files that hold,
    beside a manifest, the exact versions of what it asks for.
    """

    path: str
    sha256: str | None
    reader: str | None
    facts: Mapping[str, str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    ecosystem: str = ""
    locks: tuple[str, ...] = ()


# --- items: what authors write ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One authored item. `kind` is one of :mod:`kinds`, `type` the directive that was written (the same unless mapped).

    `links` holds the stored direction only: link type to the IDs it names. `shared` names the fields whose value is one
    of `soup_defaults`, each with the pattern that gives it.
    """

    id: str
    kind: str
    title: str
    location: Location
    type: str = ""
    statement: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    document: str = ""
    shared: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field as text, empty where it is not set."""
        value = self.fields.get(name, "")
        if isinstance(value, bool):
            return "yes" if value else "no"
        return value if isinstance(value, str) else ", ".join(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """An item that was written and could not be taken as it stands. `kept` tells whether the rest of it was."""

    id: str | None
    kind: str
    title: str
    problem: str
    location: Location
    kept: bool = False


# --- settings that judgement needs -----------------------------------------------------------------------------------


class Acceptability(StrEnum):
    """What the manufacturer's criteria say of a cell of the risk matrix (ISO 14971 clause 6)."""

    ACCEPTABLE = "acceptable"
    INVESTIGATE = "investigate"
    UNACCEPTABLE = "unacceptable"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskMatrix:
    """Criteria of risk acceptability: severities and probabilities from least to most, and a cell for each pair.

    `cells[p][s]` belongs to `probabilities[p]` and `severities[s]`. `classes` holds, for each severity, the class of
    software that can lead to such a harm; it is empty where that is not stated. `stated` is false for the example
    matrix that stands in until the manufacturer states its own.
    """

    severities: tuple[str, ...]
    probabilities: tuple[str, ...]
    cells: tuple[tuple[Acceptability, ...], ...]
    classes: tuple[SafetyClass, ...] = ()
    stated: bool = True

    def acceptability(self, severity: str, probability: str) -> Acceptability:
        if severity not in self.severities or probability not in self.probabilities:
            return Acceptability.UNDETERMINED
        return self.cells[self.probabilities.index(probability)][self.severities.index(severity)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """What a project set for one rule: a level (`None`: off), and why and by whom where it is off."""

    level: Severity | None
    reason: str = ""
    by: str = ""


class Decision(StrEnum):
    """What a project decided of a licence, worst first."""

    DENY = "deny"
    REVIEW = "review"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceWaiver:
    """A package that may be used although the policy does not allow its licence: why, who said so, and until when.

    `package` is an ID, a name or a package URL; `licence` the expression that is waived, empty for whichever it is.
    `until` is the last day as an ISO date.
    """

    package: str
    licence: str = ""
    reason: str = ""
    by: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencePolicy:
    """What the product may hold: SPDX identifiers and categories of licences by decision, and waivers."""

    allow: tuple[str, ...] = ("permissive",)
    review: tuple[str, ...] = ("weak copyleft", "strong copyleft", "commercial")
    deny: tuple[str, ...] = ("non-commercial",)
    waivers: tuple[LicenceWaiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration tells the judgement, free of anything of Sphinx. `written` holds where each is set.

    `as_of` is the ISO date that the dossier speaks of; `None` where it is not known. `soup_defaults` holds, by a
    pattern of package URLs or IDs, the fields that SOUPs share. `planned_life_end` is the ISO date until which the
    device is to be in use, `anomaly_lists_always` whether every SOUP owes its anomaly list.
    """

    risk_matrix: RiskMatrix
    safety_class: SafetyClass | None = None
    safety_class_rationale: str = ""
    phase: Phase = Phase.DEVELOPMENT
    as_of: str | None = None
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    licence_policy: LicencePolicy = LicencePolicy()
    soup_defaults: Mapping[str, Mapping[str, FieldValue]] = field(default_factory=dict)
    planned_life_end: str = ""
    anomaly_lists_always: bool = False
    location: Location = Location("conf.py")
    written: Mapping[str, Location] = field(default_factory=dict)

    @property
    def class_in_force(self) -> SafetyClass:
        """The class of the software system; until it is stated, the software counts as class C (4.3)."""
        return self.safety_class or SafetyClass.C

    def at(self, name: str) -> Location:
        """Where a setting is written; where it is not, the configuration as a whole."""
        return self.written.get(name, self.location)


# --- the trace -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """One execution that counts for an item: what ran, how it ended, where that is written, and how it was named.

    `of` is the test or verification item it was an execution of, if any. `result` is `None` for a verification by
    other means, whose record stands in `note`, and for a test case that nobody has executed.
    """

    outcome: Outcome
    name: str
    location: Location
    of: str | None = None
    result: TestResult | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One third-party package as the project uses it: every component that names it, in one or more versions."""

    key: str
    name: str
    components: tuple[Component, ...]

    @property
    def ecosystem(self) -> str:
        """The type of its package URL, empty where it is known by its name alone."""
        return self.key.removeprefix("pkg:").partition("/")[0] if self.key.startswith("pkg:") else ""

    @property
    def direct(self) -> bool:
        return any(component.direct for component in self.components)

    @property
    def in_device(self) -> bool:
        """Whether it may go into the device: anything not said to serve development, build or test alone."""
        return any(component.scope not in TOOLS for component in self.components)

    @property
    def versions(self) -> tuple[str, ...]:
        """The exact versions in use; those the project asked for itself where a file tells them apart."""
        exact = [component for component in self.components if component.version]
        chosen = [component for component in exact if component.direct] or exact
        return tuple(dict.fromkeys(component.version or "" for component in chosen))

    @property
    def location(self) -> Location:
        """The most telling place: a direct component with an exact version first."""
        return min(self.components, key=lambda one: (not one.direct, not one.version, one.location)).location


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Items and evidence, joined. One trace serves the pages, the PDFs, the gate and the command line.

    `others` are the IDs of needs that are none of ours and stand for no kind: links may lead to them.

    Mappings are keyed by item ID. `executions` holds what verifies an item directly, `effectiveness` what verifies
    that a mitigation works, `verdicts` the computed verdict of each item that can have one, `safety_classes` the class
    in force of each software item and SOUP. `soup_code` holds the imports of each SOUP, `item_code` the files that each
    software item is made of, `interfaces` the public names of those that wrap a SOUP. `earlier_builds` stand by date.
    """

    settings: Settings
    items: Mapping[str, Item]
    others: frozenset[str] = frozenset()
    rejections: tuple[Rejection, ...] = ()
    components: tuple[Component, ...] = ()
    results: tuple[TestResult, ...] = ()
    licence_statements: tuple[LicenceStatement, ...] = ()
    earlier_builds: tuple[EarlierBuild, ...] = ()
    unread: tuple[Unread, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    executions: Mapping[str, tuple[Execution, ...]] = field(default_factory=dict)
    effectiveness: Mapping[str, tuple[Execution, ...]] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    uses: Mapping[str, Use] = field(default_factory=dict)
    soup_uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    code_uses: tuple[CodeUse, ...] = ()
    soup_code: Mapping[str, tuple[CodeUse, ...]] = field(default_factory=dict)
    item_code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    interfaces: Mapping[str, tuple[PublicName, ...]] = field(default_factory=dict)
    safety_classes: Mapping[str, SafetyClass] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> Iterator[Item]:
        """The items of these kinds, by ID."""
        return (item for item in self.items.values() if item.kind in kinds)

    @cached_property
    def incoming(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The computed inverse of every stored link: ID to link type to the IDs of the items that hold it."""
        found: dict[str, dict[str, list[str]]] = {}
        for item in self.items.values():
            for link, targets in item.links.items():
                for target in dict.fromkeys(targets):
                    found.setdefault(target, {}).setdefault(link, []).append(item.id)
        return {id_: {link: tuple(ids) for link, ids in links.items()} for id_, links in found.items()}

    def targets(self, item: Item, link: str) -> tuple[Item, ...]:
        """The items that `item` names by this link type; dangling links are left to their rule."""
        return tuple(self.items[id_] for id_ in dict.fromkeys(item.links.get(link, ())) if id_ in self.items)

    def origins(self, item: Item, link: str) -> tuple[Item, ...]:
        """The items that name `item` by this link type."""
        return tuple(self.items[id_] for id_ in self.incoming.get(item.id, {}).get(link, ()))

    def users(self, soup: Item) -> tuple[Item, ...]:
        """The items that wrap a SOUP or use it, each once."""
        found = {one.id: one for link in ("wraps", "uses") for one in self.origins(soup, link)}
        return tuple(found.values())

    def follow(self, item: Item, step: str) -> tuple[Item, ...]:
        """The items one step away: `step` is a link type as it is stored, or `<-` and one for those that point here."""
        return self.origins(item, step[2:]) if step.startswith("<-") else self.targets(item, step)

    @cached_property
    def ecosystems(self) -> frozenset[str]:
        """The types of package URL that were looked for: those of the packages in use, and of the files that were read.

        A manifest that names nothing any more still tells that nothing of its ecosystem is in use. `generic` is what
        belongs to none: that one such package is named says nothing of others.
        """
        used = {use.ecosystem for use in self.uses.values() if use.ecosystem}
        broken = {one.location.path for one in self.unread}
        read = {one.ecosystem for one in self.sources if one.path not in broken}
        return frozenset((used | read) - {"", "generic"})

    @cached_property
    def declaring(self) -> Mapping[str, tuple[Item, ...]]:
        """The SOUP items that declare each package in use, by its key."""
        found: dict[str, list[Item]] = {}
        for id_, keys in self.soup_uses.items():
            for key in keys:
                found.setdefault(key, []).append(self.items[id_])
        return {key: tuple(soups) for key, soups in found.items()}

    @property
    def undeclared(self) -> tuple[Use, ...]:
        """The packages that the project itself asked for, that go into the device, and that no SOUP declares."""
        others = (use for key, use in self.uses.items() if key not in self.declaring)
        return tuple(use for use in others if use.direct and use.in_device)

    @cached_property
    def evidence_files(self) -> tuple[SourceFile, ...]:
        """The files that were read and are no code: a dossier is given away with them, not with the source."""
        code = {path for paths in self.item_code.values() for path in paths}
        return tuple(one for one in self.sources if not one.imports and one.path not in code)

    @cached_property
    def rejected_ids(self) -> Mapping[str, Rejection]:
        """The rejections whose item is not in the trace, by the ID that was written."""
        return {one.id: one for one in self.rejections if one.id and not one.kept and one.id not in self.items}


# --- what judgement and views give -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A gap, named: which rule, how heavy, what is wrong and what to do, about what, where, on which clause."""

    rule: str
    severity: Severity
    message: str
    subject: str
    clause: str
    basis: Basis
    location: Location


@dataclass(frozen=True, slots=True)
class Count:
    """How many subjects a rule examined, and how many findings it made; `off` says why it was not applied at all."""

    examined: int
    found: int
    off: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every finding of one build, sorted, and what each rule counted."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What views and exports show: the trace, what the rules say of it, and where it comes from."""

    trace: Trace
    judgement: Judgement
    provenance: Provenance = Provenance(project="", release="", tool="")


class Tone(StrEnum):
    """How a sign is to be read; never shown by colour alone, the text says the same."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to an item; an ID that no item has is shown as plain text."""

    id: str

    @property
    def text(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Badge:
    """A short status with a tone."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Place:
    """A file and line."""

    location: Location

    @property
    def text(self) -> str:
        return str(self.location)


Part = Text | Ref | Badge | Place
Line = tuple[Part, ...]
Cell = tuple[Line, ...]
"""Lines of a table cell; what separates the parts of a line is told by :func:`spaced`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in `:columns:`, `:sort:` and `:filter:`, its title, and its share of the width.

    An `optional` one is shown only where `:columns:` names it. `order` holds its values from least to most where
    their text does not sort by itself, such as the scale of a severity.
    """

    name: str
    title: str
    width: int = 1
    optional: bool = False
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `gap` marks one that shows something missing or wrong."""

    cells: tuple[Cell, ...]
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing of what a table says, as SVG; `text` says what it is for those who do not see it.

    `ratio` is that of its height to its width.
    """

    svg: str
    text: str
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a view shows, the same for every output. `empty` is the sentence that stands in for no rows.

    A `figure` draws the same rows where an output can show it. Of one that is `grouped`, rows with the same text in the
    first column stand together; pages show that column as labels of the groups, files have it as any other.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    notes: tuple[str, ...] = ()
    figure: Figure | None = None
    grouped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What the block of an item shows beside its statement: the same for every output.

    `fields`, `outgoing` and `incoming` pair a label with a cell; `anchor` is the ID it is linked by.
    """

    anchor: str
    kind: str
    kind_title: str
    title: str
    colour: str
    verdict: Badge | None
    fields: tuple[tuple[str, Cell], ...]
    outgoing: tuple[tuple[str, Cell], ...]
    incoming: tuple[tuple[str, Cell], ...]


def cell(*lines: str | Part | Line) -> Cell:
    """A cell from lines, each a text, a part, or a tuple of parts; empty texts are left out."""
    made: list[Line] = []
    for line in lines:
        if isinstance(line, str):
            made += [(Text(line),)] if line else []
        else:
            made.append(line if isinstance(line, tuple) else (line,))
    return tuple(made)


def spaced(line: Line) -> Iterator[tuple[str, Part]]:
    """Each part of a line after what separates it from the one before: a space, between two references a comma, too."""
    before: Part | None = None
    for part in line:
        both = isinstance(before, Ref) and isinstance(part, Ref)
        yield "" if before is None else ", " if both else " ", part
        before = part


def plain(value: Cell) -> str:
    """A cell as plain text, lines separated by `; `."""
    return "; ".join("".join(space + part.text for space, part in spaced(line)) for line in value)
