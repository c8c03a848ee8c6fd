"""Exports: one module a file that is made of the dossier, or a file format of tables."""
