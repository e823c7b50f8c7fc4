"""The parts of the Services page."""
