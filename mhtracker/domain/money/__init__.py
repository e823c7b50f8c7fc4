"""What support costs and who pays."""
