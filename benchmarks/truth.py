"""What `sphinx-soup read` finds in real manifests, lock files and SBOMs, against independent truth.

Usage: python benchmarks/truth.py COLLECTION [SEED]
COLLECTION is a folder of real files with `truth.json` beside them: file to what is in it, found with each ecosystem's
own tool. Every project of it is copied into a folder of a random name, with the files beside it, and each file is read
there by the command line. What is direct is compared by name, what there is in all by name and version (of an SBOM by
number). Then one version in the file is changed: one row must change, and nothing else.

It prints a table, each difference, and each excuse with the line that proves it. Exit code 1: below the goals.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from packaging.utils import canonicalize_name

from sphinxcontrib_soup.cli import main as sphinx_soup

FOLDERS = ("A-manifests", "B-sbom")
ANOMALIES = ("CSAF", "OpenVEX")
"""Formats of the collection that list anomalies, not components."""

DIRECT_GOAL, TOTAL_GOAL, MOST_EXCUSED = 0.98, 0.97, 0.03
NEAR = 12
"""How many lines below the one that names a component its version may stand."""

Row = dict[str, Any]
Names = frozenset[str]


@dataclass(frozen=True)
class Excuse:
    """Why a file differs, and the line that proves it: of the file itself or of one beside it."""

    why: str
    line: int
    text: str
    beside: str = ""


_OLD_CONAN = Excuse("node 0 is the project itself: it has a path to its recipe", 11, '"path"')
EXCUSES = {
    "A-manifests/conan/osv-scalibr/nested-dependencies.v1/conan.lock": Excuse(_OLD_CONAN.why, 10, '"path"'),
    "A-manifests/conan/osv-scalibr/nested-dependencies.v1.revisions/conan.lock": Excuse(_OLD_CONAN.why, 10, '"path"'),
    "A-manifests/conan/osv-scalibr/old-format-0.2/conan.lock": _OLD_CONAN,
    "A-manifests/python-pipfile-lock/scancode-toolkit/sample4/Pipfile.lock": Excuse(
        "the project itself is no component of its own", 29, '"path": "."'
    ),
    "A-manifests/python-requirements/monai/requirements-dev.txt": Excuse(
        "the truth cannot name a repository; ours is the last part of its address", 63, "segment-anything"
    ),
    "A-manifests/yarn-v1/cdxgen-workspaces/yarn.lock": Excuse(
        "the project asks for what a member of its workspace asks for", 11, '"dayjs"', "packages/app-a/package.json"
    ),
    "B-sbom/cyclonedx-json/saasbom-apigateway/bom.json": Excuse(
        "what the subject depends on is a service, which is no component", 178, "api-gateway"
    ),
}


@dataclass
class Tally:
    """How many files were judged, were equal, and are excused."""

    judged: int = 0
    equal: int = 0
    excused: int = 0

    def count(self, equal: bool, excused: bool) -> None:
        self.judged += 1
        self.equal += equal
        self.excused += not equal and excused

    @property
    def share(self) -> float:
        """The share of files that are equal, of those that are not excused."""
        left = self.judged - self.excused
        return self.equal / left if left else 1.0

    def __str__(self) -> str:
        return f"{self.equal}/{self.judged}" if self.judged else "-"


@dataclass
class Score:
    direct: Tally = field(default_factory=Tally)
    total: Tally = field(default_factory=Tally)
    changed: Tally = field(default_factory=Tally)


# --- reading ---------------------------------------------------------------------------------------------------------


def project_of(path: str) -> Path:
    """The folder that is copied whole: format and project."""
    return Path(*Path(path).parts[:3])


def copied(collection: Path, paths: Iterable[str], folder: Path, names: random.Random) -> dict[str, Path]:
    """Copy the project of each file under a random name; where each file lies then."""
    homes = {project: folder / f"{names.getrandbits(64):016x}" for project in sorted({*map(project_of, paths)})}
    for project, home in homes.items():
        shutil.copytree(collection / project, home, copy_function=shutil.copyfile)
    return {path: homes[project_of(path)] / Path(path).relative_to(project_of(path)) for path in paths}


def rows_of(path: Path) -> list[Row]:
    """The components that `sphinx-soup read` prints of a file."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        sphinx_soup(["read", str(path), "--format", "json"])
    printed.seek(0)
    return [one for one in json.loads(printed.read())["evidence"] if one["kind"] == "component"]


