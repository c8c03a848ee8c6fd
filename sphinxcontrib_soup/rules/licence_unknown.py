"""Nobody says under which licence a SOUP may be used.

Why
---
Without a licence nobody may hand on the software of others, and whoever finds out late replaces it late. Lock files of
some ecosystems state licences, those of others (Python, Go, C) do not; an SBOM, the metadata of the installed package
or the item itself can. A text that is no expression of SPDX, or ``NOASSERTION``, says nothing that can be judged.
Packages that came along with others share one finding.

Bad
---
.. code-block:: rst

   .. expect: licence-unknown

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :licence: see its website

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :licence: Zlib
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.licences.packages import Package, packages
from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import counted, listing, shown

INVENTORY = "inventory"
_WAYS = "name an SBOM or the files of the installed packages in `soup_evidence`"


@rule("licence-unknown", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def licence_unknown(trace: Trace) -> Iterator[Found | None]:
    others: list[Package] = []
    for one in packages(trace):
        if one.expression:
            yield None
        elif one.soups:
            yield from (Found(subject=soup.id, message=_message(one), location=soup.location) for soup in one.soups)
        elif not one.direct:  # what the project asks for itself is to be declared first, as another rule says
            others.append(one)
    if others:
        verb = "has" if len(others) == 1 else "have"
        said = f"{counted(len(others), 'package')} that came along with others {verb} no known licence"
        names = listing([shown(one.title) for one in others])
        yield Found(subject=INVENTORY, message=f"{said}: {names}; {_WAYS}", location=others[0].location)


def _message(package: Package) -> str:
    if not package.stated:
        return f"no licence of {shown(package.title)} is known: state `licence` as an SPDX expression, or {_WAYS}"
    texts = listing([repr(shown(text)) for text in package.stated])
    return (
        f"the licence of {shown(package.title)} is {texts} ({package.by}), which is no SPDX expression: state "
        "`licence` as one; other terms are written LicenseRef-NAME"
    )
