"""The Sphinx builder `soup-pdf`: one PDF a document."""

from __future__ import annotations

import calendar
import shutil
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from jinja2 import TemplateError
from sphinx.builders import Builder
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.display import progress_message

from sphinxcontrib_soup.needs import recall
from sphinxcontrib_soup.pdf.anchors import INTERNAL, anchors_of
from sphinxcontrib_soup.pdf.assemble import assemble, title_of
from sphinxcontrib_soup.pdf.documents import Document, as_date, cover, documents
from sphinxcontrib_soup.pdf.markup import code, prose, string
from sphinxcontrib_soup.pdf.press import press
from sphinxcontrib_soup.pdf.translator import TypstTranslator
from sphinxcontrib_soup.pdf.writing import Setting
from sphinxcontrib_soup.templates import templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxcontrib_soup.pdf.compiler import Answer, Job

logger = logging.getLogger(__name__)

FONTS = Path(__file__).parent / "fonts"
WORKSHOP = ".soup-pdf"
"""The folder below the output that holds what the compiler reads, kept to be looked at."""
_STYLE = "soup/style.typ"
_NO_AUTHOR = ("unknown", "Author name not set")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document as source for the compiler; `places` tells where characters and images that may fail were met."""

    document: Document
    images: tuple[str, ...]
    places: Mapping[str, str]


class SoupPdfBuilder(Builder):
    """Joins the pages of each document, translates them to Typst, and has that compiled."""

    name = "soup-pdf"
    format = "typst"
    out_suffix = ".pdf"
    epilog = "The PDFs are in %(outdir)s."
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [  # the first that is there is taken
        *("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")
    ]
    supported_remote_images = True  # so that Sphinx does not fetch them: they are shown by their text
    allow_parallel = True

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self.sphinx = app
        self.docnames: set[str] = set()
        self.workshop = Path(self.outdir) / WORKSHOP

    def get_outdated_docs(self) -> str:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's signature
        """The address of a page: marked where it is in the same PDF, else one that no link is made of."""
        return f"{INTERNAL}{docname}" if docname in self.docnames else f"{docname}{self.out_suffix}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's signature
        return self.get_target_uri(to, typ)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write and compile all documents, whatever changed: what a document shows may stand on any page."""
        made = documents(self.env, self.config.soup_documents, recall(self.sphinx).trace)
        self._remove_others({document.stem for document in made})
        try:
            written = self._write_all(made)
        except TemplateError as error:
            raise ExtensionError(f"a template of the PDFs cannot be used: {error}", error) from error
        fonts = self._fonts()
        jobs = [self._job(one, fonts) for one in written]
        with progress_message("compiling PDFs"):
            answers = list(press(jobs, self.sphinx.parallel))
        for one, answer in zip(written, answers, strict=True):
            self._report(one, answer)

    def _write_all(self, made: Iterable[Document]) -> list[Written]:
        self.templates = templates(Path(self.confdir), self.config, typst=string, prose=prose, code=code)
        style = self.workshop / _STYLE
        style.parent.mkdir(parents=True, exist_ok=True)
        style.write_text(self.templates.get_template(_STYLE).render(), encoding="utf-8")
        return [self._write(document) for document in made]

    def _remove_others(self, stems: Set[str]) -> None:
        """Remove what earlier builds made of documents that are no more."""
        for source in self.workshop.glob("*.typ"):
            if source.stem not in stems:
                for stale in (source, source.with_suffix(".json"), self._output(source.stem)):
                    stale.unlink(missing_ok=True)

    def _write(self, document: Document) -> Written:
        """Write the source of a document."""
        with progress_message(f"writing {document.stem}{self.out_suffix}", nonl=False):
            built = recall(self.sphinx)
            self.images.clear()
            tree = assemble(self, document.docname, self.docnames)
            anchors = anchors_of(tree, document.docname, built.trace.items.keys())
            images = self._copied_images()
            setting = Setting(anchors=anchors, templates=self.templates, images=images)
            translator = TypstTranslator.of(self.create_translator(tree, self, setting))
            body = translator.translated()
            frame = cover(
                document,
                title=title_of(tree),
                anchor=translator.title_anchor,
                language=self.config.language,
                author="" if self.config.author in _NO_AUTHOR else self.config.author,
                contents=translator.has_headings,
                built=built,
            )
            made = self.templates.get_template("soup/document.typ.jinja").render(cover=frame, body=body)
            self._source(document.stem).write_text(made, encoding="utf-8")
        return Written(document=document, images=tuple(sorted(images.values())), places=translator.places)

    def _copied_images(self) -> dict[str, str]:
        """Put the images of the joined pages where the compiler finds them."""
        folder = self.workshop / "images"
        found: dict[str, str] = {}
        for address, name in self.images.items():
            folder.mkdir(exist_ok=True)
            try:
                shutil.copyfile(Path(self.srcdir) / address, folder / name)
            except OSError:
                continue
            found[address] = f"images/{name}"
        return found

    def _source(self, stem: str) -> Path:
        return self.workshop / f"{stem}.typ"

    def _output(self, stem: str) -> Path:
        return Path(self.outdir) / f"{stem}{self.out_suffix}"

    def _fonts(self) -> list[str]:
        """The folders of our fonts and of the project's."""
        folders = [FONTS, *(Path(self.confdir) / folder for folder in self.config.soup_pdf_fonts)]
        for folder in folders:
            if not folder.is_dir():
                logger.warning("soup_pdf_fonts: there is no folder %s", folder, type="soup", subtype="pdf")
        return [str(folder) for folder in folders if folder.is_dir()]

    def _job(self, written: Written, fonts: list[str]) -> Job:
        date = as_date(recall(self.sphinx).provenance)
        return {
            "source": str(self._source(written.document.stem)),
            "root": str(self.workshop),
            "images": list(written.images),
            "fonts": fonts,
            "timestamp": calendar.timegm(date.timetuple()) if date else 0,
            "output": str(self._output(written.document.stem)),
        }

    def _report(self, written: Written, answer: Answer) -> None:
        """Say what the compiler found wrong. Of a document that could not be made, no older PDF stays."""
        output = self._output(written.document.stem)
        page = written.document.docname
        for character in answer["unprintable"]:
            points = " ".join(f"U+{ord(one):04X}" for one in character)
            message = f"no font has the character {character!r} ({points}); name a folder of fonts in soup_pdf_fonts"
            _warn(f"{output.name}: {message}", "glyph", written.places.get(character[0], page))
        for image, reason in answer["unreadable"].items():
            message = f"the image is shown by its text alone, for it cannot be read: {reason}"
            _warn(f"{output.name}: {message}", "pdf", written.places.get(image, page))
        if answer["not_archival"]:
            _warn(f"{output.name} is no PDF/A: {answer['not_archival']}", "pdf", page)
        if answer["error"] is not None:
            output.unlink(missing_ok=True)
            source = self._source(written.document.stem)
            logger.error("%s cannot be made of %s: %s", output.name, source, answer["error"], location=page)
            self.sphinx.statuscode = 1


def _warn(message: str, subtype: str, location: str) -> None:
    logger.warning("%s", message, type="soup", subtype=subtype, location=location)
