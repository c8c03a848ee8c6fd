"""Cargo, Go, Maven, Gradle, Conan, vcpkg, CMake, RubyGems, Composer, CocoaPods, Swift, pub, images and systems.

What each reader makes of whole and of broken files stands in its samples; here is what must hold for all of them.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.identity import package_key, package_url
from sphinxcontrib_soup.model import Component, Scope, Unread
from sphinxcontrib_soup.pipeline.gather import label
from sphinxcontrib_soup.pipeline.read import Reading, read_files
from sphinxcontrib_soup.plugin import Source, discover
from sphinxcontrib_soup.readers.address import repository, vcs_url
from sphinxcontrib_soup.readers.cmake_text import commands
from sphinxcontrib_soup.readers.json_lists import element_lines
from sphinxcontrib_soup.readers.json_text import load_object
from sphinxcontrib_soup.readers.maven import exact
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.scopes import strongest
from sphinxcontrib_soup.trace_json import dumps
from tests.readers.test_robustness import read
from tests.readers.test_samples import FILES, SAMPLES
from tests.readers.test_texts import source_of

READERS = {
    "Cargo.toml": "cargo-toml",
    "Cargo.lock": "cargo-lock",
    "go.mod": "go-mod",
    "go.sum": "go-sum",
    "pom.xml": "pom-xml",
    "gradle.lockfile": "gradle-lockfile",
    "libs.versions.toml": "gradle-catalogue",
    "conanfile.txt": "conanfile-txt",
    "conanfile.py": "conanfile-py",
    "conan.lock": "conan-lock",
    "vcpkg.json": "vcpkg-json",
    "CMakeLists.txt": "cmake-lists",
    "Gemfile.lock": "gemfile-lock",
    "composer.json": "composer-json",
    "composer.lock": "composer-lock",
    "Podfile.lock": "podfile-lock",
    "Package.resolved": "package-resolved",
    "pubspec.yaml": "pubspec-yaml",
    "pubspec.lock": "pubspec-lock",
    "Dockerfile": "dockerfile",
    "os-release": "os-release",
    "status": "dpkg-status",
    "installed": "apk-installed",
}
"""The formats of this page, by a name that a file of each has."""

OWN = [path for path in FILES if path.relative_to(SAMPLES).parts[0] in READERS.values()]
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


def components(reading: Reading) -> list[Component]:
    return [one for one in reading.evidence if isinstance(one, Component)]


def unread(reading: Reading) -> list[Unread]:
    return [one for one in reading.evidence if isinstance(one, Unread)]


def read_in(folder: Path, name: str) -> Reading:
    path = folder / name
    return read_files([Source(path=path, label=label(path, folder), root=folder)], discover().readers)


def write(folder: Path, **files: str) -> None:
    """Write files, their names with `__` for a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# --- any content -----------------------------------------------------------------------------------------------------

versions = st.sampled_from(["1.0", "1.2.3", "=1.2.3", "[1,2)", "^1", "v1", "${x}", "../x", "", "<b>"])
names = st.sampled_from(["a", "b/c", "g:a", "../../etc/passwd", "<b>", "", "a/1.0", "pump"])
keys = st.sampled_from(
    [
        *("name", "version", "package", "dependencies", "source", "requires", "nodes", "graph_lock", "ref", "path"),
        *("pins", "object", "state", "identity", "location", "packages", "packages-dev", "require", "features"),
        *(
            "overrides",
            "libraries",
            "versions",
            "module",
            "workspace",
            "members",
            "root",
            "dist",
            "PODS",
            "DEPENDENCIES",
        ),
        *(
            "EXTERNAL SOURCES",
            "dependency",
            "description",
            "git",
            "sdk",
            "dev_dependencies",
            "license",
            "host",
            "target",
        ),
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | versions | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | names, inner, max_size=4),
    max_leaves=15,
)
tables = st.dictionaries(keys, values, max_size=4)


