extensions = ["sphinxcontrib_soup"]
project = "Pump"
release = "2.1"
soup_safety_class = "B"
soup_safety_class_rationale = "A wrong dose can lead to an injury that is not serious."
soup_evidence = [
    {
        "files": "results.xml",
        "level": "unit",
        "kind": "automated",
        "tester": "M. Tan",
        "configuration": "test bench 2",
        "software_version": "2.1",
        "tools": "pytest 8.4",
    },
]
