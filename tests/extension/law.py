"""The law: after any change an incremental build equals a fresh one, in every file, finding and warning of ours.

A :class:`World` holds a dossier in a folder and what was built of it; a step changes it, builds it twice and compares.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from copy import deepcopy
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sphinx.application import Sphinx
from sphinx.builders.html import _assets
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_soup.needs import recall
from tests.extension.dossiers import CHANGES, OLD, Dossier, dossier
from tests.project import WARNING, Run

OUTSIDE = ("searchindex.js", "schema_violations.json", ".soup-state.json", ".buildinfo", ".buildinfo.bak")
"""What the law leaves out; the pages that the search index names must agree all the same."""
_NEEDS = re.compile(r":need|\.\. need|:layout:|\.\. spec")
TRIES = 9
"""How often a change is tried until it changes something."""
AGO = 10**18
"""A time before all builds, in nanoseconds since 1970."""
OF_THE_WORLD = ("a commit", "a tag", "an uncommitted change", "an earlier dossier is restored with old times")
KINDS = (*CHANGES, *OF_THE_WORLD)
COARSE = {"the risk matrix", "which kinds the user's types stand for", "whether items are drawn as blocks"}
COARSE |= {"the name of the project"}
"""Changes that have every page read or written again, and so hide what else is stale: they come alone."""
OF_EVIDENCE = {name for name in CHANGES if name.startswith(("a result file", "a version in", "an earlier build"))} | {
    "the as-of date"
}
"""Changes that no page's source takes part in: a page is written again only if it says something else."""


@dataclass
class Counts:
    """How often the law was put to the test."""

    kinds: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        rows = (*sorted(self.ways.items()), *sorted(self.kinds.items(), key=lambda row: (row[1], row[0])))
        return "\n".join(f"{number:6} {name}" for name, number in rows)


@dataclass(frozen=True)
class Way:
    """How a build goes: with which builders one after the other over the same doctrees, and how many processes."""

    builders: Sequence[str] = ("html",)
    jobs: int = 1

    def __str__(self) -> str:
        return f"{' then '.join(self.builders)}, -j {self.jobs}"


