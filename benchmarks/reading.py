"""What reading test results costs, against a bare loop over the same XML: prints both, their ratio and the memory.

Usage: python benchmarks/read_results.py [CASES]   (default 120000 test cases, about 40 MB)
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from defusedxml.ElementTree import iterparse

from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.results.junit_xml import junit_xml

ROUNDS = 7
SUITE = 500


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


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 120_000
    with TemporaryDirectory() as folder:
        path = Path(folder, "results.xml")
        write_results(path, cases)
        times = [(seconds(bare_loop, path, cases), seconds(reader, path, cases)) for _ in range(ROUNDS)]
        bare, ours = (min(column) for column in zip(*times, strict=True))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(
            f"{path.stat().st_size / 1e6:.0f} MB, {cases} cases, CPU s, best of {ROUNDS}: bare loop {bare:.2f}, "
            f"reader {ours:.2f}, ratio {ours / bare:.2f}; peak memory {memory} MB\n"
        )


if __name__ == "__main__":
    main()
