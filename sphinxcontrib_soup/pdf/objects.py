"""The objects of a PDF file as the compiler writes it, and a writer of such files.

The syntax is that of ISO 32000-1, section 7: https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf.
The compiler writes one table of cross-references and puts every object by itself; nothing else is read.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

_DEEPEST = 12
_TO_A_STREAM = 200
"""Objects that are compressed together."""
_TO_A_BRANCH = 500
"""Pairs in an array of a tree."""


def _string(depth: int) -> bytes:
    inner = rb"\\." if not depth else rb"\\.|" + _string(depth - 1)
    return rb"\([^()\\]*(?:(?:" + inner + rb")[^()\\]*)*\)"


STRING = _string(_DEEPEST)
"""Matches a literal string, in which brackets stand in pairs or are escaped."""
HEX = rb"<[0-9A-Fa-f]+>"
REFERENCE = re.compile(rb"(\d+) 0 R")
_TOKEN = re.compile(STRING + rb"|" + HEX + rb"|<<|>>|[\[\]]|/[^\s()<>\[\]{}/%]*|[^()<>\[\]{}/%]+", re.DOTALL)
_NAMED = re.compile(rb"(" + STRING + rb"|" + HEX + rb")\s*(\d+) 0 R", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Source:
    """A PDF file that the compiler wrote."""

    def __init__(self, made: bytes) -> None:
        """:raises ValueError: if the file is not laid out as the compiler does it"""
        self.made = made
        table = int(made[made.rindex(b"startxref") + 9 :].split(None, 1)[0])
        head = re.compile(rb"xref\s+0 (\d+)\s*\n").match(made, table)
        if head is None:
            raise ValueError("the compiler wrote a PDF with another kind of cross-reference table than we know")
        self.size = int(head[1])
        lines = (made[start : start + 20] for start in range(head.end(), head.end() + 20 * self.size, 20))
        starts = {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}
        ordered = sorted(starts, key=starts.__getitem__)
        ends = [*(starts[after] for _, after in pairwise(ordered)), table]
        self._spans = {number: (starts[number], end) for number, end in zip(ordered, ends, strict=True)}
        trailer = made.index(b"trailer", table)
        self.trailer = entries(made[made.index(b"<<", trailer) : made.rindex(b"startxref")])
        self.catalog = entries(self.object(reference(self.trailer[b"/Root"])))

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.made).digest()

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Every object with its number, in the order of the file."""
        return ((number, self.object(number)) for number in self._spans)

    def object(self, number: int) -> bytes:
        """What stands between `obj` and `endobj`."""
        start, end = self._spans[number]
        return self.made[self.made.index(b"\n", start, end) + 1 : self.made.rindex(b"\nendobj", start, end)]

    def entries(self, number: int) -> dict[bytes, bytes]:
        """The entries of a dictionary that is an object."""
        return entries(self.object(number))


def entries(written: bytes) -> dict[bytes, bytes]:
    """The keys of a dictionary with their values, as they are written."""
    found: dict[bytes, bytes] = {}
    key, start, depth = b"", 0, 0
    for token in _TOKEN.finditer(written):
        sign = token[0]
        depth -= sign in (b">>", b"]")
        said = written[start : token.start()].strip()
        if key and (depth == 0 or (depth == 1 and said and sign.startswith(b"/"))):
            found[key] = said
            key = b""
        if depth == 1 and not key and sign.startswith(b"/"):
            key, start = sign, token.end()
        depth += sign in (b"<<", b"[")
    return found


def dictionary(values: Mapping[bytes, bytes]) -> bytes:
    """A dictionary of entries."""
    return b"<<" + b"".join(b"%b %b" % entry for entry in values.items()) + b">>"


def array(values: Iterable[bytes]) -> bytes:
    """An array of values."""
    return b"[" + b" ".join(values) + b"]"


def reference(value: bytes) -> int:
    """The number of the object that a value refers to."""
    return references(value)[0]


def references(value: bytes) -> list[int]:
    """The numbers of the objects that a value without texts refers to."""
    return [int(number) for number in REFERENCE.findall(value)]


def named(value: bytes) -> list[tuple[bytes, int]]:
    """The pairs of a name tree: texts, as they are written, with numbers of objects."""
    return [(name, int(number)) for name, number in _NAMED.findall(value)]


