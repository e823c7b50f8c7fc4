"""Whether two records speak of one person."""
