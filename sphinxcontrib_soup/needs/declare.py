"""The kinds, fields and links of :mod:`kinds`, declared to sphinx-needs; what the user declared wins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sphinx_needs.api.configuration import get_need_types
from sphinx_needs.config import DEFAULT_NEED_TYPES
from sphinx_needs.data import SphinxNeedsData

from sphinxcontrib_soup.kinds import ID_PATTERN, KINDS, LINKS, Field, Form, Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

VERDICT = "verdict"
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
    config["needs_types"] = [*types, *(_need_type(kind) for kind in ours)]
    config["needs_links"] = {**_link_types(), **config.needs_links}
    config["needs_fields"] = {
        VERDICT: _text("Computed from the executions that verify the item"),
        **config.needs_fields,
    }
    config["soup_kinds"] = {**{kind.name: kind.name for kind in ours}, **config.soup_kinds}
    config["soup_links"] = {**{link.name: link.name for link in LINKS}, **config.soup_links}
    _prefer(config, "needs_id_regex", ID_PATTERN)
    _prefer(config, "needs_reproducible_json", True)


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


def _field(field: Field) -> dict[str, Any]:
    return {"description": field.help, "schema": _SCHEMAS.get(field.form, {"type": "string"}), "nullable": True}


def _text(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "nullable": True}


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
