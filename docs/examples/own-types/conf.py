extensions = ["sphinx_needs", "sphinxcontrib_soup"]
project = "A project that was there before"

needs_id_regex = r"^SR-\d+$"
needs_types = [
    {"directive": "swreq", "title": "Software requirement", "prefix": "SR-", "color": "#1f5fbf", "style": "node"},
    {"directive": "risk", "title": "Project risk", "prefix": "SR-", "color": "#b8362f", "style": "node"},
]
needs_links = {"refines": {"outgoing": "refines", "incoming": "is refined by"}}

soup_kinds = {"swreq": "requirement"}
soup_links = {"refines": "derives_from"}
soup_safety_class = "B"
soup_safety_class_rationale = "A wrong dose can lead to an injury that is not serious."
soup_evidence = ["results.xml"]
