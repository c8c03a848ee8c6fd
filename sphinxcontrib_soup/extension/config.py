"""Every setting of the project, declared once: its type, its default, its check and its help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinxcontrib_soup.kinds import BY_NAME, LINK_BY_NAME, Form, is_date, misfits
from sphinxcontrib_soup.licences import Category, expression
from sphinxcontrib_soup.model import (
    Acceptability,
    Decision,
    FieldValue,
    LicencePolicy,
    LicenceWaiver,
    Location,
    Phase,
    Rejection,
    RiskMatrix,
    RuleSetting,
    SafetyClass,
    Settings,
    Severity,
)
from sphinxcontrib_soup.needs.declare import declared
from sphinxcontrib_soup.needs.links import BACK
from sphinxcontrib_soup.pdf.jobs import STANDARDS
from sphinxcontrib_soup.pdf.look import misfit
from sphinxcontrib_soup.shared import OWN, SHAREABLE
from sphinxcontrib_soup.wording import suggester

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

EXAMPLE_MATRIX: Mapping[str, Sequence[Any]] = {
    "severities": ["negligible", "minor", "serious", "critical", "catastrophic"],
    "probabilities": ["improbable", "remote", "occasional", "probable", "frequent"],
    "cells": [
        ["acceptable", "acceptable", "acceptable", "investigate", "investigate"],
        ["acceptable", "acceptable", "investigate", "investigate", "unacceptable"],
        ["acceptable", "investigate", "investigate", "unacceptable", "unacceptable"],
        ["acceptable", "investigate", "unacceptable", "unacceptable", "unacceptable"],
        ["investigate", "unacceptable", "unacceptable", "unacceptable", "unacceptable"],
    ],
}

Check = Callable[[Any], str]

_WRITTEN = (
    "soup_safety_class",
    "soup_risk_matrix",
    "soup_rules",
    "soup_planned_life_end",
    "soup_licence_policy",
    "soup_evidence",
)
"""The settings that findings are about, so that they have the line of each."""

_WRONG: WeakKeyDictionary[Sphinx, list[tuple[str, str]]] = WeakKeyDictionary()


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        return "" if value in choices else f"must be one of: {', '.join(repr(str(choice)) for choice in choices)}"

    return check


def _of_type(type_: type | tuple[type, ...], what: str) -> Check:
    return lambda value: "" if isinstance(value, type_) else f"must be {what}"


def _evidence(value: Any) -> str:
    if not isinstance(value, (list, tuple)):
        return "must be a list of file patterns"
    for entry in value:
        if not isinstance(entry, str) and not (isinstance(entry, dict) and isinstance(entry.get("files"), str)):
            return f"has the entry {entry!r}; each is a pattern, or a table with the pattern as its key 'files'"
    return ""


def _names_to(known: Mapping[str, object], what: str) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, dict) or not _texts([*value, *value.values()]):
            return f"must be a table of your names to {what}"
        wrong = sorted(str(one) for one in value.values() if one not in known)
        return f"names {', '.join(wrong)}; {what} are: {', '.join(known)}" if wrong else ""

    return check


def _links(value: Any) -> str:
    known = {*LINK_BY_NAME, *(f"{name}{BACK}" for name in LINK_BY_NAME)}
    if not isinstance(value, dict) or not all(_texts([one, *_several(names)]) for one, names in value.items()):
        return "must be a table of your names to link types, or to lists of them"
    wrong = sorted({name for names in value.values() for name in _several(names) if name not in known})
    return (
        f"names {', '.join(wrong)}; link types are: {', '.join(LINK_BY_NAME)}, and {BACK} behind one where yours is "
        "stored at its other end"
        if wrong
        else ""
    )


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else [value]


def _date(value: Any) -> str:
    fits = value is None or (isinstance(value, str) and is_date(value))
    return "" if fits else "must be a date as 'YYYY-MM-DD'"


def _matrix(value: Any) -> str:
    if not isinstance(value, dict) or not {"severities", "probabilities", "cells"} <= set(value):
        return "must be a table with 'severities', 'probabilities' and 'cells'"
    rows, columns, cells = value["probabilities"], value["severities"], value["cells"]
    if not (_is_scale(rows) and _is_scale(columns)):
        return "must have 'severities' and 'probabilities' that are lists of different names, from least to most"
    if len(cells) != len(rows) or any(len(row) != len(columns) for row in cells):
        return f"must have {len(rows)} rows of {len(columns)} cells, a row for each probability"
    known = [str(one) for one in Acceptability if one is not Acceptability.UNDETERMINED]
    wrong = sorted({str(one) for row in cells for one in row} - set(known))
    if wrong:
        return f"has the cells {', '.join(wrong)}; a cell is one of: {', '.join(known)}"
    classes = value.get("classes", ())
    fits = not classes or (len(classes) == len(columns) and set(classes) <= set(SafetyClass))
    return "" if fits else "must have as 'classes' one of 'A', 'B', 'C' for each severity"


def _is_scale(value: Any) -> bool:
    return _texts(value) and len(set(value)) == len(value) > 0 and all(value)


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://")) and "{path}" in value


def _texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)


def _defaults(value: Any) -> str:
    if not isinstance(value, dict) or not _texts([*value]) or not all(isinstance(one, dict) for one in value.values()):
        return "must be a table of patterns to tables of fields"
    known = {one.name: one for one in SHAREABLE}
    for pattern, shared in value.items():
        for name, one in shared.items():
            if name in OWN:
                return f"gives {pattern!r} the field {name!r}, which is each SOUP's own"
            if name not in known:
                return f"gives {pattern!r} the field {name!r}; fields are: {', '.join(known)}"
            if not isinstance(one, str) and not (known[name].form is Form.LIST and _texts(one)):
                return f"gives {pattern!r} a {name!r} that is no text"
        if wrong := misfits("soup", shared, {}):
            return f"gives {pattern!r} a wrong value: {'; '.join(wrong.values())}"
    return ""


def _documents(value: Any) -> str:
    fits = value is None or (isinstance(value, dict) and _texts([*value, *value.values()]))
    return "" if fits else "must be a table of names to pages"


def _standards(value: Any) -> str:
    stated = _several(value)
    fits = stated and all(one in STANDARDS for one in stated) and sum(one.startswith("a-") for one in stated) <= 1
    return "" if fits else f"must be one of: {', '.join(STANDARDS)}, or a list of one of PDF/A and ua-1"


def _rules(value: Any) -> str:
    levels = ["off", *Severity]
    if not isinstance(value, dict) or not _texts([*value]):
        return "must be a table of rules to levels"
    for name, setting in value.items():
        level = setting.get("level") if isinstance(setting, dict) else setting
        if level not in levels:
            return f"sets {name!r} to {level!r}; a level is one of: {', '.join(levels)}"
    return ""


def _licence_policy(value: Any) -> str:
    if not isinstance(value, dict) or set(value) - {*Decision, "waivers"}:
        return "must be a table with some of 'allow', 'review', 'deny' and 'waivers'"
    lists = {decision: value[decision] for decision in Decision if decision in value}
    if not all(_texts(names) for names in lists.values()):
        return "must have lists of SPDX identifiers and categories"
    named = [name for names in lists.values() for name in names]
    if wrong := [name for name in named if name not in tuple(Category) and expression(name) != name]:
        categories = ", ".join(repr(str(one)) for one in Category)
        return f"names {', '.join(map(repr, wrong))}; it takes identifiers of SPDX, and the categories {categories}"
    if twice := sorted({name for name in named if named.count(name) > 1}):
        return f"names {', '.join(map(repr, twice))} more than once"
    return next(filter(None, map(_waiver, value.get("waivers", ()))), "")


def _waiver(value: Any) -> str:
    known = {one.name for one in fields(LicenceWaiver)}
    if (
        not isinstance(value, dict)
        or not {"package", "licence"} <= set(value) <= known
        or not _texts([*value.values()])
    ):
        return f"has the waiver {value!r}; each is a table of texts: package, licence, reason, by, and until if it ends"
    return f"has a waiver whose 'until' {_date(value['until'])}" if _date(value.get("until")) else ""


def _setting(default: Any, help: str, check: Check, rebuild: str = "env") -> Any:
    factory: dict[str, Any] = {"default": default}
    if isinstance(default, (list, dict)):
        factory = {"default_factory": lambda: default}
    return field(**factory, metadata={"help": help, "check": check, "rebuild": rebuild})


@dataclass(frozen=True, kw_only=True)
class SoupConfig:
    """The settings of conf.py; each name is written there with `soup_` before it."""

    evidence: Sequence[str | Mapping[str, str]] = _setting(
        [],
        "Patterns of the files to read, relative to conf.py; a table instead of a pattern adds facts to its `files`",
        _evidence,
        "",
    )
    safety_class: str | None = _setting(
        None,
        "Software safety class of the software system: 'A', 'B' or 'C'; C is assumed until it is set",
        lambda value: "" if value is None or value in tuple(SafetyClass) else "must be 'A', 'B' or 'C'",
        "",
    )
    safety_class_rationale: str = _setting("", "Why it is that class", _of_type(str, "a text"), "")
    phase: str = _setting("development", "How strictly rules are applied", _one_of(*Phase), "")
    defaults: Mapping[str, Mapping[str, Any]] = _setting(
        {},
        "What SOUPs share: patterns of package URLs or IDs to fields with their values; what a SOUP says itself goes "
        "before that, and of several patterns the first that has the field counts",
        _defaults,
        "",
    )
    planned_life_end: str | None = _setting(
        None, "The date until which the device is planned to be in use; ends of support are compared with it", _date, ""
    )
    anomaly_lists: str = _setting(
        "cause",
        "Which SOUPs owe their list of known anomalies: 'cause' for those that a cause arises from, 'always' for all",
        _one_of("cause", "always"),
        "",
    )
    rules: Mapping[str, Any] = _setting({}, "Rules to levels, or to {'level': 'off', 'reason': …, 'by': …}", _rules, "")
    licence_policy: Mapping[str, Any] = _setting(
        {},
        "Which licences the product may hold: 'allow', 'review' and 'deny' are lists of SPDX identifiers and of "
        "categories ('permissive', 'weak copyleft', 'strong copyleft', 'non-commercial', 'commercial', 'unknown'); "
        "an identifier goes before its category, and what no list names is reviewed. 'waivers' is a list of "
        "{'package': …, 'licence': …, 'reason': …, 'by': …, 'until': 'YYYY-MM-DD'}",
        _licence_policy,
        "",
    )
    risk_matrix: Mapping[str, Sequence[Any]] | None = _setting(
        None,
        "Severities, probabilities and cells: the manufacturer's criteria of acceptability; `classes` adds, for each "
        "severity, the class of software that can lead to it",
        _matrix,
    )
    kinds: Mapping[str, str] = _setting(
        {}, "Your own types of sphinx-needs, to the kinds they stand for", _names_to(BY_NAME, "kinds")
    )
    links: Mapping[str, str | Sequence[str]] = _setting(
        {},
        "Your own link types of sphinx-needs, to the link types they stand for; `_back` behind one says that yours is "
        "stored at its other end; of a list of them the first is meant that fits the kinds at both ends",
        _links,
    )
    blocks: bool = _setting(
        True,
        "Whether items are drawn as our blocks; if not, sphinx-needs draws its cards",
        _of_type(bool, "True or False, on the command line 1 or 0"),
        "html",
    )
    rows_per_page: int = _setting(
        2000,
        "The most rows of a table on one web page: longer ones are split over several pages; 0 keeps them whole",
        lambda value: "" if type(value) is int and value >= 0 else "must be a number, 0 or above",
        "html",
    )
    source_url: str = _setting(
        "",
        "What a place in a web page leads to: an address with {path}, from the top of the repository, and {line}",
        lambda value: "" if value == "" or _is_address(value) else "must be an http(s) address with {path} in it",
        "html",
    )
    documents: Mapping[str, str] | None = _setting(
        None,
        "Names of PDFs to the page each starts from; by default one for each `document` item",
        _documents,
        "",
    )
    pdf_fonts: Sequence[str] = _setting(
        [],
        "Folders of further fonts for PDFs, relative to conf.py",
        lambda value: "" if _texts(value) else "must be a list of folders",
        "",
    )
    pdf_look: Mapping[str, Any] = _setting(
        {},
        "How PDFs look: paper, margins, colours, fonts, code_fonts, logo, header and footer, as far as it is to differ",
        misfit,
        "",
    )
    pdf_standard: str | Sequence[str] = _setting(
        "a-2b",
        "The standard that PDFs keep, or a list of several: 'a-2b', 'a-2u' or 'a-2a' (PDF/A-2), 'ua-1' (PDF/UA-1)",
        _standards,
        "",
    )
    pdf_combined: bool = _setting(
        False,
        "Whether to make one PDF of the whole project beside those of its documents",
        _of_type(bool, "True or False, on the command line 1 or 0"),
        "",
    )
    date: str | None = _setting(
        None,
        "The as-of date; by default SOURCE_DATE_EPOCH, else the date of the last commit, never the clock",
        _date,
        "",
    )


def add_settings(app: Sphinx) -> None:
    """Declare every setting to Sphinx. Their values are checked here, with a finding, and not by Sphinx."""
    for one in fields(SoupConfig):
        default = SoupConfig().__dict__[one.name]
        # of a switch, Sphinx itself takes 0 and 1 from the command line
        types = (bool, str) if isinstance(default, bool) else Any
        app.add_config_value(f"soup_{one.name}", default, one.metadata["rebuild"], types=types)
    app.connect("config-inited", check_settings, priority=15)


def check_settings(app: Sphinx, config: Config) -> None:
    """Put the default in the place of each value that does not fit, and keep why."""
    wrong: list[tuple[str, str]] = []
    for one in fields(SoupConfig):
        name = f"soup_{one.name}"
        value = config[name]
        default = SoupConfig().__dict__[one.name]
        problem = "" if value == default else _checked(one.metadata["check"], value)
        if problem:
            wrong.append((name, f"{name} {problem}; its default is used"))
            config[name] = default
    _WRONG[app] = wrong
    config["soup_risk_matrix"] = config.soup_risk_matrix or EXAMPLE_MATRIX


def _checked(check: Check, value: Any) -> str:
    try:
        return check(value)
    except (TypeError, ValueError, KeyError, AttributeError):
        return f"has the value {value!r}, which is not of its form"


def rejected_settings(app: Sphinx) -> list[Rejection]:
    """The settings that could not be taken, those that do not exist, and those that map what does not exist."""
    return [
        Rejection(id=None, kind="setting", title=name, problem=problem, location=written_at(app, name))
        for name, problem in (*_WRONG[app], *_unknown(app), *_unmapped(app), *_shadowed(app))
    ]


def _unknown(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The names that conf.py sets as if they were settings of ours."""
    known = [f"soup_{one.name}" for one in fields(SoupConfig)]
    suggest = suggester(known)
    for name in sorted(app.config._raw_config):
        if name.startswith("soup_") and name not in app.config:
            yield name, f"there is no setting of this name{suggest(name)}; there are {', '.join(known)}"


