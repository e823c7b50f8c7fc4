"""A spreadsheet goes through its steps: chosen, matched, imported and undone."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mhtracker.domain.records import PutAside
from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.ui.importing.reading import HowToRead
from mhtracker.ui.pages.import_people import CHOOSE, DONE, MATCH, REHEARSE, ImportPage
from mhtracker.ui.window import Window
from tests.ui.importing.seeing import names, outcome, people, read


def test_a_file_goes_through_every_step_into_the_register_and_out_again(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    before = people(window, qtbot)
    page = rehearse(sheet("new", "nhs"))
    assert page.stack.currentIndex() == REHEARSE
    assert people(window, qtbot) == before, "rehearsing writes nothing"
    page.foot.go_on_button.click()
    rest(window)
    assert page.stack.currentIndex() == DONE
    assert "1 person added" in page.result_step.words
    assert "1 row put aside" in page.result_step.words
    assert people(window, qtbot) - before == {"APEERE"}
    page.result_step.undo_button.click()
    rest(window)
    assert people(window, qtbot) == before
    assert read(window, qtbot, lambda store: store.find(PutAside)) == []
    assert page.result_step.back_button.isVisible()


def test_a_field_given_to_a_second_column_leaves_the_first(
    window: Window, page: ImportPage, sheet: Any, rest: Any
) -> None:
    page.open_file(HowToRead(sheet("new")))
    rest(window)
    page.foot.go_on_button.click()
    rest(window)
    assert page.stack.currentIndex() == MATCH
    combo = page.match_step.combos["First"]
    place = combo.findData("surname")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert page.match_step.mapping()["Surname"] is None
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert not page.match_step.has_names
    assert page.match_step.problem.isVisible()
    assert not page.foot.go_on_button.isEnabled()


def test_a_sheet_without_names_asks_which_column_holds_them(
    window: Window, page: ImportPage, tmp_path: Path, rest: Any
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Who,Date of birth,NHS number\nApeere Tunde,3/11/1992,\nKowalex Piotr,8/5/1984,\n", "utf-8")
    page.open_file(HowToRead(path, header_row=1))
    rest(window)
    page.foot.go_on_button.click()
    rest(window)
    assert page.stack.currentIndex() == MATCH
    if page.match_step.has_names:
        return
    combo = page.match_step.combos["Who"]
    combo.setCurrentIndex(combo.findData("name"))
    combo.activated.emit(combo.currentIndex())
    page.foot.go_on_button.click()
    rest(window)
    assert outcome(page, 2) is Outcome.NEW


def test_a_saved_match_is_used_for_the_next_sheet_with_these_headings(
    window: Window, rehearse: Any, sheet: Any, page: ImportPage, rest: Any
) -> None:
    rehearse(sheet("new"))
    page.work.set_field("£pw", "")
    rest(window)
    page.foot.match_button.click()
    rest(window)
    page.on_close()
    rest(window)
    page.open_file(HowToRead(sheet("born", file="august.csv")))
    rest(window)
    page.foot.go_on_button.click()
    rest(window)
    assert page.match_step.mapping()["£pw"] is None
    assert "as you saved it" in page.match_step.said.text()


def test_a_half_done_import_is_gone_on_with(window: Window, rehearse: Any, sheet: Any, page: Any, rest: Any) -> None:
    rehearse(sheet("new", "swap"))
    page.rehearse_step.panel.card_of(3).button("Swap the dates").click()
    rest(window)
    page.foot.close_button.click()
    rest(window)
    assert page.stack.currentIndex() == CHOOSE
    assert "Go on with caseload.csv" in names(page.choose_step.recent)
    page.on_resume()
    rest(window)
    assert page.stack.currentIndex() == REHEARSE
    assert outcome(page, 3) is Outcome.NEW


def test_decisions_are_dropped_when_the_file_has_changed(
    window: Window, rehearse: Any, sheet: Any, page: Any, rest: Any
) -> None:
    rehearse(sheet("new", "swap"))
    page.rehearse_step.panel.card_of(3).out.click()
    rest(window)
    page.on_close()
    rest(window)
    sheet("swap", "new")
    page.on_resume()
    rest(window)
    assert [row.note for row in page.work.rehearsal.rehearsal.rows] == ["", ""], "row 3 is someone else now"


def test_several_sheets_are_asked_about_in_words_of_the_window(
    window: Window, page: ImportPage, tmp_path: Path, rest: Any
) -> None:
    path = tmp_path / "two.xlsx"
    with Workbook(str(path)) as book:
        for name in ("East", "West"):
            drawn = book.add_worksheet(name)
            drawn.write_row(0, 0, ["Surname", "First name", "Date of birth", "NHS number"])
            drawn.write_row(1, 0, [f"APEERE{name}", "Tunde", "3/11/1992", ""])
    page.open_file(HowToRead(path))
    rest(window)
    assert page.choose_step.question.isVisible()
    assert "--" not in page.choose_step.question.words.text()
    assert not page.foot.isVisible()
    page.choose_step.sheet.set_value("West")
    page.choose_step.sheet.settled.emit()
    rest(window)
    assert page.work.file is not None
    assert page.work.file.sheet is not None
    assert page.work.file.sheet.name == "West"
    assert not page.choose_step.question.isVisible()


def test_letters_separator_and_headings_can_be_corrected(
    window: Window, page: ImportPage, tmp_path: Path, rest: Any
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Team list\nSurname;First name;Date of birth\nMüller;Zoë;3/11/1992\n".encode("cp1252"))
    page.open_file(HowToRead(path))
    rest(window)
    step = page.choose_step
    assert (step.encoding.value(), step.separator.value(), step.header_row.value()) == ("cp1252", ";", 2)
    step.encoding.set_value("mac-roman")
    step.encoding.settled.emit()
    rest(window)
    assert page.work.file is not None
    assert page.work.file.sheet is not None
    assert page.work.file.sheet.rows[0].cells[0] != "Müller"
    step.encoding.set_value("cp1252")
    step.encoding.settled.emit()
    rest(window)
    assert page.work.file.sheet.rows[0].cells[0] == "Müller"
    assert step.rows.table is not None
    step.rows.header_chosen.emit(1)
    rest(window)
    assert page.work.file.sheet is None or page.work.file.sheet.header_row == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("notes.csv", b"%PDF-1.7 not a sheet"), ("quote.csv", b'Surname,First name\n"Apeere,Tunde\n')],
)
def test_a_file_that_cannot_be_read_says_so_on_the_page(
    window: Window, page: ImportPage, tmp_path: Path, rest: Any, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page.open_file(HowToRead(path))
    rest(window)
    assert page.choose_step.problem.isVisible()
    words = page.choose_step.problem.words.text()
    assert words
    assert "--" not in words
    assert "Traceback" not in words
    assert page.choose_step.zone.button.isVisible(), "another file can be chosen at once"


def test_a_file_dropped_on_the_page_is_read(window: Window, page: ImportPage, sheet: Any, rest: Any) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet("new")))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    page.dropEvent(event)
    rest(window)
    assert page.work.file is not None
    assert page.work.file.sheet is not None


def test_an_import_that_is_stopped_changes_nothing(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    page = rehearse(sheet("new"))
    before = people(window, qtbot)
    held = Event()
    window.context.jobs.ask(lambda store: held.wait(10), then=lambda _: None)
    page.foot.go_on_button.click()
    assert not page.foot.go_on_button.isEnabled(), "it cannot be imported twice"
    window.context.jobs.stop()
    held.set()
    rest(window)
    assert people(window, qtbot) == before
    assert page.stack.currentIndex() == REHEARSE
    assert page.foot.go_on_button.isEnabled()


def test_undo_and_redo_from_anywhere_are_told_on_the_last_step(
    window: Window, rehearse: Any, sheet: Any, rest: Any
) -> None:
    page = rehearse(sheet("new"))
    page.foot.go_on_button.click()
    rest(window)
    assert page.result_step.undo_button.isVisible()
    window.run_command("undo")
    rest(window)
    assert page.result_step.card.accessibleName() == "The import of caseload.csv was undone"
    assert not page.result_step.undo_button.isVisible()
    window.run_command("redo")
    rest(window)
    assert page.result_step.card.accessibleName() == "caseload.csv is imported"
    assert page.result_step.undo_button.isVisible()


def test_a_step_is_made_when_it_is_first_shown(window: Window, page: ImportPage) -> None:
    made = [page.stack.widget(place).widget() is not None for place in range(page.stack.count())]  # type: ignore[attr-defined]
    assert made == [True, False, False, False, False]
