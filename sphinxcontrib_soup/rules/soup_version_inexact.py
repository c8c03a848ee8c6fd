"""A SOUP whose version is missing, a range, or a word that holds its place.

Why
---
A SOUP must be identified by what makes it unique: its exact version, release date, patch or commit, in its maker's
own notation. A range names many pieces of software, `latest` another one each week, and `TBD` none; nothing that was
evaluated for one version can be shown to hold for the device.

Bad
---
.. code-block:: rst

   .. expect: soup-version-inexact
   .. soup:: Lodash
      :id: SOUP_LODASH
      :designator: ^4.17.0

   .. expect: soup-version-inexact
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: latest

   .. expect: soup-version-inexact
   .. soup:: FreeRTOS
      :id: SOUP_FREERTOS

Good
----
.. code-block:: rst

   .. soup:: Lodash
      :id: SOUP_LODASH
      :designator: 4.17.21

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: v1.3.1

   .. soup:: FreeRTOS
      :id: SOUP_FREERTOS
      :designator: 202406.01 LTS
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.versions import inexact
from sphinxcontrib_soup.wording import listing, shown


@rule("soup-version-inexact", clause="IEC62304 8.1.2", basis=Basis.NORMATIVE, level=Severity.ERROR)
def soup_version_inexact(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("soup"):
        designator = item.text("designator").strip()
        problem = inexact(designator)
        if not problem:
            yield None
            continue
        said = f"its version {shown(designator)} {problem}" if designator else "it states no version"
        in_use = sorted({version for key in trace.soup_uses.get(item.id, ()) for version in trace.uses[key].versions})
        hint = f" (in use: {listing(shown(version) for version in in_use)})" if in_use else ""
        yield Found(
            subject=item.id,
            message=f"{item.id} is not identified: {said}; write the exact version as `:designator:`{hint}",
            location=item.location,
        )
