"""Editors read what people type, say so, and never lose or alter a word of it."""

from datetime import date
from time import thread_time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.domain.errors import Invalid
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import DatePrecision
from mhtracker.ui.choice_edit import Choice, ChoiceEdit, Typed
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import LineEdit, MoneyEdit, read_pence
from mhtracker.ui.more_editors import CheckEdit, NhsEdit, NumberEdit, RadioEdit, TextEdit, TimeEdit, read_time

DAY = date(2026, 7, 14)


@pytest.fixture
def show(qtbot):
    """Shows editors under one another on a page that is active."""
    pages = []

    def show(*editors):
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        column = QVBoxLayout(page)
        for editor in editors:
            column.addWidget(editor)
        page.resize(420, 300)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)

    return show


@pytest.fixture
def dates(theme, show):
    first, second = DateEdit(theme, DAY), DateEdit(theme, DAY)
    for editor, name in ((first, "Left on"), (second, "Started on")):
        editor.set_name(name)
    show(first, second)
    first.setFocus()
    return first, second


class TestDate:
    def test_a_typed_date_is_echoed_with_its_weekday(self, qtbot, dates):
        qtbot.keyClicks(dates[0].line, "+6w")
        assert dates[0].note.words == "Tue 25 Aug 2026"
        assert dates[0].value() == date(2026, 8, 25)
        assert dates[0].text_value() == "+6w"

    def test_nothing_is_said_against_a_date_still_being_typed(self, qtbot, dates):
        qtbot.keyClicks(dates[0].line, "31/6/2")
        assert dates[0].problem == ""
        assert dates[0].note.words == ""

    def test_leaving_a_date_that_does_not_exist_says_why_and_offers_the_right_ones(self, qtbot, dates):
        qtbot.keyClicks(dates[0].line, "31/6/26")
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Tab)
        assert dates[1].line.hasFocus()
        assert dates[0].note.words.startswith("June has 30 days.")
        assert [button.words() for button in dates[0].note.buttons] == ["Tue 30 Jun 2026", "Wed 1 Jul 2026"]
        assert dates[0].text_value() == "31/6/26"
        assert dates[0].control.accessibleDescription() == "June has 30 days. Did you mean one of these?"

    def test_a_mend_fills_the_field_and_takes_the_problem_away(self, qtbot, dates):
        qtbot.keyClicks(dates[0].line, "31/6/26")
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Tab)
        qtbot.mouseClick(dates[0].note.buttons[1], Qt.MouseButton.LeftButton)
        assert dates[0].value() == date(2026, 7, 1)
        assert dates[0].text_value() == "1 Jul 2026"
        assert dates[0].problem == ""
        assert dates[0].line.hasFocus()

    def test_typing_on_takes_the_problem_away(self, qtbot, dates):
        dates[0].restore_text("31/6/26")
        assert dates[0].problem
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Backspace)
        assert not dates[0].problem

    def test_control_semicolon_is_today_and_arrows_step_a_day(self, qtbot, dates):
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
        assert dates[0].value() == DAY
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Up)
        assert dates[0].value() == date(2026, 7, 15)
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Down)
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Down)
        assert dates[0].value() == date(2026, 7, 13)

    def test_an_empty_date_is_none_and_no_problem(self, qtbot, dates):
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Tab)
        assert dates[0].value() is None
        assert dates[0].problem == ""

    def test_the_calendar_opens_by_keyboard_and_gives_its_day(self, qtbot, dates):
        dates[0].set_value(date(2026, 6, 30))
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        popup = dates[0]._popup
        assert popup.isVisible()
        assert popup.calendar.selectedDate().toString("yyyy-MM-dd") == "2026-06-30"
        popup.calendar.setSelectedDate(popup.calendar.selectedDate().addDays(2))
        popup.calendar.activated.emit(popup.calendar.selectedDate())
        assert dates[0].value() == date(2026, 7, 2)

    def test_a_birth_date_may_be_a_year_and_is_never_in_the_future(self, qtbot, theme, show):
        born = DateEdit(theme, DAY, birth=True)
        show(born)
        born.restore_text("1/2/68")
        assert born.value() == date(1968, 2, 1)
        born.restore_text("1954")
        assert (born.value(), born.precision()) == (date(1954, 1, 1), DatePrecision.YEAR)
        assert born.note.words.startswith("1954")
        born.restore_text("1/2/2030")
        assert "past" in born.note.words

    def test_only_a_birth_date_asks_which_century_a_short_year_means(self, qtbot, theme, show):
        born, started = DateEdit(theme, DAY, birth=True), DateEdit(theme, DAY)
        show(born, started)
        born.restore_text("1/2/68")
        assert born.note.words == "Thu 1 Feb 1968. The 2-digit year was read as 1968."
        started.restore_text("14/7/26")
        assert started.note.words == "Tue 14 Jul 2026"
        started.restore_text("14/7/26 09:30")
        assert started.note.words == "Tue 14 Jul 2026. The time of day was left out."

    def test_a_locked_date_takes_no_keys(self, qtbot, dates):
        dates[0].set_value(DAY)
        dates[0].set_locked(True, "Set by the import")
        qtbot.keyClick(dates[0].line, Qt.Key.Key_Up)
        qtbot.keyClicks(dates[0].line, "x")
        assert dates[0].value() == DAY


