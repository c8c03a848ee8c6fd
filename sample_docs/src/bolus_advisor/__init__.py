"""The advisor: an insulin dose for a meal, from a glucose reading and the person's own settings.

An example of medical device software, not for clinical use.
"""
