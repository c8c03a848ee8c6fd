"""A document whose history does not tell of the revision that it is in.

Why
---
Who opens a document in a new revision asks what changed. Where the revision was raised and the history was not, or the
other way round, the reader cannot tell which of the two to believe, and the register of documents names a last change
that was not the last.

Bad
---
.. code-block:: rst

   .. expect: document-history-behind
   .. document:: Risk management plan
      :id: DOC_RMP
      :revision: 3
      :history:
         2 | 2026-01-20 | I. Falk | Criteria for the new alarm
         1 | 2025-11-03 | I. Falk | First issue

Good
----
.. code-block:: rst

   .. document:: Risk management plan
      :id: DOC_RMP
      :revision: 3
      :history:
         3 | 2026-02-11 | I. Falk | Criteria for updates in the field
         2 | 2026-01-20 | I. Falk | Criteria for the new alarm
         1 | 2025-11-03 | I. Falk | First issue
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.cells import is_behind, last_revision
from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown


@rule("document-history-behind", clause="IEC62304 8.3", basis=Basis.GUIDANCE, level=Severity.WARNING)
def document_history_behind(trace: Trace) -> Iterator[Found | None]:
    for document in trace.of_kind("document"):
        yield _found(document) if is_behind(document) else None


def _found(document: Item) -> Found:
    last = last_revision(document)
    stated, told = shown(document.text("revision")), shown(last.name) if last else ""
    return Found(
        subject=document.id,
        message=f"{document.id} is in revision {stated}, but the newest line of its :history: is that of revision "
        f"{told}; add a line for revision {stated}, or correct :revision:",
        location=document.location,
    )
