"""The flow itself, free of Sphinx: read, link, judge."""
