import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

extensions = ["sphinxcontrib_soup", "sphinx.ext.autodoc", "myst_parser"]
project = "Three places for an item"
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
