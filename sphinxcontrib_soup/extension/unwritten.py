"""Files that Sphinx could not write, as on a full disk: it warns of them, and goes on as if they stood there."""

from __future__ import annotations

import logging

from sphinx.locale import __
from sphinx.util.logging import NAMESPACE

_SAID = (
    "error writing file %s: %s",
    "cannot copy image file '%s': %s",
    "cannot copy image file %r: %s",
    "cannot copy downloadable file %r: %s",
)


class Unwritten(logging.Handler):
    """Hears whether a file could not be written, in this process or in one that wrote for it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.any = False
        self._said = tuple(__(text).partition("%")[0] for text in _SAID)

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()  # from another process with the level before it
        self.any = self.any or any(said in message for said in self._said)

    def close(self) -> None:
        logging.getLogger(NAMESPACE).removeHandler(self)
        super().close()


def listen() -> Unwritten:
    """Listen from now on, until the handler is closed."""
    heard = Unwritten()
    logging.getLogger(NAMESPACE).addHandler(heard)
    return heard
