extensions = ["sphinxcontrib_soup"]
project = "Dose limiter"
release = "1.2"
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
soup_date = "2026-03-02"
