"""What each reader makes of its samples, beside them as JSON. `--update-golden` writes it anew; read what changed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sphinxcontrib_soup.model import Evidence, Unread
from sphinxcontrib_soup.pipeline.gather import label
from sphinxcontrib_soup.pipeline.read import read_files
from sphinxcontrib_soup.plugin import Source, discover
from sphinxcontrib_soup.trace_json import dumps

SAMPLES = Path(__file__).parent / "samples"
ENDING = ".expected.json"
FILES = sorted(
    path
    for path in SAMPLES.glob("*/*/**/*")
    if path.is_file() and not path.name.endswith(ENDING) and not path.name.startswith(".")
)
LIBRARIES = re.compile(
    r"(it is not (?:JSON|TOML|YAML|Python|well-formed XML)|is not a requirement|cannot be read): .*", re.DOTALL
)


def expected_of(path: Path) -> Path:
    return path.with_name(path.name + ENDING)


def stable(one: Evidence) -> Evidence:
    """Without what a library says in words that change with its version."""
    return replace(one, reason=LIBRARIES.sub(r"\1: …", one.reason)) if isinstance(one, Unread) else one


def read(path: Path) -> str:
    case = SAMPLES.joinpath(*path.relative_to(SAMPLES).parts[:2])
    reading = read_files([Source(path=path, label=label(path, case), root=case)], discover().readers)
    return dumps({"reader": reading.sources[0].reader, "evidence": [stable(one) for one in reading.evidence]})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_sample(path: Path, request: pytest.FixtureRequest) -> None:
    found = read(path)
    if request.config.getoption("update_golden"):
        expected_of(path).write_text(found, encoding="utf-8")
    assert found == expected_of(path).read_text(encoding="utf-8")


def test_every_expectation_has_its_sample() -> None:
    lost = [path for path in SAMPLES.rglob(f"*{ENDING}") if not Path(str(path).removesuffix(ENDING)).is_file()]
    assert lost == []


@pytest.mark.parametrize("name", [reader.name for reader in discover().readers])
def test_every_reader_has_samples_that_it_reads_and_one_that_it_refuses(name: str) -> None:
    told = [
        expected_of(path).read_text(encoding="utf-8") for path in FILES if path.relative_to(SAMPLES).parts[0] == name
    ]
    own = [text for text in told if f'"reader": "{name}"' in text]
    assert any('"kind": "unread"' not in text for text in own), "a sample that is read whole"
    assert any('"kind": "unread"' in text for text in own), "a sample that is broken"


def test_every_folder_of_samples_belongs_to_a_reader() -> None:
    assert {path.name for path in SAMPLES.iterdir() if path.is_dir()} == {one.name for one in discover().readers}
