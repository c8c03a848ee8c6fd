"""What earlier builds of a dossier left."""
