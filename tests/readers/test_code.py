"""Code: what its readers see and what they do not, beyond their samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxcontrib_soup.model import CodeUse, Evidence, PublicName, Unread
from sphinxcontrib_soup.pipeline.read import read_files
from sphinxcontrib_soup.plugin import Source, discover
from sphinxcontrib_soup.readers import code_text


def read(folder: Path, name: str, content: str | bytes) -> tuple[Evidence, ...]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_files([Source(path=path, label=name, root=folder)], discover().readers).evidence


def imports(folder: Path, name: str, content: str | bytes) -> list[tuple[int | None, str | None]]:
    found = read(folder, name, content)
    assert not [one for one in found if isinstance(one, Unread)]
    return [(one.location.line, one.name) for one in found if isinstance(one, CodeUse)]


def uses(folder: Path, name: str, content: str) -> dict[str | None, CodeUse]:
    return {one.name: one for one in read(folder, name, content) if isinstance(one, CodeUse)}


def signatures(folder: Path, name: str, content: str) -> list[str]:
    return [one.signature for one in read(folder, name, content) if isinstance(one, PublicName)]


@pytest.mark.parametrize(
    "name", ["a.py", "a.js", "a.ts", "A.java", "A.kt", "A.cs", "A.vb", "a.go", "a.rs", "A.swift", "a.c", "a.hpp"]
)
def test_an_empty_file_of_code_is_no_gap(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, name, b"") == ()


@pytest.mark.parametrize("name", ["a.py", "a.js", "a.c"])
def test_what_is_too_large_was_made_by_a_tool(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_text, "LARGEST", 1_000_000)
    (unread,) = read(tmp_path, name, "\n" * 1_000_001)
    assert isinstance(unread, Unread)
    assert "more than 1 MB" in unread.reason


def test_ends_of_lines_of_any_kind(tmp_path: Path) -> None:
    assert imports(tmp_path, "a.js", "\r\n\r\nimport 'b';\r\n") == [(3, "b")]
    assert imports(tmp_path, "a.cs", "\r\rusing B;\r") == [(3, "B")]


def test_encodings(tmp_path: Path) -> None:
    assert imports(tmp_path, "a.cs", "// größe\nusing B;".encode("latin-1")) == [(2, "B")]
    assert imports(tmp_path, "a.cs", "// größe\nusing B;".encode("utf-16")) == [(2, "B")]
    assert imports(tmp_path, "a.vb", "\ufeffImports B".encode()) == [(1, "B")]


def test_python_that_is_nested_too_deeply_is_named(tmp_path: Path) -> None:
    (unread,) = read(tmp_path, "a.py", "x = " + "(" * 5000 + ")" * 5000)
    assert isinstance(unread, Unread)
    assert "it is not Python" in unread.reason


def test_the_members_of_all_cannot_be_computed_here(tmp_path: Path) -> None:
    listed = "__all__ = ['f', *others]\ndef f(): ...\ndef g(): ...\ndef _h(): ..."
    assert signatures(tmp_path, "a.py", listed) == ["f()", "g()"]


def test_symbols_follow_their_names(tmp_path: Path) -> None:
    python = "import a.b, a.c as d, a\nfrom e import f as g\na.b.x.y(a.b.z, d.w)\ng.v\nother.d.no"
    found = uses(tmp_path, "a.py", python)
    assert found["a.b"].symbols == ("x.y", "z")
    assert found["a.c"].symbols == ("w",)
    assert found["e"].symbols == ("f", "f.v")
    script = "import d, {e as f} from 'm';\nd.x(); f?.y; o.d.no; d$.no;"
    assert uses(tmp_path, "a.js", script)["m"].symbols == ("default", "default.x", "e", "e.y")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b / c; import('x'); d = e / f;", ["x"]),
        ("a = /import('x')/; b = /[/']/; require('y')", ["y"]),
        ("if (a) return /'/; import('x')", ["x"]),
        ("const a = `${`${import('x')}`}`;", ["x"]),
        ("const a = `\\`import('x')`;", []),
        ("const a = `{`; import('x'); const b = `}`", ["x"]),
        ("const a = `${ {b: 1}.b } import('x')`", []),
        ("const p = <p>it's</p>\nimport('x')", ["x"]),
        ("const importing = require; requires('x'); a.require('y')", []),
        ("import x from 'https://example.org/x.js'", ["https://example.org/x.js"]),
        ("export const a = 1\nconst b = 'from \"x\"'", []),
        ("import(/* webpackChunkName: 'a' */ 'x')", ["x"]),
        ("import x from 'a' with { type: 'json' }", ["a"]),
    ],
)
def test_javascript(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert [name for _, name in imports(tmp_path, "a.js", text)] == expected


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("'a/b/c'", "pkg:npm/a"),
        ("'@a/b/c'", "pkg:npm/%40a/b"),
        ("'node:fs'", None),
        ("'https://example.org/x.js'", None),
        ("'@/own'", None),
        ("'~/own'", "pkg:npm/~"),
    ],
)
def test_the_package_behind_a_name_of_npm(tmp_path: Path, text: str, package: str | None) -> None:
    (found,) = uses(tmp_path, "a.js", f"import {text}").values()
    assert found.packages == ((package,) if package else ())


def test_what_is_computed_is_said(tmp_path: Path) -> None:
    assert imports(tmp_path, "a.py", "from importlib import import_module as f\nf(x)\n__import__('y')") == [
        (1, "importlib"),
        (2, None),
        (3, "y"),
    ]
    assert imports(tmp_path, "a.js", "require(x)\nimport(`y${z}`)\nrequire('w' + x)") == [
        (1, None),
        (2, None),
        (3, None),
    ]
    assert imports(tmp_path, "A.java", "class A {{ Class.forName(x); }}") == [(1, None)]
    assert imports(tmp_path, "a.c", "#include HEADER") == [(1, None)]


def test_names_in_full_count_once(tmp_path: Path) -> None:
    text = "namespace A.B.C;\nusing D.E.F;\nclass X { D.E.G.H a; D.E.G.H b; global::N.L.M c; o.p q; }"
    assert imports(tmp_path, "A.cs", text) == [(2, "D.E.F"), (3, "D.E.G.H"), (3, "N.L.M")]


def test_rust_knows_what_is_its_own(tmp_path: Path) -> None:
    text = "mod own; use a::b; use c::{d as e}; fn f() { own::x(); b::y(); e::z(); g::h(); Self::i(); crate::j::k(); }"
    assert imports(tmp_path, "a.rs", text) == [(1, "a"), (1, "c"), (1, "g")]


def test_go_takes_the_usual_name_of_a_package(tmp_path: Path) -> None:
    body = "func F() { log.Print(); y.Load(); yaml.No() }"
    text = f'package a\nimport (\n\t"example.org/log/v2"\n\ty "example.org/yaml"\n)\n{body}'
    found = uses(tmp_path, "a.go", text)
    assert found["example.org/log/v2"].symbols == ("Print",)
    assert found["example.org/yaml"].symbols == ("Load",)
    assert found["example.org/log/v2"].packages[:2] == ("pkg:golang/example.org/log/v2", "pkg:golang/example.org/log")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.ts",
            "export function f<T>(a: T[] = [g()]): Map<T, string> {",
            "function f<T>(a: T[] = [g()]): Map<T, string>",
        ),
        ("a.go", "func F(a int) ([]byte, error) {", "func F(a int) ([]byte, error)"),
        ("a.rs", "pub fn f(a: u8) -> Option<u8> {", "fn f(a: u8) -> Option<u8>"),
        ("A.swift", "public func f(a: Int) throws -> Int {", "func f(a: Int) throws -> Int"),
        ("A.java", "  public int f(int a) throws E {", "int f(int a) throws E"),
        ("A.cs", "  public int F(int a) => a;", "int F(int a)"),
        ("A.vb", "Public Function F(a As Integer) As Integer", "Function F(a As Integer) As Integer"),
        ("a.py", "async def f(a, /, *b, c=1, **d) -> int: ...", "async f(a, /, *b, c=1, **d) -> int"),
        ("a.js", "export function f(a", "function f(a"),
    ],
)
def test_signatures(tmp_path: Path, name: str, text: str, expected: str) -> None:
    assert signatures(tmp_path, name, text) == [expected]