def toml(table: object, prefix: str = "") -> str:
    """A table as TOML, with what TOML has no form for left out."""
    if isinstance(table, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in table.items()) + "}"
    if isinstance(table, list):
        return "[" + ",\n".join(toml(one) for one in table) + "]"
    return json.dumps(table) if table is not None else '""'


@SLOW
@given(
    st.sampled_from(["conan.lock", "vcpkg.json", "composer.json", "composer.lock", "Package.resolved"]),
    tables,
    st.sampled_from([None, 1, 2, 3, "0.4", "0.5", True]),
    st.sampled_from([None, 1]),
)
def test_any_json(name: str, table: dict[str, object], version: object, indent: int | None) -> None:
    read(name, json.dumps(table | ({"version": version} if version else {}), indent=indent).encode())


@SLOW
@given(st.sampled_from(["Cargo.toml", "Cargo.lock", "libs.versions.toml"]), tables)
def test_any_toml(name: str, table: dict[str, object]) -> None:
    read(name, "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in table.items()).encode())


@SLOW
@given(st.sampled_from(["Podfile.lock", "pubspec.yaml", "pubspec.lock"]), tables)
def test_any_yaml(name: str, table: dict[str, object]) -> None:
    read(name, json.dumps(table, indent=1).encode())


LINES = [
    *("require (", ")", "require a v1.0.0", "replace a => ../b", "a v1.0.0 h1:x=", "module m", "retract [v1, v2]"),
    *("[requires]", "zlib/1.2", "[tool_requires]", "g:a:1.0=runtimeClasspath", "empty=", "# comment", ">>>", "="),
    *(
        "GEM",
        "GIT",
        "PATH",
        "  remote: x",
        "  specs:",
        "    a (1.0)",
        "      b (= 1)",
        "DEPENDENCIES",
        "  a!",
        "CHECKSUMS",
    ),
    *("FROM a:1 AS b", "FROM b", "ARG X=1", "FROM $X", "RUN <<E", "E", "COPY --from=c:2 / /", "RUN x \\", "# escape=`"),
    *(
        "ID=a",
        'VERSION_ID="1',
        "Package: a",
        "Version: 1",
        "Status: install ok installed",
        " more",
        "",
        "C:Q1x",
        "P:a",
        "V:1",
    ),
    *(
        "D:b !c",
        "F:lib",
        "FetchContent_Declare(a URL",
        "x)",
        "set(A ${A})",
        "CPMAddPackage(",
        '"gh:a/b@1#c")',
        "#[[",
        "]]",
    ),
]


@SLOW
@given(
    st.sampled_from([name for name in READERS if not name.endswith((".json", ".toml", ".yaml", ".xml"))]),
    st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=12).map("\n".join),
)
def test_any_lines(name: str, text: str) -> None:
    read(name, text.encode())


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                *("<parent>", "</parent>", "<relativePath>..</relativePath>", "<dependencies>", "</dependencies>"),
                *(
                    "<dependency>",
                    "</dependency>",
                    "<groupId>g</groupId>",
                    "<artifactId>a</artifactId>",
                    "<version>1</version>",
                ),
                *("<version>${v}</version>", "<properties>", "</properties>", "<v>${v}</v>", "<dependencyManagement>"),
                *(
                    "</dependencyManagement>",
                    "<modules><module>../..</module></modules>",
                    "<scope>import</scope>",
                    "text",
                ),
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_any_pom(text: str) -> None:
    read("pom.xml", f"<project>{text}</project>".encode())


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                "class A(ConanFile):",
                "    requires = 'a/1.0', b",
                "    requires: str = f'{x}/1'",
                "    def f(self):",
                "        self.requires('a/' + self.v)",
                "        self.requires(*x, **y)",
                "        self.build_requires.add(1)",
                "    v = '1.0'",
                "x = 1",
                "(",
            ]
        ),
        max_size=8,
    ).map("\n".join)
)
def test_any_recipe(text: str) -> None:
    read("conanfile.py", text.encode())


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 50, "größe".encode("latin-1"), b"\xef\xbb\xbf\n", b"\n\n"])
def test_no_text_at_all(name: str, content: bytes) -> None:
    assert not components(read(name, content))


