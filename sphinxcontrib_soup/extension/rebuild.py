"""What must be read and written again, so that a build after any change says what a fresh one says.

Beside the pages a state file remembers the digest of what each shows. While pages are written it holds no digests: if a
build dies then, the next one writes every page. Beside the doctrees a note says which pages are being read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Set
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging
from sphinx.util._files import FilenameUniqDict

from sphinxcontrib_soup.extension.checker import CheckBuilder
from sphinxcontrib_soup.extension.drawings import sweep
from sphinxcontrib_soup.extension.memory import resting
from sphinxcontrib_soup.extension.parts import files
from sphinxcontrib_soup.extension.shown import digests
from sphinxcontrib_soup.extension.state import State, drop_copies, load, outputs, remove, store
from sphinxcontrib_soup.extension.unwritten import listen
from sphinxcontrib_soup.needs import recall
from sphinxcontrib_soup.needs.written import pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

LOGGER = logging.getLogger(__name__)
READING = ".soup-reading.json"


def setup_rebuild(app: Sphinx) -> None:
    app.connect("env-get-outdated", changed_sources)
    # after those who add to the pages to be read (500)
    app.connect("env-before-read-docs", forget, priority=900)
    app.connect("env-updated", note_sources)
    app.connect("env-purge-doc", _forget_sources)
    app.connect("write-started", settle_reading, priority=100)
    # after sphinx-needs made the trace (500)
    app.connect("write-started", extend_written, priority=900)


# --- sources: by what is in them, not by their time ------------------------------------------------------------------


def changed_sources(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages whose source, or a file they include, has other content than when it was read, whatever its time.

    And those that a build was reading as it died, those whose doctree is damaged, those with an error, which may lie in
    a file that was not there, and those whose contents name a page that is gone. A page that has nothing but another
    time is taken out of those that Sphinx found changed.
    """
    known = sources(env)
    looked_at = known.keys() & env.found_docs - added - changed - removed
    anyway = {docname for docname, page in pages(env).items() if page.broken} | _being_read(env)[0]
    anyway |= _torn(env, known.keys() & env.found_docs) | env.reread_always
    anyway |= {docname for docname, named in env.toctree_includes.items() if not removed.isdisjoint(named)}
    changed -= {docname for docname in changed & known.keys() - anyway if _content(env, docname) == known[docname]}
    return sorted(docname for docname in looked_at if docname in anyway or _content(env, docname) != known[docname])


def forget(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget what the pages held that are about to be read: what moves from one to another is on one at a time."""
    if docnames:
        _say_why(env, docnames)
        note = Path(env.doctreedir, READING)
        note.with_suffix(".new").write_text(json.dumps(docnames), encoding="utf-8")
        note.with_suffix(".new").replace(note)
    for docname in docnames:
        if docname in env.all_docs:
            app.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)


def _being_read(env: BuildEnvironment) -> tuple[Set[str], str]:
    """The pages that a build was reading as it died; all of them, and why, if the note of it is damaged."""
    note = Path(env.doctreedir, READING)
    try:
        stored = json.loads(note.read_text(encoding="utf-8"))
        if not isinstance(stored, list):
            raise ValueError("it is no list")
        return set(map(str, stored)), ""
    except FileNotFoundError:
        return set(), ""
    except (OSError, ValueError, RecursionError) as error:
        return env.found_docs, f"{note.name} cannot be used ({error})"


def _torn(env: BuildEnvironment, docnames: Iterable[str]) -> set[str]:
    """Those of these pages whose doctree does not end as a pickle does, or is not there."""
    return {docname for docname in docnames if _last_byte(Path(env.doctreedir, f"{docname}.doctree")) != b"."}


def _last_byte(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read()
    except OSError:
        return b""


def _say_why(env: BuildEnvironment, docnames: Collection[str]) -> None:
    """Say why pages are read again that did not change."""
    damage = _being_read(env)[1]
    if damage:
        LOGGER.info("every page is read again: %s", damage)
    torn = [] if damage else sorted(_torn(env, env.all_docs.keys() & set(docnames)))
    if torn:
        LOGGER.info("pages are read again whose doctrees cannot be used: %s", ", ".join(torn))


def settle_reading(_app: Sphinx, builder: Builder) -> None:
    """What was read is kept by now. Images get names by their paths, not by the order in which pages were read."""
    env = builder.env
    Path(env.doctreedir, READING).unlink(missing_ok=True)
    named = FilenameUniqDict()
    for path, (docnames, _) in sorted(env.images.items()):
        for docname in docnames:
            named.add_file(docname, path)
    env.images = named


def note_sources(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Note the content of the pages that were read."""
    known = sources(env)
    for docname in env.found_docs - known.keys():
        known[docname] = _content(env, docname)
    return []


def _forget_sources(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    sources(env).pop(docname, None)


def sources(env: BuildEnvironment) -> dict[str, str]:
    """The digest of the source of each page as it was read, with all files that it includes."""
    if not hasattr(env, "soup_sources"):
        env.soup_sources = {}  # type: ignore[attr-defined]
    known: dict[str, str] = env.soup_sources  # type: ignore[attr-defined]
    return known


def _content(env: BuildEnvironment, docname: str) -> str:
    made = hashlib.sha256()
    for name in (str(env.doc2path(docname)), *sorted(map(str, env.dependencies.get(docname, ())))):
        try:
            made.update(hashlib.sha256((Path(env.srcdir) / name).read_bytes()).digest())
        except OSError:
            made.update(b"none")
    return made.hexdigest()


# --- pages: by what they show ----------------------------------------------------------------------------------------


def extend_written(app: Sphinx, builder: Builder) -> None:
    """Add the pages that show something else than before to those about to be written.

    Sphinx hands the set to :meth:`Builder.prepare_writing` and then writes the very same set; no event lies between.
    """
    joins_pages = isinstance(builder.get_outdated_docs(), str)  # then it writes all of them every time
    if joins_pages or builder.name == CheckBuilder.name:
        return
    prepare, before = builder.prepare_writing, load(builder)

    def prepare_writing(docnames: Set[str]) -> None:
        with resting():
            after = State(digests(builder, recall(app), sources(builder.env)))
        if isinstance(docnames, set):
            docnames.update(one for one, digest in after.pages.items() if before.pages.get(one) != digest)
        prepare(docnames)
        after.files = outputs(builder) | set(files(builder, recall(app), pages(builder.env)))
        store(builder, State(files=before.files | after.files))
        if builder.format == "html":
            drop_copies(builder, docnames)
        unwritten = listen()

        def finish(_app: Sphinx, error: Exception | None) -> None:
            unwritten.close()
            if not error:
                gone = before.files - after.files
                remove(builder, gone)
                if builder.format == "html" and (docnames or gone):
                    sweep(builder)
                store(builder, State(files=after.files) if unwritten.any else after)

        app.connect("build-finished", finish)

    builder.prepare_writing = prepare_writing  # type: ignore[method-assign]
