"""One person on paper: what a case summary says."""
