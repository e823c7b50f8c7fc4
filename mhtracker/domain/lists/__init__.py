"""What a new register starts with: code lists, kinds of review, plans of steps."""
