"""What other extensions read without telling Sphinx, so that their pages are read again when it changes.

sphinx-test-reports shows a file of results on a page and notes nowhere that the page hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docutils.parsers.rst import Directive, directives

from sphinxcontrib_soup.needs.written import conf_folder

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_MODULE = "sphinx_test_reports."


class NotesFiles(Directive):
    """Notes the files that a directive of sphinx-test-reports shows, before it reads them."""

    def run(self) -> Sequence[nodes.Node]:
        env = self.state.document.settings.env
        for path in _files(self, conf_folder(env), env.config):
            env.note_dependency(str(path))
        return super().run()


def _files(directive: Directive, confdir: Path, config: Config) -> Iterator[Path]:
    shown = directive.options.get("file") or next(iter(directive.arguments), "")
    yield Path(config.tr_rootdir, shown)
    if directive.name == "test-report":
        yield Path(confdir, config.tr_report_template)


def setup_neighbours(app: Sphinx) -> None:
    # after sphinx-test-reports registered its directives, whose names are settings of its own
    app.connect("builder-inited", note_files)


def note_files(_app: Sphinx) -> None:
    """Put directives that note their files in the place of those of sphinx-test-reports."""
    registered: dict[str, type[Directive]] = directives._directives  # type: ignore[attr-defined]
    for name, theirs in list(registered.items()):
        if theirs.__module__.startswith(_MODULE):
            registered[name] = type(theirs.__name__, (NotesFiles, theirs), {"__module__": __name__})
