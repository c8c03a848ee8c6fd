"""A level set for a rule that does not exist.

Why
---
A misspelt name in `soup_rules` changes nothing, and whoever wrote it believes that it did.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_rules = {"requirement-untetsed": "error"}

.. code-block:: rst

   .. expect: rule-setting-wrong at conf.py:1

Good
----
.. code-block:: python
   :caption: conf.py

   soup_rules = {"requirement-untested": "error"}
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, discover, rule
from sphinxcontrib_soup.wording import shown, suggester


@rule("rule-setting-wrong", clause="", basis=Basis.PRACTICE, level=Severity.ERROR)
def rule_setting_wrong(trace: Trace) -> Iterator[Found | None]:
    known = {one.name for one in discover().rules}
    suggest = suggester(known)
    for name in sorted(trace.settings.rules):
        if name in known:
            yield None
            continue
        message = f"`soup_rules` sets {shown(name)}, but no rule has that name{suggest(name)}; correct or remove it"
        yield Found(subject=shown(name), message=message, location=trace.settings.at("soup_rules"))
