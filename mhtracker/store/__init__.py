"""The register: opening, reading, operations, undo, backup and check."""

from mhtracker.store.clock import Clock, FixedClock, SystemClock
from mhtracker.store.journal import Work
from mhtracker.store.opening import create_register, open_register
from mhtracker.store.replay import known_by
from mhtracker.store.store import Store

__all__ = ["Clock", "FixedClock", "Store", "SystemClock", "Work", "create_register", "known_by", "open_register"]
