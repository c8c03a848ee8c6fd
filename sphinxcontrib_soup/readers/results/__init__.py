"""Results of tests that ran."""
