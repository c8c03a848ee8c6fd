"""The law at length, "a build after a change equals a fresh one": draws every kind of change, kills builds, counts.

Usage, from the top of the repository: python -m benchmarks.law [TIMES [KILLS [EXAMPLES]]]
TIMES is how often each kind of change is made at least (50), KILLS how many builds are killed (200), EXAMPLES how many
dossiers hypothesis draws before the counts are looked at again (10). It stops at the first difference, and shrinks it.
"""

from __future__ import annotations

import sys
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.extension.law import KINDS, Counts, Law, kill_often

STEPS = 40


def draw(examples: int) -> None:
    """Let hypothesis draw so many dossiers, each with the same number of steps."""
    drawn = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Law, settings=drawn)


def main(times: int = 50, kills: int = 200, examples: int = 10) -> None:
    killed = Counts()
    try:
        while min(Law.counts.kinds[kind] for kind in KINDS) < times:
            draw(examples)
            fewest = min(KINDS, key=lambda kind: Law.counts.kinds[kind])
            sys.stderr.write(f"{fewest}: {Law.counts.kinds[fewest]} of {times}\n")
        kill_often(kills, Random(), killed)  # noqa: S311 - moments, not secrets
    finally:
        sys.stdout.write(f"{Law.counts}\n\nwith builds that were killed:\n{killed}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
