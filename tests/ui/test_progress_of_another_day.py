"""Progress looked at as of another day, or as known by one: nothing counted for the day before stays in view."""

from __future__ import annotations

import threading
from datetime import date

from mhtracker.domain.errors import Unavailable

DAY, BEFORE_ALL = date(2026, 7, 14), date(1990, 1, 1)


def test_while_what_was_known_earlier_is_counted_nothing_known_now_stays_in_view(window, qtbot, settled):
    window.open_page("progress")
    settled(window)
    page = window.navigator.current_page()
    qtbot.waitUntil(lambda: not any(veil.lies for veil in page.veils))
    page.flow.switch.click()
    qtbot.waitUntil(lambda: not page.ribbons._veil.lies)
    settled(window)
    gate, ended = threading.Event(), list[object]()
    window.look_at(None, DAY)
    window.context.jobs.ask(lambda _: gate.wait(20), then=ended.append)
    try:
        qtbot.waitUntil(lambda: window.context.as_known == DAY)
        qtbot.waitUntil(lambda: all(veil.lies for veil in page.veils))
        assert page.ribbons._veil.lies
        assert {card.figure.text() for card in page.numbers.values()} == {"…"}
        assert page.plan._veil.lies
        assert not page.doubts._found
    finally:
        gate.set()
    settled(window)
    qtbot.waitUntil(lambda: not any(veil.lies for veil in page.veils) and not page.waits_for)
    # The counting of that day fails: what was known on it goes as well, and nothing of it can be pressed.
    page._on_failed(Unavailable("The drive is gone."))
    assert {veil.words.text() for veil in (*page.veils, page.ribbons._veil) if veil.lies} == {"The drive is gone."}
    assert all(veil.lies for veil in page.veils)
    assert {card.figure.text() for card in page.numbers.values()} == {"–"}
    assert not page.doubts._found
    # Before anything was recorded it tells of nobody; and that is not said of the day that is asked for next.
    window.look_at(None, BEFORE_ALL)
    qtbot.waitUntil(lambda: window.context.as_known == BEFORE_ALL)
    settled(window)
    assert page._whole.currentIndex() == 1
    page._on_failed(Unavailable("The drive is gone."))
    assert page._whole.currentIndex() == 0
