"""The packs page on a real register: choosing people, the pages made of them, saving and printing them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mhtracker import settings
from mhtracker.domain.records import Person
from mhtracker.operations.people import edit_person
from mhtracker.settings import PackSettings
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids
from mhtracker.ui.packs.output import file_name, new_printer, save, send
from mhtracker.ui.packs.plan import KINDS, REVIEW, SUMMARIES, PackPlan, from_kept, to_keep
from mhtracker.ui.packs.printing import page_numbers
from mhtracker.ui.packs.reading import PackPerson, warnings_of
from mhtracker.ui.pages.packs import PacksPage
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.window import Window
from tests.stories.watchdog import Watchdog

DAY = date(2026, 7, 14)
BY_NAME = CaseloadQuery((), (("name", False),))
Settled = Callable[[Window], None]


def asked(window: Window, qtbot: QtBot, function: Callable[..., Any], *args: Any) -> Any:
    found: list[Any] = []
    window.context.jobs.ask(function, *args, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.fixture
def ids(window: Window, qtbot: QtBot) -> list[str]:
    """Everyone on the pathway, by name."""
    return list(asked(window, qtbot, caseload_ids, BY_NAME, DAY))


@pytest.fixture
def page(window: Window, settled: Settled) -> PacksPage:
    window.open_page("packs")
    settled(window)
    page = window.navigator.current_page()
    assert isinstance(page, PacksPage)
    return page


@pytest.fixture
def made(qtbot: QtBot) -> Callable[[PacksPage], PdfReader]:
    """Waits until the pages are those of the plan, and reads them."""

    def wait(page: PacksPage) -> PdfReader:
        qtbot.waitUntil(lambda: page.is_current and page.made is not None and not page.maker.busy, timeout=20_000)
        assert page.made is not None
        return PdfReader(io.BytesIO(page.made.pdf))

    return wait


Made = Callable[[PacksPage], PdfReader]


def listed(page: PacksPage) -> list[str]:
    return [person.person_id for person in page.panel.people.people()]


def test_an_empty_pack_says_what_belongs_here(page: PacksPage) -> None:
    empty = page.preview.stack.currentWidget()
    assert isinstance(empty, EmptyState)
    assert empty.title.text() == "Nobody is in this pack yet"
    assert not page.panel.print.isEnabled()
    assert not page.panel.save_pdf.isEnabled()


def test_people_of_the_caseload_come_in_their_order(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    some = (ids[4], ids[1], ids[7])
    window.open_page("packs", person_ids=some)
    pdf = made(page)
    settled(window)
    assert tuple(listed(page)) == some
    assert page.panel.print.words() == f"Print {len(pdf.pages)} pages"
    assert pdf.pages[0].extract_text().count("Review pack") >= 1


def test_the_number_beside_a_name_is_the_page_that_begins_with_it(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:6]))
    pdf = made(page)
    settled(window)
    for person in page.panel.people.people():
        number = page.panel.people.page_of(person.person_id)
        words = pdf.pages[number - 1].extract_text()
        assert person.name.split(",")[0] in words
        assert "page 1 of" in words, "a person's own first page"


def test_summaries_are_numbered_each_by_themselves(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:3]), kind="summaries")
    pdf = made(page)
    settled(window)
    titles = [getattr(bookmark, "title", "") for bookmark in pdf.outline]
    assert page.plan.kind == SUMMARIES
    assert page.panel.kinds.rows[SUMMARIES].isChecked()
    for number, person in enumerate(page.panel.people.people()):
        first = page.panel.people.page_of(person.person_id)
        assert "Page 1 of" in pdf.pages[first - 1].extract_text()
        assert titles[number] == person.name
    assert not page.panel.title.isVisible(), "a case summary has no title of its own"


def test_print_summaries_begins_afresh_and_add_to_a_pack_adds(
    window: Window, page: PacksPage, ids: list[str], settled: Settled
) -> None:
    window.open_page("packs", person_ids=(ids[0], ids[1]))
    window.open_page("packs", person_ids=(ids[1], ids[2]))
    assert page.plan.people == (ids[0], ids[1], ids[2])
    window.open_page("packs", person_ids=(ids[5],), kind="summaries")
    assert page.plan == PackPlan(SUMMARIES, (ids[5],))


def test_coming_back_does_not_bring_back_who_was_taken_out(
    window: Window, page: PacksPage, ids: list[str], settled: Settled
) -> None:
    window.open_page("packs", person_ids=(ids[0], ids[1]), kind="summaries")
    page.set_plan(page.plan.with_people([ids[2]]))
    window.open_page("caseload")
    settled(window)
    window.navigator.go_back()
    settled(window)
    assert page.plan.people == (ids[0], ids[1], ids[2])


def test_typing_finds_a_person_and_enter_adds_them(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    person = asked(window, qtbot, lambda store: store.get(Person, ids[10]))
    page.panel.add.setFocus()
    qtbot.keyClicks(page.panel.add, person.ref)
    qtbot.waitUntil(page.panel.add.list.isVisible)
    assert person.surname.upper() in page.panel.add.list.item(0).text()
    qtbot.keyClick(page.panel.add, Qt.Key.Key_Return)
    made(page)
    settled(window)
    assert listed(page) == [ids[10]]
    assert page.panel.add.text() == ""
    assert not page.panel.add.list.isVisible()


def test_a_quick_enter_adds_nobody_when_several_are_meant(
    window: Window, page: PacksPage, qtbot: QtBot, settled: Settled
) -> None:
    page.panel.add.setFocus()
    qtbot.keyClicks(page.panel.add, "a")
    qtbot.keyClick(page.panel.add, Qt.Key.Key_Return)
    settled(window)
    assert page.plan.people == ()
    assert page.panel.add.list.isVisible()
    qtbot.keyClick(page.panel.add, Qt.Key.Key_Escape)
    assert not page.panel.add.list.isVisible()


def test_alt_and_the_arrows_change_the_order_and_delete_takes_out(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:4]))
    settled(window)
    people = page.panel.people
    people.setFocus()
    people.go_to(ids[2])
    qtbot.keyClick(people, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(window)
    assert listed(page) == [ids[0], ids[2], ids[1], ids[3]]
    assert people.current_id() == ids[2], "the keyboard stays with the person"
    qtbot.keyClick(people, Qt.Key.Key_Delete)
    settled(window)
    assert listed(page) == [ids[0], ids[1], ids[3]]
    pdf = made(page)
    assert len(pdf.pages) == page.made.pages


def mouse(widget: QWidget, kind: QEvent.Type, place: QPoint, held: bool = True) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind, QPointF(place), QPointF(widget.mapToGlobal(place)), left, left if held else none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_row_is_drawn_to_another_place_with_the_mouse(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:4]))
    settled(window)
    people = page.panel.people
    viewport = people.viewport()

    def middle(row: int) -> QPoint:
        return people.visualRect(people.model().index(row, 0)).center()

    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle(0))
    mouse(viewport, QEvent.Type.MouseMove, middle(1))
    settled(window)
    mouse(viewport, QEvent.Type.MouseMove, middle(2))
    settled(window)
    mouse(viewport, QEvent.Type.MouseButtonRelease, middle(2), held=False)
    assert listed(page) == [ids[1], ids[2], ids[0], ids[3]]


def test_the_cross_takes_a_person_out(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:3]))
    settled(window)
    people = page.panel.people
    box = people._cross_box(people.visualRect(people.model().index(1, 0)).toRectF())
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    settled(window)
    assert listed(page) == [ids[0], ids[2]]


def test_everyone_of_a_view_comes_in_by_name(window: Window, page: PacksPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.mouseClick(page.panel.from_view, Qt.MouseButton.LeftButton)
    settled(window)
    labels = [action.text() for action in page.menu.actions()]
    page.menu.actions()[labels.index("Overdue reviews")].trigger()
    page.menu.close()
    settled(window)
    overdue = CaseloadQuery((Filter("review", "=", "overdue"),), (("name", False),))
    assert list(page.plan.people) == asked(window, qtbot, caseload_ids, overdue, DAY)


def test_by_name_puts_them_in_order(window: Window, page: PacksPage, ids: list[str], settled: Settled) -> None:
    window.open_page("packs", person_ids=(ids[5], ids[0], ids[3]))
    settled(window)
    page.panel.by_name.click()
    settled(window)
    assert page.plan.people == (ids[0], ids[3], ids[5])


def test_what_prints_blank_is_said_before_it_is_printed(
    window: Window, page: PacksPage, qtbot: QtBot, settled: Settled
) -> None:
    none = asked(window, qtbot, caseload_ids, CaseloadQuery((Filter("target", "=", "none"),)), DAY)
    window.open_page("packs", person_ids=tuple(none[:2]))
    settled(window)
    assert page.panel.warnings.isVisible()
    assert "2 people have no target: it prints as “not recorded”" in page.panel.warnings.words.text()


def test_warnings_count_people_in_plain_words() -> None:
    one = PackPerson("1", "MHT-1", "A, B", None, on_pathway=True, has_target=False, never_reviewed=True)
    gone = PackPerson("2", "MHT-2", "C, D", None, on_pathway=False, has_target=False, never_reviewed=False)
    assert warnings_of([one, gone]) == [
        "1 person has no target: it prints as “not recorded”",
        "1 person has never been reviewed, and the page says so",
        "1 person is not on the pathway on this day",
    ]
    assert warnings_of([]) == []


def test_title_and_day_are_printed(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:2]))
    made(page)
    page.panel.title.line.setFocus()
    qtbot.keyClicks(page.panel.title.line, "Move-on meeting")
    page.panel.day.line.setFocus()
    page.panel.day.line.selectAll()
    qtbot.keyClicks(page.panel.day.line, "1/6/26")
    page.panel.add.setFocus()
    settled(window)
    words = made(page).pages[0].extract_text()
    assert "Move-on meeting" in words
    assert "As at Mon 1 Jun 2026" in words
    assert page.plan.as_at == date(2026, 6, 1)


def test_a_day_that_is_none_keeps_the_pack_as_it_was(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    page.panel.day.line.setFocus()
    page.panel.day.line.selectAll()
    qtbot.keyClicks(page.panel.day.line, "31/6/26")
    page.panel.add.setFocus()
    settled(window)
    assert page.panel.day.problem
    assert page.panel.day.text_value() == "31/6/26"
    assert page.plan.as_at is None


def test_choosing_a_person_shows_their_pages_and_paging_marks_the_person(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:5]))
    made(page)
    settled(window)
    people = page.panel.people
    people.go_to(ids[3])
    assert page.preview.page() + 1 == people.page_of(ids[3])
    page.preview.go_to_page(people.page_of(ids[1]) - 1)
    qtbot.waitUntil(lambda: people.current_id() == ids[1])
    assert page.preview.number.text() == str(people.page_of(ids[1]))


def test_the_page_is_typed_and_stepped(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:4]))
    pages = len(made(page).pages)
    settled(window)
    preview = page.preview
    assert preview.of.text() == f"of {pages}"
    preview.number.setFocus()
    preview.number.selectAll()
    qtbot.keyClicks(preview.number, "4")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)
    assert preview.page() == 3
    preview.last.click()
    assert preview.page() == pages - 1
    assert not preview.next.isEnabled()
    preview.number.selectAll()
    qtbot.keyClicks(preview.number, "none")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)
    assert preview.number.text() == str(pages)


def test_a_change_keeps_the_page_that_is_read(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:4]))
    made(page)
    page.preview.go_to_page(4)
    page.set_plan(page.plan.with_people([ids[8]]))
    made(page)
    settled(window)
    assert page.preview.page() == 4


def test_zoom_goes_in_steps_and_back_to_the_whole_page(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    settled(window)
    before = page.preview.scale()
    page.preview.larger.click()
    assert page.preview.scale() > before
    page.preview.smaller.click()
    page.preview.smaller.click()
    assert page.preview.scale() < before
    page.preview.whole.click()
    assert page.preview.scale() == pytest.approx(before, abs=0.02)


def test_words_are_found_all_through_the_pack(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:5]))
    pdf = made(page)
    settled(window)
    ref = page.panel.people.people()[3].ref
    there = {number for number, sheet in enumerate(pdf.pages, 1) if ref in sheet.extract_text()}
    assert page.panel.people.page_of(ids[3]) in there
    assert page.focus_filter()
    qtbot.keyClicks(page.preview.find_field, ref)
    qtbot.waitUntil(lambda: page.preview.search.rowCount(QModelIndex()) >= len(there), timeout=10_000)
    qtbot.waitUntil(lambda: page.preview.found.text() == f"{len(there)} places")
    seen = set()
    for _ in there:
        qtbot.keyClick(page.preview.find_field, Qt.Key.Key_Return)
        seen.add(page.preview.page() + 1)
    assert seen == there
    assert page.preview.found.text() == f"{len(there)} of {len(there)}"
    page.preview.find_field.setText("zzyzx")
    qtbot.waitUntil(lambda: page.preview.found.text() == "Not in this pack")


def test_what_is_saved_is_what_is_shown(
    window: Window, page: PacksPage, ids: list[str], tmp_path: Path, qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:2]))
    made(page)
    assert page.made is not None
    path = tmp_path / "out" / "pack.pdf"
    path.parent.mkdir()
    done: list[bool] = []
    save(window.context, page.made, path, then=lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert path.read_bytes() == page.made.pdf
    assert window.context.computer.pdf_folder == str(path.parent)
    assert window.toast.words() == f"Saved {page.made.pages} pages as pack.pdf."


def test_a_file_name_names_nobody() -> None:
    assert file_name("Review pack", "2026-07-14") == "Review pack 2026-07-14.pdf"
    assert "/" not in file_name("a/b\\c:d", "2026-07-14")


def test_a_disk_that_refuses_says_so(
    window: Window, page: PacksPage, ids: list[str], tmp_path: Path, qtbot: QtBot, made: Made
) -> None:
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    assert page.made is not None
    told: list[str] = []
    window.context.jobs.failed.disconnect()
    window.context.jobs.failed.connect(lambda error: told.append(str(error)))
    save(window.context, page.made, tmp_path / "no such folder" / "pack.pdf")
    qtbot.waitUntil(lambda: bool(told))
    assert "pack.pdf" in told[0]


def test_printing_prints_the_shown_pages_in_their_true_size(
    window: Window, page: PacksPage, ids: list[str], tmp_path: Path, qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:2]))
    made(page)
    assert page.made is not None
    printer = new_printer("Review pack")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(96)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    send(window.context, page.made, printer)
    qtbot.waitUntil(lambda: "to the printer" in window.toast.words(), timeout=20_000)
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == page.made.pages
    for sheet in printed.pages:
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx((595, 842), abs=1)
        image = next(iter(sheet.images))
        assert image.image.width / 96 * 72 == pytest.approx(595, abs=2)


def test_a_range_of_pages_is_printed_and_no_more(
    window: Window, page: PacksPage, ids: list[str], tmp_path: Path, qtbot: QtBot, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:2]))
    made(page)
    assert page.made is not None
    printer = new_printer("Review pack")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    numbers = page_numbers(printer, page.made.pages)
    assert numbers == [1, 2]
    send(window.context, page.made, printer)
    qtbot.waitUntil(lambda: window.toast.words() == "Sent 2 pages to the printer.", timeout=20_000)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_printing_goes_on_while_the_pack_is_searched(
    window: Window, page: PacksPage, ids: list[str], tmp_path: Path, qtbot: QtBot, made: Made
) -> None:
    """PDFium and Python each have a lock; taken in the wrong order they stop the program for ever."""
    window.open_page("packs", person_ids=tuple(ids[:30]))
    made(page)
    assert page.made is not None
    printer = new_printer("Review pack")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.preview.find_field.setText("review")
    page.preview.step_found(1)
    send(window.context, page.made, printer)
    qtbot.waitUntil(lambda: "to the printer" in window.toast.words(), timeout=30_000)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == page.made.pages


def test_the_last_page_comes_first_where_the_printer_wants_it() -> None:
    printer = new_printer("Review pack")
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert page_numbers(printer, 3) == [2, 1, 0]


def test_ctrl_p_asks_for_a_printer(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    settled(window)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.dialog.isVisible())
    assert page.dialog.maxPage() == page.made.pages
    assert page.dialog.printer().docName() == "Review pack"
    page.dialog.reject()


def test_a_pack_is_kept_by_ids_and_opened_again(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=tuple(ids[:3]))
    made(page)
    page.panel.keep.click()
    qtbot.keyClicks(page.panel.name, "Panel in August")
    qtbot.keyClick(page.panel.name, Qt.Key.Key_Return)
    kept = settings.load().register(window.context.register.address).packs
    assert kept["Panel in August"].people == ids[:3]
    text = (settings.folder() / settings.FILE_NAME).read_text(encoding="utf-8")
    assert not any(person.name.split(",")[0] in text for person in page.panel.people.people())
    page.set_plan(PackPlan())
    settled(window)
    page.open_kept("Panel in August")
    made(page)
    settled(window)
    assert listed(page) == ids[:3]
    page.forget("Panel in August")
    assert settings.load().register(window.context.register.address).packs == {}


def test_a_kept_pack_survives_what_it_no_longer_knows() -> None:
    plan = PackPlan(SUMMARIES, ("a", "b"), "Visit", date(2026, 8, 1))
    assert from_kept(to_keep(plan)) == plan
    odd = PackSettings("panel-of-tomorrow", ["a", "a"], "", "31 June")
    assert from_kept(odd) == PackPlan(REVIEW, ("a",))
    assert {kind.key for kind in KINDS} == {SUMMARIES, REVIEW}


def test_people_who_are_gone_from_the_register_are_said(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    page.set_plan(PackPlan(REVIEW, (ids[0], "nobody-of-that-id")))
    settled(window)
    assert listed(page) == [ids[0]]
    assert "1 person is no longer in this register" in page.panel.warnings.words.text()
    made(page)


def test_a_change_to_a_person_in_the_pack_makes_it_anew(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made, qtbot: QtBot
) -> None:
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    window.context.jobs.do(edit_person, ids[0], surname="Zzyzx")
    settled(window)
    qtbot.waitUntil(lambda: page.is_current and page.made.pdf != b"" and _says(page, "ZZYZX"), timeout=20_000)


def _says(page: PacksPage, words: str) -> bool:
    return any(words in sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.made.pdf)).pages)


def test_markup_in_a_name_is_printed_and_shown_as_it_stands(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    window.context.jobs.do(edit_person, ids[0], surname="<b>R&D</b>")
    settled(window)
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    settled(window)
    assert page.panel.people.people()[0].name.startswith("<B>R&D</B>")
    assert _says(page, "<B>R&D</B>")


def test_making_can_be_stopped_and_begun_again(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, made: Made
) -> None:
    stopped: list[bool] = []
    page.maker.stopped.connect(lambda: stopped.append(True))
    page.set_plan(PackPlan(REVIEW, tuple(ids)))
    page.make()
    qtbot.waitUntil(lambda: window.context.jobs.can_stop, timeout=10_000)
    window.context.jobs.stop()
    qtbot.waitUntil(lambda: bool(stopped), timeout=10_000)
    empty = page.preview.stack.currentWidget()
    assert isinstance(empty, EmptyState)
    assert not page.panel.print.isEnabled()
    assert isinstance(empty.button, QPushButton)
    empty.button.click()
    assert len(made(page).pages) > len(ids)


def test_the_window_answers_while_a_large_pack_is_made(
    window: Window, page: PacksPage, ids: list[str], qtbot: QtBot, settled: Settled, made: Made
) -> None:
    watchdog = Watchdog()
    with watchdog.watching():
        page.set_plan(PackPlan(REVIEW, tuple(ids)))
        page.make()
        made(page)
    watchdog.end()
    # Half of what makes a window feel stuck would be 100 ms; a shared test machine gets twice that.
    assert watchdog.longest_ms < 200, watchdog.told()


def test_without_room_for_both_one_of_them_is_shown(
    window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made
) -> None:
    window.open_page("packs", person_ids=(ids[0],))
    made(page)
    assert page.panel.isVisible()
    assert page.preview.isVisible()
    window.resize(1100, 700)
    window.context.theme.change(scale=2.0)
    settled(window)
    assert page.panel.isVisible()
    assert not page.preview.isVisible()
    page.switch.set_key("preview")
    page.switch.chosen.emit("preview")
    assert page.preview.isVisible()
    assert not page.panel.isVisible()
    window.context.theme.change(scale=1.0)
    window.resize(1440, 900)
    assert page.panel.isVisible()


def test_everything_has_a_name(window: Window, page: PacksPage, ids: list[str], settled: Settled, made: Made) -> None:
    window.open_page("packs", person_ids=tuple(ids[:3]))
    made(page)
    nameless = [
        type(each).__name__
        for each in page.findChildren(QWidget)
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and each.isVisible() and not each.accessibleName()
    ]
    assert nameless == []
    words = str(page.panel.people.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert words.startswith(f"1, {page.panel.people.people()[0].name}, ")
    assert words.endswith(", page 3")


def test_half_a_name_is_not_there_when_coming_back(window: Window, page: PacksPage, settled: Settled) -> None:
    page.panel.add.setText("fic")
    window.open_page("caseload")
    settled(window)
    window.open_page("packs")
    settled(window)
    assert page.panel.add.text() == ""
