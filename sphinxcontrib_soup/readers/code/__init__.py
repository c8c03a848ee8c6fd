"""Files of code: what they import, and which names they offer."""