@pytest.mark.parametrize(
    "name", ["conanfile.py", "conan.lock", "pom.xml", "Cargo.toml", "pubspec.yaml", "CMakeLists.txt"]
)
def test_what_is_too_deep_is_refused(name: str) -> None:
    opening = {
        "conanfile.py": b"class A(B):\n requires = " + b"(" * 100_000,
        "conan.lock": b'{"a":' * 100_000,
        "pom.xml": b"<project>" * 100_000,
        "Cargo.toml": b"a = " + b"[" * 100_000,
        "pubspec.yaml": b"a: " + b"[" * 100_000,
        "CMakeLists.txt": b"FetchContent_Declare(" + b"(" * 100_000,
    }
    assert [type(one) for one in read(name, opening[name]).evidence] == [Unread]


def test_a_long_sum_in_a_recipe_is_a_finding() -> None:
    parts = " + ".join(["'a'"] * 3000)
    reading = read("conanfile.py", f"class A(ConanFile):\n    requires = {parts}\n".encode())
    assert [type(one) for one in reading.evidence] == [Unread]


# --- many ------------------------------------------------------------------------------------------------------------

MANY = 5000


def _many(name: str) -> str:
    """A file of this name with many components, each needing the next where the format tells."""
    number = range(MANY)
    after = [(one + 1) % MANY for one in number]
    if name == "Cargo.lock":
        parts = (
            f'[[package]]\nname = "c{n}"\nversion = "1.0.{n}"\nsource = "registry+x"\ndependencies = ["c{after[n]}"]\n'
            for n in number
        )
        return "version = 3\n" + "\n".join(parts)
    if name == "Cargo.toml":
        return "[dependencies]\n" + "\n".join(f'c{n} = "1.0.{n}"' for n in number)
    if name == "go.mod":
        return "module m\nrequire (\n" + "\n".join(f"\texample.org/m{n} v1.0.{n}" for n in number) + "\n)\n"
    if name == "gradle.lockfile":
        return "\n".join(f"g:a{n}:1.0.{n}=runtimeClasspath" for n in number)
    if name == "libs.versions.toml":
        return "[libraries]\n" + "\n".join(f'a{n} = "g:a{n}:1.0.{n}"' for n in number)
    if name == "conan.lock":
        nodes = {str(n): {"ref": f"c{n}/1.0.{n}", "requires": [str(after[n])]} for n in number}
        return json.dumps({"version": "0.4", "graph_lock": {"nodes": nodes}}, indent=1)
    if name == "vcpkg.json":
        return json.dumps({"dependencies": [f"c{n}" for n in number]}, indent=1)
    if name == "Gemfile.lock":
        parts = (f"    g{n} (1.0.{n})\n      g{after[n]}" for n in number)
        return "GEM\n  specs:\n" + "\n".join(parts) + "\n\nDEPENDENCIES\n  g1\n"
    if name == "composer.lock":
        packages = [{"name": f"v/p{n}", "version": f"1.0.{n}", "require": {f"v/p{after[n]}": "*"}} for n in number]
        return json.dumps({"packages": packages}, indent=1)
    if name == "Podfile.lock":
        return (
            "PODS:\n"
            + "\n".join(f"  - P{n} (1.0.{n}):\n    - P{after[n]}" for n in number)
            + "\nDEPENDENCIES:\n  - P1\n"
        )
    if name == "Package.resolved":
        pins = [
            {"identity": f"p{n}", "location": f"https://h/o/p{n}", "state": {"version": f"1.0.{n}"}} for n in number
        ]
        return json.dumps({"pins": pins, "version": 2}, indent=1)
    if name == "pubspec.lock":
        parts = (f'  p{n}:\n    dependency: transitive\n    source: hosted\n    version: "1.0.{n}"' for n in number)
        return "packages:\n" + "\n".join(parts)
    if name == "pom.xml":
        part = "<dependency><groupId>g</groupId><artifactId>a{0}</artifactId><version>1.0.{0}</version></dependency>"
        return f"<project><dependencies>{''.join(map(part.format, number))}</dependencies></project>"
    if name == "status":
        return "\n\n".join(f"Package: p{n}\nVersion: 1.0.{n}\nDepends: p{after[n]}" for n in number)
    return "\n\n".join(f"C:Q1x\nP:p{n}\nV:1.0.{n}\nD:p{after[n]}" for n in number)


