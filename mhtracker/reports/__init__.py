"""Facts to paper and spreadsheets."""
