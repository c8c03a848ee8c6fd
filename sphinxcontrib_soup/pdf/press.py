"""Has PDFs compiled, each in a process of its own, unless nothing changed that they are made of."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Literal

from sphinx.util import logging

from sphinxcontrib_soup.pdf.jobs import Answer, Job, Standard, failed
from sphinxcontrib_soup.pdf.markup import string

LOGGER = logging.getLogger(__name__)

_WANTED = {"whole": "PDF", "part": "PDF", "layout": "layout"}
_HERE = Path(__file__).parent
_MACHINERY = ("compiler", "jobs", "layout", "objects", "sheets", "binder", "continued", "editions")
"""Our modules that make a PDF of its sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A document to be made of its sources, one for each part; where there are several, the first has the contents.

    `headings` has the code of headings by their name, `indexed` the names of what the index leads to; `images` are
    relative to `root`, `timestamp` is in seconds since 1970 and stands for now.
    """

    sources: Sequence[Path]
    headings: Mapping[str, str]
    indexed: Set[str]
    images: Sequence[str]
    root: Path
    fonts: Sequence[str]
    timestamp: int
    standards: Sequence[Standard]
    output: Path

    def job(
        self,
        source: Path,
        wanted: Literal["whole", "part", "layout"],
        output: Path,
        standards: Sequence[Standard] | None = None,
    ) -> Job:
        """What the compiler is to do with a source; `standards` are those of the order unless they are said."""
        said = source.read_text(encoding="utf-8") if self.images else ""
        return Job(
            source=str(source),
            root=str(self.root),
            images=[image for image in self.images if string(image) in said],
            fonts=list(self.fonts),
            timestamp=self.timestamp,
            wanted=wanted,
            standards=list(self.standards if standards is None else standards),
            output=str(output),
        )


class Press:
    """Runs so many processes at a time."""

    def __init__(self, processes: int) -> None:
        self.processes = max(processes, 1)
        self._slots = BoundedSemaphore(self.processes)

    def each(self, make: Callable[[Any], Answer], things: Iterable[Any]) -> Iterator[Answer]:
        """What is made of each thing, in their order, at the same time as far as there are processes."""
        with ThreadPoolExecutor(self.processes) as pool:
            yield from pool.map(make, things)

    def compiled(self, job: Job, files: Sequence[Path] = (), *, kept: Path) -> Answer:
        """How a job went; one that went well before is not done again.

        :param files: what is read beside the source
        :param kept: where the answer is kept
        """
        source = Path(job["source"])
        read = (source, *files, *(Path(job["root"]) / image for image in job["images"]))
        made_of = digest(read, job["root"], job["fonts"], job["timestamp"], job["wanted"], job["standards"])
        output = Path(job["output"]) if job["wanted"] != "layout" else None

        def made() -> Answer:
            LOGGER.info("compiling %s for its %s", source.relative_to(job["root"]).as_posix(), _WANTED[job["wanted"]])
            return self.run("compiler", job)

        return once(kept, made_of, output, made)

    def run(self, module: str, task: Mapping[str, Any]) -> Answer:
        """The answer of one of our modules, run by itself."""
        with self._slots:
            done = subprocess.run(  # noqa: S603 - our own module, no shell
                [sys.executable, "-P", "-m", f"sphinxcontrib_soup.pdf.{module}"],
                input=json.dumps(task),
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
            )
        if done.returncode:
            return failed(done.stderr.strip() or f"the compiler ended with {done.returncode}; is there memory enough?")
        answer: Answer = json.loads(done.stdout)
        return answer


def once(kept: Path, made_of: str, output: Path | None, make: Callable[[], Answer]) -> Answer:
    """An answer as it was kept, if it was to the same question and its output is still what it was; else a new one."""
    answer = _kept(kept, made_of, output)
    if answer is None:
        kept.unlink(missing_ok=True)
        answer = make()
        if answer["error"] is None:
            kept.write_text(json.dumps({"made_of": made_of, "answer": answer}), encoding="utf-8")
    return answer


def _kept(kept: Path, made_of: str, output: Path | None) -> Answer | None:
    name = output.name if output else kept.stem
    try:
        found = json.loads(kept.read_text(encoding="utf-8"))
        answer: Answer = found["answer"]
        if answer.keys() != Answer.__annotations__.keys():
            raise ValueError("it is of another form")
        same = found["made_of"] == made_of
        same &= output is None or answer["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        LOGGER.info("%s is made again: %s cannot be used (%s)", name, kept.name, error)
        return None
    return answer if same else None


def digest(read: Iterable[Path], root: str, fonts: Iterable[str], *more: object) -> str:
    """What a PDF is made of: everything that is read for it, and the compiler."""
    made = hashlib.sha256(f"{version('typst')} {more}".encode())
    machinery = [_HERE / f"{name}.py" for name in _MACHINERY]
    for path in (*machinery, *(Path(root) / "soup" / name for name in ("look.typ", "style.typ")), *read):
        made.update(hashlib.sha256(path.read_bytes()).digest())
    for font in sorted(file for folder in fonts for file in Path(folder).rglob("*") if file.is_file()):
        made.update(f"{font.name} {font.stat().st_size}".encode())
    return made.hexdigest()
