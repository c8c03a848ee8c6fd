"""Criteria: one module a rule, with its reason, a bad and a good example."""
