"""The small parts: what they say, how they are worked by keyboard, and that they paint."""

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import DueState, Stage
from mhtracker.ui import tokens
from mhtracker.ui.gallery import Sheet
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.banner import Banner, InfoPanel
from mhtracker.ui.widgets.buttons import Button, IconButton, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import AT_RIGHT, BETWEEN, FlowLayout
from mhtracker.ui.widgets.key_hints import KeyHints
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule
from mhtracker.ui.widgets.progress_line import APPEARS_AFTER_MS, ProgressLine
from mhtracker.ui.widgets.segmented import Segmented
from mhtracker.ui.widgets.shapes import FAMILY_OF, SHAPE_OF_DUE, paint_shape
from mhtracker.ui.widgets.side_panel import SidePanel
from mhtracker.ui.widgets.stage_pill import StagePill
from mhtracker.ui.widgets.tab_line import TabLine
from tests.ui.rest import come_to_rest


@pytest.fixture
def show(qtbot):
    """Shows widgets under one another on a page that is active; gives the page."""
    pages = []

    def show(*widgets):
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        column = QVBoxLayout(page)
        for widget in widgets:
            column.addWidget(widget)
        page.resize(700, 400)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return show


def painted(shape, theme, side=48):
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_shape(painter, QRectF(0, 0, side, side), shape, theme)
    painter.end()
    return image


class TestShapes:
    def test_no_two_shapes_look_alike_in_grey(self, theme):
        grey = {}
        for shape in FAMILY_OF:
            image = painted(shape, theme).convertToFormat(QImage.Format.Format_Grayscale8)
            dark = frozenset((x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).lightness() < 200)
            grey[shape] = dark
        for one in grey:
            for other in grey:
                if one < other:
                    apart = len(grey[one] ^ grey[other])
                    assert apart > 150, f"{one} and {other} differ by {apart} of 2304"

    def test_every_shape_is_in_its_familys_colour(self, theme):
        for shape, family in FAMILY_OF.items():
            image = painted(shape, theme)
            wanted = QColor(tokens.status(family, "light").shape)
            assert any(image.pixelColor(x, y) == wanted for x in range(48) for y in range(48)), shape

    def test_every_due_state_has_a_shape(self):
        assert set(SHAPE_OF_DUE) == set(DueState)
        assert set(SHAPE_OF_DUE.values()) <= set(FAMILY_OF)


