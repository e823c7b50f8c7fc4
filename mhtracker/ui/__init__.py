"""The window. Only this package imports PySide6."""

# The store before Qt: once PySide6 is there, it reads the source of every module imported after it.
import mhtracker.store  # noqa: F401
from mhtracker.ui.none_guard import guard_none

guard_none()
