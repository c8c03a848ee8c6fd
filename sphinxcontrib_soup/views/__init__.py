"""Tables of the dossier: one module a view."""
