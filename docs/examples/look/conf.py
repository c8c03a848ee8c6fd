extensions = ["sphinxcontrib_soup"]
project = "Dose limiter"
release = "1.2"
templates_path = ["_templates"]
soup_safety_class = "A"
soup_safety_class_rationale = "It is an example."
soup_date = "2026-03-02"
soup_pdf_look = {
    "paper": "us-letter",
    "margins": {"left": 25, "right": 25},
    "colours": {"accent": "#7a1f4e"},
    "logo": "logo.svg",
    "header": ["Example Devices", "", "{number}"],
    "footer": ["{title}", "{revision}", "{page} of {pages}"],
}
