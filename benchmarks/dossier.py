"""The reference dossier: a device file of any size, in the words of four tools, so that their cost can be compared.

Usage: python benchmarks/dossier.py FLAVOUR N FOLDER [SEED]

Of size N it has N requirements (a fifth of them system requirements; two paragraphs, a list and a rationale each), N/5
risks, N/5 mitigations, N test cases of 2 to 5 steps, 2N executions in JUnit XML (500 a file) and 100 SOUPs with a
package-lock.json. A page holds 100 items. There are four documents (requirements, risks, tests, SOUP) with one table
each, and one table requirement → test → result over everything. The same seed gives the same bytes.

Flavours, all with the same text:

- `soup`: our extension. Executions are evidence.
- `needs`: sphinx-needs with sphinx-test-reports. Executions are needs, which `test-file` makes of the same files.
- `bare`: sphinx-needs alone: the same items, no executions.
- `plain`: Sphinx alone: items are sections with lists, tables are list-tables.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent
from typing import TypeVar

Thing = TypeVar("Thing")

FLAVOURS = ("soup", "needs", "bare", "plain")
PER_PAGE = 100
PER_FILE = 500
PER_SUITE = 100
SOUPS = 100
RESULTS = "results"
LOCK = "package-lock.json"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item before it is written for a tool: paragraphs, bullets, then numbered steps; fields and links."""

    id: str
    kind: str
    title: str
    paragraphs: Sequence[str] = ()
    bullets: Sequence[str] = ()
    steps: Sequence[str] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Execution:
    """One execution of a test case; `seconds` is how long it took."""

    name: str
    test: str
    outcome: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a dossier says, whatever tool shows it."""

    entries: Sequence[Entry]
    executions: Sequence[Execution]
    packages: Mapping[str, str]

    def of(self, *kinds: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in kinds]

    @property
    def runs(self) -> list[Sequence[Execution]]:
        """The executions as they lie in files."""
        return _parts(self.executions, PER_FILE)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A part of the dossier: its folder, its title, and the kinds of items in it; the table is of the last kind."""

    name: str
    title: str
    kinds: Sequence[str]


DOCUMENTS = (
    Document(name="requirements", title="Requirements", kinds=("requirement", "system-requirement")),
    Document(name="risks", title="Risk management", kinds=("mitigation", "risk")),
    Document(name="tests", title="Tests", kinds=("test",)),
    Document(name="soups", title="Third-party software", kinds=("soup",)),
)


def _parts(things: Sequence[Thing], size: int) -> list[Sequence[Thing]]:
    return [things[start : start + size] for start in range(0, len(things), size)]


# --- what it says ----------------------------------------------------------------------------------------------------

_WHO = "software|pump controller|display|alarm list|dose calculation|scheduler|sensor driver|event log|radio link"
_DOES = "check|report|limit|record|refuse|compare|show|confirm|filter|store|release|calibrate|announce|interrupt"
_WHAT = (
    "measured flow|reading of each sensor|requested dose|charge of the battery|time of the last meal|incomplete record|"
    "pressure in the line|settings of the patient|list of alarms|position of the piston|checksum of a message|"
    "temperature of the fluid|volume that remains"
)
_WHEN = (
    "before the next cycle begins|within 200 ms|whenever the value leaves its range|until the user confirms it|"
    "after each restart|while an infusion runs|as long as the door is open|once a minute|when the connection is lost|"
    "if two readings differ by more than 5 percent|unless the care team has locked the setting"
)
_HARM = "hypoglycaemia|loss of consciousness|delayed treatment|local infection|an overdose|a wrong dose"
_SEVERITY = "negligible|minor|serious|critical|catastrophic"
_PROBABILITY = "improbable|remote|occasional|probable|frequent"
_OUTCOME = "|".join(["passed"] * 97 + ["failed"] * 2 + ["skipped"])


