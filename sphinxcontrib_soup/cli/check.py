"""`sphinx-soup check`: judge without writing pages."""

from __future__ import annotations

import sys
from typing import Any

import click

from sphinxcontrib_soup.cli.formats import FORMATS, by_clause
from sphinxcontrib_soup.cli.kept import checked
from sphinxcontrib_soup.cli.sphinx_options import FAILED, UNABLE, from_here, gate, sphinx_options


@click.command("check")
@sphinx_options
@click.option("--format", "format_", type=click.Choice([*FORMATS]), default="text", show_default=True)
@click.option("--clauses", is_flag=True, help="Say what was checked, clause by clause.")
@click.option("-E", "afresh", is_flag=True, help="Read every page again, as -W does, too.")
def command(fail_on: str, format_: str, clauses: bool, **options: Any) -> None:
    """Judge the dossier in SOURCEDIR without writing pages.

    What was read is kept in SOURCEDIR/_build/.soup-check, or where -d says: the next check reads what changed.

    Exit codes: 0 nothing at or above the gate, 1 findings at or above it, 2 the work could not be done.
    """
    from sphinxcontrib_soup.extension.session import SessionError
    from sphinxcontrib_soup.plugin import discover

    try:
        done = checked(**options)
    except (SessionError, OSError) as error:
        click.echo(f"sphinx-soup check: {error}", err=True)
        sys.exit(UNABLE)
    judgement = from_here(done.built.judgement, options["conf"] or options["sourcedir"])
    rules = discover().rules
    click.echo(FORMATS[format_](judgement, done.built.trace.settings.phase, rules), nl=False)
    if clauses:
        click.echo(by_clause(judgement, rules), nl=False, err=format_ != "text")
    if done.failed or gate(judgement, fail_on):
        sys.exit(FAILED)
