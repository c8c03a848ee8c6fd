"""The notices that licences ask for: name, version, copyright and the text of the licence, for the product's help.

The texts are those that the packages come with. Packages with the same text share a row. The export of the same name
writes them as plain text.
"""

from __future__ import annotations

from sphinxcontrib_soup.licences.notices import NO_TEXT, Notice, notices, paragraphs, silent
from sphinxcontrib_soup.model import Badge, Column, Dossier, Row, Table, Tone, cell
from sphinxcontrib_soup.plugin import NoOptions, view
from sphinxcontrib_soup.wording import counted

_COLUMNS = (
    Column("package", "Package", width=2),
    Column("licence", "Licence", width=2),
    Column("copyright", "Copyright", width=3),
    Column("text", "Text", width=8),
)


@view("third-party-notices")
def third_party_notices(dossier: Dossier, _: NoOptions) -> Table:
    """Every package whose licence asks for a notice, with the text."""
    others = silent(dossier.trace)
    unknown = sum(one.expression is None for one in others)
    reasons = {"asks for no notice": len(others) - unknown, "is not known": unknown}
    return Table(
        name="third-party-notices",
        title="Third-party notices",
        columns=_COLUMNS,
        rows=tuple(_row(one) for one in notices(dossier.trace)),
        empty="No package asks for a notice.",
        notes=tuple(
            f"Not listed, because their licence {reason}: {counted(number, 'package')}."
            for reason, number in reasons.items()
            if number
        ),
    )


def _row(notice: Notice) -> Row:
    text = cell(*(line for text in notice.texts for line in paragraphs(text)))
    return Row(
        (
            cell(*(one.title for one in notice.packages)),
            cell(notice.licence),
            cell(*notice.copyright),
            text or cell(Badge(NO_TEXT.removesuffix("."), Tone.OPEN)),
        ),
        gap=not notice.texts,
    )
