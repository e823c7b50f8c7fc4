"""Pictures on the page: their marks can be pressed, pointed at, gone to by keyboard and read out."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip

from mhtracker.figures.palette import CONTRAST, DARK, PAPER
from mhtracker.figures.picture import Ink, Mark, Picture
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette


def picture(palette):
    ink = Ink(palette, 400, 100, 10)
    ink.rect(0, 0, 200, 50, fill="#504D91")
    ink.rect(200, 0, 200, 100, fill="#7AA76A")
    ink.text(10, 20, "Residential <b>", fill="#FFFFFF", bold=True)
    marks = (
        Mark(0, 0, 200, 50, "Residential, Beech Lodge", "placement", "p1"),
        Mark(200, 0, 200, 100, "Supported living <b>", "placement", "p2"),
        Mark(0, 60, 100, 40, "Gap of 55 days", "gap", ""),
    )
    return Picture(ink.drawing, marks, "Two stays and a gap.")


@pytest.fixture
def view(qtbot, theme):
    view = FigureView(theme, "Pathway")
    qtbot.addWidget(view)
    view.show_picture(picture(PAPER))
    view.resize(800, 200)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def test_a_picture_fills_its_width_at_its_own_proportions(view):
    assert view.heightForWidth(800) == 200
    image = view.grab().toImage()
    assert image.pixelColor(300, 180) == QColor("#504D91")
    assert image.pixelColor(600, 20) == QColor("#7AA76A")
    assert image.pixelColor(300, 20) != QColor("#504D91")


def test_it_says_what_it_shows(view):
    assert view.accessibleName() == "Pathway"
    assert view.accessibleDescription() == "Two stays and a gap."


def test_a_press_gives_the_record_under_it(qtbot, view):
    with qtbot.waitSignal(view.pressed) as pressed:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(600, 30))
    assert pressed.args == ["placement", "p2"]
    with qtbot.assertNotEmitted(view.pressed):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 20))


def test_the_mark_pointed_at_is_the_one_that_is_told(view):
    assert view.mark_at(QPointF(50, 20)).words == "Gap of 55 days"
    assert view.mark_at(QPointF(300, 20)) is None


def test_arrows_go_from_mark_to_mark_and_enter_presses(qtbot, view):
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == "Supported living <b>"
    assert "&lt;b&gt;" in QToolTip.text()
    with qtbot.waitSignal(view.pressed) as pressed:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert pressed.args == ["placement", "p2"]
    view.clearFocus()
    assert view.accessibleDescription() == "Two stays and a gap."


def test_no_picture_is_no_stop_for_the_keyboard(qtbot, view):
    view.show_picture(None)
    assert view.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not view.grab().isNull()


def test_each_theme_has_its_palette(theme):
    palettes = []
    for name in ("light", "dark", "contrast"):
        theme.change(name)
        palettes.append(figure_palette(theme))
    assert palettes == [PAPER, DARK, CONTRAST]
