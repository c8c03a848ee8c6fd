"""What the frame of a document says: its cover, what runs along its pages, what is open, and where it comes from."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxcontrib_soup.kinds import FIELDS, Revision, revisions
from sphinxcontrib_soup.model import Finding, Item, Judgement, Phase, Provenance, Severity, SourceFile, Tone, Trace
from sphinxcontrib_soup.pdf.documents import Document
from sphinxcontrib_soup.pdf.look import Look, filled
from sphinxcontrib_soup.pdf.markup import block, prose
from sphinxcontrib_soup.provenance import digest_of
from sphinxcontrib_soup.wording import counted, listing

if TYPE_CHECKING:
    from sphinxcontrib_soup.needs import Built

_TITLES = {name: field.title for name, field in FIELDS["document"].items()}
_SIGNING = ("owner", "reviewer", "approver")
_SAID = ("number", "revision", "document_kind", *_SIGNING, "purpose", "history")
SAID_ON_COVER = frozenset({"Status", *(_TITLES[name] for name in _SAID)})
"""The titles of the fields of a document's item that its own PDF does not say again below."""
_SHOWN_DIGEST = 12
_RUNNING = 80
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[_-]([A-Z]{2}))?(?![a-zA-Z])")
_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.OPEN}


@dataclass(frozen=True, slots=True)
class Open:
    """A finding as a document lists it."""

    severity: str
    tone: Tone
    subject: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a document beside its text: whether there are headings, what has captions, and the index as code.

    `pages` are those that were joined, `referred` the other documents that it leads to.
    """

    headings: bool = False
    lists: tuple[tuple[str, str], ...] = ()
    index: str = ""
    pages: Set[str] = frozenset()
    referred: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the frame of a document shows beside its body; `facts` and `provenance` pair a label with a text.

    `tone` is that of the status line, `mark` the words across each page of what is not released, `anchor` the name by
    which the title is linked to. `header` and `footer` are Typst code for the left, the middle and the right.
    `signatures` pairs a role with a name, `lists` the title of a list with the kind of captions in it, `findings` are
    those of the document, `referred` holds number, title, revision and file of other documents, `sources` path, reader
    and digest of what was read. `index` is Typst code.
    """

    id: str
    number: str
    title: str
    header: tuple[str, ...]
    footer: tuple[str, ...]
    logo: str
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
    signatures: tuple[tuple[str, str], ...]
    history: tuple[Revision, ...]
    status: str
    tone: Tone
    mark: tuple[str, ...]
    contents: bool
    lists: tuple[tuple[str, str], ...]
    findings: tuple[Open, ...]
    findings_elsewhere: str
    index: str
    provenance: tuple[tuple[str, str], ...]
    referred: tuple[tuple[str, str, str, str], ...]
    sources: tuple[tuple[str, str, str], ...]


def cover(
    document: Document,
    contents: Contents,
    *,
    title: str,
    anchor: str,
    language: str,
    author: str,
    look: Look,
    logo: str,
    built: Built,
) -> Cover:
    """The frame of a document. `title` is that of its first page, which gives way to that of its item."""
    item, provenance = document.item, built.provenance
    shown = (item and item.title) or title or provenance.project
    project = f"{provenance.project} {provenance.release}".strip()
    found = _LANGUAGE.match(language)
    standing = Standing.of(built.judgement, built.trace.settings.phase)
    listed, elsewhere = _findings(built, contents.pages) if standing.mark else ((), "")
    words = {
        "number": document.number,
        "title": shown if len(shown) <= _RUNNING else f"{shown[: _RUNNING - 1]}…",
        "revision": f"Revision {item.text('revision')}" if item and item.text("revision") else "",
        "project": project,
        "date": provenance.date or "",
        "status": standing.word,
    }
    return Cover(
        id=document.stem,
        number=document.number,
        title=shown,
        header=_running(look.header, words),
        footer=_running(look.footer, words),
        logo=logo,
        anchor=anchor,
        project=project,
        language=found[1] if found else "en",
        region=(found[2] or "") if found else "",
        authors=tuple(filter(None, [(item and item.text("owner")) or author])),
        description=f"{document.number} of {project}",
        keywords=(document.stem, provenance.project),
        date=as_date(provenance),
        purpose=item.text("purpose") if item else "",
        facts=(*_stated(document), *_provenance(provenance)),
        signatures=tuple(_signatures(item)) if item else (),
        history=revisions(item.text("history")) if item else (),
        status=standing.said,
        tone=standing.tone,
        mark=standing.mark,
        contents=contents.headings,
        lists=contents.lists,
        findings=listed,
        findings_elsewhere=elsewhere,
        index=contents.index,
        provenance=(("Project", project), *_provenance(provenance)),
        referred=tuple(_referred(one) for one in contents.referred),
        sources=tuple(_sources(built.trace)),
    )


