extensions = ["tests.web.pages"]
project = "Bolus advisor"
exclude_patterns = ["huge*.rst"]  # long to build: for the tests of time alone
