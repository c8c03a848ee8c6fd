"""Load: a trace.json becomes the dossier that it was written of, without a build."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sphinxcontrib_soup.model import Dossier, Evidence, Item, Provenance, PublicName, Rejection, Settings, SourceFile
from sphinxcontrib_soup.pipeline.judge import judge
from sphinxcontrib_soup.pipeline.link import link
from sphinxcontrib_soup.plugin import Rule
from sphinxcontrib_soup.trace_json import SCHEMA, decode

_INTERFACES: Any = Mapping[str, tuple[PublicName, ...]]
_PATHS: Any = Mapping[str, tuple[str, ...]]


def records(text: str) -> dict[str, Any]:
    """What a trace.json holds, by name.

    :raises ValueError: with a sentence for people, if the text is none
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON ({error})") from error
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        raise ValueError(f"its schema is {schema!r:.60}, not {SCHEMA!r}: name a trace.json of this version")
    return {str(name): value for name, value in found.items()}


def dossier(found: dict[str, Any], rules: Sequence[Rule]) -> Dossier:
    """The dossier of these records: its facts are linked and judged again.

    :raises ValueError: with the place and a sentence for people, if a record is not of its form
    """
    interfaces = decode(_INTERFACES, found.get("interfaces"))
    public = dict.fromkeys(one for several in interfaces.values() for one in several)
    trace = link(
        decode(tuple[Item, ...], found.get("items")),
        (*decode(tuple[Evidence, ...], found.get("evidence")), *public),
        decode(Settings, found.get("settings")),
        rejections=decode(tuple[Rejection, ...], found.get("rejections")),
        sources=decode(tuple[SourceFile, ...], found.get("sources")),
        others=decode(tuple[str, ...], found.get("others")),
        code=decode(_PATHS, found.get("item_code")),
    )
    provenance = decode(Provenance, found.get("provenance"))
    return Dossier(trace=trace, judgement=judge(trace, rules), provenance=provenance)
