extensions = ["sphinxcontrib_soup"]
project = "With plugins"
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
soup_evidence = ["parts.csv"]
