"""Forms say what is wrong beside the field, and keep every word."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Placement
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, DraftKeeper, Form, Part
from mhtracker.ui.more_editors import TextEdit
from mhtracker.ui.widgets.side_panel import SidePanel
from tests.ui.rest import come_to_rest

DAY = date(2026, 7, 14)


@pytest.fixture
def form(qtbot, theme):
    form = Form(
        theme,
        Part("Going to"),
        Ask("stage_id", ChoiceEdit(theme, [Choice("supported", "Supported living")]), of=(Placement, "stage_id")),
        Ask("started_on", DateEdit(theme, DAY), of=(Placement, "started_on")),
        Ask(
            "cost",
            MoneyEdit(theme),
            of=(Placement, "weekly_cost_pence"),
            beside=Ask("share", LineEdit(theme, width=60), label="R&D pays"),
        ),
        Ask("note", TextEdit(theme, lines=2), of=(Placement, "note")),
        name="Record a move",
    )
    qtbot.addWidget(form)
    form.resize(420, 400)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def test_labels_help_and_units_come_from_the_fields(form):
    assert form.labels["started_on"].text() == "Started on"
    assert form.editors["started_on"].note.words == "The first day there."
    assert form.editors["started_on"].control.accessibleName() == "Started on"
    assert "Needed." in form.editors["started_on"].control.accessibleDescription()
    assert "a week" in [label.text() for label in form.findChildren(QLabel)]


def test_an_ampersand_in_a_label_makes_no_shortcut(form):
    assert form.labels["share"].text() == "R&&D pays"
    assert form.editors["share"].control.accessibleName() == "R&D pays"


def test_values_come_by_name(form):
    form.set_values({"stage_id": "supported", "started_on": DAY, "cost": 71250})
    assert form.values() == {"stage_id": "supported", "started_on": DAY, "cost": 71250, "share": "", "note": ""}


def test_what_is_needed_and_what_cannot_be_read_is_told_together(form):
    form.editors["started_on"].restore_text("31/6/26")
    with pytest.raises(Invalid) as wrong:
        form.values()
    assert wrong.value.problems == {"stage_id": "“Stage” is needed.", "started_on": "June has 30 days."}
    assert wrong.value.mends["started_on"] == (date(2026, 6, 30), date(2026, 7, 1))


def test_the_first_bad_field_gets_the_focus_and_the_panel_the_count(qtbot, form):
    counts: list[int] = []
    form.problems_changed.connect(counts.append)
    assert form.checked_values() is None
    assert form.editors["stage_id"].combo.hasFocus()
    assert counts[-1] == 2
    form.editors["stage_id"].set_value("supported")
    assert counts[-1] == 1


def test_a_problem_of_no_field_stands_at_the_top(form):
    form.show_problems({"": "Ciarán was already at Step House then.", "elsewhere": "And this."})
    assert form._general.words == "Ciarán was already at Step House then. And this."
    assert form.problem_count() == 1
    form.clear_problems()
    assert form.problem_count() == 0


def test_a_problem_goes_when_its_field_is_typed_in(qtbot, form):
    form.show_problems({"note": "Say who helped."})
    qtbot.keyClicks(form.editors["note"].control, "A")
    assert form.problem_count() == 0


def test_an_error_never_takes_away_what_was_typed(form):
    form.editors["started_on"].restore_text("31/6/26")
    form.editors["note"].restore_text("His brother helped.")
    form.checked_values()
    assert form.text_values()["started_on"] == "31/6/26"
    assert form.text_values()["note"] == "His brother helped."


def test_a_form_is_dirty_only_while_it_differs(qtbot, form):
    form.set_values({"note": "A"})
    assert not form.dirty
    qtbot.keyClicks(form.editors["note"].control, "b")
    assert form.dirty
    qtbot.keyClick(form.editors["note"].control, Qt.Key.Key_Backspace)
    assert not form.dirty


def test_a_hidden_field_has_no_value_and_no_problem(form):
    form.set_shown("stage_id", False)
    form.set_values({"started_on": DAY})
    assert "stage_id" not in form.values()


def test_tab_goes_through_every_field_and_out_again(qtbot, form):
    form.focus_first()
    seen: list[QWidget | None] = []
    for _ in range(12):
        control = QApplication.focusWidget()
        if control in seen:
            break
        seen.append(control)
        qtbot.keyClick(control, Qt.Key.Key_Tab)
    controls = [editor.control for editor in form.editors.values()]
    assert [control for control in seen if control in controls] == controls


def test_labels_go_above_their_fields_where_the_form_is_narrow(qtbot, form):
    label, field = form.labels["started_on"], form.editors["started_on"]
    assert label.geometry().right() < field.geometry().left()
    form.resize(300, 600)
    come_to_rest(form)
    assert label.geometry().bottom() <= field.geometry().top()
    assert field.x() == label.x()
    form.resize(420, 400)
    come_to_rest(form)
    assert label.geometry().right() < field.geometry().left()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_field_is_cut_off_at_large_text_in_a_panel_of_460(qtbot, theme, form, scale):
    theme.change(scale=scale)
    form.resize(420, 900)
    come_to_rest(form)
    for name, editor in form.editors.items():
        right = editor.control.mapTo(form, editor.control.rect().topRight()).x()
        assert right <= form.width(), name


def test_a_long_problem_is_never_cut_off(qtbot, form):
    form.show_problems({"note": "This says who helped, which belongs with the people. " * 5})
    for width in (420, 240):
        form.resize(width, 900)
        come_to_rest(form)
        words = form.editors["note"].note._words
        assert words.height() >= words.heightForWidth(words.width())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_problem_with_mends_is_shown_whole_in_a_panel_at_large_text(qtbot, theme, scale):
    theme.change(scale=scale)
    panel = SidePanel(theme, "Record a move", primary="Record move")
    qtbot.addWidget(panel)
    date_edit = DateEdit(theme, DAY)
    form = Form(theme, Part("Leaving"), Ask("left_on", date_edit), Ask("note", TextEdit(theme)))
    panel.add(form)
    panel.add(QLabel("After"))
    panel.add_stretch()
    panel.resize(460, 900)
    panel.show()
    date_edit.restore_text("31/6/26")
    come_to_rest(panel)
    words, buttons = date_edit.note._words, date_edit.note.buttons
    assert words.height() >= words.heightForWidth(words.width())
    assert all(button.geometry().bottom() <= date_edit.note.height() for button in buttons)
    assert date_edit.note.geometry().bottom() <= date_edit.height()


class TestDrafts:
    def test_words_are_kept_a_moment_after_typing_and_without_pausing(self, qtbot, form):
        saved: list[dict[str, str]] = []
        keeper = DraftKeeper(form, saved.append, after_ms=30)
        with qtbot.waitSignal(keeper.kept):
            qtbot.keyClicks(form.editors["note"].control, "He sl", delay=1)
        assert saved[-1]["note"].startswith("H")

    def test_hiding_a_form_keeps_its_words_at_once(self, qtbot, form):
        saved: list[dict[str, str]] = []
        DraftKeeper(form, saved.append, after_ms=60_000)
        form.editors["started_on"].restore_text("31/6/26")
        form.edited.emit()
        form.hide()
        assert saved[-1]["started_on"] == "31/6/26"

    def test_a_form_back_as_it_began_needs_no_draft(self, qtbot, form):
        saved: list[dict[str, str]] = []
        keeper = DraftKeeper(form, saved.append, after_ms=60_000)
        qtbot.keyClicks(form.editors["note"].control, "A")
        keeper.flush()
        qtbot.keyClick(form.editors["note"].control, Qt.Key.Key_Backspace)
        keeper.flush()
        assert saved == [{**saved[0], "note": "A"}, {}]

    def test_an_earlier_draft_comes_back_word_for_word(self, form):
        saved: list[dict[str, str]] = []
        keeper = DraftKeeper(form, saved.append)
        draft = {**form.text_values(), "started_on": "31/6/26", "note": "A\nB "}
        keeper.offer(draft)
        assert form.text_values() == draft
        assert form.dirty
        keeper.flush()
        assert saved == []

    def test_nothing_is_kept_once_it_is_recorded(self, qtbot, form):
        saved: list[dict[str, str]] = []
        keeper = DraftKeeper(form, saved.append, after_ms=1)
        keeper.stop()
        qtbot.keyClicks(form.editors["note"].control, "A")
        form.hide()
        assert saved == []


def test_control_enter_in_a_note_records_and_types_no_line(qtbot, theme):
    panel = SidePanel(theme, "Record a move", primary="Record move")
    qtbot.addWidget(panel)
    note = TextEdit(theme)
    panel.add(Form(theme, Ask("note", note)))
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    note.setFocus()
    with qtbot.waitSignal(panel.accepted):
        qtbot.keyClick(note.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert note.text_value() == ""
