"""What an import puts aside is put right on the page: before it, or later."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import Person, Placement
from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.operations.importing.sheets import first_rows
from mhtracker.store import Store
from mhtracker.ui.pages.import_people import WAITING
from mhtracker.ui.window import Window
from tests.ui.importing.seeing import names, outcome, people, read, table


def test_a_date_is_typed_on_its_card_and_the_row_is_taken(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    page = rehearse(sheet("new", "born"))
    assert outcome(page, 3) is Outcome.ASIDE
    card = page.rehearse_step.panel.card_of(3)
    card.button("Type the date").click()
    editor = card.typing.editors[0][1]
    assert editor.text_value() == "31/2/60", "what stands in the sheet is there to be corrected"
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "30/2/60")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert card.typing is not None
    assert editor.problem, "a date that is none is not taken"
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "28.2.1960")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    rest(window)
    assert outcome(page, 3) is Outcome.NEW
    assert page.rehearse_step.chip_of[Outcome.ASIDE].text() == "Put aside 0"
    page.foot.go_on_button.click()
    rest(window)
    found = read(window, qtbot, lambda store: store.find(Person, surname="FICTLEY"))
    assert [person.born_on for person in found] == [date(1960, 2, 28)]


def test_an_unknown_word_is_said_once_for_all_its_rows(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    page = rehearse(sheet("word1", "word2"))
    panel = page.rehearse_step.panel
    assert len(panel.cards) == 1
    assert panel.cards[0].question.title == "Rows 2 and 3"
    card = panel.cards[0]
    card.button("Use it").click()
    assert card.listed[0].problem, "nothing was chosen yet"
    card.listed[0].restore_text("Supported living")
    card.button("Use it").click()
    rest(window)
    assert outcome(page, 2) is outcome(page, 3) is Outcome.NEW
    page.foot.go_on_button.click()
    rest(window)
    page.result_step.another_button.click()
    rest(window)
    page = rehearse(sheet("word1", file="later.csv", more="OTHER,Ida,1/1/1980,,foyer,Mill Street,1/2/2024,,10"))
    assert page.work.rehearsal.questions == (), "the word is remembered"


def test_dates_are_swapped_and_the_last_choice_can_be_taken_back(
    window: Window, rehearse: Any, sheet: Any, rest: Any
) -> None:
    page = rehearse(sheet("swap"))
    page.rehearse_step.panel.card_of(2).button("Swap the dates").click()
    rest(window)
    assert outcome(page, 2) is Outcome.NEW
    page.rehearse_step.back.click()
    rest(window)
    assert outcome(page, 2) is Outcome.ASIDE
    assert not page.rehearse_step.back.isVisible()


def test_typing_both_dates_of_a_stay_takes_both(window: Window, rehearse: Any, sheet: Any, rest: Any) -> None:
    page = rehearse(sheet("swap"))
    card = page.rehearse_step.panel.card_of(2)
    card.button("Type them").click()
    started, left = (editor for _, editor in card.typing.editors)
    started.restore_text("1/3/2024")
    left.restore_text("2/3/2024")
    card.typing.use.click()
    rest(window)
    facts = page.work.rehearsal.rehearsal.rows[0].facts
    assert (facts.started_on, facts.ended_on) == (date(2024, 3, 1), date(2024, 3, 2))


def test_someone_like_a_person_of_the_register_is_asked_about_side_by_side(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    known = read(window, qtbot, lambda store: next(p for p in store.find(Person) if p.born_on and len(p.surname) > 5))
    near = known.surname[:-1] + ("x" if known.surname[-1] != "x" else "y")
    row = f"{near},{known.given_names},{known.born_on:%d/%m/%Y},,Residential care,Elm Court,1/2/2026,,10"
    page = rehearse(sheet(more=row))
    card = page.rehearse_step.panel.card_of(2)
    assert "Looks like" in card.question.words
    beside = [words for words in names(card) if words.startswith("Side by side")]
    assert beside == [f"Side by side with {known.ref}"]
    card.button("Someone else").click()
    rest(window)
    assert outcome(page, 2) is Outcome.NEW


def test_a_changed_cell_says_what_it_was(window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot) -> None:
    def someone(store: Store) -> tuple[Person, Placement]:
        for placement in store.find(Placement, ended_on=None):
            if placement.weekly_cost_pence and placement.service_id:
                return store.get(Person, placement.person_id), placement
        raise AssertionError("nobody has a cost")

    person, placement = read(window, qtbot, someone)
    row = f"{person.surname},{person.given_names},{person.born_on:%d/%m/%Y},{person.nhs_number or ''},,,,,12.34"
    page = rehearse(sheet(more=row))
    assert outcome(page, 2) is Outcome.CHANGE
    facts = table(page).view.reader.cell(page.work.rehearsal.rehearsal.rows[0], "£pw")
    assert facts.words == "£12.34"
    assert facts.changed
    assert facts.was.startswith("£")
    page.foot.go_on_button.click()
    rest(window)
    now = read(window, qtbot, lambda store: store.get(Placement, placement.id))
    assert now.weekly_cost_pence == 1234


def test_another_field_in_the_head_rehearses_at_once(window: Window, rehearse: Any, sheet: Any, rest: Any) -> None:
    page = rehearse(sheet("born"))
    combo = page.rehearse_step.head.combos()["DOB"]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    rest(window)
    assert outcome(page, 2) is Outcome.NEW, "an unread birth date puts nobody aside"
    assert "DOB" in page.work.rehearsal.rehearsal.unmapped


def test_rows_put_aside_are_saved_as_a_sheet_with_their_reasons(
    window: Window, rehearse: Any, sheet: Any, tmp_path: Path, rest: Any
) -> None:
    page = rehearse(sheet("new", "born"))
    page.save_put_aside(tmp_path / "aside.xlsx")
    rest(window)
    rows = first_rows(tmp_path / "aside.xlsx")
    assert rows[0][:3] == ["Row", "Put aside because", "Surname"]
    assert rows[1][0] == "3"
    assert "29 days" in str(rows[1][1])
    assert rows[1][2] == "FICTLEY"
    assert len(rows) == 2


def test_rows_put_aside_earlier_are_put_right_later(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    page = rehearse(sheet("born", "swap"))
    page.foot.go_on_button.click()
    rest(window)
    page.result_step.aside_button.click()
    rest(window)
    step = page.waiting_step
    assert page.stack.currentIndex() == WAITING
    assert {row.name for row in step.waiting} == {"FICTLEY, Joan", "TUSIYE, Ayan"}
    first = step.current
    assert first is not None
    assert step.card is not None
    step.card.button("Use 29 Feb 1960" if first.name.startswith("FICT") else "Swap the dates").click()
    rest(window)
    assert step.take_button is not None
    step.take_button.click()
    rest(window)
    assert first.name.partition(",")[0] in people(window, qtbot)
    assert len(step.waiting) == 1
    assert step.card is not None
    step.card.out.click()
    rest(window)
    assert step.waiting == []


def test_chips_narrow_the_rows_and_a_card_shows_its_row(window: Window, rehearse: Any, sheet: Any, rest: Any) -> None:
    page = rehearse(sheet("new", "born", "swap"))
    step = page.rehearse_step
    step.chip_of[Outcome.NEW].click()
    assert table(page).model().rowCount() == 1
    step.panel.card_of(4).picked.emit(step.panel.card_of(4).question)
    assert step.shown is None
    assert table(page).current_row().number == 4
    table(page).go_to(1)
    assert step.panel.card_of(3).property("box") == "info"


def test_the_sums_of_the_rehearsal_add_up(window: Window, rehearse: Any, sheet: Any) -> None:
    page = rehearse(sheet("new", "born", "swap"))
    totals = page.rehearse_step.totals
    assert [totals.words(2, place) for place in (1, 3, 5, 7)] == ["1", "0", "2", "3"]
    assert [totals.words(3, place) for place in (1, 3, 5, 7)] == ["£702.10", "£0.00", "£2,344.00", "£3,046.10"]


def test_what_is_typed_on_one_card_outlives_a_choice_on_another(
    window: Window, rehearse: Any, sheet: Any, rest: Any
) -> None:
    page = rehearse(sheet("born", "swap"))
    card = page.rehearse_step.panel.card_of(2)
    card.button("Type the date").click()
    card.typing.editors[0][1].restore_text("half ty")
    page.rehearse_step.panel.card_of(3).button("Swap the dates").click()
    rest(window)
    still = page.rehearse_step.panel.card_of(2)
    assert still.typing is not None
    assert still.typing.editors[0][1].text_value() == "half ty"


def test_each_thing_wrong_with_a_row_has_its_own_buttons(window: Window, rehearse: Any, sheet: Any, rest: Any) -> None:
    page = rehearse(sheet(more="BOTH,Ann,31/2/60,,Foyer,Mill Street,9/1/2023,,644.30"))
    card = page.rehearse_step.panel.card_of(2)
    assert [button.words() for button in card.buttons()].count("Use it") == 1
    card.button("Use 29 Feb 1960").click()
    rest(window)
    card = page.rehearse_step.panel.card_of(2)
    assert [problem.column for problem in card.question.problems] == ["Type of placement"]
    card.listed[0].restore_text("Supported living")
    card.button("Use it").click()
    rest(window)
    assert outcome(page, 2) is Outcome.NEW
