"""Step 1: choose a file, and see how it was read: its sheet, its row of headings, its letters and separator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.text import count
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.editors import Editor
from mhtracker.ui.importing.first_rows import FirstRows
from mhtracker.ui.importing.reading import HowToRead, Opened, in_window
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import ElidedLabel, IconLabel, Label

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows, western (cp1252)"),
    ("iso-8859-15", "ISO 8859-15, western"),
    ("cp1250", "Windows, central European (cp1250)"),
    ("utf-16", "UTF-16"),
    ("mac-roman", "Macintosh"),
)
NEEDS = (
    "One row for each person, or one for each stay of a person. Titles above the headings and totals below do no harm.",
    "A row needs a name. Everything else may be missing: birth date, NHS number, stage, service, dates, cost, reviews.",
    "Nothing is written before you have seen, row by row, what importing would do.",
)
SEPARATORS = ((",", "Comma ,"), (";", "Semicolon ;"), ("\t", "Tab"), ("|", "Bar |"))


class DropZone(QFrame):
    """The place to drop a file on, with the button that chooses one."""

    def __init__(self, theme: Theme, on_choose: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("box", "card")
        self.setAccessibleName("Choose a spreadsheet")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(6))
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(theme, "file-import-outline", token="text3", size=30), 0, middle)
        column.addWidget(Label("Drop a spreadsheet here, or choose one", "heading"), 0, middle)
        words = Label("Excel, ODS, CSV or text with tabs. It is only read; the file itself is never changed.",
                      tone="text2", wrap=True)  # fmt: skip
        words.setAlignment(middle)
        column.addWidget(words)
        column.addSpacing(theme.px(4))
        self.button = Button(theme, "Choose a file", on_choose, kind="primary", icon="folder-open-outline")
        column.addWidget(self.button, 0, middle)

    def set_over(self, over: bool) -> None:
        """Show that what is carried may be dropped."""
        self.setProperty("box", "bar" if over else "card")
        self.style().unpolish(self)
        self.style().polish(self)


class ChooseStep(QWidget):
    """`choose` to ask for a file, `asked` with a new way to read it, `go_on` to match the columns."""

    choose = Signal()
    asked = Signal(object)
    go_on = Signal()
    show_waiting = Signal()
    go_on_with_draft = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._opened: Opened | None = None
        self.setAccessibleName("Choose file")
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(px(12))
        self.problem = Banner(theme, "", title="This file cannot be imported", family="danger")
        self.question = Banner(theme, "", title="One thing to choose", family="warn")
        column.addWidget(self.problem)
        column.addWidget(self.question)
        self.zone = DropZone(theme, self.choose.emit)
        column.addWidget(self.zone)
        self.recent = Card(theme, "Begin from")
        column.addWidget(self.recent)
        self.needs = Card(theme, "What a sheet needs")
        for words in NEEDS:
            self.needs.add(Label(words, tone="text2", wrap=True))
        column.addWidget(self.needs)
        self.read = Card(theme, "How the file was read", ruled=True)
        self._build_read()
        column.addWidget(self.read)
        self.rows = FirstRows(theme)
        self.rows.header_chosen.connect(self._on_row)
        self.read.add(self.rows)
        column.addStretch(1)
        for widget in (self.problem, self.question, self.recent, self.read):
            widget.hide()

    def _build_read(self) -> None:
        theme, px = self._theme, self._theme.px
        self.file_words = ElidedLabel("", "strong")
        self.another = Button(theme, "Choose another file", self.choose.emit, small=True)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(IconLabel(theme, "microsoft-excel"))
        line.addWidget(self.file_words, 1)
        line.addWidget(self.another)
        self.read.add_layout(line)
        self.sheet = ChoiceEdit(theme, width=190, placeholder="Choose the sheet")
        self.header_row = NumberEdit(theme, least=1, most=10_000)
        self.encoding = ChoiceEdit(theme, [Choice(*each) for each in ENCODINGS], width=230)
        self.separator = ChoiceEdit(theme, [Choice(*each) for each in SEPARATORS], width=130)
        flow = FlowLayout(across=px(20), down=px(8))
        self._fields: dict[str, QWidget] = {}
        for name, words, editor in (
            ("sheet", "Sheet", self.sheet), ("row", "Row of headings", self.header_row),
            ("encoding", "Letters", self.encoding), ("separator", "Separated by", self.separator),
        ):  # fmt: skip
            self._fields[name] = self._field(words, editor)
            flow.addWidget(self._fields[name])
        self.read.add_layout(flow)
        self.remarks = Label("", "caption", "warn", wrap=True)
        self.read.add(self.remarks)
        self.sheet.settled.connect(self._on_sheet)
        self.header_row.settled.connect(self._on_header_row)
        self.encoding.settled.connect(self._on_text)
        self.separator.settled.connect(self._on_text)

    def _field(self, words: str, editor: Editor) -> QWidget:
        box = QWidget()
        box.setAccessibleName(words)
        column = QVBoxLayout(box)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(self._theme.px(2))
        column.addWidget(Label(words, "caption", "text2"))
        editor.set_name(words)
        column.addWidget(editor)
        return box

    # What there is to begin from

    def show_beginnings(self, folder: Path | None, files: Sequence[Path], waiting: int, draft: str) -> None:
        """The half-done import, the rows put aside earlier, and the newest files of the folder used last."""
        clear_layout(self.recent.body)
        px = self._theme.px
        if draft:
            self._line("pencil-outline", f"Go on with {draft}", self.go_on_with_draft.emit, "Nothing typed is lost.")
        if waiting:
            words = f"Rows put aside, {waiting:,}"
            self._line(
                "clipboard-check-outline", words, self.show_waiting.emit, "Kept from earlier imports, to put right."
            )
        for path in files:
            self._line("microsoft-excel", path.name, partial(self.asked.emit, HowToRead(path)), _where(folder))
        self.recent.body.setSpacing(px(2))
        self.recent.setVisible(bool(files or waiting or draft))

    def _line(self, icon: str, words: str, act: Callable[[], object], about: str) -> None:
        line = QWidget()
        line.setAccessibleName(words)
        row = QHBoxLayout(line)
        row.setContentsMargins(3, 0, 3, 0)
        row.setSpacing(self._theme.px(10))
        row.addWidget(LinkButton(self._theme, words, act, icon=icon))
        row.addWidget(ElidedLabel(about, "caption", "text3"), 1)
        self.recent.add(line)

    # What was read

    def show_problem(self, words: str) -> None:
        """Say why a file cannot be read, with what would help; another can be chosen at once."""
        self.problem.set_words(words)
        self.problem.setVisible(bool(words))

    def show_opened(self, opened: Opened) -> None:
        """Show how a file was read, to be confirmed or corrected."""
        self._opened = opened
        self.show_problem("")
        sheet, how = opened.sheet, opened.how
        self.question.set_words(opened.question)
        self.question.setVisible(bool(opened.question))
        self.zone.hide()
        self.recent.hide()
        self.needs.hide()
        self.read.show()
        rows = f"{count(len(sheet.rows), 'row')} below the headings" if sheet is not None else ""
        self.file_words.setText(", ".join(filter(None, (how.path.name, rows))))
        is_text = sheet is not None and sheet.encoding is not None
        names = opened.names
        self.sheet.set_choices([Choice(name, name) for name in names])
        self.sheet.set_value(sheet.name if sheet is not None else how.sheet)
        self._fields["sheet"].setVisible(len(names) > 1)
        self._fields["row"].setVisible(opened.asks != "sheet")
        self.header_row.set_value(sheet.header_row if sheet is not None else how.header_row)
        for name in ("encoding", "separator"):
            self._fields[name].setVisible(is_text)
        if sheet is not None and is_text:
            known = dict(ENCODINGS)
            extra = [] if sheet.encoding in known else [Choice(sheet.encoding, str(sheet.encoding))]
            self.encoding.set_choices([*extra, *(Choice(*each) for each in ENCODINGS)])
            self.encoding.set_value(sheet.encoding)
            self.separator.set_value(sheet.separator)
        remarks = [in_window(remark.reason) for remark in sheet.remarks if remark.row is None] if sheet else []
        self.remarks.setText(" ".join(remarks))
        self.remarks.setVisible(bool(remarks))
        self.rows.show_rows(opened.first, sheet.header_row if sheet is not None else None)
        self.rows.setVisible(bool(opened.first))

    def start_again(self) -> None:
        """No file: only what there is to begin from."""
        self._opened = None
        for widget in (self.question, self.read):
            widget.hide()
        self.zone.show()
        self.needs.show()

    def order_tabs(self) -> None:
        """The table of first rows, made last, comes after the button above it."""
        if self.rows.table is not None:
            QWidget.setTabOrder(self.another, self.rows.table)

    # Corrections

    def _ask(self, **changes: object) -> None:
        if self._opened is not None:
            how = replace(self._opened.how, **changes)  # type: ignore[arg-type]
            if how != self._opened.how:
                self.asked.emit(how)

    def _on_sheet(self) -> None:
        now = self._opened.sheet.name if self._opened is not None and self._opened.sheet is not None else None
        if self.sheet.value() != now:  # leaving the field without another choice reads nothing anew
            self._ask(sheet=self.sheet.value(), header_row=None)

    def _on_row(self, number: int) -> None:
        self._ask(header_row=number)

    def _on_header_row(self) -> None:
        if self.header_row.check() and not self.header_row.is_empty():
            now = self._opened.sheet.header_row if self._opened and self._opened.sheet else None
            if self.header_row.value() != now:
                self._ask(header_row=self.header_row.value())

    def _on_text(self) -> None:
        sheet = self._opened.sheet if self._opened is not None else None
        if sheet is None:
            return
        encoding, separator = self.encoding.value(), self.separator.value()
        if encoding != sheet.encoding or separator != sheet.separator:
            self._ask(encoding=encoding, separator=separator, header_row=None)


def _where(folder: Path | None) -> str:
    return f"in {folder}" if folder is not None else ""
