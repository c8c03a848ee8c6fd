"""The manual, built with the extension that it describes."""

import sys
from pathlib import Path

from sphinxcontrib_soup import __version__

sys.path.insert(0, str(Path(__file__).parent))

project = "sphinxcontrib-soup"
version = release = __version__
extensions = ["sphinxcontrib_soup", "reference"]
exclude_patterns = ["_build", "examples"]
default_role = "code"
html_theme = "furo"
html_title = f"{project} {release}"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_show_copyright = False

soup_rules = {
    "safety-class-unset": {
        "level": "off",
        "reason": "The manual belongs to no device and holds no items",
        "by": "the maintainers",
    },
}
