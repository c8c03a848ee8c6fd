"""What reading costs: test results against a bare loop over the same XML, and a lock file against start-up alone.

Usage: python benchmarks/reading.py [CASES [COMPONENTS]]   (default 120000 test cases, about 40 MB; 2000 components)
It prints what it measured and keeps it as last-reading.md.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from defusedxml.ElementTree import iterparse
from run import PROGRAM, cost

from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.results.junit_xml import junit_xml

ROUNDS = 7
SUITE = 500
LAST = Path(__file__).with_name("last-reading.md")


def write_results(path: Path, cases: int) -> None:
    """Test results as pytest writes them: each with a property and some output, one in fifty failed with a trace."""
    output = "what a test prints in the course of its work\n" * 3
    failure = f"    <failure message='assert 1 == 2'>{'  a line of a trace &lt;here&gt;' * 20}</failure>\n"
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="all">\n')
        for number in range(cases):
            if number % SUITE == 0:
                file.write(f'<testsuite name="suite {number // SUITE}" timestamp="2026-01-01T00:00:00">\n')
            file.write(
                f'  <testcase classname="tests.module_{number // SUITE}.TestCase" name="test_{number}" time="0.012">\n'
                f'    <properties><property name="verifies" value="REQ_{number % 5000}"/></properties>\n'
                f"{failure if number % 50 == 0 else ''}"
                f"    <system-out>{output}</system-out>\n  </testcase>\n"
            )
            if number % SUITE == SUITE - 1 or number == cases - 1:
                file.write("</testsuite>\n")
        file.write("</testsuites>\n")


def bare_loop(path: Path) -> int:
    """What any streaming reader does at least."""
    count = 0
    for _, element in iterparse(path, events=("end",)):
        count += element.tag == "testcase"
        element.clear()
    return count


def reader(path: Path) -> int:
    return sum(1 for _ in junit_xml.read(Source(path=path, label=path.name, root=path.parent)))


def seconds(work: Callable[[Path], int], path: Path, cases: int) -> float:
    begun = time.process_time()
    count = work(path)
    if count != cases:
        raise SystemExit(f"{work.__name__} found {count} test cases of {cases}")
    return time.process_time() - begun


def results(folder: Path, cases: int) -> str:
    path = folder / "results.xml"
    write_results(path, cases)
    times = [(seconds(bare_loop, path, cases), seconds(reader, path, cases)) for _ in range(ROUNDS)]
    bare, ours = (min(column) for column in zip(*times, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"| {path.stat().st_size / 1e6:.0f} MB of JUnit XML, {cases} cases; peak memory {memory} MB | {ours:.2f} "
        f"| a bare iterparse loop: {bare:.2f} | ratio {ours / bare:.2f}, goal ≤ 1.5 |"
    )


def write_lock(path: Path, components: int) -> None:
    """A lock file of npm in which each package needs the next."""
    packages = {
        f"node_modules/part-{number}": {
            "version": f"1.{number}.0",
            "license": "MIT",
            "dependencies": {f"part-{number + 1}": "^1.0.0"} if number + 1 < components else {},
        }
        for number in range(components)
    }
    own = {"name": "device", "version": "1.0.0", "dependencies": {"part-0": "^1.0.0"}}
    path.write_text(json.dumps({"name": "device", "lockfileVersion": 3, "packages": {"": own, **packages}}, indent=2))


def components(folder: Path, number: int) -> str:
    """What `sphinx-soup read` costs, beside what it costs to read a lock file of one package."""
    (folder / "one").mkdir()
    write_lock(folder / "package-lock.json", number)
    write_lock(folder / "one" / "package-lock.json", 1)
    read = [sys.executable, "-c", PROGRAM, "read"]
    costs = [[cost([*read, path], folder).seconds for path in ("one", "package-lock.json")] for _ in range(ROUNDS)]
    start, whole = (statistics.median(column) for column in zip(*costs, strict=True))
    return (
        f"| `sphinx-soup read` of {number} components in a lock file | {whole:.2f} "
        f"| of one component: {start:.2f} | {whole - start:.2f} beside start-up, goal ≤ 0.5 |"
    )


def table(rows: Sequence[str]) -> str:
    heads = ("| read | CPU s | beside it, CPU s | |", "|---|---:|---|---|")
    return "\n".join(["# Reading", "", *heads, *rows]) + "\n"


def main() -> None:
    cases, number = (*map(int, sys.argv[1:]), *(120_000, 2_000)[len(sys.argv) - 1 :])
    with TemporaryDirectory() as folder:
        text = table([results(Path(folder), cases), components(Path(folder), number)])
    LAST.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
