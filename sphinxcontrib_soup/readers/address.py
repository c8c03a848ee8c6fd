"""Addresses of packages and repositories, as manifests name them."""

from __future__ import annotations

import re

_GIT = re.compile(
    r"(?:git\+)?(?:https?|ssh|git)://(?:[^/@]*@)?(?P<host>[^/:]+)(?::\d+)?/(?P<path>.+)"
    r"|(?:[^/@\s:]+@)?(?P<scp_host>[^/@\s:]{2,}):(?!//)(?P<scp_path>.+)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"""(?:(?<=://)[^/@\s:"'<>?#]*:[^/@\s"'<>?#]*|(?:(?<=http://)|(?<=https://))[^/@\s"'<>?#]*)@""", re.IGNORECASE
)


def without_secret(address: str | None) -> str:
    """An address without user name and password, and without the token that may stand alone before a host of the web.

    The user of `ssh://git@host` is no secret and is kept.
    """
    return _SECRET.sub("", address or "")


def redacted(text: str, mark: str) -> tuple[str, int]:
    """A text whose addresses have a mark in the place of such secrets, and how many they are."""
    return _SECRET.subn(f"{mark}@", text)


def repository(address: str) -> tuple[str, str] | None:
    """The host and the path of a Git repository, by any form of its address; `None` for a folder.

    Forms: https://git-scm.com/docs/git-clone#_git_urls
    """
    found = _GIT.fullmatch(address.partition("#")[0].partition("?")[0].strip())
    if found is None:
        return None
    path = (found["path"] or found["scp_path"]).strip("/").removesuffix(".git").strip("/")
    return ((found["host"] or found["scp_host"]).lower(), path) if path else None


def vcs_url(address: str, revision: str | None) -> str:
    """The address and the revision of a Git repository in the form of SPDX, which package URLs take as `vcs_url`."""
    bare = address.partition("#")[0].partition("?")[0].removeprefix("git+")
    scp = re.fullmatch(r"([^/:]+@[^/:]+):(?!//)(.+)", bare)
    plain = without_secret(f"ssh://{scp[1]}/{scp[2]}" if scp else bare)
    return f"git+{plain}@{revision}" if revision else f"git+{plain}"
