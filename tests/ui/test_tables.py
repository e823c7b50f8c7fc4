"""Tables: rows fetched as they are needed, everything by keyboard, nothing lost on a reload."""

from dataclasses import dataclass
from datetime import date
from time import thread_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mhtracker.ui.table_model import PAGE, PAGES_KEPT
from mhtracker.ui.tables import (
    BadgeFacts,
    Column,
    ColumnState,
    DataTable,
    StageFacts,
    StripAxis,
    StripFacts,
    TableModel,
    TargetFacts,
    rows_as_text,
)
from mhtracker.ui.widgets.empty_state import EmptyState

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
DOWN, UP, ENTER, SPACE = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Space


@dataclass(frozen=True)
class Line:
    id: str
    name: str
    days: int


def columns():
    spans = (("residential", date(2010, 1, 1), date(2024, 3, 1)), ("supported", date(2024, 3, 1), None))
    return [
        Column("person", "Person", 150, lambda line: line.name, "strong", sort="name", tooltip=lambda line: line.name),
        Column("days", "Days", 60, lambda line: f"{line.days:,}", "number", sort="days"),
        Column(
            "stage",
            "Stage",
            130,
            lambda _: "Residential",
            value=lambda _: StageFacts("R", "residential", "Residential"),
        ),
        Column("strip", "Pathway", 176, lambda _: "", "strip", value=lambda _: StripFacts(spans, date(2026, 12, 1))),
        Column(
            "review",
            "Review",
            140,
            lambda _: "23 days overdue",
            value=lambda _: BadgeFacts("overdue", "23 days overdue"),
        ),
        Column(
            "target",
            "Move-on target",
            190,
            lambda _: "30 Sep 2026 +8 months",
            value=lambda _: TargetFacts("30 Sep 2026", BadgeFacts("slipped", "+8 months", quiet=True)),
        ),
        Column("s117", "s117", 50, lambda line: "yes", "tick", value=lambda line: line.days % 2 == 0),
        Column("note", "Note", 100, lambda _: "=1+1\nand more", shown=False),
    ]


def lines(count):
    return [Line(f"id{number}", f"FICTLEY, Joan {number}", number) for number in range(count)]


class Slow:
    """Answers when it is told to, as the store's thread does."""

    def __init__(self, rows):
        self.rows = rows
        self.asked: list[tuple[int, int]] = []
        self.waiting: list = []

    def count(self, then):
        self.waiting.append(lambda: then(len(self.rows)))

    def fetch(self, offset, limit, then):
        self.asked.append((offset, limit))
        self.waiting.append(lambda: then(self.rows[offset : offset + limit]))

    def answer(self):
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def make_table(qtbot, theme):
    pages = []

    def make(count=40, *, checkable=True, width=1200):
        model = TableModel.of_rows(columns(), lines(count), lambda line: line.id, checkable=checkable)
        model.axis = StripAxis(date(2015, 6, 1), date(2028, 12, 31), date(2026, 7, 14))
        table = DataTable(theme, model, "Caseload")
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        column = QVBoxLayout(page)
        before, after = QPushButton("Before"), QPushButton("After")
        column.addWidget(before)
        column.addWidget(table, 1)
        column.addWidget(after)
        column.addLayout(QHBoxLayout())
        page.resize(width, 420)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        table.setFocus()
        return table, model, before, after

    return make


