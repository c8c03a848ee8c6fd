"""CMake files that fetch third-party sources: FetchContent, ExternalProject and CPM.

Formats: https://cmake.org/cmake/help/latest/module/FetchContent.html,
https://cmake.org/cmake/help/latest/module/ExternalProject.html, https://github.com/cpm-cmake/CPM.cmake#usage
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import repository, vcs_url, without_secret
from sphinxcontrib_soup.readers.cmake_text import Argument, Command, commands, resolved, variables
from sphinxcontrib_soup.readers.digests import labelled

FETCH = ("fetchcontent_declare", "fetchcontent_populate", "externalproject_add")
CPM = ("cpmaddpackage", "cpmfindpackage", "cpmdeclarepackage")

HOSTS = {"GITHUB": "github.com", "GITLAB": "gitlab.com", "BITBUCKET": "bitbucket.org"}
"""The hosts that CPM has a keyword for."""

SHORT = {"gh": "GITHUB", "gl": "GITLAB", "bb": "BITBUCKET"}
"""The hosts that CPM has a short form for."""

_OTHERS = ("SVN_REPOSITORY", "HG_REPOSITORY", "CVS_REPOSITORY", "SOURCE_DIR")
_REVISIONS = ("GIT_TAG", "HG_TAG", "SVN_REVISION", "CVS_TAG")
_ONE = {
    *("NAME", "VERSION", "URI", "GIT_REPOSITORY", "URL", "URL_HASH", "URL_MD5"),
    *(f"{host}_REPOSITORY" for host in HOSTS),
    *_OTHERS,
    *_REVISIONS,
}
_OWN = re.compile(r"\$\{(?:CMAKE_|CMAKE_CURRENT_|PROJECT_)SOURCE_DIR\}|(?!/|\.\.|[A-Za-z]:|\$)")
_NUMBER = re.compile(r"\d")
_RELEASE = re.compile(
    r"https://(?P<host>[^/]+)/(?P<path>[^/]+/[^/]+)/(?:-/)?(?:archive/(?:refs/tags/)?|releases/download/)"
    r"(?P<version>[^/]+?)(?:\.(?:tar\.\w+|tgz|zip)|/.*)"
)
_ARCHIVE = re.compile(r".*/[\w.+-]*?[-_]v?(?P<version>\d+(?:\.\d+)+[\w.+-]*?)\.(?:tar\.\w+|tgz|tbz2?|txz|zip|7z)")
_VERSION = re.compile(r"(?:[-_]v?\d[\w.+-]*)?\.(?:tar\.\w+|tgz|tbz2?|txz|zip|7z)$")
_FETCHES = re.compile(rb"fetchcontent_|externalproject_add|cpm(?:add|find|declare)package", re.IGNORECASE)

Said = Mapping[str, Argument]


def _fetches(source: Source) -> bool:
    try:
        return source.path.name.lower() == "cmakelists.txt" or _FETCHES.search(source.content) is not None
    except ReadError:
        return False


@reader("CMakeLists.txt", "*.cmake", sniff=_fetches)
def cmake_lists(source: Source) -> Iterator[Evidence]:
    """CMakeLists.txt and CMake modules: direct components that are fetched as sources.

    The version is the tag, commit or version that is asked for; a branch is none. Variables are known where the file
    sets them to one value. What `find_package` finds on a machine is not read: it has no exact version here.
    """
    if not _FETCHES.search(source.content):
        return
    several = list(commands(source))
    values = variables(several)
    inside = 0
    for command in several:
        inside += {"function": 1, "macro": 1, "endfunction": -1, "endmacro": -1}.get(command.name, 0)
        if command.name in (*FETCH, *CPM) and command.arguments:
            said = _said(command, values)
            name = _name(said)
            if _is_own(said):
                continue
            if name and "$" not in name:
                yield _component(name, said, source)
            elif not inside:  # what a function fetches is named where it is called
                reason = f"{command.name} names no component that can be known without running CMake"
                yield Unread(reason=reason, location=source.at(command.line))


def _is_own(said: Said) -> bool:
    """Whether nothing is fetched, because the sources lie in the folder of the project itself."""
    fetched = any(key in said for key in ("GIT_REPOSITORY", "URL", *_OTHERS[:-1]))
    return not fetched and "SOURCE_DIR" in said and _OWN.match(said["SOURCE_DIR"].text) is not None


def _said(command: Command, values: Mapping[str, str]) -> Said:
    """The arguments of a command by their keywords, the name of FetchContent and the short form of CPM among them."""
    texts = [Argument(resolved(one, values), one.line) for one in command.arguments]
    said: dict[str, Argument] = {}
    if command.name in FETCH:
        said["NAME"] = texts.pop(0)
    elif len(texts) == 1:
        said["URI"] = texts[0]
    for at, one in enumerate(texts[:-1]):
        if one.text in _ONE:
            said.setdefault(one.text, texts[at + 1])
    if "URI" in said:
        parts = _short(said["URI"].text)
        said |= {key: Argument(text, said["URI"].line) for key, text in parts.items()}
    for key, host in HOSTS.items():
        if path := said.get(f"{key}_REPOSITORY"):
            said["GIT_REPOSITORY"] = Argument(f"https://{host}/{path.text}", path.line)
    return said


def _short(text: str) -> dict[str, str]:
    """CPM's short form: ``gh:owner/name@version#tag``, or an address with version and tag, or hash, behind it."""
    scheme, _, rest = text.partition(":")
    archive = scheme not in SHORT and not re.search(r"\.git/?(?:@|#|$)", text)
    text, _, tag = (rest if scheme in SHORT else text).partition("#")
    head, at, version = text.rpartition("@")
    if not at or "/" in version or ":" in version:  # the @ belongs to the address
        head, version = text, ""
    key = f"{SHORT[scheme]}_REPOSITORY" if scheme in SHORT else "URL" if archive else "GIT_REPOSITORY"
    said = {key: head, "VERSION": version, "URL_HASH" if archive else "GIT_TAG": tag}
    return {key: value for key, value in said.items() if value}


