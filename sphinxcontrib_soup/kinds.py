"""The item kinds as data: directive, ID prefix, fields and link types, declared here and nowhere else.

Names are the field's own; sources are IEC 62304:2006+A1:2015 (clauses 5 to 9), ISO 14971:2019 and the FDA guidance on
off-the-shelf software (2023). What is computed (verdict, acceptability) is no field: nobody types it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sphinxcontrib_soup.model import FieldValue, Item


class Form(StrEnum):
    """What the value of a field is made of."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    LIST = "list"
    FLAG = "flag"
    REVISIONS = "revisions"


@dataclass(frozen=True, slots=True)
class Revision:
    """A line of the history of a document: its ISO date, who made it and what changed are empty where not stated."""

    name: str
    date: str = ""
    author: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an item. `choices` are its values, `scale` the scale of the risk matrix that gives them."""

    name: str
    title: str
    help: str
    form: Form = Form.TEXT
    choices: tuple[str, ...] = ()
    scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkType:
    """A stored link: how it reads from both ends, and between which kinds it fits (none: any)."""

    name: str
    title: str
    inverse: str
    sources: tuple[str, ...]
    targets: tuple[str, ...] = ()
    acyclic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of item. `verified_through` names the links whose other ends lend their verdict where nothing verifies
    the item itself: a link type as it is stored, or `<-` and a link type for the items that point here.
    """

    name: str
    prefix: str
    title: str
    help: str
    colour: str
    fields: tuple[Field, ...] = ()
    verifiable: bool = False
    verified_through: tuple[str, ...] = ()


CLASSES = ("A", "B", "C")

_SAFETY_CLASS = Field(
    name="safety_class",
    title="Safety class",
    help="Software safety class where it differs from that of the software system (4.3)",
    form=Form.CHOICE,
    choices=CLASSES,
)
_RATIONALE = Field(name="rationale", title="Rationale", help="Why it is as it is")
_SOURCE = Field(name="source", title="Source", help="Where it comes from, if not from another item")
_CATEGORY = Field(
    name="category",
    title="Category",
    help="What the requirement is about (5.2.2 a to l)",
    form=Form.CHOICE,
    choices=(
        "functional",
        "performance",
        "input_output",
        "interface",
        "alarm",
        "security",
        "user_interface",
        "data",
        "installation",
        "operation_maintenance",
        "network",
        "user_maintenance",
        "regulatory",
    ),
)
_PERFORMED_BY = Field(name="performed_by", title="By", help="Who did it")
_PERFORMED_ON = Field(name="performed_on", title="On", help="When it was done", form=Form.DATE)
_SECURITY_ORIGIN = Field(
    name="security_origin", title="Security origin", help="Whether it comes from a threat to security", form=Form.FLAG
)


def _scale(name: str, title: str, help: str, scale: str) -> Field:
    return Field(name=name, title=title, help=help, form=Form.CHOICE, scale=scale)


