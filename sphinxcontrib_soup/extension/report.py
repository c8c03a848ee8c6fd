"""Findings as Sphinx warnings, at their file and line, in every build."""

from __future__ import annotations

import logging as levels
import os
from contextvars import ContextVar
from pathlib import Path

from sphinx.util import logging

from sphinxcontrib_soup.clauses import label
from sphinxcontrib_soup.model import Finding, Judgement, Location, Severity

LOGGER = logging.getLogger(__name__)
LEVELS = {Severity.INFO: levels.INFO, Severity.WARNING: levels.WARNING, Severity.ERROR: levels.ERROR}

silent: ContextVar[bool] = ContextVar("silent", default=False)
"""Whether another builder over the same sources already reported, or the command line reports itself."""


def report(judgement: Judgement, folder: Path) -> None:
    """Log every finding; `folder` is what locations are relative to."""
    if silent.get():
        return
    for finding in judgement.findings:
        LOGGER.log(
            LEVELS[finding.severity],
            "%s",
            sentence(finding),
            type="soup",
            subtype=finding.rule,
            location=_printed(shown_from_here(finding.location, folder)),
        )


def _printed(location: Location) -> str:
    """A location as Sphinx prints it; one without a colon it would take for the name of a page."""
    return f"{location.path}:{location.line or 1}"


def sentence(finding: Finding) -> str:
    """The message of a finding with the clause it stands on."""
    basis = f"{label(finding.clause)}, {finding.basis}" if finding.clause else str(finding.basis)
    return f"{finding.message} [{basis}]"


def shown_from_here(location: Location, folder: Path) -> Location:
    """A location relative to the working folder, as a terminal or an editor wants it; an address stays as it is."""
    if "://" in location.path:
        return location
    return Location(Path(os.path.relpath(folder / location.path)).as_posix(), location.line)
