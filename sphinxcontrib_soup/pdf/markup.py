"""Typst code from text: every text becomes a string literal, so that nothing an author wrote is ever read as markup.

Strings are described at https://typst.app/docs/reference/foundations/str/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

LONGEST_WORD = 24
"""Words of more characters may be broken over lines in running text."""

_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SEAM = re.compile(r"(?<=[_\-/\\.:;,=&?@+~|#%])(?=[^\s_\-/\\.:;,=&?@+~|#%])|(?<=[a-z])(?=[A-Z])")
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
"""Scripts that are written without spaces, whose lines break by rules of their own: Thai, Khmer, Chinese and so on."""
_REPEATED = 1 << 14
"""Texts that are remembered as code, for tables say the same in many cells."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def string(text: str) -> str:
    """A string literal. What cannot be printed, such as a control character, becomes the replacement character."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{_UNPRINTABLE.sub("�", text).translate(_ESCAPES)}"'


@lru_cache(_REPEATED)
def prose(text: str, longest: int = LONGEST_WORD) -> str:
    """Running text: white space is collapsed, and words of more than `longest` characters may break."""
    return _breakable(_SPACE.sub(" ", text), longest, string, "soft")


@lru_cache(_REPEATED)
def code(text: str, longest: int = LONGEST_WORD) -> str:
    """Text in the type of code, within a line."""
    return _breakable(_SPACE.sub(" ", text), longest, lambda part: f"raw({string(part)})", "soft-code")


def block(statements: Iterable[str]) -> str:
    """One expression of several."""
    made = list(statements)
    if not made:
        return "[]"
    return made[0] if len(made) == 1 else "{" + "\n".join(made) + "}"


def lines(parts: Iterable[str]) -> str:
    """Expressions, each on a line of its own."""
    return block(one for index, part in enumerate(parts) for one in (("linebreak()", part) if index else (part,)))


def call(function: str, *arguments: str, **named: str) -> str:
    """A call of a function; the arguments are code. In names an underscore stands for a hyphen."""
    return f"{function}({', '.join([*arguments, *(f'{_hyphenated(name)}: {value}' for name, value in named.items())])})"


def array(values: Iterable[str]) -> str:
    """An array of code."""
    return "(" + "".join(f"{value}, " for value in values) + ")"


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


@cache
def long_words(longest: int) -> re.Pattern[str]:
    """What finds the words of more than `longest` characters."""
    return re.compile(rf"([^\s{_UNSPACED}]{{{longest + 1},}})")


def _breakable(text: str, longest: int, literal: Callable[[str], str], joined: str) -> str:
    parts = long_words(longest).split(text)
    if len(parts) == 1:
        return literal(text)
    made = [
        call(joined, *_pieces(part, longest)) if index % 2 else literal(part)
        for index, part in enumerate(parts)
        if part
    ]
    return block(made)


def _pieces(word: str, longest: int) -> list[str]:
    """The pieces between which a word may break: at its seams, and anywhere within a piece that is itself too long."""
    return [
        string(piece) if len(piece) <= longest else f"..{string(piece)}.clusters()"
        for piece in _joined(_SEAM.split(word), longest // 2)
    ]


def _joined(pieces: Iterable[str], length: int) -> Iterator[str]:
    """Pieces with short neighbours put together, because each takes the compiler time."""
    held = ""
    for piece in pieces:
        if held and len(held) + len(piece) > length:
            yield held
            held = ""
        held += piece
    yield held
