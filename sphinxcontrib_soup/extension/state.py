"""What a build leaves beside the pages for the next one: the digest of each page, and the files that stand there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxcontrib_soup import __version__

if TYPE_CHECKING:
    from sphinx.builders import Builder

LOGGER = logging.getLogger(__name__)
STATE = ".soup-state.json"
SCHEMA = "soup-state/1"
_DOWNLOADS = "_downloads"
_FORM = "it is of another form"


@dataclass
class State:
    """The digest of each page, and the files of pages, images, downloads and indices, relative to the output."""

    pages: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def load(builder: Builder) -> State:
    """The state that the last build left here; one without digests, and a line that says why, if it is of no use."""
    path = _path(builder)
    state = State()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(stored, dict) and isinstance(stored["files"], list)):
            raise ValueError(_FORM)
        state.files = {str(file) for file in stored["files"]}
        if reason := _otherwise(stored["made"], _made(builder)):
            raise ValueError(reason)
        state.pages = {str(page): str(digest) for page, digest in stored["pages"].items()}
    except FileNotFoundError:
        pass
    except (KeyError, TypeError, AttributeError):
        _unusable(path, _FORM)
    except (OSError, ValueError, RecursionError) as error:
        _unusable(path, str(error))
    return state


def _otherwise(made: list[str], now: list[str]) -> str:
    """Why a state is not that of the last build here."""
    facts = ("another version made it", "another version made it", "another builder made it", "it was made elsewhere")
    differing = (fact for fact, one, other in zip(facts, made, now, strict=True) if one != other)
    return next(differing, "")


def _unusable(path: Path, why: str) -> None:
    LOGGER.info("every page is written again: %s cannot be used (%s)", path.name, why)


def store(builder: Builder, state: State) -> None:
    """Put a state beside the pages, wholly or not at all."""
    path = _path(builder)
    stored = {"made": _made(builder), "pages": dict(sorted(state.pages.items())), "files": sorted(state.files)}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")
    fresh.replace(path)


def remove(builder: Builder, files: set[str]) -> None:
    """Take away files of earlier builds, and nothing that stands elsewhere."""
    output = Path(builder.outdir).resolve()
    for file in files:
        path = output / file
        if path.is_file() and path.parent.resolve().is_relative_to(output):
            path.unlink()


def drop_copies(builder: Builder, docnames: Set[str]) -> None:
    """Take away the images and downloads of pages to be written: Sphinx copies none over one of equal size and time."""
    for folder, copied in ((builder.imagedir, builder.env.images), (_DOWNLOADS, builder.env.dlfiles)):
        remove(builder, {f"{folder}/{name}" for pages, name in copied.values() if pages & docnames})


def outputs(builder: Builder) -> set[str]:
    """The files that pages, images, downloads and indices stand in; to be asked when writing was prepared."""
    return {Path(os.path.relpath(path, builder.outdir)).as_posix() for path in _outputs(builder)}


def _outputs(builder: Builder) -> Iterator[Path]:
    output, env = Path(builder.outdir), builder.env
    place_of = getattr(builder, "get_outfilename", None)
    for docname in (*env.found_docs, *(index[0] for index in getattr(builder, "domain_indices", ()))):
        yield Path(place_of(docname)) if place_of else output / f"{docname}{getattr(builder, 'out_suffix', '')}"
    if builder.format == "html":
        after = builder.config.html_sourcelink_suffix
        for docname in env.found_docs:
            name = f"{docname}{env.doc2path(docname).suffix}"
            yield output / "_sources" / (name if name.endswith(after) else f"{name}{after}")
        yield from (output / builder.imagedir / name for _, name in env.images.values())
        yield from (output / _DOWNLOADS / name for _, name in env.dlfiles.values())


def _path(builder: Builder) -> Path:
    return Path(builder.outdir) / STATE


def _made(builder: Builder) -> list[str]:
    place = hashlib.sha256(os.fsencode(builder.outdir)).hexdigest()
    return [SCHEMA, __version__, builder.name, place]
