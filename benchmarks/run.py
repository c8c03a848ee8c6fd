"""Measure builds of the reference dossier: ours beside sphinx-needs with sphinx-test-reports, and plain Sphinx.

Usage: python benchmarks/run.py [--sizes 200 1000] [--runs 3] [--peers-python PATH] [--verify] [--record FILE] …

Every build runs in a fresh process. Counted are CPU seconds (user and system, of the process and all its children) and
the peak memory of the largest process. Read the figures as ratios. Peers need an environment of their own with
sphinx-test-reports; without `--peers-python` they are left out, and the table says so. `--record` keeps each figure as
a line of JSON and takes in those of earlier runs, so that a long measurement can be made in parts; where a figure was
measured twice, the later one counts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))  # also where tests import this module
import dossier

LAST = Path(__file__).with_name("last.md")
RANDOM_IDS = re.compile(rb"SNCB-[0-9a-f]+")
OUTSIDE = ("searchindex.js", "schema_violations.json")
"""Files that the law of equal builds leaves out: an index of Sphinx's own, and timings of sphinx-needs."""
PROGRAM = "from sphinxcontrib_soup.cli import main; main()"
"""Our command line, as code."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What one scenario cost: CPU seconds and megabytes, and what else it counted."""

    size: int
    flavour: str
    scenario: str
    seconds: float
    megabytes: float
    counted: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    seconds: float
    megabytes: float


