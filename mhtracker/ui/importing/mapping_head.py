"""The head of the rehearsal: their heading, which of our fields it fills, and how surely. Choosing rehearses anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QListView, QVBoxLayout

from mhtracker.operations.importing.columns import ColumnMatch
from mhtracker.operations.importing.headings import OUR_FIELDS
from mhtracker.ui.importing.rehearsal_table import NOT_READ, RehearsalTable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import ElidedLabel
from mhtracker.ui.widgets.shapes import ShapeMark

UNSURE_BELOW = 0.7


def field_model(parent: QObject) -> QStandardItemModel:
    """The fields of ours for every combo of columns, "Not read" first."""
    model = QStandardItemModel(parent)
    for name, words in (("", NOT_READ), *((field.name, field.label) for field in OUR_FIELDS.values())):
        item = QStandardItem(words)
        item.setData(name, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


class FieldCombo(QComboBox):
    """Which of our fields a column fills; `chosen` with (their heading, our field or "")."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, heading: str, model: QStandardItemModel) -> None:
        super().__init__()
        self.heading = heading
        listed = QListView()
        listed.setAccessibleName("Our fields")
        self.setView(listed)
        self.setModel(model)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setAccessibleName(f"What “{heading}” holds")
        self.view().setMinimumWidth(theme.px(230))
        self.activated.connect(lambda place: self.chosen.emit(heading, str(self.itemData(place) or "")))

    def show_field(self, name: str | None) -> None:
        """Show a field without telling."""
        self.blockSignals(True)
        self.setCurrentIndex(max(self.findData(name or ""), 0))
        self.blockSignals(False)

    def field_name(self) -> str:
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change a match."""
        event.ignore()


class _Head(QFrame):
    """What stands over one column."""

    def __init__(self, theme: Theme, match: ColumnMatch | None, words: str, model: QStandardItemModel) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("box", "surface")
        self.setAccessibleName(words or "Row")
        self.combo: FieldCombo | None = None
        self.heading = ElidedLabel(words, "caption" if match else "caption-strong", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(5), theme.px(4), theme.px(5), theme.px(3))
        column.setSpacing(theme.px(3))
        if match is None:
            self.heading.setHidden(not words)
            column.addStretch(1)
            column.addWidget(self.heading)
            column.addStretch(1)
            return
        self.combo = FieldCombo(theme, match.heading, model)
        self.mark = ShapeMark(theme, "in_date", "Recognised")
        self.reason = ElidedLabel("", "caption", "ok")
        column.addWidget(self.heading)
        column.addWidget(self.combo)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        row.setContentsMargins(theme.px(2), 0, 0, 0)
        row.addWidget(self.mark)
        row.addWidget(self.reason, 1)
        column.addLayout(row)
        self.show_match(match)

    def show_match(self, match: ColumnMatch) -> None:
        if self.combo is None:
            return
        self.combo.show_field(match.field_name)
        self.combo.setAccessibleDescription(match.reason)
        sure = match.field_name is not None and match.confidence >= UNSURE_BELOW
        shape, tone = ("in_date", "ok") if sure else ("soon", "warn") if match.field_name else ("none", "text3")
        self.mark.set_shape(shape, "Recognised" if sure else "To check" if match.field_name else "Not read")
        self.reason.set_tone(tone)
        self.reason.setText(reason_of(match))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color("line"))
        painter.end()


def reason_of(match: ColumnMatch) -> str:
    """Why a column was taken for what it is, in a few words."""
    if re.fullmatch(r"[\d,]+ of [\d,]+", match.reason):
        return f"{match.reason} known"
    return match.reason or ("by its heading" if match.field_name else "not recognised")


class MappingHead(QFrame):
    """Stands over the table and follows its columns and its scrolling."""

    mapped = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._table: RehearsalTable | None = None
        self._heads: list[_Head] = []
        self._model = field_model(self)
        self.setProperty("box", "surface")
        self.setAccessibleName("Columns of the sheet")
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        lines = sum(self._theme.px(size) for size in (4, 16, 3, 30, 3, 16, 3, 4))
        self.setFixedHeight(lines + 4)
        self.place()

    def follow(self, table: RehearsalTable, matches: Sequence[ColumnMatch], headings: Sequence[str]) -> None:
        """Stand over another table."""
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._table = table
        by_heading = {match.heading: match for match in matches}
        self._heads = [_Head(self._theme, None, words, self._model) for words in ("", "Result")]
        self._heads += [_Head(self._theme, by_heading[heading], heading, self._model) for heading in headings]
        # The first stay when the table scrolls, so they lie on top: the last child is the topmost.
        for head in reversed(self._heads):
            head.setParent(self)
            head.show()
            if head.combo is not None:
                head.combo.chosen.connect(self.mapped)
                head.combo.installEventFilter(self)
        table.scrolled.connect(self.place)
        self.place()

    def show_matches(self, matches: Sequence[ColumnMatch]) -> None:
        """Show what the columns hold now."""
        by_heading = {match.heading: match for match in matches}
        for head in self._heads:
            if head.combo is not None and head.combo.heading in by_heading:
                head.show_match(by_heading[head.combo.heading])

    def combos(self) -> Mapping[str, FieldCombo]:
        """The combos by their heading."""
        return {head.combo.heading: head.combo for head in self._heads if head.combo is not None}

    def place(self) -> None:
        """Put every head over its column."""
        table = self._table
        if table is None:
            return
        header, offset = table.horizontalHeader(), table.horizontalScrollBar().value()
        fixed = set(table.fixed_columns())
        for place, head in enumerate(self._heads):
            left = header.sectionPosition(place) - (0 if place in fixed else offset)
            head.setGeometry(left, 0, header.sectionSize(place), self.height() - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self._table is not None:
            place = next((n for n, head in enumerate(self._heads) if head.combo is watched), -1)
            if place >= 0:
                self._table.show_column(place)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()
