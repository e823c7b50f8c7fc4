"""What support costs and who pays: lines, splits, tapers, tables."""