@pytest.mark.parametrize(
    "name",
    [
        *("Cargo.lock", "Cargo.toml", "go.mod", "gradle.lockfile", "libs.versions.toml", "conan.lock", "vcpkg.json"),
        *("Gemfile.lock", "composer.lock", "Podfile.lock", "Package.resolved", "pubspec.lock", "pom.xml", "status"),
        "installed",
    ],
)
def test_many_components(tmp_path: Path, name: str) -> None:
    write(tmp_path, **{name: _many(name), "os-release": "ID=acme\n"})
    reading = read_in(tmp_path, name)
    assert reading.sources[0].reader == READERS[name]
    assert not unread(reading)
    assert len({(one.name, one.version) for one in components(reading)}) == MANY
    assert all(one.purl and one.location.line for one in components(reading))


# --- one version changed ---------------------------------------------------------------------------------------------


def _whole(version: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(version)}(?![\w.])")


def changeable(text: str, found: list[Component]) -> Iterator[Component]:
    """The components whose version stands in the file once, and is that of no other."""
    owners = Counter(one.version for one in found)
    for one in found:
        if one.version and owners[one.version] == 1 and len(_whole(one.version).findall(text)) == 1:
            yield one


def rows(reading: Reading) -> Counter[Component]:
    return Counter(components(reading))


def check_changes(folder: Path, name: str, most: int | None = None) -> None:
    """Change versions of a file, one by one: each changes the row of its component and nothing else."""
    text = (folder / name).read_text(encoding="utf-8")
    before = read_in(folder, name)
    for one in list(changeable(text, components(before)))[:most]:
        assert one.version
        other = f"{one.version[:-1]}{'1' if one.version[-1] != '1' else '2'}"
        (folder / name).write_text(_whole(one.version).sub(other, text), encoding="utf-8")
        after = read_in(folder, name)
        gone, come = rows(before) - rows(after), rows(after) - rows(before)
        assert [row.version for row in gone.elements()] == [one.version]
        assert [row.version for row in come.elements()] == [other]
        assert len(unread(before)) == len(unread(after))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_one_version_changed_changes_one_row(path: Path, tmp_path: Path) -> None:
    case = SAMPLES.joinpath(*path.relative_to(SAMPLES).parts[:2])
    shutil.copytree(case, tmp_path / "case")
    check_changes(tmp_path / "case", path.relative_to(case).as_posix())


# --- files beside ----------------------------------------------------------------------------------------------------


def test_no_sample_is_claimed_twice() -> None:
    for path in OWN:
        source = Source(path=path, label=path.name, root=path.parent)
        claiming = [one.name for one in discover().readers if not one.imports and one.claims(source)]
        assert len(claiming) <= 1, path


def test_what_is_near_is_followed_within_the_folder_alone(tmp_path: Path) -> None:
    write(tmp_path, inside__a="", outside__b="")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside" / "b")
    source = Source(path=tmp_path / "inside" / "a", label="a", root=tmp_path / "inside")
    assert nearby(source, "a")
    for name in ("link", "../outside/b", str(tmp_path / "outside" / "b"), "none", "x\0y", "x" * 5000):
        assert nearby(source, name) is None