def _unmapped(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The names that `soup_kinds` and `soup_links` map although the project has no such type."""
    types, links = declared(app)
    for name, names in (("soup_kinds", types), ("soup_links", links)):
        for missing in sorted(app.config[name].keys() - names):
            yield name, f"it maps {missing!r}, which sphinx-needs does not know{suggester(names)(missing)}"


def _shadowed(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The fields of the project that leave no place for a link type of ours."""
    for name in sorted(LINK_BY_NAME.keys() - declared(app)[1]):
        yield "needs_fields", f"its field {name!r} has the name of a link type, which no item can hold; rename it"


def written_at(app: Sphinx, name: str) -> Location:
    """Where conf.py sets a name; without a line where it does not."""
    try:
        lines = (app.confdir / "conf.py").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    found = [number for number, line in enumerate(lines, 1) if re.match(rf"{name}\s*[:=]", line)]
    return Location("conf.py", found[-1] if found else None)


def settings(app: Sphinx) -> Settings:
    """What the judgement needs of the configuration."""
    config = app.config
    matrix = config.soup_risk_matrix
    return Settings(
        safety_class=SafetyClass(config.soup_safety_class) if config.soup_safety_class else None,
        safety_class_rationale=config.soup_safety_class_rationale,
        phase=Phase(config.soup_phase),
        rules={name: _rule_setting(written) for name, written in config.soup_rules.items()},
        risk_matrix=_risk_matrix(matrix),
        licence_policy=_policy(config.soup_licence_policy),
        soup_defaults={pattern: _shared(written) for pattern, written in config.soup_defaults.items()},
        planned_life_end=config.soup_planned_life_end or "",
        anomaly_lists_always=config.soup_anomaly_lists == "always",
        written={name: written_at(app, name) for name in _WRITTEN},
    )


def _policy(written: Mapping[str, Any]) -> LicencePolicy:
    """The policy: a list that is not written is that of the example, without what another list names."""
    named = {name for decision in Decision for name in written.get(decision, ())}
    lists = {
        str(decision): tuple(written[decision])
        if decision in written
        else tuple(name for name in getattr(LicencePolicy(), decision) if name not in named)
        for decision in Decision
    }
    return LicencePolicy(**lists, waivers=tuple(LicenceWaiver(**one) for one in written.get("waivers", ())))


def example_matrix() -> RiskMatrix:
    """The matrix that stands in until the manufacturer states its own."""
    return _risk_matrix(EXAMPLE_MATRIX)


def _risk_matrix(written: Mapping[str, Sequence[Any]]) -> RiskMatrix:
    return RiskMatrix(
        severities=tuple(written["severities"]),
        probabilities=tuple(written["probabilities"]),
        cells=tuple(tuple(Acceptability(one) for one in row) for row in written["cells"]),
        classes=tuple(SafetyClass(one) for one in written.get("classes", ())),
        stated=written is not EXAMPLE_MATRIX,
    )


def _shared(written: Mapping[str, Any]) -> dict[str, FieldValue]:
    return {name: value if isinstance(value, str) else tuple(value) for name, value in written.items() if value}


def _rule_setting(written: Any) -> RuleSetting:
    entry = written if isinstance(written, dict) else {"level": written}
    level = None if entry["level"] == "off" else Severity(entry["level"])
    return RuleSetting(level=level, reason=str(entry.get("reason", "")), by=str(entry.get("by", "")))