def _name(said: Said) -> str:
    """The name that is stated, or the last part of the address."""
    if "NAME" in said:
        return said["NAME"].text
    address = next((said[key].text for key in ("GIT_REPOSITORY", "URL") if key in said), "")
    return _VERSION.sub("", address.rstrip("/").rpartition("/")[2].removesuffix(".git"))


def _component(name: str, said: Said, source: Source) -> Component:
    texts = {key: one.text for key, one in said.items()}
    tag = next((texts[key].removeprefix("-r") for key in _REVISIONS if key in texts), None) or _tag(texts)
    address = next((texts[key] for key in ("GIT_REPOSITORY", "URL", *_OTHERS) if key in texts), None)
    version = texts.get("VERSION") or tag or _released(texts)
    hashes = labelled([texts.get("URL_HASH", ""), f"md5:{texts.get('URL_MD5', '')}"])
    plain = without_secret(address)
    return Component(
        name=name,
        version=version if version and _exact(version) else None,
        purl=None if "$" in plain else _purl(name, texts, version, tag, hashes),
        requested=f"{plain}@{tag}" if plain and tag else plain or version,
        direct=True,
        hashes=hashes,
        location=source.at(
            next((said[key].line for key in ("NAME", "URI", "GIT_REPOSITORY", "URL") if key in said), 1)
        ),
    )


def _tag(texts: Mapping[str, str]) -> str | None:
    """The tag that CPM takes where only a version is stated."""
    return f"v{texts['VERSION']}" if "VERSION" in texts and "GIT_REPOSITORY" in texts else None


def _exact(version: str) -> bool:
    """Whether a tag may be that of a version, and is known: what has no number in it is a branch."""
    return "$" not in version and _NUMBER.search(version) is not None


def _released(texts: Mapping[str, str]) -> str | None:
    """The version that the address of an archive states."""
    found = _RELEASE.fullmatch(texts.get("URL", "")) or _ARCHIVE.fullmatch(texts.get("URL", ""))
    return found["version"] if found else None


def _purl(
    name: str, texts: Mapping[str, str], version: str | None, tag: str | None, hashes: Sequence[str]
) -> str | None:
    """The package URL: that of the repository on a host that has a type of its own, otherwise a generic one."""
    release = _RELEASE.fullmatch(texts.get("URL", ""))
    place = repository(texts["GIT_REPOSITORY"]) if "GIT_REPOSITORY" in texts else None
    place = place or ((release["host"], release["path"]) if release else None)
    exact = version if version and _exact(version) else None
    if place and place[0] in ("github.com", "bitbucket.org") and place[1].count("/") == 1:
        owner, _, short = place[1].partition("/")
        return package_url(place[0].partition(".")[0], short, tag if tag and _exact(tag) else exact, owner)
    if "GIT_REPOSITORY" in texts:
        return (
            package_url("generic", name, exact, qualifiers={"vcs_url": vcs_url(texts["GIT_REPOSITORY"], tag)})
            if place
            else None
        )
    if "URL" in texts and "://" in texts["URL"]:
        said = {"download_url": without_secret(texts["URL"]), "checksum": ",".join(hashes)}
        return package_url("generic", name, exact, qualifiers=said)
    return package_url("generic", name, exact) if "SOURCE_DIR" not in texts else None