CARGO_LOCK = """
[[package]]
name = "p"
version = "1"
dependencies = ["ab"]
[[package]]
name = "ab"
version = "1"
source = "x"
"""
COMPOSER_LOCK = '{"packages": [{"name": "a/b", "version": "7"}]}'


@pytest.mark.parametrize(
    ("name", "text", "beside", "theirs"),
    [
        ("Cargo.lock", CARGO_LOCK, "Cargo.toml", '[package]\nname = "p"\n[dependencies]\nab = "7"'),
        ("conan.lock", '{"version": "0.5", "requires": ["ab/7"]}', "conanfile.txt", "[requires]\nab/7"),
        ("composer.lock", COMPOSER_LOCK, "composer.json", '{"require": {"a/b": "7"}}'),
        ("go.mod", "require a.b/c v1.0.0", "go.sum", "a.b/c v1.0.0 h1:x="),
        ("status", "Package: ab\nVersion: 7", "os-release", "ID=acme"),
        ("installed", "C:Q1\nP:ab\nV:7", "world", "ab"),
    ],
)
def test_a_link_that_leads_out_is_not_read(tmp_path: Path, name: str, text: str, beside: str, theirs: str) -> None:
    alone, linked, together = tmp_path / "alone", tmp_path / "linked", tmp_path / "together"
    for folder in (alone, linked, together):
        write(folder, **{name: text})
    write(together, **{beside: theirs})
    (linked / beside).symlink_to(together / beside)
    assert components(read_in(linked, name)) == components(read_in(alone, name))
    assert components(read_in(linked, name)) != components(read_in(together, name))


def test_a_workspace_above_the_folder_is_not_looked_for(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "Cargo.toml": '[workspace]\n[workspace.dependencies]\na = "7"',
            "inner__Cargo.toml": '[package]\nname = "p"\n[dependencies]\na.workspace = true\nb = {path = "../b"}',
        },
    )
    inside = components(read_in(tmp_path / "inner", "Cargo.toml"))
    assert [(one.name, one.requested, one.purl) for one in inside] == [("a", None, "pkg:cargo/a"), ("b", "../b", None)]
    around = components(read_in(tmp_path, "inner/Cargo.toml"))
    assert [(one.name, one.requested) for one in around] == [("a", "7")]


def test_members_by_patterns_stay_in_the_folder(tmp_path: Path) -> None:
    dependency = '[package]\nname = "p"\n[build-dependencies]\na.workspace = true'
    write(
        tmp_path,
        **{
            "in__Cargo.toml": '[workspace]\nmembers = ["../*", "/*", "**", "[", "x*"]\n'
            '[workspace.dependencies]\na = "1"',
            "in__x1__Cargo.toml": dependency,
            "out__Cargo.toml": dependency.replace("build-dependencies", "dependencies"),
        },
    )
    (tmp_path / "in" / "x2").symlink_to(tmp_path / "out")
    reading = read_in(tmp_path / "in", "Cargo.toml")
    assert not [one.path for one in reading.sources if "out" in one.path or "x2" in one.path]
    assert [one.scope for one in components(reading)] == [None]  # a member that cannot be read may use it for anything


UP = "<groupId>g</groupId><artifactId>up</artifactId><version>1</version>"
USES = (
    "<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>${v}</version></dependency>"
    "</dependencies>"
)


@pytest.mark.parametrize("deep", ["..", "../..", "../../.."])
def test_a_parent_pom_is_followed_within_the_folder_alone(tmp_path: Path, deep: str) -> None:
    parent = f"<project>{UP}<properties><v>7</v></properties></project>"
    child = f"<project><parent>{UP}<relativePath>{deep}</relativePath></parent>\n{USES}</project>"
    folder = tmp_path / "x" / "y" / "z"
    write(folder, **{"pom.xml": child})
    write((folder / deep).resolve(), **{"pom.xml": parent})
    assert [one.version for one in components(read_in(tmp_path, "x/y/z/pom.xml"))] == ["7"]
    reading = read_in(folder, "pom.xml")
    assert [one.version for one in components(reading)] == [None]
    assert [(one.location.line, "leads out" in one.reason) for one in unread(reading)] == [(1, True)]


