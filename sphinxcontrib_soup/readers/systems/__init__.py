"""Operating systems and what is installed in them."""
