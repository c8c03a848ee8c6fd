"""A submission package: what was made, what it was made from, and a manifest of both."""
