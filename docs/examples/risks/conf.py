extensions = ["sphinxcontrib_soup"]
project = "Risks"
soup_safety_class = "C"
soup_safety_class_rationale = "A wrong dose can be fatal."
soup_evidence = ["results.xml"]
soup_risk_matrix = {
    "severities": ["minor", "serious", "catastrophic"],
    "probabilities": ["remote", "occasional", "frequent"],
    "cells": [
        ["acceptable", "acceptable", "investigate"],  # remote
        ["acceptable", "investigate", "unacceptable"],  # occasional
        ["investigate", "unacceptable", "unacceptable"],  # frequent
    ],
}