def as_date(provenance: Provenance) -> datetime.date | None:
    """The as-of date of a build."""
    return datetime.date.fromisoformat(provenance.date) if provenance.date else None


def _running(parts: Iterable[str], words: Mapping[str, str]) -> tuple[str, ...]:
    compiled = {"page": "page-number", "pages": "page-total"}
    return tuple(block(compiled[word] if word else prose(said) for word, said in filled(part, words)) for part in parts)


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    if document.item is None:
        return
    if document.number != document.stem:
        yield "ID", document.stem
    if revision := document.item.text("revision"):
        dates = (one.date for one in revisions(document.item.text("history")) if one.name == revision)
        yield _TITLES["revision"], " of ".join([revision, *filter(None, dates)][:2])
    if kind := document.item.text("document_kind"):
        yield _TITLES["document_kind"], kind.replace("_", " ")
    if status := document.item.text("status"):
        yield "Status", status


def _signatures(item: Item) -> Iterator[tuple[str, str]]:
    """Who signs, each with the role."""
    for name in _SIGNING:
        yield from ((_TITLES[name], one.strip()) for one in item.text(name).split(";") if one.strip())


def _provenance(provenance: Provenance) -> Iterator[tuple[str, str]]:
    if provenance.date:
        yield "As of", provenance.date
    if provenance.commit:
        yield "Commit", provenance.commit + (" with uncommitted changes" if provenance.dirty else "")
    yield "Made by", provenance.tool


def _referred(document: Document) -> tuple[str, str, str, str]:
    item = document.item
    title, revision = (item.title, item.text("revision")) if item else ("", "")
    return document.number, title, revision, f"{document.stem}.pdf"


def _sources(trace: Trace) -> Iterator[tuple[str, str, str]]:
    """What was read, file by file; all code together, by the digest of the list of its digests."""
    listed = sorted(trace.evidence_files, key=lambda one: one.path)
    paths = {one.path for one in listed}
    code = [one for one in trace.sources if one.path not in paths]
    yield from map(_source, listed)
    if code:
        yield (
            f"code, {counted(len(code), 'file')}",
            "each with its digest in trace.json",
            digest_of(code)[:_SHOWN_DIGEST],
        )


def _source(source: SourceFile) -> tuple[str, str, str]:
    reader = source.reader or "not read: no reader claims it"
    return source.path, reader, (source.sha256 or "")[:_SHOWN_DIGEST] or "not opened"


# --- how far it is from a release ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a document is a draft: in a word, and in a sentence with a tone; `mark` is empty at a release.

    What is built for a release while errors are open is none: the gate does not let it pass.
    """

    word: str
    said: str
    tone: Tone
    mark: tuple[str, ...]

    @classmethod
    def of(cls, judgement: Judgement, phase: Phase) -> Standing:
        counts = Counter(finding.severity for finding in judgement.findings)
        heavy = [(counts[one], str(one)) for one in (Severity.ERROR, Severity.WARNING) if counts[one]]
        found = listing(counted(number, what) for number, what in heavy) or "no findings"
        errors = counts[Severity.ERROR]
        word = "Draft" if phase is Phase.DEVELOPMENT else "Not for release" if errors else "Release"
        tone = Tone.BAD if errors else Tone.OPEN if heavy else Tone.GOOD
        mark = () if word == "Release" else (word.upper(), f"{found} open")
        return cls(word, f"{word}: {found} open in the project.", tone, mark)


def _findings(built: Built, pages: Set[str]) -> tuple[tuple[Open, ...], str]:
    """What is open in some pages, the heaviest first, and how much is elsewhere."""
    counted_ones = [one for one in built.judgement.findings if one.severity in _TONES]
    own = [one for one in counted_ones if _is_of(one, built.trace, pages)]
    made = tuple(
        Open(one.severity, _TONES[one.severity], one.subject, one.message, str(one.location))
        for one in sorted(own, key=lambda one: -one.severity.rank)
    )
    more = len(counted_ones) - len(own)
    said = (
        f"{counted(more, 'finding')} of the project {'is' if more == 1 else 'are'} not about what this document holds."
    )
    return made, said if more else ""


def _is_of(finding: Finding, trace: Trace, pages: Set[str]) -> bool:
    item = trace.items.get(finding.subject)
    return (item.document if item else finding.location.path.rpartition(".")[0]) in pages
