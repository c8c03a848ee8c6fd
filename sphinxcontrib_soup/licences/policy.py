"""What a project's policy says of the licence of a package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.licences import Category, category_of, expression, judged
from sphinxcontrib_soup.licences.packages import Package, packages
from sphinxcontrib_soup.model import Decision, LicencePolicy, LicenceWaiver, Location, Settings, Trace, worst
from sphinxcontrib_soup.wording import counted, listing, shown, unstated

_RANK = tuple(Decision).index


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the policy decides of a package, and the waiver by which it may be used all the same."""

    decision: Decision
    waiver: LicenceWaiver | None = None


def ruling(package: Package, settings: Settings) -> Ruling | None:
    """What the policy decides; `None` where no licence is known and the policy does not speak of that."""
    policy = settings.licence_policy
    stated = package.expression
    if stated is None:
        decision = _listed(policy, Category.UNKNOWN)
    else:
        decision = judged(stated, lambda id_, exception: decide(policy, id_, exception), _best, worst)
    if decision is None:
        return None
    waiver = waived(package, stated, settings) if decision is not Decision.ALLOW else None
    return Ruling(decision, waiver)


def waived(package: Package, licence: str | None, settings: Settings) -> LicenceWaiver | None:
    """The waiver that lets a package be used under a licence, or although nobody knows under which."""
    fitting = (one for one in settings.licence_policy.waivers if waives(one, package, licence))
    return next((one for one in fitting if not flaw(one, settings)), None)


@dataclass(frozen=True, slots=True)
class Offence:
    """Something that the policy does not allow, as the beginning of a sentence."""

    subject: str
    said: str
    location: Location


def against(trace: Trace, decision: Decision) -> Iterator[Offence | None]:
    """What of a trace has this decision and no waiver, `None` for each package that the policy judges otherwise.

    Each SOUP item stands for itself; packages without one share an offence for each licence.
    """
    others: dict[str, list[Package]] = defaultdict(list)
    for one in packages(trace):
        found = ruling(one, trace.settings)
        if found is None:
            continue
        if found.decision is not decision or found.waiver:
            yield None
        elif one.soups:
            said = f"the licence of {shown(one.title)} is {_told(one.expression)}, which is"
            yield from (Offence(soup.id, said, soup.location) for soup in one.soups)
        else:
            others[_told(one.expression)].append(one)
    for licence, several in others.items():
        number = f"{counted(len(several), 'package')} without a SOUP item"
        said = f"{number}, under the licence {licence}: {listing([shown(one.title) for one in several])}; it is"
        yield Offence(licence, said, several[0].location)


def _told(expression: str | None) -> str:
    return expression or Category.UNKNOWN


def decide(policy: LicencePolicy, id_: str, exception: str | None = None) -> Decision:
    """What the policy decides of an identifier: by itself, else by its category. What it does not name is reviewed."""
    whole = f"{id_} WITH {exception}" if exception else id_
    found = _listed(policy, whole) or _listed(policy, id_) or _listed(policy, category_of(id_, exception))
    return found or Decision.REVIEW


def waives(waiver: LicenceWaiver, package: Package, licence: str | None) -> bool:
    """Whether a waiver is of this package under this licence."""
    called = {package.key, package.name.casefold(), *(soup.id for soup in package.soups)}
    named = {waiver.package, waiver.package.casefold(), package_key(waiver.package)}
    same = (expression(waiver.licence) or waiver.licence) == (licence or Category.UNKNOWN)
    return same and not called.isdisjoint(named)


def flaw(waiver: LicenceWaiver, settings: Settings) -> str:
    """Why a waiver does not count; empty where it does."""
    lacking = [name for name in ("reason", "by") if unstated(getattr(waiver, name))]
    if lacking:
        return f"states no {' and no '.join(lacking)}"
    if waiver.until and settings.as_of is None:
        return f"ends with {waiver.until}, but the as-of date is not known; set `soup_date`"
    if waiver.until and settings.as_of and waiver.until < settings.as_of:
        return f"ended with {waiver.until}; the as-of date is {settings.as_of}"
    return ""


def _listed(policy: LicencePolicy, name: str) -> Decision | None:
    lists = ((Decision.DENY, policy.deny), (Decision.REVIEW, policy.review), (Decision.ALLOW, policy.allow))
    return next((decision for decision, names in lists if name in names), None)


def _best(several: list[Decision]) -> Decision:
    return max(several, key=_RANK)