def test_a_parent_of_another_name_is_no_parent(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "pom.xml": f"<project>{UP.replace('up', 'other')}<properties><v>7</v></properties></project>",
            "m__pom.xml": f"<project><parent>{UP}</parent>{USES}</project>",
        },
    )
    reading = read_in(tmp_path, "m/pom.xml")
    assert [(one.version, one.requested) for one in components(reading)] == [(None, "${v}")]
    assert "g:up:1" in unread(reading)[0].reason


def test_a_broken_parent_is_named(tmp_path: Path) -> None:
    write(tmp_path, **{"pom.xml": "<project>", "m__pom.xml": f"<project><parent>{UP}</parent></project>"})
    (problem,) = unread(read_in(tmp_path, "m/pom.xml"))
    assert "pom.xml cannot be read" in problem.reason


def test_nothing_is_run(tmp_path: Path) -> None:
    harm = f"open({str(tmp_path / 'harm')!r}, 'w')"
    write(tmp_path, **{"conanfile.py": f"{harm}\nclass A(ConanFile):\n    requires = str({harm})\n"})
    assert len(unread(read_in(tmp_path, "conanfile.py"))) == 1
    assert not (tmp_path / "harm").exists()


def test_no_secret_is_given_away() -> None:
    secret = "https://me:secret@git.example.org/a.git"
    for name, text in {
        "Cargo.toml": f'[dependencies]\na = {{git = "{secret}"}}',
        "Cargo.lock": f'[[package]]\nname = "a"\nversion = "1"\nsource = "git+{secret}#12"',
        "Gemfile.lock": f"GIT\n  remote: {secret}\n  revision: 12\n  specs:\n    a (1.0)\n",
        "Package.resolved": json.dumps(
            {"version": 2, "pins": [{"identity": "a", "location": secret, "state": {"version": "1"}}]}
        ),
        "CMakeLists.txt": f"FetchContent_Declare(a GIT_REPOSITORY {secret} GIT_TAG v1)",
        "pubspec.yaml": f"dependencies:\n  a:\n    git: {secret}\n",
        "Podfile.lock": f"PODS:\n  - a (1.0)\nEXTERNAL SOURCES:\n  a:\n    :git: {secret}\n",
    }.items():
        reading = read(name, text.encode())
        assert len(components(reading)) == 1
        assert "secret" not in dumps(reading.evidence)


# --- parts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "place", "url"),
    [
        ("https://github.com/a/b.git", ("github.com", "a/b"), "git+https://github.com/a/b.git@1"),
        ("git@github.com:a/b.git", ("github.com", "a/b"), "git+ssh://git@github.com/a/b.git@1"),
        ("ssh://git@Host:22/a/b/", ("host", "a/b"), "git+ssh://git@Host:22/a/b/@1"),
        ("git+https://token@host/g/s/p.git?x=y#z", ("host", "g/s/p"), "git+https://host/g/s/p.git@1"),
        ("../local", None, "git+../local@1"),
        ("C:/local", None, "git+C:/local@1"),
        ("https://host/", None, "git+https://host/@1"),
    ],
)
def test_addresses_of_repositories(address: str, place: tuple[str, str] | None, url: str) -> None:
    assert repository(address) == place
    assert vcs_url(address, "1") == url
    assert vcs_url(address, None) == url.removesuffix("@1")


def test_package_urls_with_qualifiers() -> None:
    assert package_url("golang", "Toml", "v1", "github.com/BurntSushi") == "pkg:golang/github.com/burntsushi/toml@v1"
    assert (
        package_url("deb", "a", "1", "debian", qualifiers={"arch": "all", "no": None}) == "pkg:deb/debian/a@1?arch=all"
    )
    assert package_key("pkg:golang/github.com/BurntSushi/toml@v1?x=y") == "pkg:golang/github.com/burntsushi/toml"


