project = "Bolus Advisor"
author = "Example Devices"
project_copyright = f"2026, {author}"
release = "1.2.0"
extensions = ["sphinxcontrib_soup"]
exclude_patterns = ["README.rst", ".venv", "**/node_modules"]
html_theme_options = {
    "page_width": "max(95vw, min(100vw, 940px))",  # matrices are wide; below 940px the theme turns to one column
    "body_max_width": "none",
}

soup_safety_class = "C"
soup_safety_class_rationale = "An advised dose that is too high can lead to loss of consciousness and death."
soup_planned_life_end = "2033-12-31"
soup_defaults = {
    "pkg:generic/*": {
        "support_plan": "The next release of the device moves to a line of releases that is supported by then.",
    },
    "*": {
        "security_category": "maintained",
        "support_plan": "Its published anomalies are read before each release. One software item wraps it, so that "
        "another package or code of our own can take its place there.",
    },
}
TESTED = {"kind": "automated", "tester": "M. Tan", "software_version": "1.2.0"}
WORKPLACE = {**TESTED, "configuration": "developer's computer, Linux on x86-64, SOUPs as listed"}
IMAGE = {**TESTED, "configuration": "image of the device, mounted read-only"}
soup_evidence = [
    "src/pyproject.toml",
    "src/requirements.txt",
    "display/package.json",
    "display/package-lock.json",
    "licences/*.txt",
    "image/os-release",
    "image/dpkg-status",
    {"files": "image/hardening-results.xml", "level": "system", **IMAGE, "tools": "OpenSCAP"},
    {"files": "results/unit-python.xml", "level": "unit", **WORKPLACE, "tools": "pytest"},
    {"files": "results/unit-display.xml", "level": "unit", **WORKPLACE, "tools": "Node.js test runner"},
    {"files": "results/system.xml", "level": "software_system", **WORKPLACE, "tools": "pytest"},
    "history/*.json",
]
soup_licence_policy = {
    "allow": ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"],
    "review": ["permissive", "weak copyleft"],
    "deny": ["strong copyleft", "non-commercial", "commercial"],
    "waivers": [
        {
            "package": "SOUP_DEBIAN",
            "licence": "GPL-2.0-or-later AND LGPL-2.1-or-later AND BSD-3-Clause AND MIT",
            "reason": "Its programs run beside ours and are delivered unchanged, with the offer of their source.",
            "by": "L. Marsh, management",
        }
    ],
}
soup_risk_matrix = {
    "severities": ["negligible", "minor", "serious", "critical", "catastrophic"],
    "classes": ["A", "B", "C", "C", "C"],
    "probabilities": ["improbable", "remote", "occasional", "probable", "frequent"],
    "cells": [
        ["acceptable", "acceptable", "acceptable", "acceptable", "investigate"],
        ["acceptable", "acceptable", "investigate", "unacceptable", "unacceptable"],
        ["acceptable", "investigate", "unacceptable", "unacceptable", "unacceptable"],
        ["investigate", "investigate", "unacceptable", "unacceptable", "unacceptable"],
        ["investigate", "unacceptable", "unacceptable", "unacceptable", "unacceptable"],
    ],
}
