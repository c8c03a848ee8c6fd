"""Formulas: LaTeX, by way of MathML, as Typst code.

latex2mathml reads LaTeX; of MathML Core (https://www.w3.org/TR/mathml-core/) we draw the elements that it writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring

from sphinxcontrib_soup.pdf.markup import array, block, call, string

_ENVIRONMENT = re.compile(r"\\(begin|end)\{(\w+\*?)\}")
_ALIGNED = ("align", "aligned", "eqnarray", "eqnarray*", "flalign", "gather", "gather*", "gathered", "equation")
_MATRICES = tuple(f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V", "small"))
_KNOWN = {"align*", "split", "array", "cases", *_MATRICES}
_LONGEST = 4000
_LENGTH = re.compile(r"-?[0-9.]+(em|pt|cm|mm|in)")
_OVER = {"^": "\u0302", "~": "\u0303", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306"}
_LINES = {"¯": "overline", "―": "overline", "‾": "overline", "_": "underline", "⏞": "overbrace", "⏟": "underbrace"}
_PRIMES = {"′": 1, "″": 2, "‴": 3, "⁗": 4}
_WITH_LIMITS = {"lim", "liminf", "limsup", "max", "min", "sup", "inf", "det", "gcd", "Pr", "argmax", "argmin"}
_ALIGNS = "$&$.body"


@lru_cache(1000)
def formula(latex: str) -> str:
    """Typst code of a formula, for a place where it reads formulas.

    :raises ValueError: if it cannot be drawn, with the reason in words for people
    """
    try:
        return _sequence(_parsed(_prepared(latex)))
    except ValueError:
        raise
    except ParseError as error:
        raise ValueError("an `&` or other sign stands where it cannot") from error
    except Exception as error:  # the library raises errors of many kinds, some of them its own
        raise ValueError(f"it is no LaTeX that can be read ({type(error).__name__})") from error


def _parsed(latex: str) -> Element:
    from latex2mathml.converter import convert

    root: Element = fromstring(convert(latex).replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1))
    return root


def _prepared(latex: str) -> str:
    """A formula as the library knows it: without the numbers of lines, which are Sphinx's, and of one environment."""
    text = latex.strip()
    if len(text) > _LONGEST:
        raise ValueError("it is too long")
    bare = re.sub(r"\\\\|\\[{}]", "", text)
    if not bare or bare.count("{") != bare.count("}"):
        raise ValueError("it is empty" if not bare else "its braces do not match")
    for word in ("\\nonumber", "\\notag"):
        text = text.replace(word, "")
    text = _ENVIRONMENT.sub(lambda found: rf"\{found[1]}{{{'align*' if found[2] in _ALIGNED else found[2]}}}", text)
    if odd := [name for _, name in _ENVIRONMENT.findall(text) if name not in _KNOWN]:
        raise ValueError(f"the environment {odd[0]} is not known")
    lines = [line.strip() for line in re.split(r"\n\s*\n", text)]
    loose = len(lines) > 1 or ("\\\\" in text and "\\begin" not in text)
    return _aligned(lines) if loose else text


def _aligned(lines: Sequence[str]) -> str:
    joined = r" \\ ".join(lines)
    return rf"\begin{{align*}} {joined} \end{{align*}}"


def _sequence(node: Element) -> str:
    """The children of an element, one after the other; within fences that grow with what they hold."""
    children = list(node)
    ends = [one for one in (children[:1] + children[-1:]) if one.get("fence") == "true" and one.get("form")]
    inner = block(_around_tables(children))
    return call("math.lr", inner) if ends else inner


def _around_tables(children: Sequence[Element]) -> Iterator[str]:
    """Each element, but a table with the fences before and behind it as one."""
    index = 0
    while index < len(children):
        three = children[index : index + 3]
        if [one.tag for one in three] == ["mo", "mtable", "mo"]:
            yield call("math.lr", block(map(_drawn, three)))
            index += 3
        else:
            yield _drawn(children[index])
            index += 1


def _drawn(node: Element) -> str:
    if node.tag not in _DRAWN:
        raise ValueError(f"it needs {node.tag}, which is not known here")
    return _DRAWN[node.tag](node)


def _text(node: Element) -> str:
    return (node.text or "").strip()


def _identifier(node: Element) -> str:
    text = _text(node)
    if len(text) > 1 and text.startswith("\\"):
        raise ValueError(f"the command {text} is not known")
    if len(text) != 1:
        return call("math.op", string(text)) if text else "[]"
    upright = node.get("mathvariant") in ("normal", "monospace")
    return call("math.upright", _sign(text)) if upright else _sign(text)


