"""Lock files and manifests of npm, Yarn, pnpm, Bun, Bower, NuGet and Python: what holds for all of them."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.model import Component, Location, Scope, Unread
from sphinxcontrib_soup.pipeline.read import Reading, read_files
from sphinxcontrib_soup.plugin import Source, discover
from sphinxcontrib_soup.readers.digests import digest, integrity, labelled
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, distinct, joined
from sphinxcontrib_soup.readers.npm import fetched_url
from sphinxcontrib_soup.readers.nuget import exact
from sphinxcontrib_soup.trace_json import dumps
from tests.readers.test_samples import SAMPLES

SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
HEX = "0123456789abcdef" * 8


def read_file(path: Path, root: Path | None = None) -> Reading:
    """What is read of a file; fails where a reader tripped over it."""
    source = Source(path=path, label=path.name, root=root or path.parent)
    reading = read_files([source], discover().readers)
    assert not [one for one in reading.evidence if isinstance(one, Unread) and "failed: " in one.reason]
    dumps(reading.evidence)
    return reading


def read(name: str, text: str | bytes, **beside: str) -> Reading:
    """What is read of a file of this name, with others beside it: their names have `__` for a dot."""
    with TemporaryDirectory() as folder:
        for other, content in beside.items():
            path = Path(folder, other.replace("__", "."))
            path.write_text(content, encoding="utf-8")
        path = Path(folder, name)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path)


def components(reading: Reading) -> list[Component]:
    return [one for one in reading.evidence if isinstance(one, Component)]


def component(name: str, version: str, **facts: object) -> Component:
    source = Source(path=Path("x"), label="x", root=Path())
    made = Component(name=name, version=version, purl=f"pkg:npm/{name}@{version}", location=source.at(1))
    return type(made)(**{**{key: getattr(made, key) for key in made.__slots__}, **facts})


# --- any content -----------------------------------------------------------------------------------------------------

NAMES = {
    "yaml": ("yarn.lock", "pnpm-lock.yaml"),
    "json": ("bun.lock", "bower.json", "packages.lock.json", "project.assets.json", "Pipfile.lock"),
    "toml": ("poetry.lock", "uv.lock", "pylock.toml", "Pipfile"),
    "xml": ("a.csproj", "Directory.Packages.props", "packages.config"),
}
WORDS = st.sampled_from(
    [
        *(
            "version",
            "1.0.0",
            "ms",
            "ms@1.0.0",
            "ms@^1.0.0",
            "/ms@1.0.0(a@1)",
            "/ms/1.0.0_a@1",
            "npm:ms@1.0.0",
            "link:../a",
        ),
        *(
            "dependencies",
            "resolution",
            "importers",
            ".",
            "packages",
            "snapshots",
            "specifier",
            "link",
            "ms@npm:^1.0.0",
        ),
        *("workspaces", "", "type", "Direct", "Transitive", "resolved", "net8.0", "libraries", "ms/1.0.0", "package"),
        *(
            "default",
            "develop",
            "hashes",
            "path",
            "file",
            "git",
            "==1.0.0",
            "catalog:",
            "patchedDependencies",
            "../../a",
        ),
    ]
)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)
HEADS = {
    "yarn.lock": {"__metadata": {"version": 8}},
    "pnpm-lock.yaml": {"lockfileVersion": "9.0"},
    "bun.lock": {"lockfileVersion": 1},
    "packages.lock.json": {"version": 1},
    "project.assets.json": {"version": 3},
}
PARTS = {
    "yaml": ["importers", "packages", "snapshots", "catalogs", "ms@npm:^1.0.0", "root@workspace:.", "specifiers"],
    "json": ["workspaces", "packages", "dependencies", "devDependencies", "targets", "libraries", "project", "default"],
}


@SLOW
@given(
    st.sampled_from([name for names in NAMES.values() for name in names]),
    st.binary(max_size=300) | st.text(max_size=99),
)
def test_any_content_is_read_or_refused_in_a_sentence(name: str, content: str | bytes) -> None:
    reading = read(name, content if isinstance(content, bytes) else content.encode())
    assert all(one.reason for one in reading.evidence if isinstance(one, Unread))


@SLOW
@given(st.sampled_from(NAMES["yaml"]), st.dictionaries(st.sampled_from(PARTS["yaml"]), TREES, max_size=4))
@pytest.mark.parametrize("version", ["5.4", "6.0", "9.0"])
def test_any_tree_of_yaml(version: str, name: str, tree: dict[str, object]) -> None:
    head = {"lockfileVersion": version} if name.startswith("pnpm") else HEADS[name]
    read(name, json.dumps({**head, **tree}))  # JSON is YAML


@SLOW
@given(st.sampled_from(NAMES["json"]), st.dictionaries(st.sampled_from(PARTS["json"]), TREES, max_size=4))
def test_any_tree_of_json(name: str, tree: dict[str, object]) -> None:
    read(name, json.dumps({**HEADS.get(name, {}), **tree}, indent=1))


TOML = st.lists(
    st.sampled_from(
        [
            *("[[package]]", "[[packages]]", "[packages]", "[metadata]", "[package.dependencies]", "[package.source]"),
            *(
                'name = "a"',
                'name = ""',
                "name = 1",
                'version = "1.0.0"',
                "version = 1",
                'lock-version = "1.0"',
                "groups = [1]",
            ),
            *(
                'type = "git"',
                'source = {editable = "."}',
                'source = {git = "https://h/a#b"}',
                "a = {version = 1}",
                'a = "*"',
            ),
            *(
                'dependencies = [{name = "a"}, {name = 1}, 2]',
                'wheels = [{hash = "sha256:00", hashes = {md5 = 1}}]',
                "b = [1]",
            ),
            *(
                "marker = \"'a' in extras\"",
                "markers = {main = 1}",
                'directory = {path = ".."}',
                'vcs = {url = "u"}',
                "files = 1",
            ),
        ]
    ),
    max_size=9,
).map("\n".join)


@SLOW
@given(st.sampled_from(NAMES["toml"]), TOML)
def test_any_toml(name: str, text: str) -> None:
    read(name, {"uv.lock": "version = 1\n", "pylock.toml": 'lock-version = "1.0"\n'}.get(name, "") + text)


XML = st.lists(
    st.sampled_from(
        [
            *(
                "<ItemGroup>",
                "</ItemGroup>",
                "<PropertyGroup>",
                "</PropertyGroup>",
                "<A>$(B)</A>",
                "<B>$(A)$(A)</B>",
                "<B/>",
            ),
            *(
                '<PackageReference Include="$(A);b" Version="$(B)"/>',
                '<PackageReference Update="b"/>',
                "<Choose>",
                "</Choose>",
            ),
            *(
                '<PackageReference Remove="$(A)"/>',
                '<Import Project="$(A)"/>',
                '<Import Project="a.csproj"/>',
                "<Otherwise/>",
            ),
            *(
                "<When Condition=\"'$(A)' == ''\">",
                "</When>",
                '<package id="a" version="1.0"/>',
                '<package id=""/>',
                "text",
                "&lt;",
            ),
        ]
    ),
    max_size=9,
).map("".join)


@SLOW
@given(st.sampled_from(NAMES["xml"]), XML)
def test_any_xml(name: str, text: str) -> None:
    tag = "packages" if name.endswith(".config") else "Project"
    read(name, f"<{tag}>{text}</{tag}>")


YARN = st.lists(
    st.sampled_from(
        [
            "a@1:",
            '"a@1":',
            "a@1, b@2:",
            '  version "1.0.0"',
            "  version 1",
            "  dependencies:",
            '    b "2"',
            "#",
            "",
            '"\\u"',
        ]
    )
    | st.text(max_size=8),
    max_size=9,
).map("\n".join)


@SLOW
@given(YARN)
def test_any_lines_of_yarn(text: str) -> None:
    read("yarn.lock", text)


# --- one version changed, one row changed ----------------------------------------------------------------------------

LOCKS = (
    ("yarn-lock-v1/alone/yarn.lock", 'version "{}"'),
    ("yarn-lock-v1/workspaces/yarn.lock", 'version "{}"'),
    ("package-lock/v3/package-lock.json", '"version": "{}"'),
    ("package-lock-v1/with-manifest/package-lock.json", '"version": "{}"'),
    ("poetry-lock/v2-1/poetry.lock", 'version = "{}"'),
    ("uv-lock/workspace/uv.lock", 'version = "{}"'),
    ("pylock-toml/with-project/pylock.toml", 'version = "{}"'),
    ("packages-lock-json/targets/packages.lock.json", '"resolved": "{}"'),
    ("packages-config/plain/packages.config", 'version="{}"'),
    ("msbuild-project/plain/Pump.csproj", 'Version="{}"'),
    ("bower-json/origins/bower.json", "#{}"),
    ("requirements-txt/hashes/requirements.txt", "=={}"),
)


@pytest.mark.parametrize(("sample", "written"), LOCKS)
def test_one_version_changed_is_one_row_changed(sample: str, written: str, tmp_path: Path) -> None:
    path = SAMPLES / sample
    case = SAMPLES.joinpath(*Path(sample).parts[:2])
    for other in case.rglob("*"):
        if other.is_file() and not other.name.endswith(".expected.json"):
            copy = tmp_path / other.relative_to(case)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(other.read_bytes())
    changed = tmp_path / path.relative_to(case)
    text = changed.read_text(encoding="utf-8")
    before = components(read_file(changed, tmp_path))
    tried = 0
    for one in before:
        spelt = written.format(one.version)
        alone = [one.name == other.name or one.location == other.location for other in before].count(True) == 1
        if one.version and text.count(spelt) == 1 and alone:
            tried += 1
            changed.write_text(text.replace(spelt, written.format("99.88.77")), encoding="utf-8")
            after = components(read_file(changed, tmp_path))
            gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
            assert [(row.name, row.version) for row in gone] == [(one.name, one.version)]
            assert [(row.name, row.version, row.direct) for row in new] == [(one.name, "99.88.77", one.direct)]
    assert tried


# --- many ------------------------------------------------------------------------------------------------------------

MANY = 5_000


def _yarn(number: int) -> str:
    return f'p{number}@^1.0.0:\n  version "1.0.{number}"\n  dependencies:\n    p{(number + 1) % MANY} "^1.0.0"\n\n'


def _pnpm(number: int) -> str:
    return f"  p{number}@1.0.{number}:\n    dependencies:\n      p{(number + 1) % MANY}: 1.0.{(number + 1) % MANY}\n"


@pytest.mark.parametrize(
    ("name", "text", "manifest"),
    [
        (
            "yarn.lock",
            "# yarn lockfile v1\n\n" + "".join(map(_yarn, range(MANY))),
            '{"dependencies": {"p0": "^1.0.0"}}',
        ),
        (
            "pnpm-lock.yaml",
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n"
            + "      p0: {specifier: ^1.0.0, version: 1.0.0}\npackages:\n"
            + "".join(f"  p{number}@1.0.{number}: {{}}\n" for number in range(MANY))
            + "snapshots:\n"
            + "".join(map(_pnpm, range(MANY))),
            "{}",
        ),
    ],
    ids=["yarn", "pnpm"],
)
def test_a_circle_of_5000_components(name: str, text: str, manifest: str) -> None:
    found = components(read(name, text, package__json=manifest))
    assert len(found) == MANY
    assert [one.name for one in found if one.direct] == ["p0"]
    assert {one.scope for one in found} == {Scope.RUNTIME}
    assert {len(one.requires) for one in found} == {1}


def test_a_circle_of_5000_packages_that_nuget_restored() -> None:
    target = {
        f"P{number}/1.0.{number}": {"type": "package", "dependencies": {f"p{(number + 1) % MANY}": "1.0.0"}}
        for number in range(MANY)
    }
    libraries = {key: {"type": "package"} for key in target}
    wished = {"net8.0": {"dependencies": {"P0": {"target": "Package", "version": "[1.0.0, )"}}}}
    content = {"version": 3, "targets": {"net8.0": target}, "libraries": libraries, "project": {"frameworks": wished}}
    start = time.process_time()
    found = components(read("project.assets.json", json.dumps(content, indent=1)))
    assert time.process_time() - start < 4
    assert [one.name for one in found if one.direct] == ["P0"]
    assert {len(one.requires) for one in found} == {1}


def test_5000_packages_of_nuget_and_python() -> None:
    entries = {f"P{number}": {"type": "Transitive", "resolved": f"1.0.{number}"} for number in range(MANY)}
    lock = read("packages.lock.json", json.dumps({"version": 1, "dependencies": {"net8.0": entries}}, indent=1))
    assert len(components(lock)) == MANY
    packages = "".join(f'[[package]]\nname = "p{number}"\nversion = "1.0.{number}"\n' for number in range(MANY))
    assert len(components(read("uv.lock", f"version = 1\n{packages}"))) == MANY


# --- no way out ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("yarn.lock", "# yarn lockfile v1\n\n"),
        (
            "yarn.lock",
            '__metadata:\n  version: 8\n\n"o@workspace:..":\n  version: 0.0.0\n  resolution: "o@workspace:.."\n',
        ),
        ("poetry.lock", '[metadata]\nlock-version = "2.0"\n'),
        ("pylock.toml", 'lock-version = "1.0"\n[[packages]]\nname = "o"\ndirectory = {path = ".."}\n'),
        ("Pipfile.lock", '{"_meta": {"pipfile-spec": 6}, "default": {}}'),
        ("a.csproj", '<Project><Import Project="../Directory.Build.props"/><ItemGroup/></Project>'),
    ],
)
def test_nothing_outside_of_the_folder_is_opened(name: str, text: str, tmp_path: Path) -> None:
    secret = '<Project><ItemGroup><PackageReference Include="secret" Version="1.0.0"/></ItemGroup></Project>'
    for outside in ("Directory.Build.props", "Directory.Packages.props", "Directory.Build.targets"):
        (tmp_path / outside).write_text(secret, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"dependencies": {"secret": "1.0.0"}}', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["secret"]\n', encoding="utf-8")
    (tmp_path / "Pipfile").write_text('[packages]\nsecret = "*"\n', encoding="utf-8")
    folder = tmp_path / "inside"
    folder.mkdir()
    for link in ("package.json", "pyproject.toml", "Pipfile", "Directory.Build.props"):
        (folder / link).symlink_to(f"../{link}")
    (folder / name).write_text(text, encoding="utf-8")
    reading = read_file(folder / name)
    assert [source.path for source in reading.sources] == [name]
    assert "secret" not in dumps(reading.evidence).replace("it imports", "")


def test_a_workspace_of_yarn_is_found_without_following_links(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/package.json").write_text('{"dependencies": {"secret": "1"}}', encoding="utf-8")
    root = tmp_path / "in"
    (root / "packages/a/node_modules/b").mkdir(parents=True)
    (root / "package.json").write_text('{"workspaces": ["packages/**", "../out", "/etc"]}', encoding="utf-8")
    (root / "packages/link").symlink_to("../../out")
    for folder in ("packages/a", "packages/a/node_modules/b"):
        (root / folder / "package.json").write_text(f'{{"dependencies": {{"{folder[-1]}": "1"}}}}', encoding="utf-8")
    (root / "yarn.lock").write_text(
        '# yarn lockfile v1\n\na@1:\n  version "1.0.0"\nb@1:\n  version "1.0.0"\n', encoding="utf-8"
    )
    reading = read_file(root / "yarn.lock")
    assert [(one.name, one.direct) for one in components(reading)] == [("a", True), ("b", False)]
    assert [source.path for source in reading.sources] == ["yarn.lock", "package.json", "packages/a/package.json"]


def test_no_secret_is_given_away() -> None:
    for path in sorted(SAMPLES.rglob("*.expected.json")):
        assert "me:secret" not in path.read_text(encoding="utf-8"), path


# --- what the locks stand on -----------------------------------------------------------------------------------------


def test_entries_are_joined() -> None:
    entries = {
        "a": Entry(component("a", "1"), (Need("b"), Need("c", optional=True), Need("gone"))),
        "b": Entry(component("b", "1"), (Need("a"),)),
        "c": Entry(component("c", "1"), (Need("d"),)),
        "d": Entry(component("d", "1")),
        "own": Entry(None, (Need("e"),)),
        "e": Entry(component("e", "1")),
        "e2": Entry(component("e", "2")),
        "f": Entry(component("f", "1"), (Need("e2"), Need("own"))),
    }
    asked = [Ask("a", "^1", Scope.RUNTIME), Ask("own", None, Scope.DEVELOPMENT), Ask("c", "*", Scope.DEVELOPMENT)]
    found = {f"{one.name}{one.version}": one for one in joined(entries, asked)}
    assert {name: one.scope for name, one in found.items()} == {
        "a1": Scope.RUNTIME,
        "b1": Scope.RUNTIME,
        "c1": Scope.OPTIONAL,
        "d1": Scope.OPTIONAL,
        "e1": Scope.DEVELOPMENT,
        "e2": None,
        "f1": None,
    }
    assert [name for name, one in found.items() if one.direct] == ["a1", "c1"]
    assert (found["a1"].requested, found["c1"].requested) == ("^1", "*")
    assert found["a1"].requires == ("pkg:npm/b", "pkg:npm/c")
    assert found["f1"].requires == ("pkg:npm/e@2",)
    assert {one.direct for one in joined(entries, None)} == {None}


def test_places_of_one_component_are_one_row() -> None:
    weak = component("a", "1", scope=Scope.DEVELOPMENT, hashes=("md5:1",), properties=(("patched", "p"),))
    strong = component("a", "1", scope=Scope.RUNTIME, direct=True, hashes=("md5:2",), requires=("b",))
    (found,) = distinct([weak, strong])
    assert found == component(
        "a",
        "1",
        scope=Scope.RUNTIME,
        direct=True,
        hashes=("md5:2", "md5:1"),
        requires=("b",),
        properties=(("patched", "p"),),
    )
    fork = component("a", "1", purl="pkg:npm/a@1?vcs_url=git%2Bhttps://h/a")
    assert len(distinct([strong, fork])) == 2


@pytest.mark.parametrize(
    ("algorithm", "written", "found"),
    [
        ("SHA-256", HEX[:64].upper(), f"sha256:{HEX[:64]}"),
        ("sha1", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("sha1", "2jmj7l5rSw0yVb/vlWAYkK/YBw==", None),
        ("sha256", "not a digest", None),
        ("crc32", "00000000", None),
        ("md5", "größe", None),
    ],
)
def test_digests(algorithm: str, written: str, found: str | None) -> None:
    assert digest(algorithm, written) == found


def test_lists_of_digests() -> None:
    assert integrity("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=?x sha512-x md5") == (
        "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
    )
    assert integrity(None) == ()
    assert labelled([f"sha256:{HEX[:64]}", f"sha256={HEX[:64]}", "md5:0", 3]) == (f"sha256:{HEX[:64]}",)
    assert labelled(None) == ()


@pytest.mark.parametrize(
    ("range_", "version"),
    [
        ("1.2.3", "1.2.3"),
        (" [1.2.3] ", "1.2.3"),
        ("[1.0, 1.0]", "1.0"),
        ("1.0.0-beta.1+build", "1.0.0-beta.1+build"),
        ("1", "1"),
        ("[1.0,2.0)", None),
        ("(,1.0]", None),
        ("1.*", None),
        ("[1.0,)", None),
        ("", None),
        (None, None),
        ("1.2.3.4.5", None),
    ],
)
def test_the_version_that_nuget_takes(range_: str | None, version: str | None) -> None:
    assert exact(range_) == version


@pytest.mark.parametrize(
    ("requested", "fetched", "found"),
    [
        ("^1.0.0", None, "pkg:npm/a@1"),
        ("^1.0.0", "https://registry.example.org/a/-/a-1.tgz", "pkg:npm/a@1"),
        ("latest", None, "pkg:npm/a@1"),
        ("file:../a", None, None),
        ("./a", None, None),
        ("/a", None, None),
        ("github:o/a#v1", None, "pkg:npm/a@1?vcs_url=git%2Bhttps://github.com/o/a%40v1"),
        ("gitlab:o/a", None, "pkg:npm/a@1?vcs_url=git%2Bhttps://gitlab.com/o/a"),
        (
            "o/a",
            "https://hub.example.org/o/a/tar.gz/0123456",
            "pkg:npm/a@1?download_url=https://hub.example.org/o/a/tar.gz/0123456",
        ),
        ("https://h/a.git#commit=0123456", None, "pkg:npm/a@1?vcs_url=git%2Bhttps://h/a.git%400123456"),
        ("git@h:o/a.git", None, "pkg:npm/a@1?vcs_url=git%2Bssh://git%40h/o/a.git"),
        ("https://u:p@h/a.tgz", None, "pkg:npm/a@1?download_url=https://h/a.tgz"),
    ],
)
def test_where_a_package_of_npm_comes_from(requested: str, fetched: str | None, found: str | None) -> None:
    assert fetched_url("a", "1", requested, fetched) == found


NEWER: list[tuple[str, str]] = [
    ("yarn.lock", "__metadata:\n  version: {}\n"),
    ("pnpm-lock.yaml", "lockfileVersion: '{}.0'\npackages: {{}}\n"),
    ("bun.lock", '{{"lockfileVersion": {}, "packages": {{}}}}'),
    ("packages.lock.json", '{{"version": {}, "dependencies": {{}}}}'),
    ("project.assets.json", '{{"version": {}, "targets": {{}}, "libraries": {{}}}}'),
    ("poetry.lock", '[metadata]\nlock-version = "{}.0"\n'),
    ("uv.lock", "version = {}\n"),
    ("Pipfile.lock", '{{"_meta": {{"pipfile-spec": {}}}}}'),
    ("pylock.toml", 'lock-version = "{}.0"\n'),
]


@pytest.mark.parametrize(("name", "text"), NEWER)
def test_a_lock_that_is_newer_than_known_is_refused_with_its_line(name: str, text: str) -> None:
    (unread,) = read(name, text.format(77)).evidence
    assert isinstance(unread, Unread)
    assert re.search(r"77.*can be read", unread.reason)
    assert unread.location.line in (1, 2)


CONFLICT = "<<<<<<< HEAD\n{0}\n=======\n{0}\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    "name",
    [
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock",
        "bower.json",
        "packages.lock.json",
        "poetry.lock",
        "uv.lock",
        "requirements.txt",
    ],
)
def test_a_merge_that_was_not_finished_is_told(name: str) -> None:
    text = CONFLICT.format('"a": 1,' if name.endswith(("json", "bun.lock")) else "a==1")
    (unread,) = read(name, f"{{\n{text}}}" if "json" in name or "bun" in name else f"# a\n{text}").evidence
    assert isinstance(unread, Unread)
    assert unread.reason.startswith("a merge conflict is left in it")
    assert unread.location.line == 2


# --- the manifest beside a lock --------------------------------------------------------------------------------------

WANTED = '{"name": "w", "dependencies": {"a": "^1.0.0", "new": "^1.0.0"}, "peerDependencies": {"peer": "*"}}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "package-lock.json",
            '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "^1.0.0"}}, '
            '"node_modules/a": {"version": "1.0.0"}}}',
        ),
        ("package-lock.json", '{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0"}}}'),
        (
            "pnpm-lock.yaml",
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n"
            "      a: {specifier: ^1.0.0, version: 1.0.0}\n"
            "packages:\n  a@1.0.0: {}\nsnapshots:\n  a@1.0.0: {}\n",
        ),
        (
            "bun.lock",
            '{"lockfileVersion": 1, "workspaces": {"": {"dependencies": {"a": "^1.0.0"}}}, '
            '"packages": {"a": ["a@1.0.0", "", {}, ""]}}',
        ),
    ],
)
def test_what_the_manifest_asks_for_and_the_lock_has_not_is_told_at_its_line(name: str, text: str) -> None:
    reading = read(name, text, package__json=WANTED)
    (told,) = (one for one in reading.evidence if isinstance(one, Unread))
    assert told.reason.startswith("new is asked for and not in the lock: run ")
    assert told.location == Location("package.json", 1)
    assert [one.name for one in components(reading)] == ["a"]


def test_groups_that_include_each_other() -> None:
    text = """
[dependency-groups]
a = ["x==1", {include-group = "B"}]
b = [{include-group = "c"}]
c = [{include-group = "a"}]
alone = [{include-group = "a"}]
"""
    reading = read("pyproject.toml", text)
    assert [one.name for one in components(reading)] == ["x"]
    told = [(one.location.line, one.reason) for one in reading.evidence if isinstance(one, Unread)]
    assert [line for line, _ in told] == [3, 4, 5]
    assert told[0][1] == "the dependency groups 'a' and 'B' include each other, which installers refuse"
