"""`sphinx-soup export`: one table or file of a dossier, from its sources or from a trace.json."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sphinxcontrib_soup.cli.kept import checked
from sphinxcontrib_soup.cli.sphinx_options import UNABLE, pair, passed_options
from sphinxcontrib_soup.model import Dossier, Location, Table
from sphinxcontrib_soup.plugin import discover
from sphinxcontrib_soup.wording import suggester

if TYPE_CHECKING:
    from sphinxcontrib_soup.needs.written import WrittenView


@click.command("export")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("what")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option(
    "-O", "options", multiple=True, metavar="OPTION=VALUE", help="An option of the view, as in its directive."
)
@passed_options
def command(source: Path, what: str, output: Path, options: tuple[str, ...], **passed: Any) -> None:
    """Write WHAT of the dossier in SOURCE: a folder of sources, or a trace.json, which is not built again.

    WHAT is PAGE#NAME, a table of a page by its name, a view by its name, or an export by its name. The ending of the
    file says the format.

    Exit codes: 0 it was written, 2 wrong usage or the work could not be done.
    """
    from sphinxcontrib_soup.extension.session import SessionError

    stated = dict(pair(one, "-O", "OPTION=VALUE") for one in options)
    try:
        dossier, views = _loaded(source) if source.is_file() else _built(source, passed)
        content = _content(what, output.name, stated, dossier, views)
        output.write_bytes(content)
    except (SessionError, OSError, ValueError) as error:
        click.echo(f"sphinx-soup export: {error}", err=True)
        sys.exit(UNABLE)


def _built(source: Path, passed: Mapping[str, Any]) -> tuple[Dossier, Sequence[WrittenView]]:
    built = checked(sourcedir=source, **passed).built
    return built.dossier, built.views


def _loaded(source: Path) -> tuple[Dossier, Sequence[WrittenView]]:
    from sphinxcontrib_soup.needs.written import WrittenView
    from sphinxcontrib_soup.pipeline.load import dossier, records
    from sphinxcontrib_soup.trace_json import decode

    try:
        found = records(source.read_text(encoding="utf-8"))
        return dossier(found, discover().rules), decode(tuple[WrittenView, ...], found.get("views"))
    except ValueError as error:
        raise ValueError(f"{source} cannot be used: {error}") from error


def _content(what: str, file: str, options: Mapping[str, str], dossier: Dossier, views: Sequence[WrittenView]) -> bytes:
    """What is to be written.

    :raises ValueError: with a sentence for people, where there is no such thing, or none of such an ending
    """
    exports = {one.name: one for one in discover().exports}
    if what in exports and file.endswith(Path(exports[what].ending).suffix):
        if options:
            raise ValueError(f"the export {what} takes no options")
        return exports[what].write(dossier)
    formats = {one.ending: one for one in discover().formats}
    ending = Path(file).suffix
    asked = _asked(what, options, views)
    if asked is None or ending not in formats:
        endings = [*(formats if asked else ()), *([exports[what].ending] if what in exports else ())]
        raise ValueError(f"{file} ends with none of those that {what} is written as: {', '.join(endings)}")
    return formats[ending].write(_table(asked, dossier), dossier.provenance)


def _asked(what: str, options: Mapping[str, str], views: Sequence[WrittenView]) -> WrittenView | None:
    """The view that is asked for; `None` for what is an export alone.

    :raises ValueError: with a sentence for people, where there is nothing of the name
    """
    from sphinxcontrib_soup.needs.written import WrittenView

    if "#" in what:
        return _named(what, options, views)
    known = [view.name for view in discover().views]
    if what in known:
        return WrittenView(key=("", 0), view=what, options=options, location=Location("-O"))
    known += [one.name for one in discover().exports]
    if what not in known:
        raise ValueError(f"there is no view or export {what!r}{suggester(known)(what)}; there are {', '.join(known)}")
    return None


def _table(asked: WrittenView, dossier: Dossier) -> Table:
    from sphinxcontrib_soup.extension.asked import table

    return table(next(view for view in discover().views if view.name == asked.view), asked, dossier)


def _named(what: str, options: Mapping[str, str], views: Sequence[WrittenView]) -> WrittenView:
    """The view of a page that has this name."""
    if options:
        raise ValueError("-O goes with a view by its name; a table of a page has the options that its page states")
    page, _, name = what.partition("#")
    names = {f"{view.docname}#{view.anchor}": view for view in views}
    if f"{page}#{name}" not in names:
        there = ", ".join(sorted(names)) or "no page shows a table"
        raise ValueError(f"there is no {what}{suggester(names)(what)}; there are: {there}")
    return names[f"{page}#{name}"]
