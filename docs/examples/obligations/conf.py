extensions = ["sphinxcontrib_soup"]
project = "Obligations"
soup_safety_class = "C"
soup_safety_class_rationale = "A wrong dose can kill."
soup_evidence = ["results.xml"]
soup_planned_life_end = "2034-12-31"
soup_defaults = {
    "pkg:pypi/numpy": {
        "sw_requirements": "CPython 3.13, OpenBLAS as it comes with the package",
    },
    "pkg:pypi/*": {
        "hw_requirements": "64-bit ARM processor, 512 MB of memory",
        "sw_requirements": "CPython 3.13",
        "level_of_support": "actively maintained",
        "end_of_support": "unknown",
        "security_category": "maintained",
    },
}
