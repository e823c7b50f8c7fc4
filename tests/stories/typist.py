"""The program with somebody at it who types a note without a pause, and tells each word. `typist.py REGISTER`.

It says "(kept)" whenever a draft has come to the disk.

It is there to be killed.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import count
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mhtracker import settings
from mhtracker.domain.records import Person
from mhtracker.store import Store
from mhtracker.store.clock import FixedClock
from mhtracker.ui.app import begin, build_window
from mhtracker.ui.theme import Theme

WORD_MS = 60


def someone(store: Store) -> str:
    return store.find(Person, order_by=("surname", "ref"))[0].id


app = QApplication(sys.argv[:1])
theme = Theme("light")
theme.apply(app)
window = build_window(settings.load(), FixedClock(date(2026, 7, 14)), theme)
begin(window, sys.argv[1])
window.show()
words = count()
watched: list[object] = []
timer = QTimer()


def open_form() -> None:
    if window.at_work and window.context.jobs.idle:
        timer.timeout.disconnect(open_form)
        window.context.jobs.ask(someone, then=lambda person_id: window.run_command("note", person_id=person_id))
        timer.timeout.connect(type_word)


def type_word() -> None:
    panel: Any = window.body.panel
    form = getattr(panel, "form", None)
    if form is None:
        return
    if not watched:
        watched.append(panel)
        panel.keeping.kept.connect(lambda: print("(kept)", flush=True))
    word = f"word{next(words)}"
    QTest.keyClicks(form.editors["text"].control, f"{word} ")
    print(word, flush=True)


timer.timeout.connect(open_form)
timer.start(WORD_MS)
sys.exit(app.exec())
