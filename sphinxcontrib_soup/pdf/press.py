"""Has PDFs compiled, each in a process of its own, unless nothing changed that they are made of."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinxcontrib_soup.pdf.compiler import Answer, Job

_SCRIPT = Path(__file__).with_name("compiler.py")


def press(jobs: Iterable[Job], processes: int) -> Iterator[Answer]:
    """How each job went, in their order, with so many at a time; a job that went well before is not done again."""
    with ThreadPoolExecutor(max(processes, 1)) as pool:
        yield from pool.map(_pressed, jobs)


def _pressed(job: Job) -> Answer:
    kept = Path(job["source"]).with_suffix(".json")
    made_of = _digest(job)
    answer = _kept(kept, made_of, Path(job["output"]))
    if answer is None:
        kept.unlink(missing_ok=True)
        answer = _compiled(job)
        if answer["error"] is None:
            kept.write_text(json.dumps({"made_of": made_of, "answer": answer}), encoding="utf-8")
    return answer


def _kept(kept: Path, made_of: str, output: Path) -> Answer | None:
    """The answer of an earlier build, if it was to the same question and its PDF is still what it was."""
    try:
        found = json.loads(kept.read_text(encoding="utf-8"))
        answer: Answer = found["answer"]
        same = found["made_of"] == made_of and answer["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if same else None


def _digest(job: Job) -> str:
    """What a PDF is made of: everything that is read for it, and the compiler."""
    root = Path(job["root"])
    digest = hashlib.sha256(f"{version('typst')} {job['timestamp']}".encode())
    for path in (_SCRIPT, Path(job["source"]), root / "soup" / "style.typ", *(root / image for image in job["images"])):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    fonts = sorted(file for folder in job["fonts"] for file in Path(folder).rglob("*") if file.is_file())
    for font in fonts:
        digest.update(f"{font.name} {font.stat().st_size}".encode())
    return digest.hexdigest()


def _compiled(job: Job) -> Answer:
    done = subprocess.run(  # noqa: S603 - our own script, no shell
        [sys.executable, "-P", str(_SCRIPT)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
    if done.returncode:
        said = done.stderr.strip() or f"the compiler ended with {done.returncode}; is there memory enough?"
        return {"sha256": None, "error": said, "unprintable": [], "unreadable": {}, "not_archival": None}
    answer: Answer = json.loads(done.stdout)
    return answer
