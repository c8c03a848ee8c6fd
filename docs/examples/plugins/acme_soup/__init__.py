"""Acme's own reader, rule and view."""
