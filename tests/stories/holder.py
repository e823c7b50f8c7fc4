"""Somebody else's computer: opens a register under a name and keeps it open. `holder.py REGISTER WHO`."""

from __future__ import annotations

import sys
import time

from mhtracker.store import open_register

with open_register(sys.argv[1], who=sys.argv[2]):
    print("open", flush=True)
    time.sleep(300)