class TestMoney:
    @pytest.mark.parametrize(
        ("typed", "pence"),
        [("712.50", 71250), ("£1,234", 123400), ("0", 0), (".5", 50), ("1234.5", 123450), ("£ 684.20", 68420)],
    )
    def test_amounts_are_read_to_the_penny(self, typed, pence):
        assert read_pence(typed) == pence

    @pytest.mark.parametrize("typed", ["1,50", "12.345", "abc", "-3", "٣", "1.2.3", "£", ","])
    def test_what_could_be_read_two_ways_or_none_is_refused(self, typed):
        with pytest.raises(Invalid):
            read_pence(typed)

    def test_an_amount_is_written_out_on_leaving(self, qtbot, theme, show):
        money = MoneyEdit(theme)
        show(money, LineEdit(theme))
        money.setFocus()
        qtbot.keyClicks(money.line, "712.5")
        qtbot.keyClick(money.line, Qt.Key.Key_Tab)
        assert money.text_value() == "712.50"
        assert money.value() == 71250

    def test_a_wrong_amount_stays_as_it_was_typed(self, qtbot, theme, show):
        money = MoneyEdit(theme)
        show(money, LineEdit(theme))
        money.setFocus()
        qtbot.keyClicks(money.line, "1,50")
        qtbot.keyClick(money.line, Qt.Key.Key_Tab)
        assert money.text_value() == "1,50"
        assert "two ways" in money.problem


class TestText:
    def test_tab_leaves_a_text_and_types_nothing(self, qtbot, theme, show):
        text, after = TextEdit(theme), LineEdit(theme)
        show(text, after)
        text.setFocus()
        qtbot.keyClicks(text.area, "He slept.")
        qtbot.keyClick(text.area, Qt.Key.Key_Tab)
        assert after.line.hasFocus()
        assert text.value() == "He slept."

    def test_markup_is_kept_as_text(self, qtbot, theme, show):
        text, line = TextEdit(theme), LineEdit(theme)
        show(text, line)
        for editor in (text, line):
            editor.set_value("<b>R&D</b>")
            assert editor.value() == "<b>R&D</b>"

    def test_unseen_control_characters_are_left_out_of_the_value(self, qtbot, theme, show):
        line = LineEdit(theme)
        show(line)
        line.set_value(" O’Brien\x00\x07 ")
        assert line.value() == "O’Brien"

    def test_pasting_more_than_can_be_kept_changes_nothing_and_says_so(self, qtbot, theme, show):
        text = TextEdit(theme)
        show(text)
        text.set_value("He slept.")
        pasted = QMimeData()
        pasted.setText("a" * 1_000_001)
        text.area.insertFromMimeData(pasted)
        assert text.value() == "He slept."
        assert text.problem.startswith("What you copied is 1,000,001 characters long")

    def test_markup_that_is_pasted_comes_as_plain_words(self, qtbot, theme, show):
        text = TextEdit(theme)
        show(text)
        pasted = QMimeData()
        pasted.setHtml("<b>Canal</b> View")
        pasted.setText("Canal View")
        text.area.insertFromMimeData(pasted)
        assert text.value() == "Canal View"

    def test_one_word_of_100000_letters_is_shown_at_once(self, qtbot, theme, show):
        text = TextEdit(theme)
        show(text)
        began = thread_time()
        text.set_value("a" * 100_000)
        text.area.grab()
        assert thread_time() - began < 1.5

    def test_a_text_of_more_than_a_million_characters_is_refused_and_kept(self, qtbot, theme, show):
        text = TextEdit(theme)
        show(text)
        text.set_value("a" * 1_000_001)
        with pytest.raises(Invalid):
            text.value()
        assert len(text.text_value()) == 1_000_001