# --- the truth -------------------------------------------------------------------------------------------------------


def named(truth: Row, name: str) -> str:
    """A name as both sides write it: of PyPI in its one spelling, of CocoaPods without subspec."""
    if truth.get("ecosystem") == "pypi":
        return canonicalize_name(name)
    return name.partition("/")[0] if truth.get("ecosystem") == "cocoapods" else name


def told_direct(path: str, truth: Row) -> Names | int | None:
    """The direct names of the truth, or of an SBOM their number; `None` where it does not tell.

    Left out is what the truth itself calls no third party (members, paths, an SDK, the interpreter, the project itself,
    which has no name), and of a lock file of npm's or Python's kind what the manifest beside it asks for and it lacks.
    """
    if "format" in truth:
        return truth.get("direct")
    if truth.get("direct") is None:
        return None
    locked = "lock" in path.rpartition("/")[2].lower() and truth["ecosystem"] in ("npm", "pypi")
    own = {one.rpartition("@")[0] for one in truth.get("path_gems", ())}
    return frozenset(
        named(truth, one.get("real_name") or one["name"])
        for one in truth["direct"]
        if one.get("name")
        and not (one.get("is_member") or one.get("path") or one.get("source") == "sdk" or one["name"] in own)
        and not (truth["ecosystem"] == "pypi" and one["name"] == "python")
        and not (locked and "version" in one and str(one["version"] or "link:").startswith("link:"))
    )


def told_total(truth: Row) -> list[str] | int | None:
    """The components of the truth as name and version, or of an SBOM their number; `None` where it does not tell."""
    if "format" in truth:
        return truth.get("components_all", truth.get("packages"))
    return sorted(truth["components"]) if truth.get("components") is not None else None


def found_direct(truth: Row, rows: list[Row]) -> Names | int:
    if "format" in truth:
        return sum(row["direct"] is True for row in rows)
    return frozenset(named(truth, row["name"]) for row in rows if row["direct"])


def found_total(truth: Row, rows: list[Row]) -> list[str] | int:
    """What has a version, as the truth counts it: of Swift a branch where one is followed, of pip what is pinned."""
    if "format" in truth:
        return len(rows)
    swift = truth["ecosystem"] == "swift"
    told = [f"{row['name']}@{(swift and row['requested']) or row['version']}" for row in rows if row["version"]]
    return sorted(told)


# --- one version changed ---------------------------------------------------------------------------------------------


def check_change(path: Path, rows: list[Row], pick: random.Random) -> bool | None:
    """Change the version of one component where it stands: does one row change, and nothing else?

    `None` where no component has a version that stands in the file near its name, once, and in no other row.
    """
    encoding = "utf-16" if path.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = path.read_text(encoding=encoding)
    chosen = list(changeable(path, text, rows))
    if not chosen:
        return None
    row, other, whole = pick.choice(chosen)
    path.write_text(whole.sub(other, text), encoding=encoding)
    after = rows_of(path)
    path.write_text(text, encoding=encoding)
    gone, come = facts(rows) - facts(after), facts(after) - facts(rows)
    return sum(gone.values()) == sum(come.values()) == 1 and {row["name"]} == {
        name for name, _ in (*gone.elements(), *come.elements())
    }


def changeable(path: Path, text: str, rows: list[Row]) -> Iterator[tuple[Row, str, re.Pattern[str]]]:
    """The components whose version stands near their line, and nothing else of that version in the file."""
    lines = text.splitlines()
    versions = Counter(row["version"] for row in rows if row["version"])
    for row in rows:
        version, place = row["version"], row["location"]
        if not version or versions[version] > 1 or place["path"].rpartition("/")[2] != path.name or len(version) < 3:
            continue
        whole = re.compile(rf"(?<![\w.+-]){re.escape(version)}(?![\w+-]|\.\w)")
        near = "\n".join(lines[place["line"] - 1 : place["line"] + NEAR])
        other = f"{version[:-1]}{'1' if version[-1] != '1' else '2'}"
        if whole.search(near) and other not in versions and mentions(whole, lines, row["name"]):
            yield row, other, whole


def mentions(whole: re.Pattern[str], lines: list[str], name: str) -> bool:
    """Whether each line that holds a version stands alone or says whose it is, so that it may change everywhere."""
    bare = re.compile(r"""^\W*"?(version|resolved|versionInfo|PackageVersion|resolution|value)\b""", re.IGNORECASE)
    last = re.split("[/:]", name)[-1].casefold()
    return all(last in line.casefold() or bare.match(line) for line in lines if whole.search(line))


