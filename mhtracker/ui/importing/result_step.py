"""Step 4: what the import did, and the way back from it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.operations.importing.writing import ImportResult
from mhtracker.text import count
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label


class ResultStep(QWidget):
    """`undo` the whole import, go to the `caseload`, look at the rows put `aside`, or import `another` file."""

    undo = Signal()
    caseload = Signal()
    aside = Signal()
    another = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.result: ImportResult | None = None
        self.setAccessibleName("Imported")
        column = QVBoxLayout(self)
        column.setContentsMargins(3, theme.px(8), 3, 0)
        self.card = Card(theme, "Imported", ruled=True)
        self._lines = Label("", wrap=True)
        self.card.add(self._lines)
        flow = FlowLayout(across=theme.px(8), down=theme.px(8))
        self.to_caseload = Button(theme, "Go to Caseload", self.caseload.emit, kind="primary")
        self.undo_button = Button(theme, "Undo the import", self.undo.emit, icon="undo")
        self.aside_button = Button(theme, "Rows put aside", self.aside.emit)
        self.back_button = Button(theme, "Back to the rehearsal", self.back.emit)
        self.another_button = Button(theme, "Import another file", self.another.emit)
        self._buttons = QWidget()
        self._buttons.setAccessibleName("What next")
        box = QVBoxLayout(self._buttons)
        box.setContentsMargins(3, theme.px(6), 3, 3)
        box.addLayout(flow)
        for button in (
            self.to_caseload, self.undo_button, self.aside_button, self.back_button, self.another_button,
        ):  # fmt: skip
            flow.addWidget(button)
        self.card.add(self._buttons)
        column.addWidget(self.card)
        column.addStretch(1)
        self.back_button.hide()

    @property
    def words(self) -> str:
        return self._lines.text()

    def show_result(self, result: ImportResult, file: str) -> None:
        """Say what was written."""
        self.result = result
        self.card.set_title(f"{file} is imported" if result.operation_id else f"{file} held nothing new")
        self._lines.setText("\n".join(_told(result)))
        self.undo_button.setVisible(result.operation_id is not None)
        self.aside_button.setVisible(bool(result.put_aside))
        self.to_caseload.show()
        self.back_button.hide()

    def show_undone(self, file: str) -> None:
        """Say that it was taken back."""
        self.card.set_title(f"The import of {file} was undone")
        self._lines.setText("The register is as it was before. Redo brings the import back; so does importing again.")
        for button in (self.undo_button, self.aside_button, self.to_caseload):
            button.hide()
        self.back_button.show()
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        self.to_caseload.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(result: ImportResult) -> list[str]:
    lines = [
        f"{count(result.people_added, 'person', 'people')} added, {result.people_updated:,} changed, "
        f"{result.people_unchanged:,} the same as before.",
        f"{count(result.placements_added, 'placement')} and {count(result.reviews_added, 'review')} added.",
    ]
    if result.put_aside:
        lines.append(f"{count(result.put_aside, 'row')} put aside, kept to be put right later.")
    if result.operation_id:
        lines.append("It was one step: undoing it takes all of it back.")
    return lines
