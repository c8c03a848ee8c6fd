"""A software item or a SOUP of a lower safety class than the risk asks for that it contributes to, or controls.

Why
---
The class of a software item follows from the harm to which it can contribute, and that of an item that implements a
control from the risk that it controls (7.2.2). An item contributes to a risk if one of its causes arises from it. It
implements a control if a requirement that the mitigation is implemented by, or that refines one, is allocated to it; a
SOUP, if one of its own requirements implements it.

A risk that is acceptable as first estimated asks for class A, any other for the class that its severity has among the
``classes`` of ``soup_risk_matrix``. Where they are not stated it asks for the class of the software system, so that a
lower class is never taken for granted. Estimates are those before control; those after control count only where every
mitigation is outside of the software, implemented by no requirement on it.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_safety_class = "C"
   soup_risk_matrix = {
       "severities": ["minor", "serious"],
       "probabilities": ["remote", "frequent"],
       "cells": [["acceptable", "investigate"], ["investigate", "unacceptable"]],
       "classes": ["B", "C"],
   }

.. code-block:: rst

   .. expect: safety-class-below-risk
   .. software-item:: Alarm sound
      :id: ITEM_ALARM
      :safety_class: B
      :segregation: A processor of its own

   .. requirement:: The alarm sounds within one second
      :id: REQ_ALARM
      :allocated_to: ITEM_ALARM

   .. mitigation:: An alarm calls for help
      :id: RCM_ALARM
      :implemented_by: REQ_ALARM
      :controls: RISK_STOP

   .. risk:: The pump stops
      :id: RISK_STOP
      :severity: serious
      :probability: remote

Good
----
.. code-block:: python
   :caption: conf.py

   soup_safety_class = "C"
   soup_risk_matrix = {
       "severities": ["minor", "serious"],
       "probabilities": ["remote", "frequent"],
       "cells": [["acceptable", "investigate"], ["investigate", "unacceptable"]],
       "classes": ["B", "C"],
   }

.. code-block:: rst

   .. software-item:: Alarm sound
      :id: ITEM_ALARM

   .. requirement:: The alarm sounds within one second
      :id: REQ_ALARM
      :allocated_to: ITEM_ALARM

   .. mitigation:: An alarm calls for help
      :id: RCM_ALARM
      :implemented_by: REQ_ALARM
      :controls: RISK_STOP

   .. risk:: The pump stops
      :id: RISK_STOP
      :severity: serious
      :probability: remote

   .. software-item:: Colours of the screen
      :id: ITEM_COLOURS
      :safety_class: B
      :segregation: A process of its own

   .. cause:: Red is drawn too dark
      :id: CAUSE_DARK
      :arises_from: ITEM_COLOURS
      :contributes_to: RISK_MISREAD

   .. risk:: A reading is taken late
      :id: RISK_MISREAD
      :severity: minor
      :probability: frequent
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sphinxcontrib_soup.cells import mitigations
from sphinxcontrib_soup.model import Acceptability, Basis, Item, SafetyClass, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown

_SETTING = "soup_safety_class"


@dataclass(frozen=True, slots=True)
class _Demand:
    """The class that a risk asks of an item, and why: what the item does, as a verb and its object."""

    asked: SafetyClass
    why: str


@rule(
    "safety-class-below-risk",
    clause="IEC62304 4.3",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def safety_class_below_risk(trace: Trace) -> Iterator[Found | None]:
    system = trace.settings.class_in_force
    too_low: dict[str, list[_Demand]] = {}
    for id_, demands in _demands(trace).items():
        unmet = [demand for demand in demands if demand.asked > trace.safety_classes[id_]]
        if unmet and trace.safety_classes[id_] >= system:
            too_low[id_] = unmet  # the class of the whole software is wrong: said once, not for each item
        else:
            yield _below(trace, trace.items[id_], unmet) if unmet else None
    if too_low:
        yield _system_below(trace, too_low)


def _below(trace: Trace, item: Item, unmet: list[_Demand]) -> Found:
    highest = max(demand.asked for demand in unmet)
    raised = "raise the class of an item that uses it" if item.kind == "soup" else "raise its class"
    hint = "" if trace.settings.risk_matrix.classes else "; or state `classes` for the severities in `soup_risk_matrix`"
    message = (
        f"{item.id} is of class {trace.safety_classes[item.id]}, but {listing(demand.why for demand in unmet)}, "
        f"for which class {highest} is due; {raised}{hint}"
    )
    return Found(subject=item.id, message=message, location=item.location)


def _system_below(trace: Trace, too_low: Mapping[str, list[_Demand]]) -> Found:
    highest = max(demand.asked for demands in too_low.values() for demand in demands)
    named = listing((f"{id_} {demands[0].why}" for id_, demands in sorted(too_low.items())), most=3)
    message = (
        f"the software is of class {trace.settings.class_in_force}, but {named}, for which class {highest} is due; "
        f"raise `{_SETTING}`, or control the risk outside of the software"
    )
    return Found(subject=_SETTING, message=message, location=trace.settings.at(_SETTING))


# --- what risks ask for ----------------------------------------------------------------------------------------------


def _demands(trace: Trace) -> dict[str, list[_Demand]]:
    """What risks ask of each software item and SOUP that contributes to them or controls them, by its ID."""
    found: dict[str, list[_Demand]] = defaultdict(list)
    for risk in trace.of_kind("risk"):
        asked = _asked(trace, risk)
        if asked is not None:
            said = f"{risk.id} (severity {shown(risk.text('severity'))})"
            for id_ in _contributors(trace, risk):
                found[id_].append(_Demand(asked, f"can contribute to {said}"))
            for id_ in _controllers(trace, risk):
                found[id_].append(_Demand(asked, f"controls {said}"))
    return {id_: found[id_] for id_ in sorted(found)}


def _asked(trace: Trace, risk: Item) -> SafetyClass | None:
    """The class that a risk asks for; `None` where its severity is not estimated, which is for another rule to say."""
    matrix = trace.settings.risk_matrix
    controls = [trace.items[id_] for id_ in mitigations(trace, risk)]
    outside = controls and not any(_requirements(trace, control) for control in controls)
    estimate = "residual_" if outside and risk.text("residual_severity") else ""
    severity, probability = risk.text(f"{estimate}severity"), risk.text(f"{estimate}probability")
    if severity not in matrix.severities:
        return None
    if matrix.acceptability(severity, probability) is Acceptability.ACCEPTABLE:
        return SafetyClass.A
    return matrix.classes[matrix.severities.index(severity)] if matrix.classes else trace.settings.class_in_force


def _contributors(trace: Trace, risk: Item) -> Iterator[str]:
    """What the causes of a risk arise from, software items and SOUPs, each once."""
    causes = [cause for cause in trace.origins(risk, "contributes_to") if cause.kind == "cause"]
    origins = (one for cause in causes for one in trace.targets(cause, "arises_from"))
    return iter(dict.fromkeys(one.id for one in origins if one.id in trace.safety_classes))


def _controllers(trace: Trace, risk: Item) -> Iterator[str]:
    """What implements the mitigations of a risk, software items and SOUPs, each once."""
    requirements = [one for id_ in mitigations(trace, risk) for one in _requirements(trace, trace.items[id_])]
    found = (
        target.id
        for requirement in requirements
        for link in ("allocated_to", "specifies")
        for target in trace.targets(requirement, link)
    )
    return iter(dict.fromkeys(id_ for id_ in found if id_ in trace.safety_classes))


def _requirements(trace: Trace, mitigation: Item) -> list[Item]:
    """The requirements on software and SOUPs that implement a mitigation, or refine what does."""
    reached = {one.id: one for one in trace.targets(mitigation, "implemented_by")}
    waiting = list(reached.values())
    while waiting:
        for one in trace.origins(waiting.pop(), "derives_from"):
            if one.id not in reached:
                reached[one.id] = one
                waiting.append(one)
    return [one for one in reached.values() if one.kind in ("requirement", "soup-requirement")]
