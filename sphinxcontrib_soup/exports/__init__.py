"""File formats that the trace is written in."""
