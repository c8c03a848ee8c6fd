extensions = ["sphinxcontrib_soup"]
project = "Infusion pump"
release = "2.1"
soup_safety_class = "A"
soup_safety_class_rationale = "This display shows what the pump has done; nothing is decided by it."
soup_date = "2026-11-16"
soup_defaults = {
    "*": {"level_of_support": "actively maintained", "end_of_support": "unknown", "security_category": "maintained"},
}

soup_evidence = ["package-lock.json", "licences/*.txt"]
soup_licence_policy = {
    "allow": ["permissive", "MPL-2.0"],
    "review": ["weak copyleft"],
    "deny": ["strong copyleft", "non-commercial", "commercial"],
    "waivers": [
        {
            "package": "SOUP_CHART",
            "licence": "GPL-3.0-only",
            "reason": "Used with the commercial licence of order 4711",
            "by": "R. Okafor, legal",
            "until": "2026-09-30",
        },
    ],
}
