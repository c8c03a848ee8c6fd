"""Third-party notices as plain text, for the product's help or a file beside it."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.licences.notices import NO_TEXT, Notice, notices
from sphinxcontrib_soup.model import Dossier
from sphinxcontrib_soup.plugin import export

_RULE = "-" * 80


@export("third-party-notices", ".txt")
def third_party_notices(dossier: Dossier) -> bytes:
    """Each notice with its packages, licence, copyright lines and text, as the packages write it."""
    product = f"{dossier.provenance.project} {dossier.provenance.release}".strip() or "The product"
    found = notices(dossier.trace)
    opening = "holds software of others, under the licences below." if found else "asks for no notice."
    lines = [f"{product} {opening}", *(line for one in found for line in _notice(one))]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _notice(notice: Notice) -> Iterator[str]:
    yield from ("", _RULE, *(one.title for one in notice.packages), f"Licence: {notice.licence}")
    whole = " ".join(" ".join(notice.texts).split())
    yield from (line for line in notice.copyright if line not in whole)
    for text in notice.texts or (NO_TEXT,):
        yield from ("", text.rstrip("\n"))
