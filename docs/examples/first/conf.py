extensions = ["sphinxcontrib_soup"]
project = "Dose limiter"
soup_safety_class = "B"
soup_safety_class_rationale = "A wrong dose can lead to an injury that is not serious."
soup_evidence = ["requirements.txt", "results.xml"]
