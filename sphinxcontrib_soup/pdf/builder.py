"""The Sphinx builder `soup-pdf`: one PDF a document."""

from __future__ import annotations

import calendar
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence, Set
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
from sphinxcontrib_soup.pdf.continued import AFTER, BEFORE
from sphinxcontrib_soup.pdf.cover import Contents, Cover, as_date, cover
from sphinxcontrib_soup.pdf.documents import Document, documents, homes
from sphinxcontrib_soup.pdf.editions import editions
from sphinxcontrib_soup.pdf.elsewhere import ELSEWHERE, Elsewhere
from sphinxcontrib_soup.pdf.index import Index, index_of
from sphinxcontrib_soup.pdf.jobs import STANDARDS, Standard
from sphinxcontrib_soup.pdf.look import look
from sphinxcontrib_soup.pdf.markup import code, prose, string
from sphinxcontrib_soup.pdf.parts import LIMIT
from sphinxcontrib_soup.pdf.press import Order
from sphinxcontrib_soup.pdf.translator import TypstTranslator
from sphinxcontrib_soup.pdf.writing import Setting
from sphinxcontrib_soup.templates import templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxcontrib_soup.pdf.jobs import Answer

logger = logging.getLogger(__name__)

FONTS = Path(__file__).parent / "fonts"
WORKSHOP = ".soup-pdf"
"""The folder below the output that holds what the compiler reads, kept to be looked at."""
_STYLES = {"soup/look.typ": "soup/look.typ.jinja", "soup/style.typ": "soup/style.typ"}
_LISTS = {"table": "Tables", "picture": "Figures"}
_PARTS = "parts"
_NO_AUTHOR = ("unknown", "Author name not set")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document as sources for the compiler, one for each part; `headings` has the code of headings by their name.

    `places` tells where characters and images that may fail were met.
    """

    document: Document
    sources: tuple[Path, ...]
    headings: Mapping[str, str]
    indexed: Set[str]
    images: tuple[str, ...]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a part stands in its document."""

    first: bool
    last: bool


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
    part_limit: ClassVar[int] = LIMIT
    """The weight from which a document is compiled in parts; see :func:`parts.weight`."""

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self.sphinx = app
        self.docnames: set[str] = set()
        self.workshop = Path(self.outdir) / WORKSHOP
        self.imagedir = self.imgpath = f"{WORKSHOP}/images"  # where Graphviz puts what it draws

    def get_outdated_docs(self) -> str:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's signature
        """The address of a page: marked where it is in this PDF or in another, else one that no link is made of."""
        if docname in self.docnames:
            return f"{INTERNAL}{docname}"
        return f"{ELSEWHERE}{docname}" if docname in self.elsewhere.homes else f"{docname}{self.out_suffix}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's signature
        return self.get_target_uri(to, typ)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write and compile all documents, whatever changed: what a document shows may stand on any page."""
        trace = recall(self.sphinx).trace
        made = documents(self.env, self.config.soup_documents, trace, combined=self.config.soup_pdf_combined)
        self.elsewhere = Elsewhere(self.env, homes(self.env, made), trace.items)
        self._remove_others({document.stem for document in made})
        try:
            written = self._write_all(made)
        except TemplateError as error:
            raise ExtensionError(f"a template of the PDFs cannot be used: {error}", error) from error
        fonts = self._fonts()
        orders = [self._order(one, fonts) for one in written]
        with progress_message("compiling PDFs", nonl=False):
            answers = list(editions(orders, self.sphinx.parallel))
        for one, answer in zip(written, answers, strict=True):
            self._report(one, answer)

    def _write_all(self, made: Iterable[Document]) -> list[Written]:
        self.templates = templates(Path(self.confdir), self.config, typst=string, prose=prose, code=code)
        self.look = look(self.config.soup_pdf_look)
        for name, template in _STYLES.items():
            style = self.workshop / name
            style.parent.mkdir(parents=True, exist_ok=True)
            style.write_text(self.templates.get_template(template).render(look=self.look), encoding="utf-8")
        self.logo = self._logo()
        return [self._write(document) for document in made]

    def _remove_others(self, stems: Set[str]) -> None:
        """Remove what earlier builds made of documents that are no more."""
        made = {path.stem for ending in ("*.typ", "*.json") for path in self.workshop.glob(ending)}
        made |= {folder.name for folder in self.workshop.glob(f"{_PARTS}/*")}
        for stem in made.difference(stems):
            shutil.rmtree(self.workshop / _PARTS / stem, ignore_errors=True)
            for stale in (self._source(stem), self._source(stem).with_suffix(".json"), self._output(stem)):
                stale.unlink(missing_ok=True)

    def _write(self, document: Document) -> Written:
        """Write the source of a document, or of each part of one that is too long to be compiled as a whole."""
        with progress_message(f"writing {document.stem}{self.out_suffix}", nonl=False):
            built = recall(self.sphinx)
            self.images.clear()
            tree = assemble(self, document.docname, self.docnames)
            anchors = anchors_of(tree, document.docname, built.trace.items.keys())
            images = self._copied_images()
            setting = Setting(
                document=document,
                look=self.look,
                elsewhere=self.elsewhere,
                anchors=anchors,
                templates=self.templates,
                images=images,
            )
            translator = TypstTranslator.of(self.create_translator(tree, self, setting))
            translator.translate()
            index = index_of(self, self.docnames, anchors)
            frame = cover(
                document,
                self._contents(translator, index),
                title=title_of(tree),
                anchor=translator.title_anchor,
                language=self.config.language,
                author="" if self.config.author in _NO_AUTHOR else self.config.author,
                look=self.look,
                logo=self.logo,
                built=built,
            )
            sources = self._sources(document.stem, translator.parts(self.part_limit), frame)
        return Written(
            document=document,
            sources=sources,
            headings=translator.headings,
            indexed=frozenset(index.names),
            images=tuple(sorted({*images.values(), *filter(None, [self.logo])})),
            places=translator.places,
        )

    def _contents(self, translator: TypstTranslator, index: Index) -> Contents:
        return Contents(
            headings=translator.has_headings,
            lists=tuple((title, kind) for kind, title in _LISTS.items() if kind in translator.lists),
            index=index.code,
            pages=frozenset(self.docnames),
            referred=tuple(one for _, one in sorted(translator.referred.items())),
        )

    def _sources(self, stem: str, parts: Sequence[str], frame: Cover) -> tuple[Path, ...]:
        """Write the sources of a document: of several parts the first is the cover and the table of contents."""
        template = self.templates.get_template("soup/document.typ.jinja")
        whole, folder = self._source(stem), self.workshop / _PARTS / stem
        if len(parts) == 1:
            shutil.rmtree(folder, ignore_errors=True)
            made = {whole: template.render(cover=frame, body=parts[0], part=Position(first=True, last=True))}
        else:
            whole.unlink(missing_ok=True)
            folder.mkdir(parents=True, exist_ok=True)
            last = len(parts)
            kept = {str(number) for number in range(last + 1)}
            for stale in (path for path in folder.iterdir() if re.split("[-.]", path.name)[0] not in kept):
                stale.unlink()
            bodies = ["", *(f"include {string(f'{number}{BEFORE}')}\n{body}" for number, body in enumerate(parts, 1))]
            made = {
                folder / f"{number}.typ": template.render(
                    cover=frame, body=body, part=Position(first=number == 0, last=number == last)
                )
                + f"#include {string(f'{number}{AFTER}')}\n"
                for number, body in enumerate(bodies)
            }
        for path, said in made.items():
            path.write_text(said, encoding="utf-8")
        return tuple(made)

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

    def _logo(self) -> str:
        """Put the logo where the compiler finds it; its path there is empty where there is none."""
        if not self.look.logo:
            return ""
        path = Path(self.confdir) / self.look.logo
        name = f"images/logo{path.suffix.lower()}"
        (self.workshop / name).parent.mkdir(exist_ok=True)
        try:
            shutil.copyfile(path, self.workshop / name)
        except OSError:
            _warn(f"soup_pdf_look: there is no image {self.look.logo}", "pdf", "conf.py")
            return ""
        return name

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

    def _order(self, written: Written, fonts: Sequence[str]) -> Order:
        date = as_date(recall(self.sphinx).provenance)
        return Order(
            sources=written.sources,
            headings=written.headings,
            indexed=written.indexed,
            images=written.images,
            root=self.workshop,
            fonts=fonts,
            timestamp=calendar.timegm(date.timetuple()) if date else 0,
            standards=self._standards(),
            output=self._output(written.document.stem),
        )

    def _standards(self) -> list[Standard]:
        stated: Standard | Sequence[Standard] = self.config.soup_pdf_standard
        return [stated] if isinstance(stated, str) else list(stated)

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
        if answer["unmet"]:
            missed = " and ".join(STANDARDS[one] for one in self._standards() if one not in answer["standards"])
            _warn(f"{output.name} is no {missed}: {answer['unmet']}", "pdf", page)
        if answer["error"] is not None:
            output.unlink(missing_ok=True)
            source = written.sources[0] if len(written.sources) == 1 else written.sources[0].parent
            logger.error("%s cannot be made of %s: %s", output.name, source, answer["error"], location=page)
            self.sphinx.statuscode = 1


def _warn(message: str, subtype: str, location: str) -> None:
    logger.warning("%s", message, type="soup", subtype=subtype, location=location)
