extensions = ["sphinxcontrib_soup"]
project = "Evidence"
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
soup_evidence = [
    "requirements.txt",
    {"files": "results/unit-*.xml", "level": "unit", "kind": "automated", "configuration": "Linux, CPython 3.11"},
    "results/system.xml",
    "results/report.pdf",
]
