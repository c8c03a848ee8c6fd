extensions = ["sphinxcontrib_soup"]
project = "Trend"
release = "1.1.0"
soup_safety_class = "B"
soup_safety_class_rationale = "A wrong dose can lead to an injury that is not serious."
soup_date = "2026-03-02"
soup_evidence = ["results.xml", "history/*.json"]
