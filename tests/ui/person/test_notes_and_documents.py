"""Notes, the story of a person and their documents, as they are worked with on the page."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel

from mhtracker.domain.chronology import Chapter
from mhtracker.operations.documents import add_document, remove_document
from mhtracker.operations.notes import add_note, correct_note
from mhtracker.ui.documents.preview import DocumentPreview
from mhtracker.ui.documents.scans import find_scans
from mhtracker.ui.documents.taking import TAKEN_FOLDER
from mhtracker.ui.person.marked_text import MarkedText
from mhtracker.ui.progress import Progress
from tests.ui.conftest import DAY

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj trailer<</Root 1 0 R>>"  # noqa: E501


@pytest.fixture
def do(window, settled):
    """Records something as another part of the window would."""

    def run(function, *args, **named):
        found: list[Any] = []
        window.context.jobs.do(function, *args, then=found.append, **named)
        settled(window)
        return found[0]

    return run


@pytest.fixture
def notes(page, do, line, settled, window):
    first = do(add_note, line.person_id, kind="visit", noted_on=DAY, text="Saw <b>the</b> flat. Tenancy in July.")
    do(correct_note, first.id, text="Saw <b>the</b> flat. Tenancy in August.", reason="wrong month")
    do(add_note, line.person_id, kind="call", noted_on=DAY, text="Rang housing", finished=False)
    page.show_tab("notes")
    settled(window)
    return page.notes_tab.notes


def typed(notes, words, qtbot):
    notes.bar.words.setText(words)
    qtbot.wait(200)
    return [note.text for note in notes.matching()]


def test_words_looked_for_are_marked_and_nothing_else_is_listed(notes, qtbot):
    assert typed(notes, "tenancy AUG", qtbot) == ["Saw <b>the</b> flat. Tenancy in July."]
    (row,) = notes.rows.values()
    (marked,) = row.findChildren(MarkedText)
    assert [marked.accessibleName()[a:b] for a, b in marked.spans] == ["Tenancy", "Aug"]
    assert notes.bar.found.text().startswith("1 of ")
    assert typed(notes, "july", qtbot) == []
    assert typed(notes, '"', qtbot) == [note.text for note in notes._summary.notes]


def test_the_first_words_of_a_corrected_note_open_beneath_it(notes):
    row = next(row for row in notes.rows.values() if row.corrections)
    row.opener.click()
    assert "Tenancy in July." in row.before.findChildren(QLabel)[1].text()
    row.opener.click()
    assert row.before is None


def test_chips_narrow_by_kind_and_to_what_is_unfinished(notes):
    notes.kinds.tick("call")
    assert {note.kind for note in notes.matching()} == {"call"}
    notes.kinds.clear()
    notes.unfinished.setChecked(True)
    assert [note.text for note in notes.matching()] == ["Rang housing"]
    notes.show_all()
    assert len(notes.matching()) == len(notes._summary.notes)


def test_notes_are_drawn_as_one_scrolls(page, notes, do, line, settled, window):
    for number in range(40):
        do(add_note, line.person_id, kind="visit", noted_on=DAY, text=f"Visit {number}.")
    settled(window)
    drawn = len(notes.rows)
    assert drawn < 40
    page.notes_tab.verticalScrollBar().setValue(page.notes_tab.verticalScrollBar().maximum())
    assert len(notes.rows) > drawn
    last = notes._summary.notes[-1]
    page.notes_tab.go_to(last.id)
    assert last.id in notes.rows


def test_a_line_of_the_story_is_chosen_for_paper_and_chosen_no_longer(page, notes, settled, window):
    page.notes_tab.show_view("chronology")
    story = page.notes_tab.story
    moved = next(line for line in story.every if line.chapter is Chapter.PLACEMENT)
    story.star(moved)
    settled(window)
    (event,) = page.summary.around.key_events
    assert (event.words, event.source_id) == (moved.words, moved.source_id)
    story.only_key.setChecked(True)
    assert [line.source_id for line in story.shown()] == [moved.source_id]
    story.star(story.shown()[0])
    settled(window)
    assert page.summary.around.key_events == []
    assert story.shown() == []


def test_space_chooses_and_enter_opens_what_a_line_comes_from(page, notes, settled, window, qtbot):
    page.notes_tab.show_view("chronology")
    story = page.notes_tab.story
    story.chapters.tick(Chapter.REVIEW.value)
    story.focus_list()
    qtbot.keyClick(story.list, Qt.Key.Key_Space)
    settled(window)
    assert len(page.summary.around.key_events) == 1
    qtbot.keyClick(story.list, Qt.Key.Key_Return)
    assert page.tabs.key() == "reviews"


def test_the_story_prints_as_it_is_narrowed(page, notes, settled, window, qtbot):
    page.notes_tab.show_view("chronology")
    page.notes_tab.story.chapters.tick(Chapter.REVIEW.value)
    assert page.print_page()
    settled(window)
    preview = next(each for each in page.notes_tab.findChildren(object) if type(each).__name__ == "PdfPreview")
    assert preview.document.pageCount() >= 1
    words = preview.document.getAllText(0).text()
    assert "about reviews" in words
    preview.close()


# Documents


@pytest.fixture
def documents(page, settled, window, do):
    """The tab of somebody without documents."""
    for document in page.summary.around.documents:
        do(remove_document, document.id)
    page.show_tab("documents")
    settled(window)
    return page.documents_tab


def told(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def dropped(tab, data):
    where = QPointF(20, 20)
    enter = QDragEnterEvent(
        where.toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    tab.dragEnterEvent(enter)
    drop = QDropEvent(where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tab.dropEvent(drop)
    return enter.isAccepted()


def waited(qtbot, page, count):
    qtbot.waitUntil(lambda: len(page.summary.around.documents) == count, timeout=5_000)


def test_files_dropped_on_the_page_are_kept_and_what_is_dangerous_is_named(documents, page, tmp_path, qtbot):
    good, bad = tmp_path / "Tenancy.pdf", tmp_path / "Invoice.pdf.exe"
    good.write_bytes(PDF)
    bad.write_bytes(PDF)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (bad, good, tmp_path)])
    assert dropped(documents, data)
    waited(qtbot, page, 1)
    qtbot.waitUntil(lambda: documents.banner is not None)
    (document,) = page.summary.around.documents
    assert (document.name, document.media_type) == ("Tenancy.pdf", "application/pdf")
    assert good.exists()
    words = told(documents.banner)
    assert "ends in .exe" in words
    assert "folder" in words


def test_a_web_address_dropped_is_not_fetched(documents):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.pdf")])
    assert not dropped(documents, data)


def test_a_picture_pasted_is_kept_as_png(documents, page, qtbot):
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    QApplication.clipboard().setImage(picture)
    documents.setFocus()
    qtbot.keyClick(documents, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    waited(qtbot, page, 1)
    assert page.summary.around.documents[0].media_type == "image/png"


def test_nothing_to_paste_is_said(documents):
    QApplication.clipboard().setText("only words")
    documents.paste()
    assert "Nothing to paste" in told(documents.banner)


def test_a_document_is_looked_at_inside_mhtracker(documents, page, do, line, qtbot, window):
    do(add_document, line.person_id, name="Tenancy.pdf", content=PDF)
    (row,) = documents.rows.values()
    row.name.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(DocumentPreview)))
    (preview,) = window.findChildren(DocumentPreview)
    assert preview.pages.pageCount() == 1
    preview.close()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.pdf", b"%PDF-1.4 nothing more"),
        ("broken.png", b"\x89PNG\r\n\x1a\n broken"),
        ("letter.rtf", rb"{\rtf1 words}"),
        ("words.txt", b"Plain words."),
    ],
)
def test_what_cannot_be_shown_says_so(documents, do, line, qtbot, window, name, content):
    document = do(add_document, line.person_id, name=name, content=content)
    preview = DocumentPreview(window.context, document, content, window)
    preview.open()
    qtbot.waitUntil(lambda: window.context.jobs.idle)
    assert preview.body.isVisible()
    preview.close()


def test_the_tick_for_packs_and_removal_are_steps_that_undo_takes_back(documents, page, do, line, settled, window):
    do(add_document, line.person_id, name="Tenancy.pdf", content=PDF)
    next(iter(documents.rows.values())).in_packs.click()
    settled(window)
    assert page.summary.around.documents[0].in_packs
    documents.remove(page.summary.around.documents[0])
    settled(window)
    assert documents.rows == {}
    window.run_command("undo")
    settled(window)
    assert len(documents.rows) == 1


def test_a_scan_is_offered_and_goes_out_of_the_way_once_it_is_kept(documents, page, window, settled, tmp_path, qtbot):
    tmp_path = tmp_path / "scans"
    tmp_path.mkdir()
    (tmp_path / "Scan.pdf").write_bytes(PDF)
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    window.context.computer.scan_folder = str(tmp_path)
    documents._look_for_scans()
    qtbot.waitUntil(lambda: len(documents.scan_rows) == 1)
    (scan,) = find_scans(str(tmp_path), progress=Progress())
    documents.take_scan(scan)
    waited(qtbot, page, 1)
    qtbot.waitUntil(lambda: not (tmp_path / "Scan.pdf").exists())
    assert (tmp_path / TAKEN_FOLDER / "Scan.pdf").read_bytes() == PDF
    qtbot.waitUntil(lambda: documents.scan_rows == [])