def cost(command: Sequence[str], folder: Path, expected: Collection[int] = (0,)) -> Cost:
    """What a command costs that is run in a folder, with all its children; its output is left there.

    :raises ChildProcessError: with the end of what it said, if it ends with another code than one expected
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767312000", "PYTHONHASHSEED": "0"}
    with (folder / "stdout").open("wb") as said, (folder / "stderr").open("wb") as wrong:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=wrong)  # noqa: S603
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in expected:
        end = (folder / "stderr").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise ChildProcessError(f"{' '.join(command[1:])} ended with {child.returncode}:\n{end}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Project:
    """The dossier in one flavour and size, with what its builds leave."""

    def __init__(self, folder: Path, flavour: str, size: int, python: str) -> None:
        self.folder, self.flavour, self.size, self.python = folder, flavour, size, python
        self.source = folder / "source"
        self.changes = 0
        dossier.write(flavour, size, self.source)

    def change(self, change: dossier.Change) -> None:
        self.changes += 1
        change(self.source, self.changes)

    def build(self, name: str = "html", *, builder: str = "html", jobs: int = 1, fresh: bool = False) -> Cost:
        """Build into the folder of this name, with doctrees of its own."""
        if fresh:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        options = ["-q", "-b", builder, "-j", str(jobs), "-d", f"{name}/doctrees"]
        return self._run([self.python, "-m", "sphinx", *options, "source", f"{name}/out"], {0})

    def check(self, *, fresh: bool = False) -> tuple[Cost, bytes]:
        """What `sphinx-soup check` costs, and its findings."""
        if fresh:
            shutil.rmtree(self.folder / "check", ignore_errors=True)
        cost = self._run(
            [self.python, "-c", PROGRAM, "check", "-q", "-d", "check", "--format", "json", "source"], {0, 1}
        )
        return cost, (self.folder / "stdout").read_bytes()

    def _run(self, command: Sequence[str], expected: set[int]) -> Cost:
        try:
            return cost(command, self.folder, expected)
        except ChildProcessError as error:
            raise SystemExit(f"{self.flavour}: {error}") from error

    def files(self, name: str = "html") -> dict[str, str]:
        """The digest of each file that a build left, apart from random names."""
        output = self.folder / name / "out"
        return {
            path.relative_to(output).as_posix(): hashlib.sha256(RANDOM_IDS.sub(b"", path.read_bytes())).hexdigest()
            for path in output.rglob("*")
            if path.is_file() and path.name not in OUTSIDE and not path.name.startswith(".")
        }

    def html_megabytes(self, name: str = "html") -> float:
        return sum(path.stat().st_size for path in (self.folder / name / "out").rglob("*.html")) / 1e6

    def stale(self) -> int:
        """How many pages differ from those of a fresh build."""
        self.build("fresh", fresh=True)
        kept, fresh = self.files(), self.files("fresh")
        names = {name for name in kept.keys() | fresh.keys() if name.endswith(".html")}
        return sum(kept.get(name) != fresh.get(name) for name in names)


# --- scenarios -------------------------------------------------------------------------------------------------------

Once = tuple[Cost, dict[str, float]]
"""What one run cost, and what it counted."""


def clean(project: Project) -> Once:
    return project.build(fresh=True), {"html": project.html_megabytes()}


def nothing(project: Project) -> Once:
    before = project.files()
    cost = project.build()
    after = project.files()
    return cost, {"files changed": sum(before.get(name) != after.get(name) for name in before | after)}


def requirement(project: Project) -> Once:
    return _changed(project, dossier.change_requirement)


def result(project: Project) -> Once:
    return _changed(project, dossier.change_result)


def manifest(project: Project) -> Once:
    return _changed(project, dossier.change_manifest)


def _changed(project: Project, change: dossier.Change) -> Once:
    before = project.files()
    project.change(change)
    cost = project.build()
    after = project.files()
    written = [name for name in after if name.endswith(".html") and before.get(name) != after[name]]
    return cost, {"pages changed": len(written)}


def parallel(project: Project) -> Once:
    return project.build("parallel", jobs=2, fresh=True), {}


def pdf(project: Project) -> Once:
    from pypdf import PdfReader

    cost = project.build("pdf", builder="soup-pdf", fresh=True)
    pages = [len(PdfReader(path).pages) for path in sorted((project.folder / "pdf" / "out").glob("*.pdf"))]
    return cost, {"pages": sum(pages), "longest": max(pages)}


def check(project: Project) -> Once:
    """Warm: after one edit, with what an earlier check read."""
    if not (project.folder / "check").exists():
        project.check()
    project.change(dossier.change_requirement)
    return project.check()[0], {}


Scenario = Callable[[Project], Once]
SCENARIOS: Mapping[str, tuple[Scenario, Sequence[str]]] = {
    "clean": (clean, dossier.FLAVOURS),
    "nothing": (nothing, dossier.FLAVOURS),
    "requirement": (requirement, dossier.FLAVOURS),
    "result": (result, ("soup", "needs")),
    "manifest": (manifest, ("soup",)),
    "parallel": (parallel, dossier.FLAVOURS),
    "pdf": (pdf, ("soup",)),
    "check": (check, ("soup",)),
}
"""What is measured, and for which flavours; in this order, each from what the one before left."""


def _verified(project: Project, name: str) -> dict[str, float]:
    """How far what a change left is from what a fresh build makes."""
    if name == "check":
        return {"other findings": float(project.check()[1] != project.check(fresh=True)[1])}
    return {"stale pages": project.stale()} if name in ("requirement", "result", "manifest") else {}


def measure(projects: Sequence[Project], name: str, runs: int, verify: bool) -> Iterator[Figure]:
    """One scenario for several flavours in turn, so that what else the machine does weighs on all of them."""
    scenario, flavours = SCENARIOS[name]
    chosen = [project for project in projects if project.flavour in flavours]
    for project in chosen:
        if not (project.folder / "html").exists() and name != "clean":
            project.build()
    made = [[scenario(project) for project in chosen] for _ in range(runs)]
    for project, *several in zip(chosen, *made, strict=True):
        counted = several[-1][1] | (_verified(project, name) if verify else {})
        yield _figure(project, name, [cost for cost, _ in several], counted)


def _figure(project: Project, name: str, costs: Sequence[Cost], counted: Mapping[str, float]) -> Figure:
    """The median of some runs; memory is the most of any."""
    return Figure(
        size=project.size,
        flavour=project.flavour,
        scenario=name,
        seconds=round(statistics.median(cost.seconds for cost in costs), 2),
        megabytes=round(max(cost.megabytes for cost in costs)),
        counted={key: round(value, 2) for key, value in counted.items()},
    )


# --- the table -------------------------------------------------------------------------------------------------------

Figures = Mapping[tuple[int, str, str], Figure]


@dataclass(frozen=True)
class Goal:
    """A ratio and its limit, set for dossiers from a size on; `ratio` gives `None` where a figure is missing."""

    text: str
    limit: float
    ratio: Callable[[Figures, int], float | None]
    at_least: bool = False
    from_size: int = 5000

    def row(self, figures: Figures, size: int) -> str:
        value = self.ratio(figures, size)
        met = value is not None and (value >= self.limit if self.at_least else value <= self.limit)
        sign = "≥" if self.at_least else "≤"
        shown = "not measured |" if value is None else f"{value:.2f} | {'met' if met else 'missed'}"
        return f"| {self.text} | {sign} {self.limit:g} | {shown} |"


def _ratio(ours: str, theirs: tuple[str, str], of: str = "seconds") -> Callable[[Figures, int], float | None]:
    def ratio(figures: Figures, size: int) -> float | None:
        one, other = figures.get((size, "soup", ours)), figures.get((size, *theirs))
        return None if one is None or other is None else float(getattr(one, of) / getattr(other, of))

    return ratio


def _counted(scenario: str, name: str) -> Callable[[Figures, int], float | None]:
    def count(figures: Figures, size: int) -> float | None:
        figure = figures.get((size, "soup", scenario))
        return figure.counted.get(name) if figure else None

    return count


def _growth(figures: Figures, size: int) -> float | None:
    """The exponent from the next smaller size to this one."""
    smaller = [one for one, flavour, scenario in figures if (flavour, scenario) == ("soup", "clean") and one < size]
    if not smaller or (size, "soup", "clean") not in figures:
        return None
    one, other = figures[max(smaller), "soup", "clean"], figures[size, "soup", "clean"]
    return log(other.seconds / one.seconds) / log(size / one.size)


def _pages_a_second(figures: Figures, size: int) -> float | None:
    figure = figures.get((size, "soup", "pdf"))
    return figure.counted["pages"] / figure.seconds if figure else None


_UNCHANGED = ("bare", "nothing")
GOALS = (
    Goal("clean HTML build, against sphinx-needs + sphinx-test-reports", 0.35, _ratio("clean", ("needs", "clean"))),
    Goal("its peak memory, against that of theirs", 0.7, _ratio("clean", ("needs", "clean"), "megabytes")),
    Goal("nothing changed, against bare sphinx-needs' no-change build", 1.25, _ratio("nothing", _UNCHANGED)),
    Goal("nothing changed: files that changed", 0, _counted("nothing", "files changed"), from_size=0),
    Goal("one requirement changed, against that build", 1.6, _ratio("requirement", _UNCHANGED)),
    Goal("one requirement changed: pages unlike a fresh build", 0, _counted("requirement", "stale pages"), from_size=0),
    Goal("one result file changed, against that build", 1.4, _ratio("result", _UNCHANGED)),
    Goal("one result file changed: pages unlike a fresh build", 0, _counted("result", "stale pages"), from_size=0),
    Goal("warm check after one edit, against that build", 1.2, _ratio("check", _UNCHANGED)),
    Goal("growth of the clean build, exponent from the next smaller size", 1.1, _growth, from_size=500),
    Goal("PDF pages per CPU second, Sphinx part included", 30, _pages_a_second, at_least=True, from_size=500),
)
TITLES = {
    "soup": "sphinxcontrib-soup",
    "needs": "sphinx-needs + sphinx-test-reports",
    "bare": "sphinx-needs, no executions",
    "plain": "plain Sphinx, the same text",
}


def report(figures: Figures, skipped: Sequence[str]) -> str:
    """Every figure and how far the goals are met, as Markdown."""
    parts = [
        "# Benchmarks",
        "CPU seconds of the process and its children, medians; memory is that of the largest process. Read the figures "
        "as ratios: other work ran on the same machine.",
        f"{platform.python_implementation()} {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in ("Sphinx", "sphinx-needs", "docutils", "typst")),
        *skipped,
        *(part for size in sorted({size for size, _, _ in figures}) for part in _of_size(figures, size)),
    ]
    return "\n\n".join(parts) + "\n"


def _of_size(figures: Figures, size: int) -> Iterator[str]:
    items = size + 2 * (size // 5) + size + 2 * size + dossier.SOUPS
    yield f"## N = {size} ({items} items)"
    heads = ["", *SCENARIOS, "clean, peak MB", "HTML MB"]
    rows = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    rows += [list(_row(figures, size, flavour)) for flavour in dossier.FLAVOURS]
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    yield "\n".join(
        f"- {TITLES[flavour]}, {scenario}: {_counts(figure)}"
        for (one, flavour, scenario), figure in sorted(figures.items())
        if one == size and scenario != "clean"
    )
    goals = [goal.row(figures, size) for goal in GOALS if goal.from_size <= size]
    if goals:
        yield "\n".join(["| goal | limit | here | |", "|---|---|---:|---|", *goals])


def _counts(figure: Figure) -> str:
    counted = {**figure.counted, "peak MB": figure.megabytes}
    return ", ".join(f"{name} {value:g}" for name, value in counted.items())


def _row(figures: Figures, size: int, flavour: str) -> Iterator[str]:
    yield TITLES[flavour]
    for scenario in SCENARIOS:
        figure = figures.get((size, flavour, scenario))
        yield f"{figure.seconds:.1f}" if figure else "–"
    figure = figures.get((size, flavour, "clean"))
    yield from (f"{figure.megabytes:g}", f"{figure.counted['html']:.1f}") if figure else ("–", "–")


# --- the run ---------------------------------------------------------------------------------------------------------


def _lacks_reports(python: str | None) -> str:
    """Why the peers cannot be measured, empty if they can."""
    if python is None:
        return "no --peers-python was given"
    tried = subprocess.run([python, "-c", "import sphinx_test_reports"], capture_output=True, check=False)  # noqa: S603
    return "" if tried.returncode == 0 else "sphinx-test-reports is not installed for --peers-python"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000], metavar="N")
    parser.add_argument("--runs", type=int, default=3, help="runs of each scenario, of which the median counts")
    parser.add_argument("--flavours", nargs="*", choices=dossier.FLAVOURS, default=dossier.FLAVOURS)
    parser.add_argument("--scenarios", nargs="*", choices=tuple(SCENARIOS), default=tuple(SCENARIOS))
    parser.add_argument("--peers-python", metavar="PATH", help="an interpreter that has sphinx-test-reports")
    parser.add_argument("--verify", action="store_true", help="compare builds after a change with fresh ones")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep the figures here, and take in those it has")
    parser.add_argument("--output", type=Path, default=LAST, metavar="FILE", help="where the table is written")
    return parser.parse_args()


def _recorded(record: Path | None) -> dict[tuple[int, str, str], Figure]:
    lines = record.read_text(encoding="utf-8").splitlines() if record and record.exists() else []
    made = [Figure(**json.loads(line)) for line in lines]
    return {(one.size, one.flavour, one.scenario): one for one in made}


def _measured(options: argparse.Namespace, skipped: bool) -> Iterator[Figure]:
    flavours = [one for one in options.flavours if not (one == "needs" and skipped)]
    for size in options.sizes:
        with TemporaryDirectory(prefix="benchmark-") as folder:
            projects = [
                Project(Path(folder, one), one, size, options.peers_python if one == "needs" else sys.executable)
                for one in flavours
            ]
            for name in options.scenarios:
                yield from measure(projects, name, options.runs, options.verify)


def main() -> None:
    options = _options()
    figures = _recorded(options.record)
    missing = _lacks_reports(options.peers_python) if "needs" in options.flavours else ""
    for figure in _measured(options, bool(missing)):
        figures[figure.size, figure.flavour, figure.scenario] = figure
        sys.stderr.write(f"{figure}\n")
        if options.record:
            with options.record.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(figure)) + "\n")
    text = report(figures, [f"sphinx-needs + sphinx-test-reports was not measured: {missing}."] if missing else [])
    options.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
