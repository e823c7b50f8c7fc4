"""Parts of the Progress page."""
