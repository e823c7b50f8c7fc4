"""Circles are taken apart on the window's own thread alone."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from mhtracker.store.bulk import not_collecting
from mhtracker.ui.collector import Collector


class Circle:
    def __init__(self, told: list[int]) -> None:
        self.itself, self.told = self, told

    def __del__(self) -> None:
        self.told.append(threading.get_ident())


@pytest.fixture
def collector(qapp):
    parent = QObject()
    found = Collector(parent)
    yield found
    found.remove()
    assert gc.isenabled()


def _make(told: list[int]) -> None:
    for _ in range(5 * gc.get_threshold()[0]):
        Circle(told)


def test_circles_of_another_thread_are_taken_apart_here(collector, qtbot):
    told: list[int] = []
    worker = threading.Thread(target=_make, args=(told,))
    worker.start()
    worker.join()
    assert told == [], "nothing was collected on the thread that made them"
    qtbot.waitUntil(lambda: len(told) > 0)
    assert set(told) == {threading.get_ident()}


def test_nothing_is_collected_while_very_many_records_are_made(collector):
    told: list[int] = []
    with not_collecting():
        _make(told)
        collector.look()
        assert told == []
    collector.look()
    assert told


def test_what_grew_old_is_collected_too(collector):
    told: list[int] = []
    one = Circle(told)
    kept = weakref.ref(one)
    gc.collect(0)
    gc.collect(1)
    del one
    collector._last_whole -= 60
    for _ in range(gc.get_threshold()[2] + 1):
        gc.collect(1)
    collector.look()
    assert kept() is None
