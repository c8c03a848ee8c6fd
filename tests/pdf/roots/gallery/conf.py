import sys

project = "Infusion pump"
release = "2.1"
author = "unknown"
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.graphviz",
    "sphinx.ext.inheritance_diagram",
    "sphinx.ext.todo",
    "myst_parser",
    "sphinx_design",
    "sphinxcontrib_soup",
]
numfig = True
todo_include_todos = True
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_image", "tasklist"]
exclude_patterns = ["dot.py"]
graphviz_dot = sys.executable  # a stand-in for Graphviz, which is not installed everywhere
graphviz_dot_args = ["dot.py"]
soup_date = "2024-05-17"
soup_documents = {"DOC_GALLERY": "index", "DOC_OTHER": "other"}