class _Author:
    """Writes the same words for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - words, not secrets

    def pick(self, choices: str) -> str:
        return self.random.choice(choices.split("|"))

    def title(self) -> str:
        return f"{self.pick(_DOES)} the {self.pick(_WHAT)}".capitalize()

    def sentence(self) -> str:
        who, does, what, when = (self.pick(one) for one in (_WHO, _DOES, _WHAT, _WHEN))
        return f"The {who} shall {does} the {what} {when}."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 4)))

    def bullets(self) -> list[str]:
        return [f"{self.pick(_DOES)} the {self.pick(_WHAT)}" for _ in range(self.random.randint(2, 4))]

    def step(self) -> str:
        return f"Let the {self.pick(_WHO)} {self.pick(_DOES)} the {self.pick(_WHAT)}; it happens {self.pick(_WHEN)}."

    def some(self, of: Sequence[Entry], most: int) -> list[str]:
        return [one.id for one in self.random.sample(of, min(len(of), self.random.randint(1, most)))]


def content(size: int, seed: int = 1) -> Content:
    """The dossier of this size."""
    author = _Author(seed)
    inputs = [_requirement(author, f"SYS_{number:05}", (), number) for number in range(1, size // 5 + 1)]
    software = [_requirement(author, f"REQ_{number:05}", inputs, number) for number in range(1, size - len(inputs) + 1)]
    risks = [_risk(author, number) for number in range(1, size // 5 + 1)]
    mitigations = [_mitigation(author, risk, software) for risk in risks]
    tests = [_test(author, number, software) for number in range(1, size + 1)]
    packages = {f"part-{number:03}": f"{number % 7}.{number % 11}.{number % 5}" for number in range(1, SOUPS + 1)}
    return Content(
        entries=[*inputs, *software, *risks, *mitigations, *tests, *_soups(author, packages)],
        executions=[_execution(author, test, run) for run in ("bench", "device") for test in tests],
        packages=packages,
    )


def _requirement(author: _Author, id_: str, parents: Sequence[Entry], number: int) -> Entry:
    return Entry(
        id=id_,
        kind="requirement" if parents else "system-requirement",
        title=f"{author.title()} ({number})",
        paragraphs=[author.paragraph(), author.paragraph()],
        bullets=author.bullets(),
        fields={"rationale": author.sentence()} | ({} if parents else {"source": "interviews with users"}),
        links={"derives_from": author.some(parents, 2)} if parents else {},
    )


def _risk(author: _Author, number: int) -> Entry:
    return Entry(
        id=f"RISK_{number:05}",
        kind="risk",
        title=f"{author.pick(_HARM).capitalize()} ({number})",
        paragraphs=[author.paragraph()],
        fields={
            "sequence": author.sentence(),
            "situation": author.sentence(),
            "harm": author.pick(_HARM),
            "severity": author.pick(_SEVERITY),
            "probability": author.pick(_PROBABILITY),
            "residual_severity": "minor",
            "residual_probability": "improbable",
        },
    )


def _mitigation(author: _Author, risk: Entry, software: Sequence[Entry]) -> Entry:
    return Entry(
        id=risk.id.replace("RISK", "RCM"),
        kind="mitigation",
        title=author.title(),
        paragraphs=[author.paragraph()],
        fields={"control_type": "protective_measure", "new_risk_assessment": "No new risk was found."},
        links={"controls": [risk.id], "implemented_by": author.some(software, 2)},
    )


def _test(author: _Author, number: int, software: Sequence[Entry]) -> Entry:
    first = software[(number - 1) % len(software)].id
    return Entry(
        id=f"TC_{number:05}",
        kind="test",
        title=f"{author.title()} ({number})",
        paragraphs=[author.sentence()],
        steps=[author.step() for _ in range(author.random.randint(2, 5))],
        fields={"test_level": "software_system", "test_kind": "automated"},
        links={"verifies": [first, *(one for one in author.some(software, 1) if one != first and number % 2)]},
    )


def _soups(author: _Author, packages: Mapping[str, str]) -> Iterator[Entry]:
    for number, (name, version) in enumerate(packages.items(), 1):
        fields = {
            "purl": f"pkg:npm/{name}",
            "designator": version,
            "manufacturer": "community",
            "soup_kind": "library",
            "licence": "MIT",
            "purpose": author.sentence(),
        }
        yield Entry(id=f"SOUP_{number:05}", kind="soup", title=name, paragraphs=[author.paragraph()], fields=fields)


def _execution(author: _Author, test: Entry, run: str) -> Execution:
    name = f"test_{run}_{test.id.lower()}"
    return Execution(
        name=name, test=test.id, outcome=author.pick(_OUTCOME), seconds=author.random.randint(1, 900) / 1e3
    )


# --- its files -------------------------------------------------------------------------------------------------------

Files = Iterator[tuple[str, str]]


def write(flavour: str, size: int, folder: Path, seed: int = 1) -> None:
    """Write the dossier into a folder, as sources that Sphinx builds."""
    for name, text in files(flavour, content(size, seed)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(flavour: str, said: Content) -> Files:
    """Every file of the dossier in one flavour: its path and its text."""
    yield "conf.py", _CONF + _CONF_OF[flavour]
    yield LOCK, _lock(said.packages)
    for number, run in enumerate(said.runs, 1):
        yield f"{RESULTS}/run-{number:03}.xml", _junit(run, number)
    pages: list[str] = []
    for document in DOCUMENTS:
        made = list(_document(flavour, document, said))
        pages.append(made[0][0].removesuffix(".rst"))
        yield from made
    if flavour in ("needs", "plain"):
        reports = list(_reports(flavour, said))
        pages += [name.removesuffix(".rst") for name, _ in reports]
        yield from reports
    yield "matrix.rst", _heading("Requirements, tests and results") + _matrix(flavour, said)
    yield "index.rst", _heading("Dossier") + _toctree([*pages, "matrix"])


def _document(flavour: str, document: Document, said: Content) -> Files:
    """The first page of a document, with its table, and the pages of its items."""
    parts = {
        f"{kind}-{number:03}": entries
        for kind in reversed(document.kinds)
        for number, entries in enumerate(_parts(said.of(kind), PER_PAGE), 1)
    }
    table = _table(flavour, document, said)
    own = Entry(id=f"DOC_{document.name.upper()}", kind="document", title=document.title, fields={"revision": "1"})
    head = _heading(document.title) + (_section(own) if flavour == "plain" else _directive(own))
    yield f"{document.name}/index.rst", head + table + _toctree(parts)
    for name, entries in parts.items():
        shown = "".join(_section(one) if flavour == "plain" else _directive(one) for one in entries)
        yield f"{document.name}/{name}.rst", _heading(f"{document.title}: {name}") + shown


def _heading(title: str, line: str = "=") -> str:
    return f"{title}\n{line * len(title)}\n\n"


def _toctree(pages: Iterable[str]) -> str:
    return f".. toctree::\n   :maxdepth: 1\n\n{indent(chr(10).join(pages), '   ')}\n"


def _body(entry: Entry) -> str:
    bullets = "\n".join(f"- {one}" for one in entry.bullets)
    steps = "\n".join(f"#. {one}" for one in entry.steps)
    return "\n\n".join(part for part in (*entry.paragraphs, bullets, steps) if part)


def _directive(entry: Entry) -> str:
    options = {"id": entry.id, **entry.fields, **{name: ", ".join(ids) for name, ids in entry.links.items()}}
    written = "\n".join(f":{name}: {value}" for name, value in options.items())
    return f".. {entry.kind}:: {entry.title}\n{indent(written, '   ')}\n\n{indent(_body(entry), '   ')}\n\n"


def _section(entry: Entry) -> str:
    facts = [f":{name.replace('_', ' ').capitalize()}: {value}" for name, value in entry.fields.items()]
    facts += [f":{name.replace('_', ' ').capitalize()}: {_links(ids)}" for name, ids in entry.links.items()]
    listed = "\n".join([f":Kind: {entry.kind}", *facts])
    return f".. _{entry.id}:\n\n{_heading(f'{entry.id} {entry.title}', '-')}{_body(entry)}\n\n{listed}\n\n"


def _links(ids: Iterable[str]) -> str:
    return ", ".join(f":ref:`{id_} <{id_}>`" for id_ in ids)


# --- its tables ------------------------------------------------------------------------------------------------------

_OURS = {
    "requirements": ".. traceability-matrix::\n   :chain: system-requirement <-derives_from\n\n",
    "risks": ".. risk-table::\n\n",
    "tests": ".. traceability-matrix::\n   :chain: test verifies\n\n",
    "soups": ".. soup-list::\n\n",
}
_COLUMNS = {
    "requirements": "id, title, derives_from_back",
    "risks": "id, title, severity, probability, residual_severity, residual_probability, controls_back",
    "tests": "id, title, verifies",
    "soups": "id, title, designator, manufacturer, licence, purpose",
}


def _table(flavour: str, document: Document, said: Content) -> str:
    kind = document.kinds[-1]
    if flavour == "soup":
        return _OURS[document.name]
    if flavour != "plain":
        return _needtable(kind, _COLUMNS[document.name])
    rows = ([_links([one.id]), one.title, *map(_links, one.links.values())] for one in said.of(kind))
    return _list_table(["ID", "Title", "Links"], rows)


def _matrix(flavour: str, said: Content) -> str:
    if flavour == "soup":
        return ".. traceability-matrix::\n   :chain: requirement <-verifies\n\n"
    if flavour == "needs":
        return _needtable("test", "verifies, id, title, verifies_back")
    if flavour == "bare":
        return _needtable("requirement", "id, title, verifies_back")
    outcomes: dict[str, list[str]] = {}
    for execution in said.executions:
        outcomes.setdefault(execution.test, []).append(f"{execution.outcome}: {execution.name}")
    rows = ([_links(one.links["verifies"]), _links([one.id]), "; ".join(outcomes[one.id])] for one in said.of("test"))
    return _list_table(["Requirement", "Test", "Result"], rows)


def _needtable(kind: str, columns: str) -> str:
    return f".. needtable::\n   :types: {kind}\n   :columns: {columns}\n   :style: table\n\n"


def _list_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    filled = ([*row, *[""] * (len(heads) - len(row))] for row in (heads, *rows))
    written = "\n".join("* - " + "\n  - ".join(row) for row in filled)
    return f".. list-table::\n   :header-rows: 1\n\n{indent(written, '   ')}\n\n"


# --- its evidence ----------------------------------------------------------------------------------------------------


def _junit(run: Sequence[Execution], number: int) -> str:
    suites = (_suite(one, f"run {number}.{nth}") for nth, one in enumerate(_parts(run, PER_SUITE), 1))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="run {number}">\n{"".join(suites)}</testsuites>\n'


def _suite(cases: Sequence[Execution], name: str) -> str:
    failed, skipped = (sum(one.outcome == outcome for one in cases) for outcome in ("failed", "skipped"))
    return (
        f'<testsuite name="{name}" tests="{len(cases)}" failures="{failed}" errors="0" skipped="{skipped}">\n'
        f"{''.join(map(_case, cases))}</testsuite>\n"
    )


def _case(one: Execution) -> str:
    ended = {"failed": '<failure message="assert 1 == 2"/>', "skipped": '<skipped message="no device"/>'}
    return (
        f'  <testcase classname="tests.{one.test.lower()}" name="{one.name}" time="{one.seconds}"><properties>'
        f'<property name="verifies" value="{one.test}"/></properties>{ended.get(one.outcome, "")}</testcase>\n'
    )


def _lock(packages: Mapping[str, str]) -> str:
    own = {"name": "device", "version": "1.0.0", "dependencies": {name: f"^{one}" for name, one in packages.items()}}
    installed = {f"node_modules/{name}": {"version": one, "license": "MIT"} for name, one in packages.items()}
    return json.dumps({"name": "device", "lockfileVersion": 3, "packages": {"": own, **installed}}, indent=2) + "\n"


def _reports(flavour: str, said: Content) -> Files:
    """The executions as pages, for the tools in which they stand there."""
    for number, run in enumerate(said.runs, 1):
        name = f"run-{number:03}"
        if flavour == "needs":
            options = f":file: {RESULTS}/{name}.xml\n:id: RUN_{number:03}\n:auto_suites:\n:auto_cases:"
            shown = f".. test-file:: Run {number}\n{indent(options, '   ')}\n\n"
        else:
            shown = "".join(f"- {one.name}: {one.outcome}, {one.seconds} s, {_links([one.test])}\n" for one in run)
        yield f"{name}.rst", _heading(f"Test run {number}") + shown


# --- its settings ----------------------------------------------------------------------------------------------------

_CONF = f'project = "Dossier"\nauthor = "Example Devices"\nexclude_patterns = ["{RESULTS}"]\n'
_FIELDS = (
    "rationale source sequence situation harm severity probability residual_severity residual_probability control_type"
    " new_risk_assessment test_level test_kind purl designator manufacturer soup_kind licence purpose revision"
)
_TYPES = {
    "system-requirement": "SYS_",
    "requirement": "REQ_",
    "risk": "RISK_",
    "mitigation": "RCM_",
    "test": "TC_",
    "soup": "SOUP_",
    "document": "DOC_",
}
_BARE = f"""
needs_types = [
    {{"directive": name, "title": name.capitalize(), "prefix": prefix, "color": "#1f5fbf", "style": "node"}}
    for name, prefix in {_TYPES!r}.items()
]
needs_fields = {{
    name: {{"schema": {{"type": "string"}}, "nullable": True}} for name in "{_FIELDS}".split()
}}
needs_links = {{
    name: {{"outgoing": name, "incoming": name + " back"}}
    for name in ("derives_from", "implemented_by", "controls", "verifies")
}}
"""
_CONF_OF = {
    "soup": f"""extensions = ["sphinxcontrib_soup"]
