extensions = ["sphinxcontrib_soup"]
project = "The boundary of a SOUP"
soup_safety_class = "B"
soup_safety_class_rationale = "A wrong dose can lead to an injury that is not serious."
