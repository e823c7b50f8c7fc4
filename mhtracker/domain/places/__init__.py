"""Services and their places, who waits for one, and contracts."""
