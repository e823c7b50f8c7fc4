"""The Today page in the window, on the demo register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import DueState, Review
from mhtracker.settings import ComputerSettings
from mhtracker.store import Store
from mhtracker.ui.commands import Command
from mhtracker.ui.pages.today import TodayPage
from mhtracker.ui.today.reading import EVERYONE
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]


@pytest.fixture
def page(window: Window, settled: Settled) -> TodayPage:
    window.open_page("today", scope=EVERYONE)
    settled(window)
    found = window.navigator.current_page()
    assert isinstance(found, TodayPage)
    return found


@pytest.fixture
def ran(window: Window) -> list[tuple[str, str]]:
    """The commands that lines run, in the place of the forms they open."""
    found: list[tuple[str, str]] = []
    for key in ("review", "book_review", "target", "move"):
        window.context.commands.add(
            Command(key, key, lambda person_id, key=key: found.append((key, person_id)), for_person=True, records=True)
        )
    return found


def hold_review(store: Store, person_id: str) -> None:
    with store.operation("Hold review", person_id=person_id) as work:
        work.save(Review(f"held-{person_id}", person_id, held_on=work.today))


def test_the_keyboard_is_in_the_list_when_the_page_is_gone_to(page: TodayPage, window: Window) -> None:
    assert window.focusWidget() is page.list
    assert page.list.current_row() is not None


def test_space_does_what_the_line_offers_for_its_person(
    page: TodayPage, ran: list[tuple[str, str]], qtbot: QtBot
) -> None:
    commands = {"Book": "book_review", "Record as held": "review", "Change target": "target"}
    row = next(row for row in page.list.rows() if row.action in commands)
    page.list.go_to(row.key)
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert ran == [(commands[row.action], row.data.person_id)]


def test_letters_act_on_the_person_of_the_line(
    page: TodayPage, window: Window, qtbot: QtBot, ran: list[tuple[str, str]]
) -> None:
    window.context.commands.add(
        Command("note", "Add a note", lambda person_id: ran.append(("note", person_id)), letter="N", for_person=True)
    )
    person = page.current_person()
    assert person is not None
    qtbot.keyClick(page.list, Qt.Key.Key_N)
    assert ran == [("note", person)]


def test_a_review_held_takes_its_line_away_at_once(page: TodayPage, window: Window, settled: Settled) -> None:
    row = next(row for row in page.list.rows() if row.kind == "Review" and row.badge.shape == "overdue")
    before = len(page.list.rows())
    window.context.jobs.do(hold_review, row.data.person_id)
    settled(window)
    assert row.key not in [each.key for each in page.list.rows()]
    assert len(page.list.rows()) == before - 1
    window.happenings.undo()
    settled(window)
    assert row.key in [each.key for each in page.list.rows()]


def test_the_chips_narrow_the_list_to_one_kind(page: TodayPage) -> None:
    page.on_kind("target")
    assert {row.kind for row in page.list.rows()} == {"Target"}
    page.on_kind("everything")
    assert {row.kind for row in page.list.rows()} >= {"Review", "Target"}


def test_mark_as_seen_is_remembered_for_the_register(
    page: TodayPage, window: Window, computer: ComputerSettings, settled: Settled
) -> None:
    page.on_seen()
    settled(window)
    kept = computer.register(window.context.register.address)
    assert kept.last_looked_seq > 0
    assert kept.last_looked_at.startswith("2026-07-14")
    assert not page.news.seen_button.isVisible()


def test_looking_back_the_lines_only_open_and_no_news_is_told(
    page: TodayPage, window: Window, settled: Settled
) -> None:
    window.look_at(None, date(2026, 7, 14) - timedelta(days=1))
    settled(window)
    assert {row.action for row in page.list.rows()} == {"Open"}
    assert not page.news.isVisible()


def test_below_1200_pixels_the_right_column_stands_under_the_list(
    page: TodayPage, window: Window, qtbot: QtBot
) -> None:
    assert page.stages.mapTo(window, page.stages.rect().topLeft()).x() > page.list.width()
    window.resize(1100, 700)

    def under() -> bool:
        below = page.list.mapTo(window, page.list.rect().bottomLeft()).y()
        return page.stages.mapTo(window, page.stages.rect().topLeft()).y() > below

    qtbot.waitUntil(under)


def test_a_stage_opens_its_people_in_the_caseload(page: TodayPage, window: Window, settled: Settled) -> None:
    page._on_stage("residential")
    settled(window)
    here = window.navigator.history.current
    assert here is not None
    assert (here.page, here.arg("filters")) == ("caseload", ("stage=residential",))


def test_a_week_opens_its_reviews_and_so_do_those_not_booked(page: TodayPage, window: Window, settled: Settled) -> None:
    bar = max(page._column.weeks.bars(), key=lambda each: each.week.reviews)
    bar.click()
    settled(window)
    reviews: Any = window.navigator.current_page()
    assert reviews.key == "reviews"
    assert len(reviews._shown) == bar.week.reviews > 0
    window.open_page("today")
    settled(window)
    unbooked = page._column.unbooked
    unbooked.click()
    settled(window)
    assert unbooked.text() == f"and {len(reviews._shown)} overdue, not booked"
    assert all(item.state == DueState.OVERDUE and item.booked_on is None for item in reviews._shown)


def test_back_finds_the_line_one_left(page: TodayPage, window: Window, settled: Settled) -> None:
    row = page.list.rows()[5]
    page.list.go_to(row.key)
    window.open_page("caseload")
    settled(window)
    window.navigator.go_back()
    settled(window)
    current = page.list.current_row()
    assert current is not None
    assert current.key == row.key


def test_p_puts_the_line_in_hand_off_and_undo_brings_it_back(
    page: TodayPage, window: Window, settled: Settled, qtbot: QtBot
) -> None:
    row = page.list.rows()[1]
    page.list.go_to(row.key)
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    settled(window)
    form: Any = window.body.panel
    assert form.form.editors["item"].value() == row.key
    form.form.set_values({"until_on": date(2026, 7, 20), "reason": "Waits for the ward round"})
    form.record()
    settled(window)
    section = next(each for each in page._sections if each.key == "put_off")
    assert row.key in [each.key for each in section.rows]
    assert page.list.is_closed("put_off")
    window.happenings.undo()
    settled(window)
    put_off = [each.key for section in page._sections if section.key == "put_off" for each in section.rows]
    assert row.key not in put_off


def test_after_a_recording_the_place_and_the_keyboard_are_at_the_next_line(
    page: TodayPage, window: Window, settled: Settled, qtbot: QtBot
) -> None:
    row, following = page.list.rows()[3:5]
    page.list.go_to(row.key)
    page._scroll.verticalScrollBar().setValue(40)
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    settled(window)
    form: Any = window.body.panel
    form.form.set_values({"until_on": date(2026, 7, 20), "reason": "Waits for the ward round"})
    form.record()
    settled(window)
    now = page.list.current_row()
    assert now is not None
    assert now.key == following.key
    qtbot.waitUntil(lambda: window.focusWidget() is page.list)
    assert page._scroll.verticalScrollBar().value() == 40


def test_a_line_put_off_is_taken_up_from_its_group(page: TodayPage, window: Window, settled: Settled) -> None:
    from mhtracker.operations.snoozing import put_off

    row = page.list.rows()[0]
    window.context.jobs.do(put_off, row.data.person_id, row.key, until_on=date(2026, 7, 20), reason="Waits")
    settled(window)
    page.list.acted.emit(row.data)
    settled(window)
    assert row.key in [each.key for section in page._sections if section.key == "overdue" for each in section.rows]


def test_whose_day_was_looked_at_is_remembered(
    page: TodayPage, window: Window, computer: ComputerSettings, settled: Settled
) -> None:
    assert page._data is not None
    assert page._data.desks is not None
    worker_id, name = page._data.desks.workers[1]
    menu = page.head.make_others_menu()
    next(action for action in menu.actions() if action.text() == name).trigger()
    settled(window)
    assert {item.line.worker for item in page._data.items} <= {name}
    assert computer.register(window.context.register.address).today_scope == f"worker:{worker_id}"
    assert name in page.head._caption.text()


def test_today_s_sheet_prints_the_lines_of_the_list(page: TodayPage, window: Window, settled: Settled) -> None:
    import io

    import pypdf

    from mhtracker.ui.dialogs.pdf_preview import PdfPreview

    assert page.print_page()
    settled(window)
    (preview,) = page.findChildren(PdfPreview)
    words = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(preview._made.pdf)).pages)
    assert page.list.rows()[0].name in words
    assert "Page 1 of" in words
    preview.close()