KINDS: tuple[Kind, ...] = (
    Kind(
        name="user-need",
        prefix="UN_",
        title="User need",
        help="What a user needs of the device",
        colour="#8a6d3b",
        fields=(_SOURCE, _RATIONALE),
        verifiable=True,
        verified_through=("<-derives_from",),
    ),
    Kind(
        name="system-requirement",
        prefix="SYS_",
        title="System requirement",
        help="A requirement on the system, above the software",
        colour="#2f6f9f",
        fields=(_SOURCE, _RATIONALE),
        verifiable=True,
        verified_through=("<-derives_from",),
    ),
    Kind(
        name="requirement",
        prefix="REQ_",
        title="Requirement",
        help="A software requirement (5.2)",
        colour="#1f5fbf",
        fields=(_CATEGORY, _SAFETY_CLASS, _SOURCE, _RATIONALE),
        verifiable=True,
        verified_through=("<-derives_from",),
    ),
    Kind(
        name="software-item",
        prefix="ITEM_",
        title="Software item",
        help="A software item or unit (5.3.1); it wraps or uses SOUPs",
        colour="#4b5f77",
        fields=(
            replace(
                _SAFETY_CLASS,
                title="Stated class",
                help="Its safety class where that is not the one of what it is part of (4.3)",
            ),
            Field(name="segregation", title="Segregation", help="What keeps it apart from higher classes (5.3.5)"),
            Field(name="interface", title="Interface", help="Its interfaces, inner and outer (5.3.2)"),
            Field(
                name="code",
                title="Code",
                help="The files it is made of: patterns relative to the page, or with `/` before them to conf.py",
                form=Form.LIST,
            ),
        ),
    ),
    Kind(
        name="hazard",
        prefix="HAZ_",
        title="Hazard",
        help="A potential source of harm (ISO 14971 5.4)",
        colour="#a94442",
        fields=(
            Field(
                name="origin",
                title="Origin",
                help="Where it was found",
                form=Form.CHOICE,
                choices=("intended_use", "misuse", "characteristics", "usability", "security", "post_production"),
            ),
        ),
    ),
    Kind(
        name="risk",
        prefix="RISK_",
        title="Risk",
        help="One row: sequence of events, hazardous situation and harm, estimated before and after control",
        colour="#b8362f",
        fields=(
            Field(name="sequence", title="Sequence of events", help="What leads from the hazard to the situation"),
            Field(name="situation", title="Hazardous situation", help="Who or what is exposed to the hazard"),
            Field(name="harm", title="Harm", help="The injury or damage"),
            _scale("severity", "Severity", "Severity of the harm before control", "severity"),
            Field(name="p1", title="P1", help="Probability that the situation occurs; a software failure counts as 1"),
            Field(name="p2", title="P2", help="Probability that the situation leads to harm"),
            _scale("probability", "Probability", "Probability of the harm before control", "probability"),
            _scale("residual_severity", "Residual severity", "Severity of the harm after control", "severity"),
            _scale(
                "residual_probability", "Residual probability", "Probability of the harm after control", "probability"
            ),
            Field(name="benefit_risk", title="Benefit-risk", help="Why the benefit outweighs what remains (7.4)"),
            Field(name="disclose_in_ifu", title="Disclose in IFU", help="Whether users are told", form=Form.FLAG),
            _SECURITY_ORIGIN,
        ),
    ),
    Kind(
        name="cause",
        prefix="CAUSE_",
        title="Cause",
        help="A software cause of a hazardous situation (7.1.2), at a software item or a SOUP",
        colour="#c9682f",
        fields=(
            Field(
                name="category",
                title="Category",
                help="What kind of cause it is (7.1.2 a to e)",
                form=Form.CHOICE,
                choices=("specification", "software_defect", "soup", "hardware_or_other_software", "misuse"),
            ),
            _SECURITY_ORIGIN,
        ),
    ),
    Kind(
        name="mitigation",
        prefix="RCM_",
        title="Mitigation",
        help="A risk control measure (ISO 14971 7.1)",
        colour="#2d7d46",
        fields=(
            Field(
                name="control_type",
                title="Type",
                help="In order of preference",
                form=Form.CHOICE,
                choices=("inherent_safety_by_design", "protective_measure", "information_for_safety"),
            ),
            Field(name="new_risk_assessment", title="New risks", help="Whether it brings risks of its own (7.5)"),
            _RATIONALE,
        ),
        verifiable=True,
        verified_through=("implemented_by",),
    ),
    Kind(
        name="soup",
        prefix="SOUP_",
        title="SOUP",
        help="Software of unknown provenance: a third-party component that goes into the device (8.1.2)",
        colour="#6b4fa0",
        fields=(
            Field(name="purl", title="Package URL", help="Which package it is, as pkg:type/name; it joins manifests"),
            Field(name="designator", title="Version", help="The exact version in use (8.1.2)"),
            Field(name="released_on", title="Released on", help="When that version was released", form=Form.DATE),
            Field(name="manufacturer", title="Manufacturer", help="Who makes it, or `community` (8.1.2)"),
            Field(
                name="provenance",
                title="Provenance",
                help="Why it counts as SOUP (3.29)",
                form=Form.CHOICE,
                choices=("ots", "undocumented_inhouse", "legacy"),
            ),
            Field(
                name="soup_kind",
                title="Kind of software",
                help="What kind of software it is",
                form=Form.CHOICE,
                choices=("library", "os", "runtime", "framework", "driver", "service", "tool", "model"),
            ),
            replace(
                _SAFETY_CLASS,
                title="Stated class",
                help="Its safety class where that is higher than that of the items that use it (4.3)",
            ),
            Field(name="purpose", title="Purpose", help="What it is used for here"),
            Field(
                name="import_names",
                title="Imported as",
                help="What code calls it in imports, where that is not the name of the package; `none` if no code does",
                form=Form.LIST,
            ),
            Field(name="used_features", title="Used features", help="What of it is used", form=Form.LIST),
            Field(name="excluded_features", title="Excluded features", help="What must not be used", form=Form.LIST),
            Field(name="hw_requirements", title="Hardware needs", help="The hardware it needs to run (5.3.4)"),
            Field(name="sw_requirements", title="Software needs", help="The software it needs to run (5.3.4)"),
            Field(
                name="performance_none",
                title="No performance requirement",
                help="Why no performance is asked of it, where no `soup-requirement` does (5.3.3)",
            ),
            Field(name="suitability", title="Suitability", help="Why it is good enough for its use here"),
            Field(name="users", title="Users", help="Who else relies on it"),
            Field(name="maker_tests", title="Maker's tests", help="How its maker tests it"),
            Field(name="alternatives", title="Alternatives", help="What else was weighed"),
            Field(name="licence", title="Licence", help="Its licence, as an SPDX expression"),
            Field(name="anomaly_list", title="Anomaly list", help="Where its known anomalies are published (7.1.3)"),
            Field(name="anomaly_reviewed_on", title="Anomalies reviewed on", help="When that was read", form=Form.DATE),
            Field(name="anomaly_reviewed_by", title="Anomalies reviewed by", help="Who read it"),
            Field(
                name="level_of_support",
                title="Level of support",
                help="How its maker supports it",
                form=Form.CHOICE,
                choices=("actively maintained", "no longer maintained", "abandoned", "unknown"),
            ),
            Field(name="end_of_support", title="End of support", help="When that support ends, or `unknown`"),
            Field(name="end_of_life", title="End of life", help="When it ends altogether, or `unknown`"),
            Field(
                name="support_plan",
                title="Support plan",
                help="What is done where support is unknown, has ended, or ends before the device does",
            ),
            Field(
                name="security_category",
                title="Security category",
                help="Who answers for its security after release (IEC 81001-5-1)",
                form=Form.CHOICE,
                choices=("maintained", "supported", "required"),
            ),
            Field(name="risk_screening", title="Risk screening", help="Whether its failures were analysed, or why not"),
            Field(name="screened_by", title="Screened by", help="Who decided that"),
            Field(name="screened_on", title="Screened on", help="When that was decided", form=Form.DATE),
        ),
        verifiable=True,
        verified_through=("<-specifies",),
    ),
    Kind(
        name="soup-requirement",
        prefix="SREQ_",
        title="SOUP requirement",
        help="What a SOUP must do here (5.3.3)",
        colour="#7d5fb8",
        fields=(
            Field(
                name="category",
                title="Category",
                help="What it asks of the SOUP",
                form=Form.CHOICE,
                choices=("functional", "performance", "interface", "security", "hardware", "software", "hardening"),
            ),
            Field(
                name="checks",
                title="Checks",
                help="The checks of a scanner that verify it, by their IDs: rules of XCCDF, their CCE, tests of Lynis",
                form=Form.LIST,
            ),
            Field(name="feature", title="Feature", help="Which used feature of the SOUP it is about", form=Form.LIST),
            _RATIONALE,
        ),
        verifiable=True,
    ),
    Kind(
        name="anomaly",
        prefix="ANO_",
        title="Anomaly",
        help="A known anomaly of the own software (5.8.2)",
        colour="#b05a00",
        fields=(
            Field(name="discovered_by", title="Discovered by", help="Who found it"),
            Field(name="discovered_on", title="Discovered on", help="When it was found", form=Form.DATE),
            Field(name="discovered_how", title="Discovered how", help="How it was found"),
            Field(name="root_cause", title="Root cause", help="Why it happens"),
            Field(name="affected_versions", title="Affected versions", help="Which versions have it"),
            Field(name="criticality", title="Criticality", help="How bad it is"),
            Field(name="safety_impact", title="Safety impact", help="What it means for safety (5.8.3)"),
            Field(
                name="outcome",
                title="Outcome",
                help="What was concluded",
                form=Form.CHOICE,
                choices=("no_hazard", "controlled", "acceptable_residual", "unacceptable", "under_investigation"),
            ),
            Field(name="workaround", title="Workaround", help="What users can do"),
            Field(name="user_communication", title="User communication", help="How users are told"),
            Field(name="defect_class", title="Defect class", help="Its class, such as one of AAMI SW91"),
            Field(
                name="residual",
                title="Residual",
                help="Whether it stays in the release (5.8.2); it counts as one that does until that is denied",
                form=Form.FLAG,
            ),
            _RATIONALE,
        ),
    ),
    Kind(
        name="anomaly-evaluation",
        prefix="EVAL_",
        title="Anomaly evaluation",
        help="What a published anomaly of a SOUP means here (7.1.3)",
        colour="#9a6a00",
        fields=(
            Field(name="anomaly", title="Published anomaly", help="Its identifier at the supplier or in a database"),
            Field(name="designator", title="Version", help="The SOUP version it was evaluated for"),
            Field(
                name="outcome",
                title="Outcome",
                help="What was concluded",
                form=Form.CHOICE,
                choices=(
                    "not_relevant",
                    "no_hazard",
                    "controlled",
                    "acceptable_residual",
                    "unacceptable",
                    "under_investigation",
                ),
            ),
            _RATIONALE,
            _PERFORMED_BY,
            _PERFORMED_ON,
        ),
    ),
    Kind(
        name="test",
        prefix="TC_",
        title="Test",
        help="A test case: its procedure, manual or automated (5.7)",
        colour="#00707a",
        fields=(
            Field(
                name="test_level",
                title="Level",
                help="At which level it tests",
                form=Form.CHOICE,
                choices=("unit", "integration", "software_system", "system", "acceptance"),
            ),
            Field(
                name="test_kind",
                title="Kind",
                help="What kind of test it is",
                form=Form.CHOICE,
                choices=("automated", "manual", "gui", "stress", "robustness", "performance", "security", "vendor"),
            ),
            Field(name="expected", title="Expected", help="When it passes"),
        ),
        verifiable=True,
    ),
    Kind(
        name="verification",
        prefix="VER_",
        title="Verification",
        help="Verification by other means than a test, with its record",
        colour="#3d7a8a",
        fields=(
            Field(
                name="method",
                title="Method",
                help="How it was verified",
                form=Form.CHOICE,
                choices=("review", "inspection", "analysis", "demonstration"),
            ),
            Field(
                name="outcome",
                title="Outcome",
                help="What the record says; it counts only with who, when and the record",
                form=Form.CHOICE,
                choices=("passed", "failed", "blocked", "not_run"),
            ),
            _PERFORMED_BY,
            _PERFORMED_ON,
            Field(name="record", title="Record", help="Where the record is kept"),
        ),
        verifiable=True,
    ),
    Kind(
        name="clause",
        prefix="C_",
        title="Clause",
        help="A clause of a standard or regulation, in own words",
        colour="#5a5a5a",
        fields=(
            Field(name="standard", title="Standard", help="Which standard or regulation, with its edition"),
            Field(name="number", title="Clause", help="The number of the clause"),
        ),
    ),
    Kind(
        name="decision",
        prefix="DEC_",
        title="Decision",
        help="A recorded decision or interpretation",
        colour="#5f6b3a",
        fields=(
            Field(name="decided_by", title="Decided by", help="Who decided"),
            Field(name="decided_on", title="Decided on", help="When it was decided", form=Form.DATE),
            Field(name="alternatives", title="Alternatives", help="What else was weighed"),
            Field(
                name="choice",
                title="Choice",
                help="Whether software that exists is used, or own software is made",
                form=Form.CHOICE,
                choices=("reuse", "build"),
            ),
            Field(name="pro", title="Pro", help="What speaks for it"),
            Field(name="contra", title="Contra", help="What speaks against it"),
            _RATIONALE,
        ),
    ),
    Kind(
        name="document",
        prefix="DOC_",
        title="Document",
        help="A controlled document: its page and what hangs below it (5.1.8)",
        colour="#444444",
        fields=(
            Field(name="number", title="Number", help="The number it is filed under, where that is not its ID"),
            Field(name="revision", title="Revision", help="Its revision"),
            Field(
                name="document_kind",
                title="Kind",
                help="How it lives",
                form=Form.CHOICE,
                choices=("one_shot", "recurrent"),
            ),
            Field(name="owner", title="Owner", help="Who answers for it"),
            Field(name="reviewer", title="Reviewer", help="Who reviews it; several are separated by semicolons"),
            Field(name="approver", title="Approver", help="Who approves it; several are separated by semicolons"),
            Field(name="purpose", title="Purpose", help="What it is for"),
            Field(name="made_from", title="Made from", help="What it needs, such as kinds of items or other records"),
            Field(
                name="history",
                title="History",
                help="Its revisions, the newest first: what each is called, its date, who made it, what changed",
                form=Form.REVISIONS,
            ),
        ),
    ),
    Kind(
        name="problem-report",
        prefix="PRB_",
        title="Problem report",
        help="A problem, its investigation and its end (clause 9)",
        colour="#8a3b5f",
        fields=(
            Field(name="reported_by", title="Reported by", help="Who reported it"),
            Field(name="reported_on", title="Reported on", help="When it was reported", form=Form.DATE),
            Field(name="criticality", title="Criticality", help="How bad it is"),
            Field(name="safety_impact", title="Safety impact", help="What it means for safety"),
            Field(name="resolution", title="Resolution", help="How it ended"),
        ),
    ),
    Kind(
        name="change-request",
        prefix="CR_",
        title="Change request",
        help="A change asked for, weighed and approved (clauses 6 and 8)",
        colour="#6a5a8a",
        fields=(
            Field(name="requested_by", title="Requested by", help="Who asked for it"),
            Field(name="requested_on", title="Requested on", help="When it was asked for", form=Form.DATE),
            Field(name="approved_by", title="Approved by", help="Who approved it"),
            Field(name="approved_on", title="Approved on", help="When it was approved", form=Form.DATE),
            Field(name="safety_impact", title="Safety impact", help="What it means for safety"),
        ),
    ),
)