def text(written: bytes) -> bytes:
    """What a string says."""
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode("ascii"))
    return _ESCAPED.sub(_unescaped, written[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes([int(sign, 8) & 255]) if sign.isdigit() else _CONTROLS.get(sign, sign)


def string(said: str) -> bytes:
    """A string of text."""
    if said.isascii() and said.isprintable():
        return b"(" + re.sub(rb"([()\\])", rb"\\\1", said.encode("ascii")) + b")"
    return b"<FEFF" + said.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class Writer:
    """Writes a PDF file object by object. Those that are no streams are put together and compressed.

    :param size: a number above those of all objects
    """

    def __init__(self, output: BinaryIO, size: int) -> None:
        self._output = output
        self._next = size
        self._places: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []
        self._at = 0
        self._write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")

    def add(self, number: int, written: bytes) -> None:
        """Write what stands between `obj` and `endobj`."""
        if written.endswith(b"endstream"):
            self._object(number, written)
            return
        self._waiting.append((number, written))
        if len(self._waiting) == _TO_A_STREAM:
            self._flush()

    def new(self) -> int:
        """A number that no object has."""
        self._next += 1
        return self._next - 1

    def finish(self, trailer: Mapping[bytes, bytes]) -> None:
        """Write the cross-references."""
        self._flush()
        number, start = self.new(), self._at
        self._places[number] = (1, start, 0)
        size = self._next
        width = (start.bit_length() + 7) // 8
        free = (0, 0, 65535)
        table = b"".join(
            kind.to_bytes(1) + place.to_bytes(width) + inner.to_bytes(2)
            for kind, place, inner in (self._places.get(index, free) for index in range(size))
        )
        widths = b"[1 %d 2]" % width
        self._object(number, _stream({b"/Type": b"/XRef", b"/Size": b"%d" % size, b"/W": widths, **trailer}, table))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        if not self._waiting:
            return
        holder, heads, place = self.new(), [], 0
        for index, (number, written) in enumerate(self._waiting):
            self._places[number] = (2, holder, index)
            heads.append(b"%d %d" % (number, place))
            place += len(written) + 1
        head = b" ".join(heads) + b"\n"
        body = b"\n".join(written for _, written in self._waiting)
        named = {b"/Type": b"/ObjStm", b"/N": b"%d" % len(self._waiting), b"/First": b"%d" % len(head)}
        self._waiting.clear()
        self._object(holder, _stream(named, head + body))

    def _object(self, number: int, written: bytes) -> None:
        self._places[number] = (1, self._at, 0)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, written))

    def _write(self, some: bytes) -> None:
        self._output.write(some)
        self._at += len(some)


def tree(kind: bytes, pairs: Sequence[tuple[bytes, bytes]], writer: Writer) -> bytes:
    """A tree of names or numbers, of pairs that are in order; a long one has branches, for readers dislike long arrays.

    :param kind: `/Names` or `/Nums`
    """
    if len(pairs) <= _TO_A_BRANCH:
        return dictionary({kind: _listed(pairs)})
    branches: list[bytes] = []
    for start in range(0, len(pairs), _TO_A_BRANCH):
        some, number = pairs[start : start + _TO_A_BRANCH], writer.new()
        limits = array([some[0][0], some[-1][0]])
        writer.add(number, dictionary({b"/Limits": limits, kind: _listed(some)}))
        branches.append(b"%d 0 R" % number)
    return dictionary({b"/Kids": array(branches)})


def _listed(pairs: Iterable[tuple[bytes, bytes]]) -> bytes:
    return array(b"%b %b" % pair for pair in pairs)


def _stream(values: Mapping[bytes, bytes], said: bytes) -> bytes:
    packed = zlib.compress(said, 6)
    head = dictionary({**values, b"/Filter": b"/FlateDecode", b"/Length": b"%d" % len(packed)})
    return b"%b\nstream\n%b\nendstream" % (head, packed)


def written_to(path: str, made: bytes) -> str:
    """Write a file, unless it is there already with just these bytes; the SHA-256 of them."""
    file = Path(path)
    if not file.exists() or file.read_bytes() != made:
        file.write_bytes(made)
    return hashlib.sha256(made).hexdigest()
