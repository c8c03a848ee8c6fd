"""What raw HTML says to a reader of paper: its text, with line ends where a browser has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

_UNSEEN = {"script", "style", "template", "head", "svg"}
_LINES = {
    *("address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
    *("pre", "section", "summary", "table", "tr", "ul"),
}
_NOTHING_LOST = {"br", "p", "input", "s", "del", "b", "i", "em", "strong", "span", "wbr", "kbd", "code", "u", "small"}
"""Elements of which the text says enough."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.lost = False
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.lost |= tag not in _NOTHING_LOST
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _LINES:
            self.said.append("\n")
        elif tag in ("td", "th"):
            self.said.append(" ")
        elif tag == "img":
            self.said.append(f"[image: {dict(attrs).get('alt') or dict(attrs).get('src') or ''}]")
        elif tag == "input" and dict(attrs).get("type") == "checkbox":
            self.said.append("\u2611 " if "checked" in dict(attrs) else "\u2610 ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            self._unseen = self._unseen[: self._unseen.index(tag)]
        elif tag in _LINES - {"br", "hr"}:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(re.sub(r"\s+", " ", data))


def readable(html: str) -> tuple[list[str], bool]:
    """The lines that a piece of HTML says, and whether more was to be seen in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r" *\n\s*", "\n", "".join(reader.said)).split("\n"), reader.lost
