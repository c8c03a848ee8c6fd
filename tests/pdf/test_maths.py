"""Formulas: what LaTeX becomes, that the compiler takes it, and what cannot be drawn."""

from __future__ import annotations

import random

import pytest
import typst

from sphinxcontrib_soup.pdf.markup import string
from sphinxcontrib_soup.pdf.maths import formula
from tests.pdf.pdf_file import Pdf
from tests.project import Project

STYLE = "#let sign(it) = [#symbol(it)]\n#let framed(body) = box(math.equation(body))\n"
FORMULAS = [
    r"\frac{a}{b} + \sqrt{x} + \sqrt[3]{2}",
    r"\sum_{i=1}^n x_i \le \int_0^\infty e^{-t}\,dt",
    r"\text{IOB} = \sum\limits_k d_k \left(1 - \frac{t}{T}\right) \left\{ x \right.",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix} \begin{cases} 1 & x>0\\0&\text{else}\end{cases}",
    r"\begin{aligned} a &= b \\ c &= d\end{aligned}",
    "a &= b \\\\ c &= d \\nonumber",
    "a = b\n\nc = d",
    r"\begin{array}{lc} a & b \\ c \end{array}",
    r"\hat{y} \overline{z} \underline{w} \vec{v} \tilde{x} \dot{x} \ddot{x} \underbrace{a+b}_{c} \overbrace{ab}^{n}",
    r"x' f''(x) y_1' \lim_{x\to 0} \sin x \operatorname{max}_y",
    r"\mathrm{mg/dL} \mathbf{x} \mathbb{R} \mathcal{L} \mathtt{abc} \alpha \Omega \partial \nabla \pm \times \cdot",
    r"\binom{n}{k} \boxed{x} \cancel{y} \phantom{z} \stackrel{a}{b} \underset{x}{y} \hspace{1cm} \quad \!",
    r"a < b > c \& d \% \$ \# \_ \{ \} \left| x \right| \|x\|",
    r'"quotes" \backslash @ é д 漢',
]


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("block", ["true", "false"])
def test_the_compiler_takes_what_is_drawn(latex: str, block: str) -> None:
    source = f"{STYLE}#math.equation(block: {block}, alt: {string(latex)}, {formula(latex)})"
    assert typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


def test_letters_are_signs_and_numbers_and_words_are_texts() -> None:
    assert formula(r"E = 12.5\,\text{mg}") == ('{sign("E")\nsign("=")\n"12.5"\nh(0.167em)\n"mg"}')
    assert formula(r"\frac{a}{2}") == 'math.frac(sign("a"), "2")'
    assert formula(r"x_1^2") == 'math.attach(sign("x"), b: "1", t: "2")'


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\foo{a}", r"the command \foo is not known"),
        ("{a", "its braces do not match"),
        ("", "it is empty"),
        (r"\begin{tikzpicture}x\end{tikzpicture}", "the environment tikzpicture is not known"),
        (r"\frac{a}", "something is missing in it"),
        (r"a_b_c", "no LaTeX that can be read"),
        (r"\left( x", "no LaTeX that can be read"),
        ("a & b", "stands where it cannot"),
        ("x" * 5000, "too long"),
    ],
)
def test_what_cannot_be_drawn_says_why(latex: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("\\", r"\\")):
        formula(latex)


def test_no_text_makes_it_fail_in_another_way() -> None:
    chance = random.Random(7)
    pieces = [
        *r"\ { } & ^ _ a 1 # $ % ~ ' " + '"',
        r"\frac",
        r"\left(",
        r"\right)",
        r"\\",
        r"\begin{pmatrix}",
        r"\sqrt",
    ]
    pieces += [r"\end{pmatrix}", r"\text{", "<b>", "\n\n", "‮", "\x00", r"\hat", r"\sum_", "]]>", "漢"]
    drawn: list[str] = []
    for _ in range(400):
        try:
            drawn.append(formula("".join(chance.choices(pieces, k=chance.randint(1, 7)))))
        except ValueError:
            continue
    assert len(drawn) > 40
    body = "\n".join(f"#math.equation({one})" for one in drawn)
    assert typst.compile(f"{STYLE}{body}".encode(), format="pdf", ignore_system_fonts=True)


def test_a_formula_that_cannot_be_drawn_is_shown_by_its_source_and_told(project: Project) -> None:
    project.write("index.rst", "Title\n=====\n\nGood :math:`\\frac{a}{b}`.\n\nBad :math:`\\foo{x}`.\n\n.. math:: {y\n")
    run = project.build("soup-pdf")
    assert {place for kind, place in run.said if kind == "soup.pdf"} == {"index.rst:6", "index.rst:8"}
    pdf = Pdf(run.output / "Test.pdf")
    assert r"Bad \foo{x}." in pdf.text
    assert "{y" in pdf.text
    assert "frac" not in pdf.text


def test_a_formula_says_its_source_to_those_who_do_not_see_it(project: Project) -> None:
    project.write("index.rst", "Title\n=====\n\n.. math:: \\frac{a}{b}\n")
    run = project.build("soup-pdf", soup_pdf_standard=["a-2a", "ua-1"])
    assert run.warnings == ""
    assert Pdf(run.output / "Test.pdf").alternatives == {r"\frac{a}{b}"}
