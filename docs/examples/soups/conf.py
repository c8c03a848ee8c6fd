extensions = ["sphinxcontrib_soup"]
project = "SOUPs"
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
soup_evidence = ["requirements.txt", "results.xml"]
soup_defaults = {
    "pkg:pypi/*": {
        "level_of_support": "actively maintained",
        "end_of_support": "unknown",
        "security_category": "maintained",
    },
}
