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
    known = config.needs_fields.keys() | config.needs_links.keys()
    mapped = [_with_fields(one, config.soup_kinds.get(one["directive"]), known) for one in types]
    config["needs_types"] = [*mapped, *(_need_type(kind) for kind in ours)]
    config["needs_links"] = {**_link_types(), **config.needs_links}
    config["needs_fields"] = {VERDICT: _VERDICT, **config.needs_fields}
    config["soup_kinds"] = {**{kind.name: kind.name for kind in ours}, **config.soup_kinds}
    config["soup_links"] = {**{link.name: link.name for link in LINKS}, **config.soup_links}
    _prefer(config, "needs_id_regex", ID_PATTERN)
    _prefer(config, "needs_reproducible_json", True)


def of_ours(config: Config) -> frozenset[str]:
    """The types that are ours, and not the project's own of the same name."""
    ours = {kind.name: _need_type(kind) for kind in KINDS}
    return frozenset(one["directive"] for one in config.needs_types if one == ours.get(one["directive"]))


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
        "fields": {field.name: _field(field) for field in kind.fields},
    }


def _with_fields(need_type: Mapping[str, Any], kind: str | None, known: Set[str]) -> Mapping[str, Any]:
    """A type of the project with those fields of the kind it stands for that the project does not have already."""
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
