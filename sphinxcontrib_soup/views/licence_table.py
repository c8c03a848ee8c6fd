"""The licences of all that goes into the device: each package, what kind of terms it has, and what the policy decides.

What the SOUP item states goes before manifests and SBOMs, and these before the metadata of installed packages; where
they differ, both are shown. Packages that serve development, build or test alone are not listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sphinxcontrib_soup.licences import Category
from sphinxcontrib_soup.licences.packages import Package, packages
from sphinxcontrib_soup.licences.policy import Ruling, ruling
from sphinxcontrib_soup.model import (
    Badge,
    Cell,
    Column,
    Decision,
    Dossier,
    Place,
    Ref,
    Row,
    Settings,
    Table,
    Tone,
    cell,
)
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.wording import counted

_DECIDED = {
    Decision.ALLOW: Badge("allowed", Tone.GOOD),
    Decision.REVIEW: Badge("to be reviewed", Tone.OPEN),
    Decision.DENY: Badge("denied", Tone.BAD),
}
_COLUMNS = (
    Column("package", "Package", width=3),
    Column("version", "Version", width=2),
    Column("soup", "SOUP", width=3),
    Column("licence", "Licence", width=3),
    Column("category", "Category", width=2, order=tuple(Category)),
    Column("decision", "Policy", width=3),
    Column("stated_by", "Stated by", width=2),
    Column("text", "Text", width=2, optional=True),
    Column("place", "Place", width=3, optional=True),
)


@view("licence-table")
def licence_table(dossier: Dossier, _: NoOptions) -> Table:
    """Every package that goes into the device with its licence, the most demanding terms first."""
    known = packages(dossier.trace)
    ordered = sorted(known, key=lambda one: -one.category.rank)
    return Table(
        name="licence-table",
        title="Licences",
        columns=_COLUMNS,
        rows=tuple(_row(one, dossier.trace.settings) for one in ordered),
        empty="No SOUP is declared, and no manifest names a package that goes into the device.",
        notes=tuple(_notes(known)),
    )


def _row(package: Package, settings: Settings) -> Row:
    found = ruling(package, settings)
    open_ = found is None or (found.decision is not Decision.ALLOW and not found.waiver)
    return Row(
        (
            cell(package.name),
            cell(package.version or ""),
            cell(*(Ref(soup.id) for soup in package.soups)),
            _licence(package),
            cell(Badge(package.category, Tone.OPEN if package.category is Category.UNKNOWN else Tone.QUIET)),
            _decision(found),
            cell(package.by),
            _text(package),
            cell(*(Place(one.location) for one in package.texts), Place(package.location)),
        ),
        gap=open_ or package.expression is None,
    )


def _licence(package: Package) -> Cell:
    if package.expression is None:
        return cell(Badge("not known", Tone.BAD), *package.stated)
    differing = package.observed if package.observed not in (None, package.expression) else None
    return cell(package.expression, f"{package.observed} by its files" if differing else "")


def _text(package: Package) -> Cell:
    if package.lacks_text:
        return cell(Badge("missing", Tone.OPEN))
    return cell("known" if package.texts else "not asked for" if package.expression else "")


def _decision(found: Ruling | None) -> Cell:
    if found is None:
        return ()
    if found.waiver is None:
        return cell(_DECIDED[found.decision])
    until = f" until {found.waiver.until}" if found.waiver.until else ""
    return cell(Badge(f"waived{until}", Tone.QUIET), f"{found.waiver.reason} ({found.waiver.by})")


def _notes(known: Sequence[Package]) -> Iterator[str]:
    """How many packages are under which licence, by category."""
    for category in Category:
        counts = Counter(one.expression or "not known" for one in known if one.category is category)
        if counts:
            listed = ", ".join(f"{licence} ({number})" for licence, number in sorted(counts.items()))
            yield f"{category.capitalize()}: {counted(counts.total(), 'package')}: {listed}."