class World:
    """A dossier in a folder of a repository, with an output that is kept from build to build."""

    def __init__(self, folder: Path, chance: Random, counts: Counts | None = None) -> None:
        self.folder, self.chance = folder, chance
        self.counts = counts if counts is not None else Counts()
        self.source = folder / "docs"
        self.dossier: Dossier = dossier(chance)
        self.earlier: list[Dossier] = []
        self.told: list[str] = []
        self.commits = 0
        self._write()
        self._git("init", "--quiet")
        self._commit()

    # --- changes ---

    def change(self, kinds: Iterable[str]) -> None:
        """Make these changes, all before the next build."""
        self.earlier.append(deepcopy(self.dossier))
        for kind in kinds:
            before = self.dossier.rendered()
            if kind in CHANGES:
                for _ in range(TRIES):
                    CHANGES[kind](self.dossier, self.chance)
                    if self.dossier.rendered() != before:
                        break
                self._write(AGO if kind in OLD else None)
            elif kind == "a commit":
                self._commit()
            elif kind == "a tag":
                self._git("tag", f"v{len(self.told)}", "--force")
            elif kind == "an uncommitted change":
                (self.folder / "tracked.txt").write_text(f"{len(self.told)}")
            else:
                self.dossier = deepcopy(self.chance.choice(self.earlier))
                self._write(AGO)
            self.told.append(kind)
            self.counts.kinds[kind] += kind not in CHANGES or before != self.dossier.rendered()

    def _write(self, time: int | None = None) -> None:
        """Make the files what the dossier says, and touch no other; `time` is what those that change get."""
        wanted = self.dossier.rendered()
        for path in [path for path in self.source.rglob("*") if path.is_file()]:
            if path.relative_to(self.source).as_posix() not in wanted:
                path.unlink()
        for name, text in wanted.items():
            path = self.source / name
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                if time is not None:
                    os.utime(path, ns=(time, time))

    def _git(self, *arguments: str) -> None:
        when = f"2026-02-{1 + self.commits % 28:02}T00:00:00Z"
        told = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", self.folder, *who, *arguments], check=True, env={**os.environ, **told})

    def _commit(self) -> None:
        self.commits += 1
        (self.folder / "tracked.txt").write_text(f"commit {self.commits}")
        self._git("add", "docs", "tracked.txt")
        self._git("commit", "--quiet", "--message", "x", "--no-gpg-sign")

    # --- builds ---

    def build(self, way: Way, place: str = "kept") -> list[Run]:
        return [self._build(builder, way.jobs, place) for builder in way.builders]

    def _build(self, builder: str, jobs: int, place: str) -> Run:
        said, warned = StringIO(), StringIO()
        output = self.folder / place / builder
        for cached in filter(lambda one: hasattr(one, "cache_clear"), vars(_assets).values()):
            cached.cache_clear()  # digests of style sheets, which last as long as a process
        with patch_docutils(self.source), docutils_namespace():
            app = Sphinx(
                self.source,
                self.source,
                output,
                self.folder / place / "doctrees",
                builder,
                status=said,
                warning=warned,
                parallel=jobs,
            )
            app.build()
            text = re.sub(r"\x1b\[[0-9;]*m", "", warned.getvalue())
            return Run(recall(app), text, said.getvalue(), output, app.statuscode)

    def killed(self, way: Way, after: float) -> bool:
        """Kill a build and its processes, so many seconds after it began; whether it was still at work."""
        process = get_context("fork").Process(target=self._in_a_group, args=(way,))
        process.start()
        process.join(after)
        alive = process.is_alive()
        if alive and process.pid:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:  # it has not come to make its group yet
                process.kill()
        process.join()
        return alive

    def _in_a_group(self, way: Way) -> None:
        os.setpgid(0, 0)
        self.build(way)

    def starved(self, way: Way, most: int) -> bool:
        """Build where no file can grow beyond so many bytes, as on a full disk; whether the build died of it."""
        process = get_context("fork").Process(target=self._with_little_room, args=(way, most))
        process.start()
        process.join()
        return process.exitcode != 0

    def _with_little_room(self, way: Way, most: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that writing fails, and does not end the process
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # where the traceback goes
            self.build(way)

    # --- the law ---

    def step(self, kinds: Sequence[str], way: Way, fresh_way: Way | None = None) -> None:
        """Change, build, compare."""
        before = _written_at(self.folder / "kept/html")
        had = shown(self.folder / "kept/html")
        self.change(kinds)
        self.check(way, fresh_way)
        if set(kinds) <= OF_EVIDENCE and way == Way(jobs=way.jobs):
            now, after = shown(self.folder / "kept/html"), _written_at(self.folder / "kept/html")
            pages = {f"{name}.html" for name, page in self.dossier.pages.items() if not _NEEDS.search(str(page))}
            vain = [name for name in pages & after.keys() if after[name] != before.get(name) and had[name] == now[name]]
            assert not vain, f"{vain} were written in vain after {kinds}"
            self.counts.ways["evidence alone changed: only pages were written that show it"] += 1

    def check(self, way: Way, fresh_way: Way | None = None) -> None:
        """Build what is kept again, and afresh elsewhere: they must be equal.

        :raises AssertionError: with what differs, and every change until now
        """
        kept = self.build(way)
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        fresh = self.build(fresh_way or way, "fresh")
        wrong = [line for one, other in zip(kept, fresh, strict=True) for line in differences(one, other)]
        self.counts.ways[f"equal: {way}"] += 1
        assert not wrong, "\n".join([*wrong[:20], f"by {way}, fresh by {fresh_way or way}, after", *self.told])

    def check_nothing(self, way: Way) -> None:
        """Build again without a change: no byte may differ, and every finding is told again."""
        before = {builder: shown(self.folder / "kept" / builder) for builder in way.builders}
        runs = self.build(way)
        for run in runs:
            assert shown(run.output) == before[run.output.name], self.told
        self.counts.ways["nothing changed"] += 1


def plan(kinds: Iterable[str], chance: Random, most: int) -> list[list[str]]:
    """Steps that make each of these changes once, up to so many at a time."""
    left = sorted(kinds)
    chance.shuffle(left)
    fine = [kind for kind in left if kind not in COARSE]
    steps = [fine[at : at + most] for at in range(0, len(fine), most)] + [[kind] for kind in left if kind in COARSE]
    chance.shuffle(steps)
    return steps


def shown(output: Path) -> dict[str, bytes]:
    """Every file of an output that the law is about."""
    paths = [path for path in output.rglob("*") if path.is_file() and path.name not in OUTSIDE]
    kept = (path for path in sorted(paths) if ".soup-pdf" not in path.parts)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in kept}


def _written_at(output: Path) -> dict[str, int]:
    return {path.relative_to(output).as_posix(): path.stat().st_mtime_ns for path in output.rglob("*.html")}