soup_safety_class = "A"
soup_safety_class_rationale = "There is no device; its SOUPs owe no specification, so that executions alone are open."
soup_date = "2026-01-02"
soup_evidence = ["{LOCK}", {{"files": "{RESULTS}/*.xml", "level": "software_system"}}]
""",
    "needs": f"""extensions = ["sphinx_needs", "sphinx_test_reports"]
tr_suite_id_length = 8
tr_case_id_length = 12
tr_property_link_types = {{"verifies": "verifies"}}
{_BARE}""",
    "bare": f'extensions = ["sphinx_needs"]\n{_BARE}',
    "plain": "",
}


# --- changes to it ---------------------------------------------------------------------------------------------------

Change = Callable[[Path, int], None]
"""Changes the dossier in a folder; the number makes each change another one."""


def change_requirement(folder: Path, nth: int) -> None:
    """Give the first requirement another title and another text."""
    page = folder / DOCUMENTS[0].name / "requirement-001.rst"
    _replace(page, r"(REQ_00001 .*|\.\. requirement:: .*)", rf"\1 {'again ' * nth}changed".rstrip())


def change_result(folder: Path, nth: int) -> None:
    """Let the first test case that passed fail; every time another one."""
    ended = f'</properties><failure message="changed {nth}"/></testcase>'
    _replace(folder / RESULTS / "run-001.xml", "</properties></testcase>", ended)


def change_manifest(folder: Path, nth: int) -> None:
    """Put another version of the first package into the lock file."""
    _replace(folder / LOCK, r'("node_modules/part-001": \{\s*"version": ")[^"]*', rf"\g<1>9.9.{nth}")


def _replace(path: Path, pattern: str, by: str) -> None:
    text, made = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1)
    if not made:
        raise ValueError(f"nothing to change in {path.name}")
    path.write_text(text, encoding="utf-8")


def main() -> None:
    if len(sys.argv) not in (4, 5) or sys.argv[1] not in FLAVOURS or not sys.argv[2].isdigit():
        raise SystemExit(__doc__)
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))


if __name__ == "__main__":
    main()