@pytest.mark.parametrize(
    ("stated", "version"),
    [
        ("1.0", "1.0"),
        ("[1.0]", "1.0"),
        ("2.0-SNAPSHOT", "2.0-SNAPSHOT"),
        ("1.0+7", "1.0+7"),
        ("1.+", None),
        ("[1,2)", None),
        ("${v}", None),
        ("LATEST", None),
        ("latest.release", None),
        ("", None),
        (None, None),
    ],
)
def test_versions_of_maven(stated: str | None, version: str | None) -> None:
    assert exact(stated) == version


@pytest.mark.parametrize(
    ("scopes", "scope"),
    [
        ([], None),
        ([Scope.BUILD, Scope.RUNTIME, None], Scope.RUNTIME),
        ([Scope.BUILD, None], None),
        ([Scope.DEVELOPMENT, Scope.BUILD], Scope.BUILD),
    ],
)
def test_the_strongest_purpose(scopes: list[Scope | None], scope: Scope | None) -> None:
    assert strongest(scopes) is scope


@given(st.lists(st.text(max_size=4) | st.integers() | st.lists(st.text(max_size=3), max_size=3), max_size=6))
def test_json_tells_the_line_of_every_element(array: list[object]) -> None:
    text = json.dumps({"b": 1, "a": array}, indent=1)
    lines = element_lines(source_of(text), load_object(source_of(text)), "a")
    assert len(lines) == len(array)
    for line, one in zip(lines, array, strict=True):
        assert text.split("\n")[line - 1].strip().startswith(json.dumps(one, indent=1).partition("\n")[0].rstrip(","))


def test_lines_of_elements_that_cannot_be_told_are_those_of_the_key() -> None:
    text = '{"x": {"a": [[1, 2]]}, "a": [1,\n2, 3]}'
    assert element_lines(source_of(text), load_object(source_of(text)), "a") == [1, 1, 1]
    assert element_lines(source_of(text), load_object(source_of(text)), "b") == []


def test_the_language_of_cmake() -> None:
    text = 'A(b "c\\"d" [=[e\n]]f]=] #[[ x ]] g$<H:i> "j\nk" # l\n (m n) o\\ p r;s\\;t)\n\nq()'
    found = list(commands(source_of(text)))
    assert [(one.name, one.line, [part.text for part in one.arguments]) for one in found] == [
        ("a", 1, ["b", 'c"d', "e\n]]f", "g$<H:i>", "j\nk", "m", "n", "o p", "r", "s\\;t"]),
        ("q", 6, []),
    ]


IMAGES = {
    "debian": ("debian", None, "pkg:docker/debian"),
    "debian:12": ("debian", "12", "pkg:docker/debian@12"),
    "acme/a:latest": ("acme/a", None, "pkg:docker/acme/a"),
    "h.example.org/a/b/c:1": ("h.example.org/a/b/c", "1", "pkg:docker/a/b/c@1?repository_url=h.example.org"),
    "localhost:5000/a": ("localhost:5000/a", None, "pkg:docker/a?repository_url=localhost:5000"),
    "a:1@sha256:" + "0" * 64: ("a", "1", "pkg:docker/a@1"),
}


@pytest.mark.parametrize("image", IMAGES)
def test_images(image: str) -> None:
    (one,) = components(read("Dockerfile", f"FROM {image}\n".encode()))
    assert (one.name, one.version, one.purl) == IMAGES[image]
    assert one.hashes == ((f"sha256:{'0' * 64}",) if "@" in image else ())


def test_files_that_only_look_like_builds_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, **{"Dockerfile.dockerignore": "node_modules\n", "dockerfile.py": "import x\n"})
    assert read_in(tmp_path, "Dockerfile.dockerignore").sources[0].reader is None
    assert read_in(tmp_path, "dockerfile.py").sources[0].reader == "python-code"
