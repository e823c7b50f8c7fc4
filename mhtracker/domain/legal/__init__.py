"""Legal orders and after-care."""
