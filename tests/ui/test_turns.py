"""Several things done one after another, each at a turn of the window's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from mhtracker.ui.manager.turns import Turns


def test_each_thing_has_a_turn_and_others_come_between(qtbot):
    parent, done = QObject(), list[str]()
    turns = Turns(parent)
    turns.begin(partial(done.append, each) for each in ("one", "two", "three"))
    assert done == []
    between = QTimer(parent, interval=0)
    between.timeout.connect(lambda: done.append("between"))
    between.start()
    qtbot.waitUntil(lambda: "three" in done)
    first, second, third = (done.index(each) for each in ("one", "two", "three"))
    assert "between" in done[first:second]
    assert "between" in done[second:third]


def test_what_is_left_is_done_at_once_or_never(qtbot):
    parent, done = QObject(), list[str]()
    turns = Turns(parent)
    turns.begin(partial(done.append, each) for each in ("one", "two"))
    turns.finish()
    assert done == ["one", "two"]
    turns.begin([partial(done.append, "three")])
    turns.drop()
    turns.begin([partial(done.append, "four")])
    turns.begin([partial(done.append, "five")])
    qtbot.waitUntil(lambda: "five" in done)
    assert done == ["one", "two", "five"]
