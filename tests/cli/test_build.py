"""`sphinx-soup build`: the package, and its manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.model import SourceFile
from sphinxcontrib_soup.package.write import copy_inputs
from tests.project import Project

FILES = {
    "index.rst": """
        Dossier
        =======

        .. document:: The dossier
           :id: DOC_ALL

        .. requirement:: It works
           :id: REQ_1
           :source: a

        .. traceability-matrix::
           :chain: requirement
        """,
    "results.xml": """<testsuite name="s"><testcase classname="c" name="=cmd()"><properties>
        <property name="verifies" value="REQ_1"/></properties></testcase></testsuite>""",
}


@pytest.fixture
def dossier(project: Project) -> Project:
    project.conf("soup_evidence = ['results.xml', '../outside.xml']")
    for path, text in FILES.items():
        project.write(path, text)
    (project.folder.parent / "outside.xml").write_text(FILES["results.xml"].replace("=cmd()", "other"))
    return project


def build(project: Project, output: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", str(project.folder), str(output), *options])


def test_the_package_holds_pages_prints_tables_inputs_and_trace(dossier: Project, tmp_path: Path) -> None:
    output = tmp_path / "package"
    done = build(dossier, output)
    assert done.exit_code == 0, done.output
    made = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert {
        "html/index.html",
        "pdf/DOC_ALL.pdf",
        "exports/index.traceability-matrix.1.csv",
        "inputs/results.xml",
        "inputs/_up/outside.xml",
        "trace.json",
        "manifest.json",
    } <= made
    assert done.stdout.splitlines() == [
        str(output / name) for name in ("html/index.html", "pdf/DOC_ALL.pdf", "manifest.json")
    ]
    assert {path.name for path in (output / "pdf").iterdir()} == {"DOC_ALL.pdf"}
    assert (output / "pdf" / "DOC_ALL.pdf").read_bytes().startswith(b"%PDF-")


def test_the_manifest_names_every_file_with_its_digest(dossier: Project, tmp_path: Path) -> None:
    output = tmp_path / "package"
    build(dossier, output)
    manifest = json.loads((output / "manifest.json").read_text())
    assert manifest["schema"] == "soup-package/1"
    assert manifest["provenance"]["project"] == "Test"
    for entry in manifest["files"]:
        content = (output / entry["path"]).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["size"])
    listed = {entry["path"] for entry in manifest["files"]}
    made = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    unlisted = {path for path in made - listed if not any(part.startswith(".") for part in Path(path).parts)}
    assert unlisted == {"manifest.json", "html/schema_violations.json"}


def test_findings_are_said_once_and_the_gate_holds(dossier: Project, tmp_path: Path) -> None:
    dossier.write("index.rst", FILES["index.rst"].replace(":source: a", ":derives_from: REQ_404"))
    done = build(dossier, tmp_path / "package")
    assert done.exit_code == 1
    assert done.stderr.count("links to nothing: no item has the ID REQ_404") == 1
    assert (tmp_path / "package" / "manifest.json").is_file()


def test_a_second_build_of_the_same_leaves_the_same_bytes(dossier: Project, tmp_path: Path) -> None:
    output = tmp_path / "package"
    build(dossier, output)
    first = (output / "manifest.json").read_bytes()
    build(dossier, output)
    assert (output / "manifest.json").read_bytes() == first


def test_what_is_no_longer_made_is_gone(dossier: Project, tmp_path: Path) -> None:
    output = tmp_path / "package"
    build(dossier, output)
    dossier.write(
        "index.rst",
        FILES["index.rst"]
        .replace("DOC_ALL", "DOC_NEW")
        .replace("traceability-matrix", "soup-list")
        .replace(":chain: requirement", ""),
    )
    (dossier.folder / "results.xml").unlink()
    build(dossier, output)
    made = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert "pdf/DOC_NEW.pdf" in made
    assert not made & {"pdf/DOC_ALL.pdf", "exports/index.traceability-matrix.1.csv", "inputs/results.xml"}


def test_what_cannot_be_done_ends_with_2(dossier: Project, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert build(dossier, blocked).exit_code == 2
    dossier.write("conf.py", "extensions = [")
    done = build(dossier, tmp_path / "package")
    assert done.exit_code == 2
    assert "sphinx-soup build: " in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_inputs_are_copied_without_secrets_and_the_manifest_says_so(
    dossier: Project, tmp_path: Path, encoding: str
) -> None:
    text = (
        "--index-url https://mirror:s3cret@pypi.example.org/simple\nconstruct==2.10.70\n"
        "git+https://t0ken@example.org/a.git\n# größe\n"
    )
    (dossier.folder / "requirements.txt").write_bytes(text.encode(encoding))
    dossier.conf("soup_evidence = ['results.xml', 'requirements.txt']")
    output = tmp_path / "package"
    done = build(dossier, output)
    assert done.exit_code == 0, done.output
    copy = (output / "inputs" / "requirements.txt").read_bytes()
    assert copy.decode(encoding) == (
        "--index-url https://REDACTED@pypi.example.org/simple\nconstruct==2.10.70\n"
        "git+https://REDACTED@example.org/a.git\n# größe\n"
    )
    assert "inputs/requirements.txt: the copy is without the user names" in done.stderr
    entries = {one["path"]: one for one in json.loads((output / "manifest.json").read_text())["files"]}
    original = hashlib.sha256(text.encode(encoding)).hexdigest()
    assert entries["inputs/requirements.txt"] == {
        "path": "inputs/requirements.txt",
        "sha256": hashlib.sha256(copy).hexdigest(),
        "size": len(copy),
        "redacted": {"places": 2, "original_sha256": original},
    }
    assert "redacted" not in entries["inputs/results.xml"]
    sources = {one["path"]: one for one in json.loads((output / "trace.json").read_text())["sources"]}
    assert sources["requirements.txt"]["sha256"] == original
    assert not [path for path in output.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"http://example.org:80","by":"a@example.org"}',
        "ssh://git@example.org/a.git",
        "https://example.org/@babel/core/-/core-7.tgz",
        "https://example.org?mail=a:b@c",
        "plain a@b.example",
    ],
)
def test_what_is_no_secret_is_copied_as_it_is(text: str, tmp_path: Path) -> None:
    (tmp_path / "lock.json").write_text(text)
    source = SourceFile(path="lock.json", sha256="0" * 64, reader=None)
    assert copy_inputs([source], tmp_path, tmp_path / "package" / "inputs") == {}
    assert (tmp_path / "package" / "inputs" / "lock.json").read_text() == text


def test_a_package_within_its_sources_is_no_evidence_of_the_next_build(dossier: Project) -> None:
    dossier.conf("soup_evidence = ['**/*.xml']\nexclude_patterns = ['package']")
    output = dossier.folder / "package"
    assert build(dossier, output).exit_code == 0
    first = (output / "manifest.json").read_bytes()
    again = build(dossier, output)
    assert again.exit_code == 0, again.output
    assert (output / "manifest.json").read_bytes() == first


def test_a_folder_with_files_of_others_is_not_emptied(dossier: Project, tmp_path: Path) -> None:
    theirs = tmp_path / "project" / "inputs" / "measured.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    done = build(dossier, tmp_path / "project")
    assert done.exit_code == 2
    assert "holds inputs, which this command did not make" in done.output
    assert theirs.read_text() == "theirs"
