"""Whatever an author writes comes out as he wrote it, and is never read as markup."""

from __future__ import annotations

import io
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sphinx.config import Config

from sphinxcontrib_soup.pdf.builder import FONTS, STYLES
from sphinxcontrib_soup.pdf.look import look
from sphinxcontrib_soup.pdf.markup import array, block, call, code, lines, prose, string
from sphinxcontrib_soup.templates import templates

SIGNS = "#$*_`<>@\\[](){}//=-+~\"'.:;,!?%&|^ \n\t"
LETTERS = "abcXYZ019äéßøłňőçÅ€µ±≤≥→ΩαжЩ"
texts = st.text(alphabet=SIGNS + LETTERS, max_size=120)
HOSTILE = [
    '"); #panic("no") //',
    '#import "/etc/passwd": *',
    "= heading\n- item\n+ item\n/ term: x",
    "$ x^2 $ `raw` ```raw``` *b* _i_ <label> @ref // comment /* c */",
    '\\u{41} \\n \\" \\',
    "https://example.org/a_b?c=d#e",
    "[]{}()[[((",
    "a\u00a0b\u2009c~d--e---f...g",
]
FRAME = """
#import "soup/style.typ": *
#show: paper
#set page(header: none, footer: none)
#"""


@cache
def compiler() -> typst.Compiler:
    folder = Path(tempfile.mkdtemp())
    (folder / "soup").mkdir()
    made = templates(folder, Config(), typst=string)
    for name, template in STYLES.items():
        (folder / name).write_text(made.get_template(template).render(look=look({})), encoding="utf-8")
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True, root=str(folder))


def shown(expression: str) -> str:
    """The text of a PDF of an expression, without white space."""
    made = compiler().compile(f"{FRAME}{{\n{expression}\n}}".encode(), format="pdf", timestamp=0)
    pages = PdfReader(io.BytesIO(made)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_out_as_it_is(text: str) -> None:
    assert shown(prose(text)) == bare(text)


@given(texts)
@settings(max_examples=30, deadline=None)
def test_any_text_comes_out_as_code_and_in_narrow_cells(text: str) -> None:
    assert shown(f"matrix((20fr, 80fr), {prose(text, 3)}, {code(text, 3)})") in (bare(text) * 2, bare(text) * 2)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    assert shown(f"strong({prose(text)})") == bare(text)
    assert shown(f"listing({string(text)})") == bare(text)


def test_what_cannot_be_printed_is_replaced_and_never_dropped() -> None:
    assert string("a\x00b\x1bc\ud800d") == '"a�b�c�d"'
    assert prose("a\x0bb\u2028c") == '"a b c"'


def test_long_words_break_at_their_seams_and_anywhere_if_they_have_none() -> None:
    assert prose("short words stay") == '"short words stay"'
    assert (
        prose("see src/control_loop/main.py now", 10)
        == '{"see "\nsoft("src/", "control_", "loop/", "main.", "py")\n" now"}'
    )
    assert prose("x" * 30) == f'soft(.."{"x" * 30}".clusters())'
    assert prose("doseCalculatorOfThePump", 8) == 'soft("dose", .."Calculator".clusters(), "Of", "The", "Pump")'


def test_scripts_without_spaces_are_left_to_break_by_their_own_rules() -> None:
    assert "soft" not in prose("ソフトウェアは用量を計算しなければならない。" * 3)


def test_expressions() -> None:
    assert block([]) == "[]"
    assert block(["a"]) == "a"
    assert block(["a", "b"]) == "{a\nb}"
    assert lines(["a", "b"]) == "{a\nlinebreak()\nb}"
    assert call("f", "a", b="1", column_gutter="2pt") == "f(a, b: 1, column-gutter: 2pt)"
    assert array(["1"]) == "(1, )"
