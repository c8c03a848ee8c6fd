"""Run Sphinx from the command line of ours, and give back what the build made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_soup.extension.report import silent
from sphinxcontrib_soup.needs import Built, recall


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What to build and how: the options that Sphinx itself takes."""

    folder: Path
    doctrees: Path
    conf: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    jobs: int = 1
    quiet: bool = False
    warnings_fail: bool = False
    fresh: bool = False
    """Whether to read every page, whatever the doctrees hold."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a build made, and whether Sphinx warned of something where warnings fail.

    `pages` are the files of its pages, `first_page` that of the root document, `endings` those of the names of pages;
    `id_pattern` is the form of IDs.
    """

    built: Built
    failed: bool
    pages: frozenset[Path]
    first_page: Path
    endings: tuple[str, ...]
    id_pattern: str


_NOT_NAMED = "conf.py does not name the extension sphinxcontrib_soup"


class SessionError(Exception):
    """Sphinx could not do the work: why, in words for people."""


def build(sources: Sources, builder: str, output: Path) -> Done:
    """Build with one builder. Findings are not logged; whoever calls reports them.

    :raises SessionError: if Sphinx cannot do it
    """
    conf = sources.conf or sources.folder
    status = None if sources.quiet or not sys.stderr.isatty() else sys.stderr
    with _silent(), patch_docutils(conf), docutils_namespace():
        try:
            app = Sphinx(
                sources.folder,
                conf,
                output,
                sources.doctrees,
                builder,
                confoverrides=dict(sources.settings),
                freshenv=sources.fresh,
                status=status,
                warning=sys.stderr,
                warningiserror=sources.warnings_fail,
                tags=sources.tags,
                parallel=sources.jobs,
            )
            app.builder.__dict__["epilog"] = ""  # where files stand is said by the command that asked for them
            app.build()
            return _done(app)
        except (SphinxError, OSError) as error:
            raise SessionError(_NOT_NAMED if "Builder name soup-" in str(error) else str(error)) from error
        except KeyError as error:
            raise SessionError(_NOT_NAMED) from error


def _done(app: Sphinx) -> Done:
    pages = {name: Path(app.env.doc2path(name)) for name in app.env.found_docs}
    return Done(
        built=recall(app),
        failed=app.statuscode != 0,
        pages=frozenset(page.resolve() for page in pages.values()),
        first_page=pages.get(app.config.root_doc, Path()),
        endings=tuple(app.config.source_suffix),
        id_pattern=app.config.needs_id_regex,
    )


@contextmanager
def _silent() -> Iterator[None]:
    token = silent.set(True)
    try:
        yield
    finally:
        silent.reset(token)
