"""The options of commands that build: those that Sphinx itself takes, and of those that judge the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sphinxcontrib_soup.model import Judgement, Phase, Severity

if TYPE_CHECKING:
    from sphinxcontrib_soup.extension.session import Sources

FAILED, UNABLE = 1, 2
_PASSED = (
    click.option(
        "-c", "conf", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of conf.py."
    ),
    click.option(
        "-d", "doctrees", type=click.Path(file_okay=False, path_type=Path), help="Folder that keeps what was read."
    ),
    click.option("-D", "settings", multiple=True, metavar="NAME=VALUE", help="Override a setting of conf.py."),
    click.option("-t", "tags", multiple=True, metavar="TAG", help="Define a tag for `only` blocks."),
    click.option("-j", "jobs", default="1", metavar="N", help="Processes to use, or `auto`."),
    click.option("-q", "quiet", is_flag=True, help="Show no progress."),
    click.option("-W", "warnings_fail", is_flag=True, help="Fail on warnings of Sphinx, too."),
)
_SOURCES = (click.argument("sourcedir", type=click.Path(exists=True, file_okay=False, path_type=Path)), *_PASSED)
_JUDGED = (
    *_SOURCES,
    click.option(
        "--phase",
        type=click.Choice([phase.value for phase in Phase]),
        help="Judge for this phase, whatever conf.py says.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        default="error",
        help="The gate.",
        show_default=True,
    ),
)


def sphinx_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that Sphinx takes, the phase and the gate."""
    return _given(command, _JUDGED)


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the folder of sources and the options that Sphinx takes."""
    return _given(command, _SOURCES)


def passed_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that Sphinx takes."""
    return _given(command, _PASSED)


def _given(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def sources_of(
    sourcedir: Path,
    doctrees: Path,
    conf: Path | None,
    settings: tuple[str, ...],
    tags: tuple[str, ...],
    jobs: str,
    quiet: bool,
    warnings_fail: bool,
    phase: str | None = None,
) -> Sources:
    """The sources as they were named on the command line."""
    from sphinxcontrib_soup.extension.session import Sources

    stated = dict(pair(setting) for setting in settings)
    if phase:
        stated["soup_phase"] = phase
    return Sources(
        folder=sourcedir,
        conf=conf,
        doctrees=doctrees,
        settings=stated,
        tags=tags,
        jobs=_jobs(jobs),
        quiet=quiet,
        warnings_fail=warnings_fail,
    )


def pair(stated: str, option: str = "-D", form: str = "NAME=VALUE") -> tuple[str, str]:
    """The name and the value of what an option of the command line states."""
    name, separator, value = stated.partition("=")
    if not separator:
        raise click.UsageError(f"{option} takes {form}, not {stated!r}")
    return name, value


def _jobs(text: str) -> int:
    import os

    if text == "auto":
        return os.cpu_count() or 1
    if text.isdigit() and int(text):
        return int(text)
    raise click.UsageError(f"-j takes a number from 1 or `auto`, not {text!r}")


def from_here(judgement: Judgement, folder: Path) -> Judgement:
    """The findings with locations relative to the working folder."""
    from sphinxcontrib_soup.extension.report import shown_from_here

    moved = (replace(one, location=shown_from_here(one.location, folder)) for one in judgement.findings)
    return replace(judgement, findings=tuple(moved))


def gate(judgement: Judgement, fail_on: str) -> bool:
    """Whether a finding is at the gate or above it."""
    return any(finding.severity.rank >= Severity(fail_on).rank for finding in judgement.findings)
