"""Every quality gate, in one command: style, types, layers, tests. All run, and one that fails fails the whole."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
GATES = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-n", "2", *sys.argv[1:]),
)


def passes(gate: tuple[str, ...]) -> bool:
    print(f"\n== {' '.join(gate)}", flush=True)
    tool = shutil.which(gate[0], path=str(TOOLS)) or gate[0]
    return subprocess.run([tool, *gate[1:]], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    failed = [" ".join(gate) for gate in GATES if not passes(gate)]
    if failed:
        sys.exit(f"failed: {'; '.join(failed)}")
