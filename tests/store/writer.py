"""Writes into a register until killed, and notes each operation once it is acknowledged. Run by test_kill.py.

`python writer.py REGISTER NOTES KILLS SEED`: as many times as told, a writer is started and killed at a random moment.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from mhtracker.domain.records import Changes
from mhtracker.store import open_register
from tests.store.life import Life


def write_on(register: str, notes: str, seed: str) -> None:
    """Random operations for ever. A note is written only after the operation's commit has come back."""
    number = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    store, life = open_register(register, who="Writer"), Life(seed)

    def note(changed: Changes) -> None:
        os.write(number, f"{changed.operation_id}\n".encode())

    store.listeners.append(note)
    while True:
        life.step(store)
        if life.chance.random() < 0.2 and store.next_undo() is not None:
            store.undo()


def start(register: str, notes: str, seed: str) -> int:
    """A writer of its own; gives its process id."""
    if hasattr(os, "fork"):
        process = os.fork()
        if process == 0:
            write_on(register, notes, seed)
        return process
    return subprocess.Popen([sys.executable, __file__, register, notes, "0", seed]).pid


def main(register: str, notes: str, kills: str, seed: str) -> None:
    """Start and kill. With no kills: be the writer."""
    if kills == "0":
        write_on(register, notes, seed)
    chance = random.Random(seed)
    for number in range(int(kills)):
        before = Path(notes).stat().st_size if Path(notes).exists() else 0
        process = start(register, notes, f"{seed} {number}")
        until = time.monotonic() + 20
        # At least one acknowledged operation, so that every kill meets a writer that is writing.
        while time.monotonic() < until and not (Path(notes).exists() and Path(notes).stat().st_size > before):
            time.sleep(0.001)
        time.sleep(chance.random() * 0.03)
        os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        os.waitpid(process, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