class TestModel:
    def test_rows_are_asked_for_as_they_come_into_view(self, qtbot):
        slow = Slow(lines(1_000))
        model = TableModel(columns(), slow.count, slow.fetch, lambda line: line.id)
        model.reload()
        slow.answer()
        assert model.rowCount() == 1_000
        assert slow.asked == []
        assert model.row(450) is None
        assert model.row(451) is None
        assert slow.asked == [(400, PAGE)]
        slow.answer()
        assert model.row(450).name == "FICTLEY, Joan 450"

    def test_what_is_shown_stays_until_the_new_answer_is_there(self, qtbot):
        slow = Slow(lines(50))
        model = TableModel(columns(), slow.count, slow.fetch, lambda line: line.id)
        model.reload()
        slow.answer()
        model.row(0)
        slow.answer()
        model.reload()
        slow.waiting.pop(0)()
        assert model.row(3).id == "id3"
        assert slow.asked[-1] == (0, PAGE)

    def test_an_answer_to_an_earlier_question_is_not_shown(self, qtbot):
        slow, other = Slow(lines(50)), Slow(lines(3))
        model = TableModel(columns(), slow.count, slow.fetch, lambda line: line.id)
        model.reload()
        model.ask_with(other.count, other.fetch)
        other.answer()
        slow.answer()
        assert model.rowCount() == 3

    def test_only_some_pages_of_100000_rows_are_kept(self, qtbot):
        slow = Slow(lines(100_000))
        model = TableModel(columns(), slow.count, slow.fetch, lambda line: line.id)
        model.reload()
        slow.answer()
        for place in range(0, 100_000, PAGE):
            model.row(place)
            slow.answer()
        assert len(list(model.loaded())) == PAGE * PAGES_KEPT

    def test_ticks_stay_through_a_reload_in_another_order(self, qtbot):
        rows = lines(10)
        model = TableModel.of_rows(columns(), rows, lambda line: line.id, checkable=True)
        model.tick([2, 4])
        rows.reverse()
        model.reload()
        assert [place for place in range(10) if model.is_ticked(model.row(place))] == [5, 7]

    def test_a_cell_is_read_out_with_its_columns_name(self, qtbot):
        model = TableModel.of_rows(columns(), lines(2), lambda line: line.id, checkable=True)
        read = Qt.ItemDataRole.AccessibleTextRole
        assert model.data(model.index(1, 1), read) == "Person: FICTLEY, Joan 1"
        assert model.data(model.index(1, 4), read) == "Pathway: blank"
        assert model.data(model.index(1, 0), read) == "Not selected"
        model.tick([1])
        assert model.data(model.index(1, 0), read) == "Selected"

    def test_a_tooltip_shows_markup_as_it_stands(self, qtbot):
        model = TableModel.of_rows(columns(), [Line("a", "<b>FICTLEY</b>", 1)], lambda line: line.id)
        tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
        assert "&lt;b&gt;FICTLEY" in tip


class TestKeys:
    def test_arrows_go_from_row_to_row_and_enter_opens(self, qtbot, make_table):
        table, _, _, _ = make_table()
        qtbot.keyClick(table, DOWN)
        qtbot.keyClick(table, DOWN)
        with qtbot.waitSignal(table.opened) as opened:
            qtbot.keyClick(table, ENTER)
        assert opened.args[0].id == "id2"

    def test_home_and_end_go_to_the_first_and_last_row(self, qtbot, make_table):
        table, _, _, _ = make_table()
        qtbot.keyClick(table, Qt.Key.Key_End)
        assert table.current_row().id == "id39"
        qtbot.keyClick(table, Qt.Key.Key_Home)
        assert table.current_row().id == "id0"

    def test_space_ticks_and_shift_extends(self, qtbot, make_table):
        table, model, _, _ = make_table()
        qtbot.keyClick(table, SPACE)
        assert set(model.ticked) == {"id0"}
        qtbot.keyClick(table, DOWN)
        qtbot.keyClick(table, DOWN, SHIFT)
        qtbot.keyClick(table, DOWN, SHIFT)
        assert set(model.ticked) == {"id0", "id1", "id2", "id3"}
        qtbot.keyClick(table, Qt.Key.Key_Escape)
        assert model.ticked == {}

    def test_control_a_ticks_every_row(self, qtbot, make_table):
        table, model, _, _ = make_table(450)
        qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
        assert len(model.ticked) == 450
        assert model.tick_state() == Qt.CheckState.Checked

    def test_tab_reaches_head_and_rows_and_leaves(self, qtbot, make_table):
        table, _, before, after = make_table()
        before.setFocus()
        qtbot.keyClick(before, Qt.Key.Key_Tab)
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
        seen = [table.hasFocus() or table.horizontalHeader().hasFocus()]
        for _ in range(2):
            if after.hasFocus():
                break
            qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
        assert seen == [True]
        assert after.hasFocus()
        qtbot.keyClick(after, Qt.Key.Key_Backtab)
        assert table.hasFocus() or table.horizontalHeader().hasFocus()

    def test_control_c_copies_the_ticked_rows_in_the_tables_order(self, qtbot, make_table):
        table, model, _, _ = make_table()
        model.tick([3, 1])
        qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
        copied = QGuiApplication.clipboard().text().splitlines()
        assert copied[0].split("\t")[:2] == ["Person", "Days"]
        assert [line.split("\t")[0] for line in copied[1:]] == ["FICTLEY, Joan 1", "FICTLEY, Joan 3"]

    def test_control_c_with_nothing_ticked_copies_the_row_one_is_at(self, qtbot, make_table):
        table, _, _, _ = make_table()
        table.go_to(5)
        qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
        assert "FICTLEY, Joan 5\t5\t" in QGuiApplication.clipboard().text()

    def test_what_a_spreadsheet_would_run_is_copied_as_text(self):
        assert rows_as_text(columns(), lines(1)).splitlines()[1].endswith("\t'=1+1 and more")


