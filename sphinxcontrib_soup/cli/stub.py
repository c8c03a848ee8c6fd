"""`sphinx-soup stub`: directives for what is in use but not declared."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from sphinxcontrib_soup.cli.kept import alone, kept
from sphinxcontrib_soup.cli.sphinx_options import UNABLE, source_options, sources_of
from sphinxcontrib_soup.wording import counted

if TYPE_CHECKING:
    from sphinxcontrib_soup.extension.session import Done
    from sphinxcontrib_soup.model import Trace
    from sphinxcontrib_soup.starter.stubs import Stub

HEADING = "SOUPs to describe"


@click.command("stub")
@source_options
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), help="Append to this page of the dossier, or begin it."
)
def command(into: Path | None, doctrees: Path | None, **options: Any) -> None:
    """Write a directive for each package that is in use in SOURCEDIR and not declared, with all that is known of it.

    They go to standard output, in the language of the first page, or into a page, in the language of its ending. Run
    again, it finds them declared and writes nothing.

    Exit codes: 0 it was done, also where there was nothing to do, 2 it could not be done.
    """
    from sphinxcontrib_soup.extension.session import SessionError, build
    from sphinxcontrib_soup.starter.stubs import StubError, stubs

    try:
        with TemporaryDirectory(prefix="sphinx-soup-") as scratch:
            sources = sources_of(doctrees=Path(scratch, "doctrees"), **options)
            with alone(doctrees) if doctrees else kept(sources) as folder:
                done = build(replace(sources, doctrees=folder), "soup-check", Path(scratch, "out"))
        problem = _unfit(into, done, sources.folder) if into else ""
        if problem:
            raise StubError(problem)
        made = stubs(done.built.trace, lambda id_: re.match(done.id_pattern, id_) is not None)
        new = into is not None and not into.exists()
        if into:
            _append(into, made)
        elif made:
            click.echo("\n".join(map(_language(done.first_page), made)), nl=False)
    except (SessionError, StubError, OSError, UnicodeError) as error:
        click.echo(f"sphinx-soup stub: {error}", err=True)
        sys.exit(UNABLE)
    click.echo(_told(done.built.trace, made, into, new), err=True)


def _language(page: Path) -> Callable[[Stub], str]:
    from sphinxcontrib_soup.starter.stubs import myst, rst

    return myst if page.suffix.lower() in (".md", ".markdown", ".myst") else rst


def _unfit(page: Path, done: Done, folder: Path) -> str:
    """Why stubs cannot go into a page: what is in no page of the dossier would be written again with every run."""
    resolved = page.resolve()
    if resolved in done.pages:
        return ""
    if page.exists():
        return f"{page} is no page of this dossier; name one of its pages, or a new one"
    if not resolved.is_relative_to(folder.resolve()) or page.suffix not in done.endings:
        ending = " or ".join(done.endings)
        return f"{page} would be no page of this dossier; a page lies in {folder} and ends with {ending}"
    return "" if resolved.parent.is_dir() else f"there is no folder {page.parent}"


def _append(page: Path, made: list[Stub]) -> None:
    if not made:
        return
    written = "\n".join(map(_language(page), made))
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    is_rst = _language(page).__name__ == "rst"
    before = old or (f"{HEADING}\n{'=' * len(HEADING)}\n" if is_rst else f"# {HEADING}\n")
    gap = "\n" if before.endswith("\n") else "\n\n"
    newline = "\r\n" if b"\r\n" in (page.read_bytes() if old else b"") else "\n"
    page.write_text(f"{before}{gap}{written}", encoding="utf-8", newline=newline)


def _told(trace: Trace, made: list[Stub], into: Path | None, new: bool) -> str:
    """What was done, in a sentence, and what to do next."""
    if made:
        where = (f" in {into}" if into else "") + ("; name that new page in a toctree" if new else "")
        return f"{counted(len(made), 'stub')} written{where}. What they lack is told by sphinx-soup check."
    if not trace.components:
        return "No file names a package: name your manifests and lock files in `soup_evidence`."
    untold = sum(use.in_device and all(one.direct is None for one in use.components) for use in trace.uses.values())
    hint = (
        f" Of {counted(untold, 'package')} no file tells who asks for them: name the manifest, too." if untold else ""
    )
    return f"Nothing is in use that should be declared and is not.{hint}"
