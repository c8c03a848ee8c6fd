"""What must be read and written again, so that a build after any change says what a fresh one says.

Beside the pages a state file remembers the digest of what each shows. It is taken away before pages are written and put
back when all are: a build that dies in between leaves none, and the next one writes every page.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxcontrib_soup import __version__
from sphinxcontrib_soup.extension.shown import digests
from sphinxcontrib_soup.needs import recall

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

LOGGER = logging.getLogger(__name__)
STATE = ".soup-state.json"
SCHEMA = "soup-state/1"


@dataclass
class State:
    """What the last build left: the digest of each page, and the names of the images that pages share."""

    pages: dict[str, str] = field(default_factory=dict)
    images: list[str] = field(default_factory=list)


def setup_rebuild(app: Sphinx) -> None:
    app.connect("env-get-outdated", changed_sources)
    app.connect("env-updated", note_sources)
    app.connect("env-purge-doc", _forget_sources)
    # after sphinx-needs made the trace (500)
    app.connect("write-started", extend_written, priority=900)


# --- sources: by what is in them, not by their time ------------------------------------------------------------------


def changed_sources(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages whose source, or a file they include, has other content than when it was read, whatever its time."""
    known = _sources(env)
    looked_at = known.keys() & env.found_docs - added - changed - removed
    return sorted(docname for docname in looked_at if _content(env, docname) != known[docname])


def note_sources(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Note the content of the pages that were read."""
    known = _sources(env)
    for docname in env.found_docs - known.keys():
        known[docname] = _content(env, docname)
    return []


def _forget_sources(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _sources(env).pop(docname, None)


def _sources(env: BuildEnvironment) -> dict[str, str]:
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
    prepare = builder.prepare_writing

    def prepare_writing(docnames: Set[str]) -> None:
        path = Path(builder.outdir) / STATE
        before, after = _load(path, builder), State(digests(builder, recall(app)), _images(builder.env))
        path.unlink(missing_ok=True)
        if isinstance(docnames, set):
            docnames.update(one for one, digest in after.pages.items() if before.pages.get(one) != digest)
        prepare(docnames)
        app.connect("build-finished", lambda _app, error: None if error else _finish(builder, path, before, after))

    builder.prepare_writing = prepare_writing  # type: ignore[method-assign]


def _load(path: Path, builder: Builder) -> State:
    """The state that the last build left here; an empty one, and a line that says why, where it is of no use."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["made"] != _made(builder):
            raise ValueError("another version or another folder made it")
        return State({str(page): str(digest) for page, digest in stored["pages"].items()}, list(stored["images"]))
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        LOGGER.info("every page is written again: %s cannot be used (%s)", path.name, error)
        return State()


def _made(builder: Builder) -> list[str]:
    place = hashlib.sha256(os.fsencode(builder.outdir)).hexdigest()
    return [SCHEMA, __version__, builder.name, place]


def _finish(builder: Builder, path: Path, before: State, after: State) -> None:
    """Take away what pages and images that are gone left, and remember what stands there now."""
    for docname in before.pages.keys() - after.pages.keys():
        _remove(builder, docname)
    for image in set(before.images) - set(after.images):
        (Path(builder.outdir) / builder.imagedir / image).unlink(missing_ok=True)
    stored = {"made": _made(builder), "pages": dict(sorted(after.pages.items())), "images": after.images}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")
    fresh.replace(path)


def _images(env: BuildEnvironment) -> list[str]:
    return sorted(name for _, name in env.images.values())


def _remove(builder: Builder, docname: str) -> None:
    output = Path(builder.outdir)
    targets = [output / f"{docname}{getattr(builder, 'out_suffix', '')}", *output.glob(f"_sources/{docname}.*")]
    if builder.name == "dirhtml":
        targets.append(output / docname / "index.html")
    for target in targets:
        if target.is_file() and target != output:
            target.unlink()
