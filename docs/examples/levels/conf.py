extensions = ["sphinxcontrib_soup"]
project = "Levels"
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
soup_phase = "release"
soup_rules = {
    "requirement-without-parent": "info",
    "requirement-untested": {
        "level": "off",
        "reason": "Coverage is judged in the test management system; see its report 14",
        "by": "R. Okafor",
    },
}
suppress_warnings = ["soup.soup-version-inexact"]