class TestBadge:
    def test_a_badge_says_its_words_and_grows_with_them(self, qtbot, theme, show):
        badge = Badge(theme, "overdue", "23 days overdue")
        show(badge)
        assert badge.accessibleName() == "23 days overdue"
        narrow = badge.width()
        badge.set_status("in_date", "In date")
        come_to_rest(badge)
        assert badge.accessibleName() == "In date"
        assert badge.sizeHint().width() < narrow

    def test_a_tinted_badge_is_tinted_and_a_quiet_one_is_not(self, qtbot, theme, show):
        tinted, quiet = Badge(theme, "overdue", "Late"), Badge(theme, "overdue", "Late", quiet=True)
        show(tinted, quiet)
        spot = QPoint(3, tinted.height() // 2)
        assert tinted.grab().toImage().pixelColor(spot) == theme.color("danger.tint")
        assert quiet.grab().toImage().pixelColor(quiet.width() - 1, 1) != theme.color("danger.tint")

    def test_in_contrast_a_badge_has_an_outline_in_its_own_colour(self, qtbot, theme, show):
        theme.change("contrast")
        badge = Badge(theme, "overdue", "Late")
        show(badge)
        image = badge.grab().toImage()
        assert image.pixelColor(image.width() // 2, 0) == theme.color("danger.shape")


def test_a_stage_pill_says_the_stage_and_the_block_alone_still_has_a_name(qtbot, theme, show):
    stage = DEFAULT_STAGES[-1]
    pill, block, new = (
        StagePill(theme, stage),
        StagePill(theme, stage, ""),
        StagePill(theme, Stage("x", "R&D", "X", "new", 9)),
    )
    show(pill, block, new)
    assert pill.accessibleName() == block.accessibleName() == stage.label
    assert new.text() == "R&D"
    assert block.grab().toImage().pixelColor(4, block.height() // 2) == theme.stage(stage.colour).fill
    assert new.grab().toImage().pixelColor(4, new.height() // 2) == theme.stage("new").fill


class TestButtons:
    def test_an_ampersand_in_data_makes_no_shortcut(self, qtbot, theme, show):
        button = Button(theme, "Move to R&D House")
        show(button)
        assert button.text() == "Move to R&&D House"
        assert button.words() == button.accessibleName() == "Move to R&D House"
        assert button.shortcut().isEmpty()

    def test_sizes_are_those_of_the_design(self, qtbot, theme, show):
        plain, small, icon = (
            Button(theme, "Add"),
            Button(theme, "Add", small=True),
            IconButton(theme, "mdi6.close", "Close"),
        )
        show(plain, small, icon)
        assert (plain.height(), small.height()) == (28, 24)
        assert (icon.width(), icon.height()) == (28, 28)
        theme.change(scale=2.0)
        come_to_rest(plain.window())
        assert 54 <= plain.height() <= 56

    def test_a_button_is_pressed_by_space(self, qtbot, theme, show):
        pressed = []
        button = LinkButton(theme, "Change target", lambda: pressed.append(1))
        show(button)
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert pressed == [1]

    def test_the_key_stands_inside_a_wider_button(self, qtbot, theme, show):
        plain = Button(theme, "Record move", kind="primary")
        hinted = Button(theme, "Record move", kind="primary", hint="Ctrl Enter")
        show(plain, hinted)
        assert hinted.width() > plain.width() + 40
        assert hinted.accessibleName() == "Record move"


class TestChips:
    def test_a_chip_in_force_says_its_value_and_can_be_cleared_by_key(self, qtbot, theme, show):
        chip = Chip(theme, "Stage", "residential")
        show(chip)
        assert chip.accessibleName() == "Stage: residential"
        chip.setFocus()
        with qtbot.waitSignal(chip.cleared):
            qtbot.keyClick(chip, Qt.Key.Key_Delete)
        assert chip.accessibleName() == "Stage"
        assert not chip.in_force

    def test_the_cross_clears_and_has_a_name_and_room(self, qtbot, theme, show):
        chip = Chip(theme, "Stage", "residential")
        show(chip)
        assert chip._cross.accessibleName() == "Clear Stage"
        assert chip._cross.width() >= 24
        assert chip._cross.height() >= 24
        with qtbot.waitSignal(chip.cleared):
            qtbot.mouseClick(chip._cross, Qt.MouseButton.LeftButton)
        assert not chip._cross.isVisible()

    def test_enter_and_click_offer_the_choices(self, qtbot, theme, show):
        chip = Chip(theme, "s117")
        show(chip)
        chip.setFocus()
        with qtbot.waitSignal(chip.pressed_open):
            qtbot.keyClick(chip, Qt.Key.Key_Return)
        with qtbot.waitSignal(chip.pressed_open):
            qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    def test_chips_stand_at_the_left(self, theme, show):
        line = ChipLine(theme)
        for number in range(2):
            line.add(Chip(theme, f"Filter {number}"))
        show(line)
        assert line.chips()[0].x() < 10
        assert line.chips()[-1].geometry().right() < line.width() / 2

    def test_arrows_go_along_the_line_and_the_line_breaks_when_narrow(self, qtbot, theme, show):
        line = ChipLine(theme)
        for number in range(8):
            line.add(Chip(theme, f"Filter {number}"))
        page = show(line)
        chips = line.chips()
        chips[0].setFocus()
        qtbot.keyClick(chips[0], Qt.Key.Key_Right)
        assert chips[1].hasFocus()
        page.resize(250, 400)
        come_to_rest(page)
        assert chips[7].y() > chips[0].y()
        assert all(chip.geometry().right() <= line.width() for chip in chips)


class TestSegmented:
    def test_arrows_choose_and_tell(self, qtbot, theme, show):
        both = Segmented(theme, "Whose", (("mine", "Mine"), ("team", "My team")))
        show(both)
        first, second = both.findChildren(type(both._buttons["mine"]))
        first.setFocus()
        with qtbot.waitSignal(both.chosen) as chosen:
            qtbot.keyClick(first, Qt.Key.Key_Right)
        assert chosen.args == ["team"]
        assert second.hasFocus()
        assert second.accessibleName() == "Whose: My team"

    def test_choosing_shifts_nothing(self, qtbot, theme, show):
        both = Segmented(theme, "Whose", (("mine", "Mine"), ("team", "My team")))
        show(both)
        before = [button.geometry() for button in both._buttons.values()]
        both.set_key("team")
        QApplication.processEvents()
        assert [button.geometry() for button in both._buttons.values()] == before


class TestPanel:
    def test_the_panel_always_names_its_person(self, qtbot, theme):
        panel = SidePanel(
            theme, "Record a move", person="TRIAIL, Ciarán", facts=(("NHS", "999 090 5878"),), primary="Record"
        )
        qtbot.addWidget(panel)
        panel.show()
        words = [label.text() for label in panel.person_line.findChildren(QLabel)]
        assert words == ["TRIAIL, Ciarán", "NHS", "999 090 5878"]
        assert panel.accessibleName() == "Record a move, TRIAIL, Ciarán"

    def test_escape_and_the_cross_keep_the_draft(self, qtbot, theme):
        panel = SidePanel(theme, "Record a move", primary="Record")
        qtbot.addWidget(panel)
        panel.show()
        with qtbot.waitSignal(panel.kept):
            qtbot.keyClick(panel, Qt.Key.Key_Escape)
        with qtbot.waitSignal(panel.kept):
            qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)

    def test_a_step_cannot_be_taken_twice(self, qtbot, theme):
        panel = SidePanel(theme, "Record a move", primary="Record")
        qtbot.addWidget(panel)
        panel.show()
        panel.set_busy(True)
        with qtbot.assertNotEmitted(panel.accepted):
            panel._on_accept()

    def test_problems_are_counted_in_words(self, qtbot, theme):
        panel = SidePanel(theme, "Record a move", primary="Record")
        qtbot.addWidget(panel)
        panel.show()
        panel.set_problem_count(1)
        assert panel.problems.text() == "1 thing to put right"
        panel.set_problem_count(2)
        assert panel.problems.text() == "2 things to put right"
        panel.set_problem_count(0)
        assert not panel.problems.isVisible()

    @pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
    def test_nothing_in_the_foot_is_cut_off(self, qtbot, theme, scale):
        theme.change(scale=scale)
        panel = SidePanel(theme, "Record a move", primary="Record move")
        qtbot.addWidget(panel)
        panel.resize(460, 700)
        panel.set_problem_count(1)
        panel.show()
        come_to_rest(panel)
        for button in (panel.keep_button, panel.primary_button):
            assert button.width() >= button.sizeHint().width()
            right = button.mapTo(panel, QPoint(button.width(), 0)).x()
            assert right <= panel.width()


class TestProgress:
    def test_quick_work_never_shows_it(self, qtbot, theme):
        line = ProgressLine(theme)
        qtbot.addWidget(line)
        line.start("Drawing 30 summaries")
        line.finish()
        qtbot.wait(20)
        assert not line.isVisible()
        assert APPEARS_AFTER_MS == 600

    def test_long_work_shows_how_far_it_is_and_can_be_stopped(self, qtbot, theme):
        line = ProgressLine(theme)
        qtbot.addWidget(line)
        line._timer.setInterval(1)
        line.start("Drawing 30 summaries")
        qtbot.waitUntil(line.isVisible)
        line.step(12, 30)
        assert line.accessibleDescription() == "Drawing 30 summaries 12 of 30"
        with qtbot.waitSignal(line.cancelled):
            qtbot.mouseClick(line._cancel, Qt.MouseButton.LeftButton)
        assert not line._cancel.isEnabled()


class TestTabs:
    def test_tabs_are_taken_by_arrow_and_told(self, qtbot, theme, show):
        tabs = TabLine(theme, "Views", (("a", "Summary", None), ("b", "R&D", 1_204)))
        show(tabs)
        tabs.setFocus()
        with qtbot.waitSignal(tabs.chosen) as chosen:
            qtbot.keyClick(tabs, Qt.Key.Key_Right)
        assert chosen.args == ["b"]
        assert tabs.accessibleTabName(1) == "R&D 1,204"

    def test_a_new_count_keeps_the_tab_and_tells_nobody(self, qtbot, theme, show):
        tabs = TabLine(theme, "Views", (("a", "Summary", None), ("b", "Reviews", 10)))
        show(tabs)
        tabs.set_key("b")
        with qtbot.assertNotEmitted(tabs.chosen):
            tabs.set_count("b", 11)
        assert tabs.key() == "b"


class TestWords:
    def test_names_that_look_like_markup_are_shown_as_they_stand(self, qtbot, theme, show):
        name = "<b>ZELENKA</b>, R&D <img src=x>"
        widgets = [
            Label(name),
            ElidedLabel(name),
            Card(theme, name, name),
            Banner(theme, name, title=name),
            EmptyState(theme, "mdi6.flag-outline", name, name, name),
            Badge(theme, "info", name),
        ]
        page = show(*widgets)
        labels = page.findChildren(QLabel)
        assert len(labels) > 8
        for label in labels:
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()

    def test_words_too_long_for_their_place_come_whole_in_a_tooltip(self, qtbot, theme, show):
        label = ElidedLabel("Anna " * 60)
        page = show(label)
        page.resize(200, 100)
        come_to_rest(page)
        assert label.toolTip().count("Anna") == 60
        label.setText("Anna")
        label.resize(150, 20)
        assert label.toolTip() == ""


def test_an_information_panel_without_lines_is_not_there(qtbot, theme, show):
    panel = InfoPanel(theme, "When you record this")
    show(panel)
    panel.set_lines((("mdi6.flag-checkered", "Meets the target"),))
    assert panel.isVisible()
    panel.set_lines(())
    assert not panel.isVisible()


def test_a_card_can_be_emptied_and_filled_again(qtbot, theme, show):
    card = Card(theme, "Next")
    show(card)
    card.add(Label("One"))
    card.clear()
    card.add(Label("Two"))
    QApplication.processEvents()
    assert [label.text() for label in card.findChildren(QLabel) if label.isVisible()] == ["Next", "Two"]


@pytest.mark.parametrize("make", ["card", "banner", "info"])
def test_words_that_wrap_are_never_cut_off(qtbot, theme, show, make):
    words = "Anna comes to the review on the 22nd, and he asked that she is told the time. " * 4
    card, info = Card(theme, "Latest note"), InfoPanel(theme, "When you record this")
    card.add(Label(words, wrap=True))
    info.set_lines((("mdi6.flag-checkered", words),))
    banner = Banner(theme, words, title="Anjali Kalpit changed this date while you were typing.")
    box = {"card": card, "banner": banner, "info": info}[make]
    page = show(box, QWidget())
    for width in (700, 240, 400):
        page.resize(width, 900)
        come_to_rest(page)
        for label in box.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), (width, label.text()[:20])


def test_a_flow_gives_its_height_for_a_width(qtbot, theme, show):
    holder = QWidget()
    flow = FlowLayout(holder, across=8, down=8)
    for number in range(6):
        flow.addWidget(Button(theme, f"Button {number}"))
    show(holder)
    assert flow.heightForWidth(1_000) == 28
    assert flow.heightForWidth(200) > 3 * 28


def test_what_stands_apart_is_at_the_right_with_what_comes_after_it_where_all_fit_in_one_line(theme, show):
    holder = QWidget()
    flow = FlowLayout(holder, across=8, down=8)
    buttons = [Button(theme, f"Button {number}") for number in range(4)]
    buttons[2].setProperty(AT_RIGHT, True)
    for button in buttons:
        flow.addWidget(button)
    show(holder)
    flow.setGeometry(QRect(0, 0, 1_000, flow.heightForWidth(1_000)))
    assert [button.x() for button in buttons[:2]] == [0, buttons[0].width() + 8]
    assert buttons[3].geometry().right() == 999
    assert buttons[2].geometry().right() == buttons[3].x() - 8 - 1
    two = 2 * buttons[0].width() + 12
    flow.setGeometry(QRect(0, 0, two, flow.heightForWidth(two)))
    assert [button.x() for button in buttons] == [0, buttons[0].width() + 8] * 2


def test_what_parts_two_things_neither_begins_nor_ends_a_line(qtbot, theme, show):
    holder = QWidget()
    flow = FlowLayout(holder, across=8, down=8)
    buttons = [Button(theme, f"Button {number}") for number in range(4)]
    lines = [rule(upright=True) for _ in range(3)]
    for line in lines:
        line.setProperty(BETWEEN, True)
        line.setFixedSize(1, 16)
    for place, button in enumerate(buttons):
        flow.addWidget(button)
        if place < len(lines):
            flow.addWidget(lines[place])
    show(holder)
    two = 2 * buttons[0].width() + 17 + 4
    for wide, seen in ((1_000, 3), (two, 2), (buttons[0].width() + 12, 0)):
        room = QRect(0, 0, wide, flow.heightForWidth(wide))
        flow.setGeometry(room)
        shown = [line for line in lines if room.contains(line.geometry())]
        assert len(shown) == seen, wide
        for line in shown:
            beside = [button for button in buttons if button.y() <= line.y() < button.geometry().bottom()]
            assert any(button.x() < line.x() for button in beside)
            assert any(button.x() > line.x() for button in beside)


def test_keys_are_named(qtbot, theme, show):
    hints = KeyHints(theme, (("Enter", "open the person"), ("Space", "do the action")))
    show(hints)
    assert hints.accessibleName() == "Keys: Enter open the person, Space do the action"


@pytest.mark.parametrize("name", tokens.THEMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_whole_kit_is_drawn_without_a_complaint_and_nothing_is_nameless(qtbot, theme, name, scale):
    theme.change(name, scale)
    sheet = Sheet(theme)
    qtbot.addWidget(sheet)
    sheet.resize(sheet.sizeHint())
    sheet.show()
    come_to_rest(sheet)
    assert not sheet.grab().isNull()
    nameless = []
    for widget in sheet.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if face is not None and not face.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert nameless == []


def test_every_button_of_the_kit_is_big_enough_to_hit(qtbot, theme):
    from PySide6.QtWidgets import QAbstractButton

    sheet = Sheet(theme)
    qtbot.addWidget(sheet)
    sheet.resize(sheet.sizeHint())
    sheet.show()
    come_to_rest(sheet)
    for button in sheet.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.width() >= 24, button.accessibleName()
            assert button.height() >= 24, button.accessibleName()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_that_has_the_keyboard(qtbot, theme, key):
    pressed: list[str] = []
    button = Button(theme, "Book", lambda: pressed.append("Book"))
    qtbot.addWidget(button)
    qtbot.keyClick(button, key)
    assert pressed == ["Book"]
    qtbot.keyClick(button, key, Qt.KeyboardModifier.ControlModifier) if key != Qt.Key.Key_Space else None
    assert pressed == ["Book"], "Ctrl+Enter records the form, whatever has the keyboard"