class TestHead:
    def test_the_head_sorts_by_keyboard_and_turns_round(self, qtbot, make_table):
        table, _, _, _ = make_table()
        head = table.horizontalHeader()
        head.setFocus()
        qtbot.keyClick(head, Qt.Key.Key_Right)
        qtbot.keyClick(head, Qt.Key.Key_Right)
        with qtbot.waitSignal(table.sort_asked) as sort:
            qtbot.keyClick(head, ENTER)
        assert sort.args == ["days", False]
        with qtbot.waitSignal(table.sort_asked) as sort:
            qtbot.keyClick(head, ENTER)
        assert sort.args == ["days", True]

    def test_the_head_sorts_by_click(self, qtbot, make_table):
        table, _, _, _ = make_table()
        head = table.horizontalHeader()
        with qtbot.waitSignal(table.sort_asked) as sort:
            qtbot.mouseClick(
                head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(1) + 30, 10)
            )
        assert sort.args == ["name", False]

    def test_a_column_that_cannot_be_sorted_stays_quiet(self, qtbot, make_table):
        table, _, _, _ = make_table()
        head = table.horizontalHeader()
        with qtbot.assertNotEmitted(table.sort_asked):
            qtbot.mouseClick(
                head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(3) + 30, 10)
            )

    def test_the_box_in_the_head_ticks_all_and_none(self, qtbot, make_table):
        table, model, _, _ = make_table()
        head = table.horizontalHeader()
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(15, 10))
        assert len(model.ticked) == 40
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(15, 10))
        assert model.ticked == {}

    def test_columns_move_and_grow_by_keyboard_but_never_before_the_person(self, qtbot, make_table):
        table, _, _, _ = make_table()
        head = table.horizontalHeader()
        head.setFocus()
        for _ in range(3):
            qtbot.keyClick(head, Qt.Key.Key_Right)
        with qtbot.waitSignal(table.arranged):
            qtbot.keyClick(head, Qt.Key.Key_Left, CONTROL | SHIFT)
        assert [state.key for state in table.column_states()][:3] == ["person", "stage", "days"]
        qtbot.keyClick(head, Qt.Key.Key_Left, CONTROL | SHIFT)
        assert table.column_states()[0].key == "person"
        qtbot.keyClick(head, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert {state.key: state.width for state in table.column_states()}["stage"] == 138

    def test_an_arrangement_comes_back_and_new_columns_come_last(self, qtbot, make_table):
        table, _, _, _ = make_table()
        table.arrange(
            [
                ColumnState("person", 200),
                ColumnState("review", 150),
                ColumnState("days", 80, False),
                ColumnState("gone", 9),
            ]
        )
        states = table.column_states()
        assert [state.key for state in states][:3] == ["person", "review", "days"]
        assert states[0].width == 200
        assert not states[2].shown
        assert table.columnWidth(1) == 200

    def test_widths_are_remembered_at_100_percent_whatever_the_text_size(self, qtbot, theme, make_table):
        table, _, _, _ = make_table()
        theme.change(scale=1.5)
        assert table.columnWidth(1) == 225
        assert table.column_states()[0].width == 150

    def test_the_menu_of_columns_shows_and_hides_all_but_the_fixed(self, qtbot, make_table):
        table, _, _, _ = make_table()
        menu = table.make_columns_menu(table)
        actions = {action.text(): action for action in menu.actions()}
        assert "Person" not in actions
        assert not actions["Note"].isChecked()
        actions["Note"].trigger()
        assert [state.shown for state in table.column_states() if state.key == "note"] == [True]


class TestPointing:
    def at(self, table, row, x=300):
        return QPoint(x, table.rowViewportPosition(row) + 10)

    def test_double_click_opens_and_a_click_in_the_box_ticks(self, qtbot, make_table):
        table, model, _, _ = make_table()
        with qtbot.waitSignal(table.opened) as opened:
            qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=self.at(table, 4))
        assert opened.args[0].id == "id4"
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=self.at(table, 2, 15))
        assert set(model.ticked) == {"id2"}

    def test_shift_click_ticks_from_the_row_before(self, qtbot, make_table):
        table, model, _, _ = make_table()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=self.at(table, 2))
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, SHIFT, self.at(table, 5))
        assert set(model.ticked) == {"id2", "id3", "id4", "id5"}

    def test_the_person_stays_in_sight_on_sideways_scroll(self, qtbot, make_table):
        table, model, _, _ = make_table(width=500)
        table.horizontalScrollBar().setValue(200)
        assert table._fixed.isVisible()
        assert table._fixed.width() >= table.columnWidth(0) + table.columnWidth(1)
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=self.at(table, 1, 15))
        assert set(model.ticked) == {"id1"}
        head = table.horizontalHeader()
        with qtbot.waitSignal(table.sort_asked) as sort:
            qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, 10))
        assert sort.args == ["name", False]

    def test_going_to_a_far_column_brings_it_out_from_under_the_fixed_ones(self, qtbot, make_table):
        table, _, _, _ = make_table(width=500)
        for _ in range(6):
            qtbot.keyClick(table, Qt.Key.Key_Right)
        for _ in range(4):
            qtbot.keyClick(table, Qt.Key.Key_Left)
        column = table.currentIndex().column()
        left = table.columnViewportPosition(column)
        fixed = sum(table.columnWidth(place) for place in table.fixed_columns())
        assert column not in table.fixed_columns()
        assert left >= fixed


