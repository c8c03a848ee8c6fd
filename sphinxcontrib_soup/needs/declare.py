"""The kinds, fields and links of :mod:`kinds`, declared to sphinx-needs; what the user declared wins."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING, Any

from sphinx_needs.api.configuration import get_need_types
from sphinx_needs.config import DEFAULT_NEED_TYPES
from sphinx_needs.data import SphinxNeedsData

from sphinxcontrib_soup.kinds import BY_NAME, ID_PATTERN, KINDS, LINKS, Field, Form, Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

VERDICT = "verdict"
_VERDICT: Mapping[str, Any] = {
    "description": "Computed from the executions that verify the item",
    "schema": {"type": "string"},
    "nullable": True,
}
_SCHEMAS: Mapping[Form, Mapping[str, Any]] = {
    Form.LIST: {"type": "array", "items": {"type": "string"}},
    Form.FLAG: {"type": "boolean"},
}


def setup_declare(app: Sphinx) -> None:
    # after sphinx-needs read its TOML and resolved its types (12), before it loads its configuration (500)
    app.connect("config-inited", contribute, priority=20)


def contribute(_app: Sphinx, config: Config) -> None:
    """Add our types, fields and links to the configuration of sphinx-needs.

    `soup_kinds` and `soup_links` become complete maps: the user's own entries and the names that are ours.
    """
    types = [*config.needs_types]
    if types == list(DEFAULT_NEED_TYPES):
        types = [one for one in types if one["directive"] != "test"]
    taken = {one["directive"] for one in types}
    ours = [kind for kind in KINDS if kind.name not in taken]
    fields, links = _names(config, "fields", "extra_options"), _names(config, "links", "extra_links")
    mapped = [_with_fields(one, config.soup_kinds.get(one["directive"]), fields | links) for one in types]
    config["needs_types"] = [*mapped, *(_with_fields(_need_type(kind), kind.name, fields | links) for kind in ours)]
    link_types = {name: one for name, one in _link_types().items() if name not in fields | links}
    config["needs_links"] = {**link_types, **config.needs_links}
    config["needs_fields"] = {VERDICT: _VERDICT, **config.needs_fields}
    config["soup_kinds"] = {**{kind.name: kind.name for kind in ours}, **config.soup_kinds}
    config["soup_links"] = {**{link.name: link.name for link in LINKS if link.name not in fields}, **config.soup_links}
    _prefer(config, "needs_id_regex", ID_PATTERN)
    _prefer(config, "needs_reproducible_json", True)


def of_ours(config: Config) -> frozenset[str]:
    """The types that are ours, and not the project's own of the same name."""
    ours = [_need_type(kind) for kind in KINDS]
    return frozenset(one["directive"] for one in config.needs_types if {**one, "fields": {}} in ours)


def computes_verdict(config: Config) -> bool:
    """Whether the field `verdict` is ours: a project that has one of this name keeps what it says."""
    return bool(config.needs_fields[VERDICT] == _VERDICT)


def declared(app: Sphinx) -> tuple[frozenset[str], frozenset[str]]:
    """The types and the link types that sphinx-needs knows, whoever declared them."""
    return frozenset(get_need_types(app)), frozenset(SphinxNeedsData(app.env).get_schema().iter_link_field_names())


def _prefer(config: Config, name: str, value: object) -> None:
    """Set what the user left at its default."""
    if getattr(config, name) == config.values[name].default:
        config[name] = value


def _need_type(kind: Kind) -> dict[str, Any]:
    return {
        "directive": kind.name,
        "title": kind.title,
        "prefix": kind.prefix,
        "color": kind.colour,
        "style": "node",
        "fields": {},
    }


def _names(config: Config, now: str, formerly: str) -> set[str]:
    """The fields or links that the project declares, also as lists, which sphinx-needs took before."""
    listed = getattr(config, f"needs_{formerly}", None) or []
    named = (one.get("name", one.get("option")) if isinstance(one, Mapping) else one for one in listed)
    return {*config[f"needs_{now}"], *(str(one) for one in named)}


def _with_fields(need_type: Mapping[str, Any], kind: str | None, known: Set[str]) -> Mapping[str, Any]:
    """A type with the fields of the kind it stands for, but for those that the project has for all types already."""
    fields = need_type.get("fields", {})
    missing = [one for one in BY_NAME[kind].fields if one.name not in known] if kind else []
    return {**need_type, "fields": {**{one.name: _field(one) for one in missing}, **fields}} if missing else need_type


def _field(field: Field) -> dict[str, Any]:
    return {"description": field.help, "schema": _SCHEMAS.get(field.form, {"type": "string"}), "nullable": True}


def _link_types() -> dict[str, Any]:
    """Our links. Dead ones are allowed here because a rule of ours reports them, in every build and with a clause."""
    return {
        link.name: {
            "description": f"{link.title} ({', '.join(link.targets) or 'any item'})",
            "outgoing": link.title,
            "incoming": link.inverse,
            "allow_dead_links": True,
        }
        for link in LINKS
    }