def _sign(text: str) -> str:
    return call("sign", string(text))


def _operator(node: Element) -> str:
    text = _text(node)
    if len(text) == 1:
        return call("math.lr", _sign(text), size=node.get("minsize", "")) if node.get("minsize") else _sign(text)
    limits = {"limits": "true"} if text in _WITH_LIMITS else {}
    return call("math.op", string(text), **limits) if text else "[]"


def _space(node: Element) -> str:
    if node.get("linebreak"):
        return "linebreak()"
    width = node.get("width", "")
    return call("h", width) if _LENGTH.fullmatch(width) else "[]"


def _fraction(node: Element) -> str:
    above, below = map(_drawn, _parts(node, 2))
    if node.get("linethickness") == "0":
        return call("math.mat", array([above]), array([below]), delim="none")
    return call("math.frac", above, below)


def _parts(node: Element, number: int) -> Sequence[Element]:
    children = list(node)
    if len(children) != number:
        raise ValueError("something is missing in it")
    return children


def _root(node: Element) -> str:
    base, index = map(_drawn, _parts(node, 2))
    return call("math.root", index, base)


def _scripts(node: Element) -> str:
    """A base with what stands below and above at its side."""
    names = {"msub": ["b"], "msup": ["t"], "msubsup": ["b", "t"]}[node.tag]
    base, *scripts = _parts(node, len(names) + 1)
    return call("math.attach", _drawn(base), **dict(zip(names, map(_script, scripts), strict=True)))


def _script(node: Element) -> str:
    primes = _PRIMES.get(_text(node)) if node.tag in ("mi", "mo") else None
    return call("math.primes", str(primes)) if primes else _drawn(node)


def _over_and_under(node: Element) -> str:
    """A base with an accent, a line or a brace, or with what stands below and above it."""
    names = {"munder": ["b"], "mover": ["t"], "munderover": ["b", "t"]}[node.tag]
    base, *others = _parts(node, len(names) + 1)
    mark = _text(others[0]) if len(others) == 1 and others[0].tag == "mo" else ""
    if mark in _LINES:
        return call(f"math.{_LINES[mark]}", _drawn(base))
    if mark in _OVER and node.tag == "mover":
        return call("math.accent", _drawn(base), string(_OVER[mark]))
    brace = _text(base[1]) if base.tag == node.tag and len(base) == 2 else ""
    if _LINES.get(brace, "").endswith("brace"):
        return call(f"math.{_LINES[brace]}", _drawn(base[0]), _drawn(others[0]))
    return call("math.attach", call("math.limits", _drawn(base)), **dict(zip(names, map(_drawn, others), strict=True)))


def _table(node: Element) -> str:
    """A matrix, or lines that are aligned at the signs between them."""
    rows = [[_sequence(cell) for cell in row] for row in node]
    first = next((cell.get("columnalign") for row in node for cell in row), None)
    if first == "right":
        lines = (f"{_ALIGNS}\n".join(f"{cell}\n" for cell in row) for row in rows)
        return block("\nlinebreak()\n".join(lines).splitlines())
    columns = max(map(len, rows), default=0)
    padded = (array([*row, *["[]"] * (columns - len(row))]) for row in rows)
    return call("math.mat", *padded, delim="none", **({"align": "left"} if first == "left" else {}))


def _enclosed(node: Element) -> str:
    return call("framed" if node.get("notation") == "box" else "math.cancel", _sequence(node))


def _styled(node: Element) -> str:
    return call("math.display", _sequence(node)) if node.get("displaystyle") == "true" else _sequence(node)


_DRAWN: Mapping[str, Callable[[Element], str]] = {
    "math": _sequence,
    "mrow": _sequence,
    "mpadded": _sequence,
    "mstyle": _styled,
    "mphantom": lambda node: call("hide", _sequence(node)),
    "menclose": _enclosed,
    "mi": _identifier,
    "mn": lambda node: string(_text(node)),
    "mo": _operator,
    "mtext": lambda node: string(node.text or ""),
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": lambda node: call("math.sqrt", _sequence(node)),
    "mroot": _root,
    **dict.fromkeys(("msub", "msup", "msubsup"), _scripts),
    **dict.fromkeys(("munder", "mover", "munderover"), _over_and_under),
    "mtable": _table,
}