_INPUTS = ("user-need", "system-requirement", "requirement")

LINKS: tuple[LinkType, ...] = (
    LinkType(
        name="derives_from",
        title="derives from",
        inverse="is refined by",
        sources=("system-requirement", "requirement", "soup-requirement"),
        targets=_INPUTS,
        acyclic=True,
    ),
    LinkType(
        name="allocated_to",
        title="allocated to",
        inverse="carries",
        sources=("system-requirement", "requirement"),
        targets=("software-item",),
    ),
    LinkType(
        name="implemented_by",
        title="implemented by",
        inverse="implements",
        sources=("mitigation",),
        targets=("requirement", "system-requirement", "soup-requirement"),
    ),
    LinkType(
        name="controls", title="controls", inverse="controlled by", sources=("mitigation",), targets=("risk", "cause")
    ),
    LinkType(
        name="introduces", title="introduces", inverse="introduced by", sources=("mitigation",), targets=("risk",)
    ),
    LinkType(name="contributes_to", title="contributes to", inverse="caused by", sources=("cause",), targets=("risk",)),
    LinkType(
        name="arises_from",
        title="arises from",
        inverse="gives rise to",
        sources=("risk", "cause"),
        targets=("hazard", "software-item", "soup"),
    ),
    LinkType(name="wraps", title="wraps", inverse="wrapped by", sources=("software-item",), targets=("soup",)),
    LinkType(name="uses", title="uses", inverse="used by", sources=("software-item",), targets=("soup",)),
    LinkType(
        name="specifies", title="specifies", inverse="specified by", sources=("soup-requirement",), targets=("soup",)
    ),
    LinkType(
        name="affects",
        title="affects",
        inverse="affected by",
        sources=("anomaly", "problem-report", "change-request"),
        targets=("software-item", "soup", "requirement"),
    ),
    LinkType(
        name="evaluates", title="evaluates", inverse="evaluated by", sources=("anomaly-evaluation",), targets=("soup",)
    ),
    LinkType(
        name="justifies",
        title="justifies",
        inverse="justified by",
        sources=("decision",),
        targets=("soup", "software-item"),
    ),
    LinkType(
        name="verifies",
        title="verifies",
        inverse="verified by",
        sources=("test", "verification"),
        targets=(*_INPUTS, "software-item", "mitigation", "soup", "soup-requirement", "anomaly", "problem-report"),
    ),
    LinkType(
        name="verifies_effectiveness",
        title="verifies the effectiveness of",
        inverse="effectiveness verified by",
        sources=("test", "verification"),
        targets=("mitigation",),
    ),
    LinkType(name="satisfies", title="satisfies", inverse="satisfied by", sources=(), targets=("clause",)),
    LinkType(name="part_of", title="part of", inverse="has parts", sources=(), acyclic=True),
    LinkType(name="replaces", title="replaces", inverse="replaced by", sources=(), acyclic=True),
    LinkType(name="consumed_by", title="consumed by", inverse="consumes", sources=("document",), targets=("document",)),
)

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
FIELDS: Mapping[str, Mapping[str, Field]] = {kind.name: {one.name: one for one in kind.fields} for kind in KINDS}
"""The fields of each kind, both by name."""
LINK_BY_NAME: Mapping[str, LinkType] = {link.name: link for link in LINKS}
ID_PATTERN = r"^([A-Z][A-Z0-9]*([_-][A-Z0-9]+)*|[A-Z0-9_]{5,})$"


