"""What a manager's figures are counted from."""