def facts(rows: list[Row]) -> Counter[tuple[str, str]]:
    """Name and version of each row; the rest of a row may follow its version, as a package URL does."""
    return Counter((row["name"], row["version"] or "") for row in rows)


# --- the table -------------------------------------------------------------------------------------------------------


def proof(excuse: Excuse, file: Path) -> str:
    """The line that proves an excuse, as it stands in the file."""
    name = excuse.beside or file.name
    proving = next(folder / name for folder in file.parents if (folder / name).is_file())
    line = proving.read_text(encoding="utf-8").splitlines()[excuse.line - 1]
    if excuse.text not in line:
        raise SystemExit(f"the excuse for {file} is not proved: line {excuse.line} is {line!r}")
    return f"{name}:{excuse.line}: {line.strip()}"


def difference(told: Any, found: Any) -> str:
    if isinstance(told, int):
        return f"the truth has {told}, we have {found}"
    only_told, only_found = sorted(set(told) - set(found)), sorted(set(found) - set(told))
    return f"only the truth has {only_told[:8]}, only we have {only_found[:8]}"


def main(collection: Path, seed: int) -> bool:
    """Judge every file; whether the goals are met."""
    truth = json.loads((collection / "truth.json").read_text(encoding="utf-8"))
    judged = {
        path: told
        for path, told in truth.items()
        if path.startswith(FOLDERS) and told.get("format") not in ANOMALIES and (collection / path).is_file()
    }
    names = random.Random(seed)  # noqa: S311 - for names of folders, not for secrets
    scores: dict[str, Score] = {}
    notes: list[str] = []
    with TemporaryDirectory() as scratch:
        os.chdir(scratch)
        for path, copy in copied(collection, judged, Path(scratch), names).items():
            notes += judge(path, judged[path], copy, scores.setdefault("/".join(Path(path).parts[:2]), Score()), names)
    return report(scores, notes, seed)


def judge(path: str, truth: Row, copy: Path, score: Score, pick: random.Random) -> Iterator[str]:
    rows = rows_of(copy)
    excuse = EXCUSES.get(path)
    for what, tally, told, found in (
        ("direct", score.direct, told_direct(path, truth), found_direct(truth, rows)),
        ("total", score.total, told_total(truth), found_total(truth, rows)),
    ):
        if told is None:
            continue
        tally.count(told == found, excuse is not None)
        if told != found and excuse:
            yield f"excused {path} ({what}): {excuse.why}\n    {proof(excuse, copy)}"
        elif told != found:
            yield f"DIFFERS {path} ({what}): {difference(told, found)}"
    changed = check_change(copy, rows, pick)
    if changed is not None:
        score.changed.count(changed, excused=False)
    if changed is False:
        yield f"DIFFERS {path}: one version changed does not change exactly one row"


def report(scores: dict[str, Score], notes: list[str], seed: int) -> bool:
    everything = Score()
    for score in scores.values():
        for mine, theirs in zip(vars(everything).values(), vars(score).values(), strict=True):
            mine.judged, mine.equal = mine.judged + theirs.judged, mine.equal + theirs.equal
            mine.excused += theirs.excused
    lines = [*notes, f"\nseed {seed}; equal of judged\n", f"{'':42} {'direct':>9} {'total':>9} {'changed':>9}"]
    for name, score in (*sorted(scores.items()), ("all", everything)):
        lines.append(f"{name:42} {score.direct!s:>9} {score.total!s:>9} {score.changed!s:>9}")
    excused = max(one.excused / max(one.judged, 1) for one in (everything.direct, everything.total))
    shares = f"direct {everything.direct.share:.1%}, totals {everything.total.share:.1%}, excused at most {excused:.1%}"
    sys.stdout.write("\n".join([*lines, "", f"of what is not excused equal: {shares}", ""]))
    goals = (everything.direct.share >= DIRECT_GOAL, everything.total.share >= TOTAL_GOAL, excused <= MOST_EXCUSED)
    return all(goals) and everything.changed.equal == everything.changed.judged


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    drawn = int(sys.argv[2]) if len(sys.argv) == 3 else random.SystemRandom().randrange(10**6)
    sys.exit(0 if main(Path(sys.argv[1]).resolve(), drawn) else 1)
