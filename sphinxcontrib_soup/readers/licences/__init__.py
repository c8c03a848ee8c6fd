"""Readers of licences: the terms that packages come with, and the metadata of installed packages."""
