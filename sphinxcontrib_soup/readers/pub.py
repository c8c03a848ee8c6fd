"""What the files of Dart's pub have in common: where a package comes from, and its package URL.

Format: https://dart.dev/tools/pub/dependencies
"""

from __future__ import annotations

import re

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.readers.address import vcs_url

_NAME = re.compile(r"[A-Za-z_]\w*")


def pub_url(name: str, version: str | None, git: str | None = None, revision: str | None = None) -> str | None:
    """The package URL of a package, with the repository it comes from; `None` where no package can have the name."""
    if not _NAME.fullmatch(name):
        return None
    return package_url("pub", name, version, qualifiers={"vcs_url": vcs_url(git, revision) if git else None})