def listed(item: Item, field: str) -> tuple[str, ...]:
    """The members of a list of names in a field; none where it says `none`."""
    value = item.fields.get(field, ())
    parts = value if isinstance(value, tuple) else str(value).split(",")
    names = tuple(part.strip() for part in parts if part.strip())
    return () if [name.casefold() for name in names] == ["none"] else names


def links_of(kind: str) -> tuple[LinkType, ...]:
    """The link types that an item of this kind can hold."""
    return tuple(link for link in LINKS if not link.sources or kind in link.sources)


def misfits(kind: str, fields: Mapping[str, FieldValue], scales: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The fields of an item whose value does not fit, each with what is wrong as a sentence for people.

    :param scales: the values of `severity` and `probability`, as the risk matrix names them
    """
    wrong: dict[str, str] = {}
    for one in BY_NAME[kind].fields:
        value = fields.get(one.name)
        if not isinstance(value, str) or not value:
            continue
        choices = scales.get(one.scale, ()) if one.scale else one.choices
        if choices and value not in choices:
            wrong[one.name] = f"{one.name} is {value!r}; it must be one of: {', '.join(choices)}"
        if one.form is Form.DATE and not is_date(value):
            wrong[one.name] = f"{one.name} is {value!r}; it must be a date as YYYY-MM-DD"
        if one.form is Form.REVISIONS and (odd := [line for line in _revision_lines(value) if not _is_revision(line)]):
            wrong[one.name] = (
                f"{one.name} has the line {odd[0]!r}; "
                "each must be: revision | date as YYYY-MM-DD | who made it | what changed"
            )
    return wrong


def revisions(written: str) -> tuple[Revision, ...]:
    """The lines of a history in their order; what does not fit into four parts stays in the last that there is."""
    return tuple(Revision(*(part.strip() for part in line.split("|", 3))) for line in _revision_lines(written))


def _revision_lines(written: str) -> list[str]:
    """The lines of a history; one without any `|` goes on with the one before."""
    made: list[str] = []
    for line in filter(None, map(str.strip, written.splitlines())):
        if made and "|" not in line:
            made[-1] += f" {line}"
        else:
            made.append(line)
    return made


def _is_revision(line: str) -> bool:
    parts = [part.strip() for part in line.split("|", 3)]
    return len(parts) == 4 and all(parts) and is_date(parts[1])


def is_date(text: str) -> bool:
    """Whether a text is a date as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
