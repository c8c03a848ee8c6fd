"""Files in, evidence out: one module a format."""
