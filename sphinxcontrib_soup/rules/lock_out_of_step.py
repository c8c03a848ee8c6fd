"""A lock file that does not hold what the manifest beside it asks for.

Why
---
The SOUP list names the versions of the lock file, and the device is built from them only while lock and manifest agree.
Where the manifest asks for another version, or for a package that the lock has never heard of, the next build takes
what nobody has looked at, or stops. Compared is each manifest with the lock files in its own folder, and each range
that a lock repeats with the version beside it: in npm, Yarn, pnpm, Bun, Cargo, NuGet, Dart, and Python where ranges
follow PEP 440. Ranges of other grammars, tags, addresses and folders are not judged, and never guessed.

Bad
---
.. code-block:: json
   :caption: package.json

   {"name": "pump", "dependencies": {"lodash": "^4.17.0"}}

.. code-block:: json
   :caption: package-lock.json

   {"name": "pump", "lockfileVersion": 3, "packages": {
     "": {"name": "pump", "dependencies": {"lodash": "^3.10.0"}},
     "node_modules/lodash": {"version": "3.10.1"}}}

.. code-block:: rst

   .. expect: lock-out-of-step at package.json:1
   .. soup:: Lodash
      :id: SOUP_LODASH
      :purl: pkg:npm/lodash
      :designator: 3.10.1

Good
----
.. code-block:: json
   :caption: package.json

   {"name": "pump", "dependencies": {"lodash": "^4.17.0"}}

.. code-block:: json
   :caption: package-lock.json

   {"name": "pump", "lockfileVersion": 3, "packages": {
     "": {"name": "pump", "dependencies": {"lodash": "^4.17.0"}},
     "node_modules/lodash": {"version": "4.17.21"}}}

.. code-block:: rst

   .. soup:: Lodash
      :id: SOUP_LODASH
      :purl: pkg:npm/lodash
      :designator: 4.17.21
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sphinxcontrib_soup.model import Basis, Component, Location, Severity, Trace, Use
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.versions import satisfies
from sphinxcontrib_soup.wording import listing, shown

_WHOLE = ("pubspec.lock", "packages.lock.json")
"""Locks that hold all that is asked for; of others, their readers know what is the project's own, and tell the rest."""


class _Row(NamedTuple):
    use: Use
    component: Component


class _Odd(NamedTuple):
    """A package in which manifest and lock disagree: where, and how."""

    location: Location
    said: str


_Rows = Mapping[str, Sequence[_Row]]


@rule("lock-out-of-step", clause="IEC62304 8.1.2", basis=Basis.NORMATIVE, level=Severity.ERROR)
def lock_out_of_step(trace: Trace) -> Iterator[Found | None]:
    rows = _rows(trace)
    manifests = _manifests(trace)
    for path in sorted(rows.keys() | manifests.keys()):
        asking = [row for manifest in manifests.get(path, ()) for row in rows.get(manifest, ())]
        compared = [*asking, *(row for row in rows.get(path, ()) if row.component.version != row.component.requested)]
        if path in manifests or any(_judged(row) is not None for row in compared):
            odd = list(_odd(path, compared, rows, trace))
            yield _found(path, odd) if odd else None


def _rows(trace: Trace) -> _Rows:
    """What each file names, but for what comes from a repository or an archive: no range says which of it."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for use in trace.uses.values():
        for one in use.components:
            if one.purl and "vcs_url=" not in one.purl and "download_url=" not in one.purl:
                found[one.location.path].append(_Row(use, one))
    return found


def _manifests(trace: Trace) -> Mapping[str, Sequence[str]]:
    """The manifests beside each lock file that was read whole."""
    read = {one.path for one in trace.sources} - {one.location.path for one in trace.unread}
    found: dict[str, list[str]] = defaultdict(list)
    for manifest in trace.sources:
        for name in manifest.locks:
            lock = posixpath.join(posixpath.dirname(manifest.path), name)
            if lock in read:
                found[lock].append(manifest.path)
    return found


def _judged(row: _Row, version: str | None = None) -> bool | None:
    """Whether a version, by default its own, is one that a package is asked for in; `None` where that is not known."""
    one = row.component
    asked, held = one.requested or one.version, version or one.version
    if not (one.direct and asked and held):
        return None
    return satisfies(held, asked, row.use.ecosystem)


def _odd(path: str, compared: Sequence[_Row], rows: _Rows, trace: Trace) -> Iterator[_Odd]:
    held: dict[str, list[str]] = defaultdict(list)
    for use, one in rows.get(path, ()):
        if one.version:
            held[use.key.casefold()].append(one.version)
    found = {use.key.casefold() for use, one in rows.get(path, ()) if one.direct is not False}
    told = {(one.location, one.reason.partition(" ")[0]) for one in trace.unread}
    seen: set[tuple[str, str | None]] = set()
    for row in compared:
        one = row.component
        came_along = row.use.key.casefold() in held.keys() - found
        if not one.direct or came_along or (row.use.key, one.requested) in seen:
            continue
        seen.add((row.use.key, one.requested))
        if (one.location, shown(one.name)) not in told and (
            said := _disagreement(path, row, held[row.use.key.casefold()])
        ):
            yield _Odd(one.location, f"{shown(one.name)} {said} ({one.location})")


def _disagreement(path: str, row: _Row, held: Sequence[str]) -> str:
    """How a lock disagrees with what a package is asked for in; empty where it does not, or nobody can tell."""
    one = row.component
    asked = shown(one.requested or one.version or "any version", 60)
    own = one.location.path == path
    if not held and not own and path.endswith(_WHOLE) and not any(sign in asked for sign in ":/"):
        return f"{asked} is asked for and not locked"
    if held and all(_judged(row, version) is False for version in ([one.version] if own else held)):
        return f"{asked} is asked for, {listing(shown(version) for version in held)} is locked"
    return ""


def _found(path: str, odd: Sequence[_Odd]) -> Found:
    message = (
        f"{shown(path, 400)} is out of step with what is asked for: {listing(one.said for one in odd)}; "
        "have your package manager write it anew, then look at the versions it took"
    )
    return Found(subject=path, message=message, location=min(one.location for one in odd))
