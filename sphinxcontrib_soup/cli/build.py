"""`sphinx-soup build`: the whole package, in HTML and PDF, with what it was made from."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sphinxcontrib_soup.cli.formats import as_text
from sphinxcontrib_soup.cli.kept import alone
from sphinxcontrib_soup.cli.sphinx_options import FAILED, UNABLE, from_here, gate, sources_of, sphinx_options

EMPTIED = ("pdf", "exports", "inputs")
PRINTS = ".pdf"
"""Where Sphinx prints; this command has it made before it empties any folder."""


@click.command("build")
@sphinx_options
@click.argument("outdir", type=click.Path(file_okay=False, path_type=Path))
def command(fail_on: str, outdir: Path, doctrees: Path | None, **options: Any) -> None:
    """Build the dossier in SOURCEDIR into OUTDIR: html/, pdf/, exports/, inputs/, trace.json and manifest.json.

    Exit codes: 0 nothing at or above the gate, 1 findings at or above it, 2 the work could not be done.
    """
    from sphinxcontrib_soup.extension.session import SessionError, build
    from sphinxcontrib_soup.package.write import copy_inputs, replace_files, write_exports, write_manifest
    from sphinxcontrib_soup.plugin import discover

    _refuse_foreign(outdir)
    sources = sources_of(doctrees=doctrees or outdir / ".doctrees", **options)
    base = sources.conf or sources.folder
    try:
        with alone(sources.doctrees):
            # under -W read every page, for Sphinx warns only of what it reads
            pages = build(replace(sources, fresh=sources.warnings_fail), "html", outdir / "html")
            prints = build(sources, "soup-pdf", outdir / PRINTS)
        built = pages.built
        replace_files((outdir / PRINTS).glob("*.pdf"), outdir / "pdf")
        write_exports(built.dossier, built.tables, discover().exports, outdir / "exports")
        differing = copy_inputs(built.trace.evidence_files, base, outdir / "inputs")
        (outdir / "html" / "trace.json").replace(outdir / "trace.json")
        manifest = write_manifest(outdir, built.provenance, differing)
    except (SessionError, OSError) as error:
        click.echo(f"sphinx-soup build: {error}", err=True)
        sys.exit(UNABLE)
    for path in differing:
        click.echo(
            f"{path.as_posix()}: the copy is without the user names, passwords and tokens in addresses", err=True
        )
    judgement = from_here(built.judgement, base)
    click.echo(as_text(judgement, built.trace.settings.phase, ()), nl=False, err=True)
    for made in (outdir / "html" / "index.html", *sorted((outdir / "pdf").glob("*.pdf")), manifest):
        click.echo(made)
    if pages.failed or prints.failed or gate(judgement, fail_on):
        sys.exit(FAILED)


def _refuse_foreign(outdir: Path) -> None:
    """Refuse a folder whose subfolders another than this command made: what stands in them would be taken away.

    :raises click.UsageError: if it is one
    """
    foreign = [name for name in EMPTIED if (outdir / name).exists()]
    if foreign and not (outdir / PRINTS).is_dir():
        raise click.UsageError(
            f"{outdir} holds {' and '.join(foreign)}, which this command did not make and would empty; "
            "name a folder of its own"
        )
