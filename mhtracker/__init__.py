"""MHTracker: people through the recovery pathway of adult mental-health social care."""

__version__ = "0.1.0"
