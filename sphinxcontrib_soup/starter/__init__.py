"""What authors start from: text that they go on with."""
