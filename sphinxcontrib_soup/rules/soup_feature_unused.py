"""A requirement on a feature of a SOUP that is not among those in use.

Why
---
What of a SOUP is used is its boundary: inside it is specified and tested, outside it nothing is. A requirement on a
feature that the SOUP's ``:used_features:`` do not list asks too much, or the list is behind; one on an excluded feature
contradicts it. Examined are the ``soup-requirement`` items that name the ``:feature:`` they are about, in the words of
the list.

Bad
---
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :used_features: inflate, crc32
      :excluded_features: deflate

   .. expect: soup-feature-unused
   .. soup-requirement:: Streams are packed to half their size
      :id: SREQ_PACK
      :feature: deflate
      :specifies: SOUP_ZLIB

   .. expect: soup-feature-unused
   .. soup-requirement:: Files with a gzip header are read
      :id: SREQ_GZIP
      :feature: gzopen
      :specifies: SOUP_ZLIB

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :used_features: inflate, crc32
      :excluded_features: deflate

   .. soup-requirement:: A corrupt stream is reported, not returned
      :id: SREQ_CORRUPT
      :feature: inflate, crc32
      :specifies: SOUP_ZLIB
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown, suggester


@rule("soup-feature-unused", clause="IEC62304 5.3.3", basis=Basis.PRACTICE, level=Severity.WARNING)
def soup_feature_unused(trace: Trace) -> Iterator[Found | None]:
    for requirement in trace.of_kind("soup-requirement"):
        named = _features(requirement, "feature")
        for soup in trace.targets(requirement, "specifies") if named else ():
            yield _judged(requirement, named, soup)


def _judged(requirement: Item, named: list[str], soup: Item) -> Found | None:
    used, excluded = _features(soup, "used_features"), _features(soup, "excluded_features")
    known = {feature.casefold() for feature in used}
    unused = [feature for feature in named if feature.casefold() not in known]
    if not unused:
        return None
    barred = {feature.casefold() for feature in excluded}
    suggest = suggester(used)
    said = listing(
        f"{shown(feature)}, which is excluded" if feature.casefold() in barred else shown(feature) + suggest(feature)
        for feature in unused
    )
    message = (
        f"{requirement.id} is about what is not among the used features of {soup.id}: {said}; "
        f"add it to `:used_features:` of {soup.id}, or take the requirement out"
    )
    return Found(subject=requirement.id, message=message, location=requirement.location)


def _features(item: Item, field: str) -> list[str]:
    """The features that a field lists, whether it was given as a list or as a text."""
    value = item.fields.get(field, ())
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return [part.strip() for part in parts if part.strip()]
