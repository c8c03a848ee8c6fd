"""Which PDFs a project has, and what stands on the cover and the last page of each."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import Item, Judgement, Provenance, Severity, SourceFile, Trace

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinxcontrib_soup.needs import Built

logger = logging.getLogger(__name__)

_STEM = re.compile(r"[\w.@+-]+")
_ON_COVER = ("revision", "document_kind", "owner", "reviewer", "approver")
_SHOWN_DIGEST = 12
_RUNNING = 80
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[_-]([A-Z]{2}))?(?![a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF to make: the name of its file without the ending, the page it starts from, and its item if it has one."""

    stem: str
    docname: str
    item: Item | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the frame of a document shows beside its body; `facts` and `provenance` pair a label with a text.

    `tone` is that of the status line, `anchor` the name by which the title is linked to, `running` the title as it fits
    into the head of a page, `sources` holds path, reader and digest of what was read.
    """

    id: str
    title: str
    running: str
    anchor: str
    project: str
    language: str
    region: str
    authors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    date: datetime.date | None
    purpose: str
    facts: tuple[tuple[str, str], ...]
    status: str
    tone: str
    contents: bool
    provenance: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str, str], ...]


def documents(env: BuildEnvironment, stated: Mapping[str, str] | None, trace: Trace) -> list[Document]:
    """The PDFs to make: as stated, else one for each item that is a document, else one of the whole project."""
    if stated is None:
        items = [item for item in trace.of_kind("document") if item.document in env.found_docs]
        if not items:
            return [Document(slug(env.config.project), env.config.root_doc)]
        stated = {item.id: item.document for item in items}
    return [
        Document(stem, docname, trace.items.get(stem))
        for stem, docname in stated.items()
        if _can_be_made(stem, docname, env)
    ]


def slug(name: str) -> str:
    """A file name from the name of a project."""
    return "-".join(_STEM.findall(name)).strip(".-") or "document"


def _can_be_made(stem: str, docname: str, env: BuildEnvironment) -> bool:
    wrong = ""
    if not _STEM.fullmatch(stem) or stem.startswith("."):
        wrong = f"{stem!r} cannot be the name of a PDF: use letters, digits and _ - . alone"
    elif docname not in env.found_docs:
        wrong = f"{stem!r} starts from the page {docname!r}, which does not exist"
    if wrong:
        logger.warning("soup_documents: %s", wrong, type="soup", subtype="pdf")
    return not wrong


# --- the cover -------------------------------------------------------------------------------------------------------


def cover(
    document: Document,
    *,
    title: str,
    anchor: str,
    language: str,
    author: str,
    contents: bool,
    built: Built,
) -> Cover:
    """The cover of a document. `title` is that of its first page, which gives way to that of its item."""
    item, provenance = document.item, built.provenance
    shown = (item and item.title) or title or provenance.project
    project = f"{provenance.project} {provenance.release}".strip()
    stated = _stated(item) if item else {}
    found = _LANGUAGE.match(language)
    status, tone = _status(built.judgement)
    return Cover(
        id=document.stem,
        title=shown,
        running=shown if len(shown) <= _RUNNING else f"{shown[: _RUNNING - 1]}…",
        anchor=anchor,
        project=project,
        language=found[1] if found else "en",
        region=(found[2] or "") if found else "",
        authors=tuple(filter(None, [stated.get("Owner", author)])),
        description=f"{document.stem} of {project}",
        keywords=(document.stem, provenance.project),
        date=as_date(provenance),
        purpose=item.text("purpose") if item else "",
        facts=(*stated.items(), *_provenance(provenance)),
        status=status,
        tone=tone,
        contents=contents,
        provenance=(("Project", project), *_provenance(provenance)),
        sources=tuple(map(_source, sorted(built.trace.sources, key=lambda one: one.path))),
    )


def as_date(provenance: Provenance) -> datetime.date | None:
    """The as-of date of a build."""
    return datetime.date.fromisoformat(provenance.date) if provenance.date else None


def _stated(item: Item) -> dict[str, str]:
    titles = {field.name: field.title for field in BY_NAME[item.kind].fields}
    found = {titles[name]: item.text(name).replace("_", " ") for name in _ON_COVER if name in titles}
    return {title: text for title, text in found.items() if text}


def _provenance(provenance: Provenance) -> Iterator[tuple[str, str]]:
    if provenance.date:
        yield "As of", provenance.date
    if provenance.commit:
        yield "Commit", provenance.commit + (" with uncommitted changes" if provenance.dirty else "")
    yield "Made by", provenance.tool


def _status(judgement: Judgement) -> tuple[str, str]:
    """How many findings are open, and the tone that says it."""
    counts = Counter(finding.severity for finding in judgement.findings)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    found = [_counted(errors, "error"), _counted(warnings, "warning")]
    if not errors and not warnings:
        return "No findings are open in the project.", "good"
    return f"Draft: {' and '.join(filter(None, found))} open in the project.", "bad" if errors else "open"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""


def _source(source: SourceFile) -> tuple[str, str, str]:
    reader = source.reader or "not read: no reader claims it"
    return source.path, reader, (source.sha256 or "")[:_SHOWN_DIGEST] or "not opened"
