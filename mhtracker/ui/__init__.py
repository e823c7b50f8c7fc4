"""The window. Only this package imports PySide6."""

from mhtracker.ui.none_guard import guard_none

guard_none()
