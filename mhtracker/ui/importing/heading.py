"""The top of the import page: its title, the file in hand and the steps; and its foot with what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.operations.importing.sheets import Sheet
from mhtracker.text import count
from mhtracker.ui.importing.reading import Rehearsed
from mhtracker.ui.importing.steps import StepLine
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import ElidedLabel, IconLabel, Label

FILE_NAME = 150
"""What is left to a file's name before the steps give up theirs."""


class ImportHead(QWidget):
    """Title, file and steps; narrow, the steps keep only the name of the one in hand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Import people")
        self.title = Label("Import people", "title")
        self._icon = IconLabel(theme, "microsoft-excel")
        self.file = ElidedLabel("", "strong")
        self.about = ElidedLabel("", tone="text2")
        self.steps = StepLine(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.title)
        row.addSpacing(theme.px(8))
        row.addWidget(self._icon)
        row.addWidget(self.file)
        row.addWidget(self.about, 1)
        row.addStretch(1)
        row.addWidget(self.steps)
        self.show_sheet(None)

    def show_sheet(self, sheet: Sheet | None, rows: int | None = None) -> None:
        """Name the file in hand; `rows` are those that hold people, once that is known."""
        self._icon.setVisible(sheet is not None)
        self.file.setText(sheet.file if sheet is not None else "")
        name = f"sheet “{sheet.name}”, " if sheet is not None and sheet.name else ""
        self.about.setText(
            f"{name}{count(len(sheet.rows) if rows is None else rows, 'row')}" if sheet is not None else ""
        )
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The steps keep their names as long as there is room for them."""
        px = self._theme.px
        beside = self.title.sizeHint().width() + px(40) + (px(FILE_NAME) if self.file.text() else 0)
        self.steps.set_narrow(self.width() < beside + self.steps.whole_width())


class ImportFoot(QFrame):
    """The way back on the left, the page's one step on the right."""

    back = Signal()
    go_on = Signal()
    keep_match = Signal()
    close_import = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("box", "foot")
        self.setAccessibleName("What comes next")
        px = theme.px
        self.back_button = Button(theme, "Back", self.back.emit, icon="arrow-left")
        self.match_button = Button(theme, "Save this match", self.keep_match.emit, icon="bookmark-plus-outline",
                                   tip="Sheets with these headings are matched so from now on")  # fmt: skip
        self.said = Label("", tone="text2", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.close_button = Button(theme, "Close", self.close_import.emit)
        self.go_on_button = Button(theme, "Match columns", self.go_on.emit, kind="primary", hint="")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.back_button)
        row.addWidget(self.match_button)
        row.addStretch(1)
        row.addWidget(self.said, 20)
        row.addWidget(self.close_button)
        row.addWidget(self.go_on_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24) - 3, px(8), px(24) - 3, px(8))
        column.addLayout(row)

    def show_for(
        self, *, back: str = "", go_on: str = "", said: str = "", match: bool = False, ready: bool = True
    ) -> None:
        """What the buttons say; "" hides one."""
        self.back_button.setVisible(bool(back))
        if back:
            self.back_button.set_words(back)
        self.go_on_button.setVisible(bool(go_on))
        if go_on:
            self.go_on_button.set_words(go_on)
        self.go_on_button.setEnabled(ready)
        self.match_button.setVisible(match)
        self.close_button.setVisible(bool(go_on))
        self.said.setText(said)
        self._fit()

    def show_rehearsal(self, found: Rehearsed, barred: str) -> None:
        """What importing a rehearsal would do; `barred` says why it cannot be imported, "" if it can."""
        rows = found.rehearsal.totals.rows
        aside, new, changed = rows[Outcome.ASIDE], rows[Outcome.NEW], rows[Outcome.CHANGE]
        parts = [f"{new:,} new"] * bool(new) + [count(changed, "change")] * bool(changed)
        kept = f"The {count(aside, 'row')} put aside {'is' if aside == 1 else 'are'} kept, to put right now or later."
        words = (
            f"Import {', '.join(parts)}" if parts else f"Keep {count(aside, 'row')} put aside" if aside else "Import"
        )
        ready = bool(parts or aside) and not barred
        said = barred or (kept if aside else "")
        self.show_for(back="Match columns", go_on=words, said=said, match=True, ready=ready)

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        return [self.back_button, self.match_button, self.close_button, self.go_on_button]

    def _fit(self) -> None:
        self.said.setVisible(bool(self.said.text()) and self.width() / self._theme.scale > 860)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
