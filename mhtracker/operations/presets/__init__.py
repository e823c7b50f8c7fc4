"""Presets: a published paper's arrangement given to a new register."""
