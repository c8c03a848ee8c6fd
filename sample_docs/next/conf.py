"""What the next release is to be made of: a newer operating system, and a package for the curve of the glucose.

`sphinx-soup check . -c next` judges the same pages by these manifests: one SOUP has moved, and one is not declared.
"""

import runpy
from pathlib import Path

globals().update(runpy.run_path(str(Path(__file__).parents[1] / "conf.py")))
release = "1.3.0"
soup_evidence = [
    "../src/pyproject.toml",
    "../src/requirements.txt",
    "package.json",
    "package-lock.json",
    "os-release",
    "../licences/*.txt",
    "../history/*.json",
    {"files": "../image/hardening-results.xml", "level": "system", "kind": "automated", "tester": "M. Tan"},
    {"files": "../results/unit-*.xml", "level": "unit", "kind": "automated", "tester": "M. Tan"},
    {"files": "../results/system.xml", "level": "software_system", "kind": "automated", "tester": "M. Tan"},
]
