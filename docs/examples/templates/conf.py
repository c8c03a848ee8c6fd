extensions = ["sphinxcontrib_soup"]
project = "A block of one's own"
templates_path = ["_templates"]
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
