"""Digests of files as lock files write them, in one form: `algorithm:hex`."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error

LENGTHS = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
"""The bytes of a digest by its algorithm."""

_LABELLED = re.compile(r"([a-z0-9]+)[:=]([0-9a-f]+)", re.IGNORECASE)


def digest(algorithm: str, written: str) -> str | None:
    """A digest in hexadecimal digits, or in base 64, as `algorithm:hex`; `None` where it is none of that algorithm."""
    name = algorithm.lower().replace("-", "")
    length = LENGTHS.get(name)
    if length is None:
        return None
    if re.fullmatch(rf"[0-9a-fA-F]{{{2 * length}}}", written):
        return f"{name}:{written.lower()}"
    try:
        found = b64decode(written, validate=True)
    except (Error, ValueError):
        return None
    return f"{name}:{found.hex()}" if len(found) == length else None


def integrity(text: str | None) -> tuple[str, ...]:
    """The digests of a subresource integrity (https://www.w3.org/TR/SRI/): words such as `sha512-` and base 64."""
    parts = (one.partition("?")[0].partition("-") for one in (text or "").split())
    return tuple(dict.fromkeys(found for name, _, written in parts if (found := digest(name, written))))


def labelled(texts: object) -> tuple[str, ...]:
    """The digests of a list of texts, each `sha256:` and hexadecimal digits, without what is none."""
    listed = texts if isinstance(texts, list) else [texts]
    matches = (_LABELLED.fullmatch(one) for one in listed if isinstance(one, str))
    found = (digest(match[1], match[2]) for match in matches if match)
    return tuple(dict.fromkeys(one for one in found if one))
