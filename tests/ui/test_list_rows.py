"""Grouped rows: opened by Enter, done by Space, folded by their heading."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor

from mhtracker.ui.list_row_paint import _KIND_AT, _LEFT, button_box
from mhtracker.ui.list_rows import ListRow, ListRows, Section
from mhtracker.ui.table_cells import BadgeFacts, StageFacts
from mhtracker.ui.widgets.badge import badge_size

DOWN, ENTER, SPACE = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Space


def row(key, action="Book"):
    return ListRow(
        key,
        BadgeFacts("overdue", "23 days overdue"),
        "Review",
        "mdi6.clipboard-check-outline",
        StageFacts("S", "supported", "Supported living"),
        f"PRZYKŁAD, Marek {key}",
        "Care Act and s117 review, booked Wed 22 Jul",
        "Sun 21 Jun",
        action,
        data=key,
    )


@pytest.fixture
def rows(qtbot, theme):
    rows = ListRows(theme, "Today")
    qtbot.addWidget(rows)
    rows.show_sections(
        (
            Section("overdue", "Overdue", (row("a"), row("b", "")), "overdue", "oldest first"),
            Section("later", "Later", (row("c"), row("d")), closable=True, closed=True),
        )
    )
    rows.resize(900, 400)
    rows.show()
    rows.activateWindow()
    qtbot.waitUntil(rows.isActiveWindow)
    rows.setFocus()
    return rows


def test_the_first_row_is_ready_for_the_keyboard(rows):
    assert rows.current_row().key == "a"


def test_enter_opens_and_space_does_the_step(qtbot, rows):
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, ENTER)
    assert opened.args == ["a"]
    with qtbot.waitSignal(rows.acted) as acted:
        qtbot.keyClick(rows, SPACE)
    assert acted.args == ["a"]


def test_space_does_nothing_on_a_row_without_a_step(qtbot, rows):
    qtbot.keyClick(rows, DOWN)
    with qtbot.assertNotEmitted(rows.acted):
        qtbot.keyClick(rows, SPACE)


def test_a_press_on_the_button_does_the_step_and_one_beside_it_only_goes_there(qtbot, theme, rows):
    rect = rows.visualRect(rows.model().index(1, 0))
    button = button_box(QRectF(rect), theme, "Book").center().toPoint()
    with qtbot.waitSignal(rows.acted):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=button)
    with qtbot.assertNotEmitted(rows.acted):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_a_heading_opens_what_is_folded_away_and_closes_it_again(qtbot, rows):
    assert rows.is_closed("later")
    for _ in range(2):
        qtbot.keyClick(rows, DOWN)
    qtbot.keyClick(rows, ENTER)
    assert not rows.is_closed("later")
    heading = rows.visualRect(rows.model().index(3, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert rows.is_closed("later")


def test_a_refresh_keeps_the_place_and_what_was_opened(qtbot, rows):
    rows.turn_section("later")
    rows.go_to("d")
    rows.show_sections((Section("later", "Later", (row("z"), row("c"), row("d")), closable=True, closed=True),))
    assert rows.current_row().key == "d"


def shown(rows, *keys):
    rows.show_sections((Section("overdue", "Overdue", tuple(row(key) for key in keys), "overdue"),))


@pytest.mark.parametrize(("left", "found"), [("acde", "c"), ("ae", "e"), ("a", "a"), ("za", "a")])
def test_a_row_that_has_gone_leaves_the_place_to_the_next_one_or_the_one_before(rows, left, found):
    shown(rows, *"abcde")
    rows.go_to("b")
    shown(rows, *left)
    assert rows.current_row().key == found


def test_a_row_that_went_to_another_section_does_not_take_the_place_along(rows):
    rows.turn_section("later")
    rows.go_to("a")
    rows.show_sections(
        (
            Section("overdue", "Overdue", (row("b", ""),), "overdue"),
            Section("later", "Later", (row("c"), row("a")), closable=True, closed=True),
        )
    )
    assert rows.current_row().key == "b"


def test_folding_a_section_by_key_stays_at_its_heading(qtbot, rows):
    for _ in range(2):
        qtbot.keyClick(rows, DOWN)
    for is_closed in (False, True):
        qtbot.keyClick(rows, ENTER)
        assert rows.is_closed("later") is is_closed
        assert rows.currentIndex().row() == 3


def test_letters_are_left_to_the_pages_short_cuts(qtbot, rows):
    with qtbot.waitSignal(rows.key_pressed) as pressed:
        qtbot.keyClick(rows, Qt.Key.Key_P)
    assert pressed.args[0] == Qt.Key.Key_P
    assert rows.current_row().key == "a"


def test_a_row_is_read_out_whole_with_its_step(rows):
    read = rows.model().data(rows.model().index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert read.startswith("23 days overdue, Review, PRZYKŁAD, Marek a, Care Act")
    assert read.endswith("Space: Book")


@pytest.mark.parametrize("width", [300, 520, 700, 1100])
@pytest.mark.parametrize("name", ["light", "contrast"])
def test_rows_are_painted_at_every_width(qtbot, theme, rows, name, width):
    theme.change(name)
    rows.resize(width, 300)
    image = rows.grab().toImage()
    assert image.width() == width
    ink = {image.pixelColor(x, 37 + 17).name() for x in range(width)}
    assert QColor(theme.hex("danger.shape")).name() in ink


def test_the_button_that_space_presses_wears_the_ring(qtbot, theme, rows):
    rect = QRectF(rows.visualRect(rows.model().index(1, 0)))
    box = button_box(rect, theme, "Book")
    image = rows.viewport().grab().toImage()
    spot = QPoint(round(box.center().x()), round(box.top()) - 3)
    assert image.pixelColor(spot) == QColor(theme.hex("focus"))


def test_the_badge_has_room_for_a_thousand_days(window_theme):
    words = badge_size(window_theme, "1,205 days overdue")
    assert words.width() <= window_theme.px(_KIND_AT - _LEFT - 8)
