"""The progress of this build in JSON: small enough to be kept with the sources, for the trend of later builds.

Its schema is `soup-progress/1`. The view `progress-trend` shows what is kept.
"""

from __future__ import annotations

from sphinxcontrib_soup.model import Dossier
from sphinxcontrib_soup.plugin import export
from sphinxcontrib_soup.progress import SCHEMA, progress_of
from sphinxcontrib_soup.trace_json import dumps


@export("progress", ".json")
def progress(dossier: Dossier) -> bytes:
    """How many items of each kind have which verdict, how many findings are open, and where the build comes from."""
    found = progress_of(dossier)
    return dumps(
        {
            "schema": SCHEMA,
            "provenance": found.provenance,
            "items": found.items,
            "effectiveness": found.effectiveness,
            "findings": found.findings,
        }
    ).encode()