class TestNumbers:
    def test_an_nhs_number_is_checked_and_shown_in_three_parts(self, qtbot, theme, show):
        nhs = NhsEdit(theme)
        show(nhs, LineEdit(theme))
        nhs.setFocus()
        qtbot.keyClicks(nhs.line, "9999981801")
        qtbot.keyClick(nhs.line, Qt.Key.Key_Tab)
        assert nhs.text_value() == "999 998 1801"
        assert nhs.value() == "9999981801"

    def test_a_wrong_last_digit_is_told_in_plain_words(self, qtbot, theme, show):
        nhs = NhsEdit(theme)
        show(nhs)
        nhs.restore_text("999 998 1802")
        assert "mistyped" in nhs.problem

    def test_a_number_outside_its_range_is_refused(self, qtbot, theme, show):
        number = NumberEdit(theme, most=100)
        show(number)
        number.restore_text("50 %")
        assert number.value() == 50
        number.restore_text("101")
        assert number.problem == "Write a whole number from 0 to 100."

    @pytest.mark.parametrize(
        ("typed", "time"), [("10:30", "10:30"), ("1030", "10:30"), ("9am", "09:00"), ("12 pm", "12:00")]
    )
    def test_times_are_read_as_people_write_them(self, typed, time):
        assert read_time(typed) == time

    @pytest.mark.parametrize("typed", ["25:00", "10:61", "noon", "13pm", "١٠:٣٠"])
    def test_times_that_are_none_are_refused(self, typed):
        with pytest.raises(Invalid):
            read_time(typed)

    def test_a_time_is_written_out_on_leaving(self, qtbot, theme, show):
        time = TimeEdit(theme)
        show(time, LineEdit(theme))
        time.setFocus()
        qtbot.keyClicks(time.line, "2.15pm")
        qtbot.keyClick(time.line, Qt.Key.Key_Tab)
        assert time.value() == "14:15"


