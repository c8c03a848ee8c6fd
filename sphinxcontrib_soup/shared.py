"""Values that many SOUPs share: stated once in `soup_defaults`, and shown to be shared wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from urllib.parse import unquote

from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import FieldValue, Item, Settings

OWN = ("purl", "designator", "safety_class")
"""What makes a SOUP this one, or is computed: never shared."""

SHAREABLE = tuple(field for field in BY_NAME["soup"].fields if field.name not in OWN)


def with_shared(item: Item, settings: Settings) -> Item:
    """A SOUP with the shared values that it does not state itself; any other item as it is.

    A pattern is compared with the package URL without version, and with the ID. Where several fit, the first that has
    a field gives its value.
    """
    if item.kind != "soup" or not settings.soup_defaults:
        return item
    key = package_key(item.text("purl")) or ""
    names = (key, unquote(key), item.id)
    values: dict[str, FieldValue] = {}
    patterns: dict[str, str] = {}
    for pattern, fields in settings.soup_defaults.items():
        if any(fnmatchcase(name, pattern) for name in names):
            for field, value in fields.items():
                if field not in patterns and not item.text(field):
                    values[field], patterns[field] = value, pattern
    return replace(item, fields={**item.fields, **values}, shared={**item.shared, **patterns}) if patterns else item