class TestPainting:
    @pytest.mark.parametrize("name", ["light", "dark", "contrast"])
    @pytest.mark.parametrize("scale", [1.0, 2.0])
    def test_every_kind_of_cell_is_painted_in_every_theme(self, qtbot, theme, make_table, name, scale):
        theme.change(name, scale)
        table, model, _, _ = make_table(12)
        model.tick([1])
        image = table.grab().toImage()
        ground = image.pixelColor(4, table.horizontalHeader().height() + theme.px(32) + 4)
        assert ground == theme.color("selected")
        assert theme.color("danger.shape").rgb() in {
            image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
        }

    def test_the_ring_goes_round_the_whole_row(self, qtbot, theme, make_table):
        table, _, _, after = make_table(12)
        table.go_to(2)
        top = table.rowViewportPosition(2)
        image = table.viewport().grab().toImage()
        focus = QColor(theme.hex("focus"))
        assert all(image.pixelColor(x, top) == focus for x in (1, 300, table.viewport().width() - 2))
        after.setFocus()
        image = table.viewport().grab().toImage()
        assert image.pixelColor(300, top) != focus

    def test_a_screenful_of_100000_rows_is_painted_in_good_time(self, qtbot, make_table):
        table, _, _, _ = make_table(100_000)
        table.verticalScrollBar().setValue(50_000)
        table.viewport().repaint()
        began = thread_time()
        for _ in range(5):
            table.viewport().repaint()
        assert (thread_time() - began) / 5 < 0.1

    def test_rows_that_are_on_their_way_are_painted_as_such(self, qtbot, theme):
        slow = Slow(lines(30))
        model = TableModel(columns(), slow.count, slow.fetch, lambda line: line.id)
        table = DataTable(theme, model, "Caseload")
        qtbot.addWidget(table)
        table.show()
        model.reload()
        slow.waiting.pop(0)()
        waiting = table.grab().toImage()
        slow.answer()
        assert table.grab().toImage() != waiting

    def test_an_empty_table_says_what_belongs_there(self, qtbot, theme):
        model = TableModel.of_rows(columns(), [], lambda line: line.id)
        table = DataTable(theme, model, "Caseload")
        qtbot.addWidget(table)
        empty = EmptyState(theme, "mdi6.account-group-outline", "Nobody here", "No one fits these filters.")
        table.set_empty(empty)
        table.resize(600, 300)
        table.show()
        assert empty.isVisible()
        model.ask_with(lambda then: then(2), lambda offset, limit, then: then(lines(2)))
        assert not empty.isVisible()


def test_a_table_and_its_head_have_names(qtbot, make_table):
    table, _, _, _ = make_table()
    assert QAccessible.queryAccessibleInterface(table).text(QAccessible.Text.Name) == "Caseload"
    assert QAccessible.queryAccessibleInterface(table.horizontalHeader()).text(QAccessible.Text.Name)


def test_columns_give_way_in_their_order_and_stay_chosen(qtbot, theme):
    made = [
        Column("name", "Name", 200, str, "strong"),
        Column("age", "Age", 60, str, gives=2),
        Column("home", "Home", 200, str, gives=1),
        Column("due", "Due", 200, str),
    ]
    table = DataTable(theme, TableModel.of_rows(made, ["one"], str), "People")
    qtbot.addWidget(table)
    table.show()

    def seen(width):
        table.resize(width, 200)
        return [column.key for place, column in enumerate(made) if not table.isColumnHidden(place)]

    assert seen(700) == ["name", "age", "home", "due"]
    assert seen(630) == ["name", "home", "due"]
    assert seen(500) == ["name", "age", "due"]  # the narrow one fits where the wide one went
    assert seen(300) == ["name", "due"]
    assert all(state.shown for state in table.column_states())
    assert seen(700) == ["name", "age", "home", "due"]