class TestChoices:
    def test_nothing_is_chosen_until_somebody_chooses(self, qtbot, theme, show):
        choice = ChoiceEdit(theme, [Choice("a", "First"), Choice("b", "R&D")])
        show(choice)
        assert choice.value() is None
        choice.setFocus()
        qtbot.keyClicks(choice.combo, "r")
        assert choice.value() == "b"
        assert choice.text_value() == "R&D"

    def test_a_long_list_is_filtered_by_any_part_without_accents(self, qtbot, theme, show):
        names = ["Łódź Road", *(f"Canal View, flat {number}" for number in range(20))]
        choice = ChoiceEdit(theme, [Choice(name, name) for name in names])
        show(choice, LineEdit(theme))
        choice.setFocus()
        line = choice.combo.lineEdit()
        qtbot.keyClicks(line, "lodz")
        completer = choice.combo.completer()
        assert completer.completionCount() == 1
        assert completer.currentCompletion() == "Łódź Road"
        qtbot.keyClicks(line, " road")
        assert choice.value() == "Łódź Road"

    def test_words_that_are_not_on_the_list_are_kept_and_told(self, qtbot, theme, show):
        choice = ChoiceEdit(theme, [Choice(number, f"Flat {number}") for number in range(20)])
        other = LineEdit(theme)
        show(choice, other)
        choice.setFocus()
        qtbot.keyClicks(choice.combo.lineEdit(), "Harb")
        other.setFocus()
        assert choice.text_value() == "Harb"
        assert "not on the list" in choice.problem

    def test_new_words_are_welcome_where_they_are(self, qtbot, theme, show):
        choice = ChoiceEdit(theme, [Choice("1", "Beech Lodge")], allow_new=True)
        show(choice)
        choice.restore_text("Elm House")
        assert choice.value() == Typed("Elm House")
        choice.restore_text("beech lodge")
        assert choice.value() == "1"

    def test_a_field_that_may_stay_empty_has_an_entry_for_it(self, qtbot, theme, show):
        choice = ChoiceEdit(theme, [Choice("a", "First")], blank="Not recorded")
        show(choice)
        choice.set_value("a")
        choice.set_value(None)
        assert choice.value() is None
        assert choice.text_value() == "Not recorded"

    def test_stages_stand_with_their_blocks(self, qtbot, theme, show):
        choice = ChoiceEdit(theme, [Choice(stage.id, stage.label, stage) for stage in DEFAULT_STAGES])
        show(choice)
        assert all(not choice.combo.itemIcon(place).isNull() for place in range(len(DEFAULT_STAGES)))

    def test_new_choices_keep_what_was_chosen(self, qtbot, theme, show):
        choice = ChoiceEdit(theme, [Choice("a", "First"), Choice("b", "Second")])
        show(choice)
        choice.set_value("b")
        choice.set_choices([Choice("c", "Third"), Choice("b", "Second")])
        assert choice.value() == "b"

    def test_scrolling_past_a_choice_does_not_change_it(self, qtbot, theme, show):
        from PySide6.QtCore import QPoint, QPointF
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        choice = ChoiceEdit(theme, [Choice("a", "First"), Choice("b", "Second")])
        show(choice)
        choice.set_value("a")
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(choice.combo, wheel)
        assert choice.value() == "a"

    def test_arrows_choose_among_radio_buttons_and_tab_leaves(self, qtbot, theme, show):
        radio, after = RadioEdit(theme, ((True, "Planned"), (False, "Unplanned"))), LineEdit(theme)
        show(radio, after)
        assert radio.value() is None
        radio.setFocus()
        first = radio._box.buttons[0]
        qtbot.waitUntil(first.hasFocus)
        qtbot.keyClick(first, Qt.Key.Key_Right)
        assert radio.value() is False
        qtbot.keyClick(radio._box.buttons[1], Qt.Key.Key_Tab)
        assert after.line.hasFocus()

    def test_a_check_box_is_turned_by_space(self, qtbot, theme, show):
        check = CheckEdit(theme, "R&D")
        show(check)
        check.setFocus()
        qtbot.keyClick(check.box, Qt.Key.Key_Space)
        assert check.value() is True
        assert check.box.text() == "R&&D"
        assert check.box.accessibleName() == "R&D"


def test_every_editor_gives_back_exactly_what_its_draft_held(qtbot, theme, show):
    kinds = {
        "31/6/26": DateEdit(theme, DAY),
        "1,50": MoneyEdit(theme),
        " two  spaces ": LineEdit(theme),
        "line\n\nline": TextEdit(theme),
        "943 4": NhsEdit(theme),
        "Unplanned": RadioEdit(theme, ((True, "Planned"), (False, "Unplanned"))),
        "yes": CheckEdit(theme, "Money"),
        "Second": ChoiceEdit(theme, [Choice("a", "First"), Choice("b", "Second")]),
        "Elm Hou": ChoiceEdit(theme, [Choice("a", "First")], allow_new=True),
    }
    show(*kinds.values())
    for typed, editor in kinds.items():
        editor.restore_text(typed)
        assert editor.text_value() == typed