def differences(kept: Run, fresh: Run) -> list[str]:
    """What an incremental build says otherwise than a fresh one."""
    one, other = shown(kept.output), shown(fresh.output)
    name = fresh.output.name
    ours, theirs = _said(kept.warnings), _said(fresh.warnings)
    findings, expected = _of_soup(ours), _of_soup(theirs)
    return [
        *(f"{name}: {path} was left" for path in sorted(one.keys() - other.keys())),
        *(f"{name}: {path} is missing" for path in sorted(other.keys() - one.keys())),
        *(f"{name}: {path} is stale {_first(one[path], other[path])}" for path in one if _differs(one, other, path)),
        *(f"{name}: told in vain: {line}" for line in findings - expected),
        *(f"{name}: not told: {line}" for line in expected - findings),
        *(f"{name}: warned of in vain: {line}" for line in ours.keys() - theirs.keys()),
        *([f"{name}: the search index has other pages"] if _searched(kept) != _searched(fresh) else []),
        *([f"{name}: other findings"] if kept.built.judgement != fresh.built.judgement else []),
        *([f"{name}: another trace"] if kept.built.trace != fresh.built.trace else []),
        *([f"{name}: other tables"] if kept.built.tables != fresh.built.tables else []),
    ]


def _differs(one: Mapping[str, bytes], other: Mapping[str, bytes], path: str) -> bool:
    return path in other and one[path] != other[path]


def _first(one: bytes, other: bytes) -> str:
    """The first place where two files differ."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"at {at}: {one[max(0, at - 60) : at + 80]!r} for {other[max(0, at - 60) : at + 80]!r}"


def _said(warnings: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(text or "" for text in found) for found in WARNING.findall(warnings))


def _of_soup(said: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    return Counter({line: number for line, number in said.items() if line[3].startswith("soup.")})


def _searched(run: Run) -> list[str]:
    index = run.output / "searchindex.js"
    found = re.search(r'"docnames":(\[.*?\])', index.read_text(encoding="utf-8")) if index.exists() else None
    return re.findall(r'"(.*?)"', found[1]) if found else []


# --- drawn by hypothesis ---------------------------------------------------------------------------------------------

WAYS = (
    *(Way(), Way(jobs=2), Way(("dirhtml",)), Way(("html", "soup-pdf")), Way(("soup-pdf", "html"), jobs=2)),
    *(Way(), Way(jobs=2), Way(("html", "dirhtml"), jobs=2)),
)
OF_NOTHING = 0.15
"""How often a build without a change is tried after one with a change."""
SEEDS = st.integers(0, 2**32)


class Law(RuleBasedStateMachine):
    """A dossier that is changed, built, killed in building and built again, as hypothesis draws it."""

    counts = Counts()

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.folder = Path(mkdtemp())
        self.world = World(self.folder, Random(seed), self.counts)
        self.world.build(Way())
        self.left: list[list[str]] = []

    @rule(seed=SEEDS, way=st.sampled_from(WAYS), jobs=st.sampled_from([1, 2]), most=st.sampled_from([2, 4, 4]))
    def change(self, seed: int, way: Way, jobs: int, most: int) -> None:
        """Make changes until each was made once, then begin again."""
        self.world.chance = Random(seed)
        self.left = self.left or plan(KINDS, self.world.chance, most)
        self.world.step(self.left.pop(), way, Way(way.builders, jobs))
        if self.world.chance.random() < OF_NOTHING:
            self.world.check_nothing(Way(way.builders, jobs))

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def changed_worlds(chance: Random, counts: Counts) -> Iterator[tuple[World, Way]]:
    """A world with changes that no build has met, and a way to build it, again and again; at times a new one."""
    while True:
        with TemporaryDirectory() as folder:
            world = World(Path(folder), chance, counts)
            world.build(Way())
            for _ in range(25):
                way = chance.choice((Way(), Way(jobs=2)))
                world.change(chance.sample(KINDS, chance.randint(1, 3)))
                yield world, way


def kill_often(times: int, chance: Random, counts: Counts) -> None:
    """Kill builds at moments that chance draws, until so many were still at work; each time the next must be right."""
    alive, worlds = 0, changed_worlds(chance, counts)
    while alive < times:
        world, way = next(worlds)
        if world.killed(way, chance.uniform(0.02, 0.8)):
            alive += 1
            counts.ways["killed while it was building"] += 1
        more = chance.sample(KINDS, chance.randint(0, 1))
        world.change(more)
        world.check(way)
        counts.ways["killed, then changed once more"] += bool(more)


def starve_often(times: int, chance: Random, counts: Counts) -> None:
    """Let builds run out of room until so many died of it; each time the next must be right."""
    failed, worlds = 0, changed_worlds(chance, counts)
    while failed < times:
        world, way = next(worlds)
        died = world.starved(way, int(10 ** chance.uniform(0.5, 5.5)))
        failed += died
        counts.ways["ran out of room and died" if died else "had little room, but went on"] += 1
        world.check(way)
