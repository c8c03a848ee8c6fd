"""A library that is declared and that no code imports.

Why
---
A library that no code uses is in the device for nothing: it must be kept up to date, its anomalies must be read, and
its licence holds all the same. Or the code imports it by another name than that of its package; then nothing that is
said of its use is complete. A SOUP of the kind `library` or `framework`, or of none, is examined if code was read in a
language that imports such packages. A package of NuGet or Maven says nothing of the namespaces in it: such a SOUP is
examined if it states them, and must state them if an item wraps it. A library that is used without being imported, such
as a plugin that another one loads, says so: `:import_names: none`.

Bad
---
.. code-block:: python
   :caption: dose.py

   import yaml

.. code-block:: rst

   .. software-item:: Dose
      :id: ITEM_DOSE
      :code: dose.py

   .. expect: soup-unused-by-code
   .. soup:: PyYAML
      :id: SOUP_PYYAML
      :purl: pkg:pypi/pyyaml

Good
----
.. code-block:: python
   :caption: dose.py

   import yaml

.. code-block:: rst

   .. software-item:: Dose
      :id: ITEM_DOSE
      :code: dose.py

   .. soup:: PyYAML
      :id: SOUP_PYYAML
      :purl: pkg:pypi/pyyaml
      :import_names: yaml
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.kinds import listed
from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import counted, listing, shown

EXAMINED = ("", "library", "framework")
SILENT = ("maven", "nuget")
"""The types of package URL that say nothing of what code imports."""


@rule("soup-unused-by-code", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def soup_unused_by_code(trace: Trace) -> Iterator[Found | None]:
    for soup in trace.of_kind("soup"):
        if soup.text("soup_kind") not in EXAMINED:
            continue
        type_ = _type(trace, soup)
        files = sum(type_ in source.imports for source in trace.sources)
        stated = soup.text("import_names")
        if soup.id in trace.soup_code:
            yield None
        elif files and listed(soup, "import_names"):
            yield _unused(soup, files, f"as {listing(map(shown, listed(soup, 'import_names')))}")
        elif files and not stated and type_ not in SILENT:
            yield _unused(soup, files, "by the name of its package")
        elif files and not stated and trace.origins(soup, "wraps"):
            yield _unknown(soup)


def _type(trace: Trace, soup: Item) -> str:
    """The type of its package URL, its own or that of the package in use that it declares."""
    purl = soup.text("purl") or next(iter(trace.soup_uses.get(soup.id, ())), "")
    return purl.partition("/")[0].removeprefix("pkg:").lower()


def _unused(soup: Item, files: int, sought: str) -> Found:
    return Found(
        subject=soup.id,
        message=f"{soup.id} is declared, but of {counted(files, 'file')} of code that could import it none does so "
        f"{sought}; take it out, name the files that use it in a `:code:`, or write what code calls it in "
        "`:import_names:` (`none` if no code imports it)",
        location=soup.location,
    )


def _unknown(soup: Item) -> Found:
    return Found(
        subject=soup.id,
        message=f"{soup.id} is wrapped, but its package does not tell what code imports of it, so nobody can see "
        "whether its use stays inside; write its namespaces or packages in `:import_names:`",
        location=soup.location,
    )
