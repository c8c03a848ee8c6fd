"""What is known of the licence of each package that goes into the device, from all who say something of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from weakref import ReferenceType, ref

from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.licences import Category, category, expression, identifiers, needs_notice, together
from sphinxcontrib_soup.model import Component, Item, LicenceStatement, Location, Trace, Use
from sphinxcontrib_soup.versions import same_version
from sphinxcontrib_soup.wording import unstated

_COPYRIGHT = re.compile(
    r"^\W*(copyright\b.*(?:\d{4}|©|\([cC]\)).*|(?:©|\([cC]\))\s*\d{4}.*)$", re.IGNORECASE | re.MULTILINE
)
_PLACEHOLDER = re.compile(r"[\[<{]\s*(?:yyyy|year|name of)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Package:
    """One version of a package, who declares it, and what is said of its licence.

    `stated` is what counts, as it is written: what the item states goes before manifests and SBOMs, and these before
    the metadata of the installed package. `evidence` is what these say, whoever goes before them. `texts` are the terms
    that come with it.
    """

    key: str
    name: str
    version: str | None
    soups: tuple[Item, ...]
    stated: tuple[str, ...]
    by: str
    evidence: tuple[str, ...]
    texts: tuple[LicenceStatement, ...]
    copyright: tuple[str, ...]
    location: Location
    direct: bool

    @property
    def expression(self) -> str | None:
        """The SPDX expression of all that counts; `None` where a part of it is none, or nothing is said."""
        return _together(self.stated)

    @property
    def observed(self) -> str | None:
        """The SPDX expression of what the evidence says."""
        return _together(self.evidence)

    @property
    def category(self) -> Category:
        return category(self.expression)

    @property
    def lacks_text(self) -> bool:
        """Whether its terms ask that their text goes with the product, and no text is known."""
        terms = (one for one in self.texts if not one.location.path.rpartition("/")[2].upper().startswith("NOTICE"))
        return next(terms, None) is None and needs_notice(self.expression)

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}" if self.version else self.name


def _together(stated: Sequence[str]) -> str | None:
    found = [expression(one) for one in stated]
    return together([one for one in found if one]) if all(found) else None


_LATEST: list[tuple[ReferenceType[Trace], tuple[Package, ...]]] = []
"""What was found of the trace that was asked for last: several rules and views ask for it one after the other."""


def packages(trace: Trace) -> tuple[Package, ...]:
    """Every version of every package that may go into the device or is declared as a SOUP; what is declared first."""
    if not _LATEST or _LATEST[0][0]() is not trace:
        _LATEST[:] = [(ref(trace), _packages(trace))]
    return _LATEST[0][1]


def _packages(trace: Trace) -> tuple[Package, ...]:
    said = _Said(trace)
    used = chain.from_iterable(
        _of_use(use, trace.declaring.get(key, ()), said)
        for key, use in trace.uses.items()
        if use.in_device or key in trace.declaring
    )
    unused = (_of_item(soup, said) for soup in trace.of_kind("soup") if not trace.soup_uses.get(soup.id))
    return tuple(sorted(chain(used, unused), key=lambda one: (not one.soups, one.name.casefold(), one.version or "")))


def _of_use(use: Use, soups: Sequence[Item], said: _Said) -> Iterator[Package]:
    versions = tuple(dict.fromkeys(one.version for one in use.components if one.version))
    for version in versions or (None,):
        declaring = tuple(
            soup
            for soup in soups
            if len(versions) < 2 or same_version(soup.text("designator"), version or "", use.ecosystem)
        )
        components = [one for one in use.components if one.version in (version, None)]
        place = min((one.location for one in components if one.version == version), default=use.location)
        yield _package(use.key, use.name, version, declaring, components, said, place)


def _of_item(soup: Item, said: _Said) -> Package:
    key = package_key(soup.text("purl")) or soup.id
    return _package(key, soup.title, soup.text("designator") or None, (soup,), (), said, soup.location)


def _package(
    key: str,
    name: str,
    version: str | None,
    soups: tuple[Item, ...],
    components: Sequence[Component],
    said: _Said,
    location: Location,
) -> Package:
    statements = said.of(key, name, version, soups)
    overridden = [text for soup in soups if not unstated(text := soup.text("licence"))]
    named = [one.licence for one in components if one.licence and one.licence != "NOASSERTION"]
    installed = [one.licence for one in statements if one.licence]
    ways = (("its item", overridden), ("its manifest", named), ("its own files", installed))
    by, stated = next(((by, texts) for by, texts in ways if texts), ("", []))
    texts = tuple(one for one in statements if one.text)
    evidence = tuple(dict.fromkeys(named or installed))
    made = _together(stated)
    if made and not texts:
        texts = tuple(one for id_ in identifiers(made) for one in said.texts_of_licences.get(id_, ()))
    copyrights = (
        *(text for one in components for name_, text in one.properties if name_ == "copyright"),
        *(line for one in texts for line in copyright_lines(one.text or "")),
    )
    return Package(
        key=key,
        name=name,
        version=version,
        soups=soups,
        stated=tuple(dict.fromkeys(stated)),
        by=by,
        evidence=evidence,
        texts=texts,
        copyright=tuple(dict.fromkeys(copyrights)),
        location=soups[0].location if soups else location,
        direct=bool(soups) or any(one.direct for one in components),
    )


class _Said:
    """What files say of licences, by whom they may mean."""

    def __init__(self, trace: Trace) -> None:
        self.by_name: dict[str, list[LicenceStatement]] = defaultdict(list)
        self.texts_of_licences: dict[str, list[LicenceStatement]] = defaultdict(list)
        for one in trace.licence_statements:
            if one.package:
                self.by_name[(package_key(one.purl or one.package) or one.package).casefold()].append(one)
            elif one.text and one.licence:
                self.texts_of_licences[one.licence].append(one)

    def of(self, key: str, name: str, version: str | None, soups: Iterable[Item]) -> list[LicenceStatement]:
        """What is said of a package: of this version, or of no version."""
        names = dict.fromkeys((key, name, *(one for soup in soups for one in (soup.id, soup.title))))
        found = {id(one): one for called in names for one in self.by_name.get(called.casefold(), ())}
        return [one for one in found.values() if one.version in (version, None) or version is None]


@cache
def copyright_lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say whose it is; a line that only shows how one is written is none."""
    lines = (" ".join(found[1].split()) for found in _COPYRIGHT.finditer(text))
    return tuple(dict.fromkeys(line for line in lines if not _PLACEHOLDER.search(line)))
