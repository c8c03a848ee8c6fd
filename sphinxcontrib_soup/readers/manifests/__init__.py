"""Manifests and lock files: which components a project asks for, and in which version."""
