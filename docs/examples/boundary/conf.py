extensions = ["sphinxcontrib_soup"]
project = "The boundary of a SOUP"
soup_safety_class = "A"
soup_safety_class_rationale = "It computes what people compare; it cannot lead to an injury."
