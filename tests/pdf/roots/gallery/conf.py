project = "Infusion pump"
release = "2.1"
author = "unknown"
extensions = ["sphinx.ext.autodoc", "sphinxcontrib_soup"]
numfig = True
soup_date = "2024-05-17"
soup_documents = {"DOC_GALLERY": "index", "DOC_OTHER": "other"}
