"""A small item stands on one page; one that is longer than a page goes on in the next."""

from __future__ import annotations

import re

from tests.pdf.pdf_file import Pdf
from tests.project import Project


def test_small_items_are_whole_and_long_ones_break(project: Project) -> None:
    small = "".join(
        f"""
.. requirement:: Small {number}
   :id: REQ_{number}
   :source: the end of item {number}.

   It says {"much and " * (number % 7)}little.
"""
        for number in range(10, 70)
    )
    long = ".. requirement:: Long\n   :id: REQ_LONG\n   :source: a\n\n   " + "A sentence of a long item. " * 400
    project.write("index.rst", f"Items\n=====\n{small}\n{long}\n")
    run = project.build("soup-pdf")
    (path,) = run.output.glob("*.pdf")
    pages = ["".join(page.split()) for page in Pdf(path).pages]
    for number in range(10, 70):
        (held,) = (page for page in pages if f"REQ_{number}Small" in page)
        assert f"theendofitem{number}." in held
    assert sum("Asentenceofalongitem." in page for page in pages) > 1


def test_an_item_with_many_facts_is_whole_where_they_take_few_lines(project: Project) -> None:
    risk = """
.. risk:: Harm {number}
   :id: RISK_{number}
   :sequence: one
   :situation: two
   :harm: three
   :severity: minor
   :p1: four
   :p2: five
   :probability: remote
   :residual_severity: minor
   :residual_probability: remote
   :benefit_risk: six
   :disclose_in_ifu: yes
   :security_origin: yes

   It goes wrong.
"""
    every = ", ".join(f"RISK_{number}" for number in range(10, 40))
    linked = f"""
.. cause:: Slip
   :id: CAUSE_1
   :contributes_to: {every}

.. mitigation:: Guard
   :id: RCM_1
   :controls: {every}
   :introduces: {every}
"""
    risks = "".join(risk.format(number=number) for number in range(10, 40))
    project.write("index.rst", f"Risks\n=====\n{risks}\n{linked}")
    (path,) = project.build("soup-pdf").output.glob("*.pdf")
    pages = ["".join(page.split()) for page in Pdf(path).pages]
    for page in pages:
        assert len(re.findall(r"RISK_\d+Harm", page)) == page.count("causedbyCAUSE_1")
