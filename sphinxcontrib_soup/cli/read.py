"""`sphinx-soup read`: what the readers find in files. No Sphinx is loaded."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from sphinxcontrib_soup.model import CodeUse, Component, EarlierBuild, Evidence, Outcome, PublicName, TestResult, Unread
from sphinxcontrib_soup.pipeline.gather import label, walk
from sphinxcontrib_soup.pipeline.read import read_files
from sphinxcontrib_soup.plugin import Source, discover
from sphinxcontrib_soup.trace_json import dumps
from sphinxcontrib_soup.wording import counted, shown

SCHEMA = "soup-evidence/1"
UNREAD = 1
FAILED = (Outcome.ERROR, Outcome.FAILED)


@click.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(paths: tuple[Path, ...], format_: str) -> None:
    """Show what the readers find in PATHS; folders are walked.

    Exit codes: 0 everything was read, 1 something was not, 2 wrong usage.
    """
    readers = discover().readers
    here = Path.cwd()
    sources: list[Source] = []
    barred: list[Unread] = []
    passed_over: Counter[str] = Counter()
    for path in paths:
        root = _root(path, here)
        if path.is_dir():
            found = walk(path, readers, here, root)
            sources += found.sources
            barred += found.unread
            passed_over.update(found.passed_over)
        else:
            sources.append(Source(path=path, label=label(path, here), root=root))
    with _progress(sources) as steps:
        reading = read_files(steps, readers)
    evidence = (*reading.evidence, *barred)
    if format_ == "json":
        click.echo(dumps({"schema": SCHEMA, "evidence": evidence}).encode(), nl=False)
    else:
        named = {source.path: source.reader for source in reading.sources}
        click.echo(_report(evidence, named, passed_over))
    sys.exit(UNREAD if any(isinstance(one, Unread) for one in evidence) else 0)


def _root(path: Path, here: Path) -> Path:
    """The folder that files included by others must lie in: the working folder, or the one named outside of it."""
    if path.resolve().is_relative_to(here):
        return here
    return path if path.is_dir() else path.parent


def _progress(sources: Sequence[Source]) -> AbstractContextManager[Iterable[Source]]:
    """The files, with a bar on a terminal."""
    return click.progressbar(sources, label="Reading", file=sys.stderr) if _on_terminal() else nullcontext(sources)


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def _report(evidence: Sequence[Evidence], readers: Mapping[str, str | None], passed_over: Mapping[str, int]) -> str:
    """What was found, for people: a line a file, the direct components, what went wrong, and a sum."""
    of_file: dict[str, list[Evidence]] = {path: [] for path in readers}
    for one in evidence:
        of_file.setdefault(one.location.path, []).append(one)
    files = [(shown(path), readers.get(path) or "-", _summary(found)) for path, found in of_file.items()]
    direct = [_component(one) for one in evidence if isinstance(one, Component) and one.direct]
    failed = [_test(one) for one in evidence if isinstance(one, TestResult) and one.outcome in FAILED]
    unread = [(shown(str(one.location)), shown(one.reason, 400)) for one in evidence if isinstance(one, Unread)]
    end = [f"{counted(len(files), 'file')}: {_summary(evidence)}"]
    if passed_over:
        end.append(f"Passed over: {', '.join(f'{name} ({number})' for name, number in passed_over.items())}")
    blocks = [
        _columns(files),
        _section("Direct components", direct),
        _section("Tests that failed", failed),
        _section("Not read", unread),
        end,
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _section(title: str, rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [f"{title}:", *(f"  {line}" for line in _columns(rows))] if rows else []


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines, their cells below each other."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _component(one: Component) -> tuple[str, ...]:
    version = one.version or ""
    requested = one.requested if one.requested and one.requested not in (version, f"=={version}") else ""
    return shown(one.name), shown(version), shown(requested, 40), one.scope or "", shown(str(one.location))


def _test(one: TestResult) -> tuple[str, ...]:
    name = f"{one.classname}.{one.name}" if one.classname else one.name
    return one.outcome, shown(name), shown(one.message or "", 80), shown(str(one.location))


def _summary(evidence: Iterable[Evidence]) -> str:
    """How much of what: `12 components (3 direct), 5 tests (4 passed, 1 failed), 1 not read`."""
    found: dict[type, list[Evidence]] = defaultdict(list)
    for one in evidence:
        found[type(one)].append(one)
    parts = []
    if components := found[Component]:
        direct = sum(isinstance(one, Component) and one.direct is True for one in components)
        parts.append(f"{counted(len(components), 'component')} ({direct} direct)")
    if tests := found[TestResult]:
        outcomes = Counter(one.outcome for one in tests if isinstance(one, TestResult))
        told = [f"{outcomes[each]} {each.replace('_', ' ')}" for each in reversed(Outcome) if outcomes[each]]
        parts.append(f"{counted(len(tests), 'test')} ({', '.join(told)})")
    if found[CodeUse]:
        parts.append(counted(len(found[CodeUse]), "import"))
    if found[PublicName]:
        parts.append(counted(len(found[PublicName]), "public name"))
    if found[EarlierBuild]:
        parts.append(counted(len(found[EarlierBuild]), "earlier build"))
    if found[Unread]:
        parts.append(f"{len(found[Unread])} not read")
    return ", ".join(parts) or "nothing"
