"""The head of a table: titles, the sort arrow, the years of the strips, the box that ticks all."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.table_cells import PAD, Column
from mhtracker.ui.table_model import TableModel
from mhtracker.ui.table_painting import paint_check
from mhtracker.ui.theme import Theme

HEIGHT = 30


class TableHeader(QHeaderView):
    """Click or Enter sorts; ← → go along; Ctrl+Shift+← → move a column; Alt+← → make it narrower or wider."""

    pressed_title = Signal(int)
    went_to = Signal(int)
    left_down = Signal()

    def __init__(self, theme: Theme, model: TableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._model = theme, model
        self._place = 0
        self._pressed_at: int | None = None
        self.fixed_width = 0
        self.setAccessibleName("Column headings")
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(theme.px(28))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEIGHT))

    def shown(self) -> list[int]:
        """The columns that are shown, from left to right."""
        places = (self.logicalIndex(place) for place in range(self.count()))
        return [column for column in places if not self.isSectionHidden(column)]

    # Painting

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        theme, column = self._theme, self._model.columns[logicalIndex]
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line2"))
        if column.kind == "check":
            paint_check(painter, QRectF(rect), theme, self._model.tick_state())
        elif column.kind == "strip" and self._model.axis is not None:
            self._paint_years(painter, QRectF(rect))
        else:
            self._paint_title(painter, QRectF(rect), column)
        if self.hasFocus() and logicalIndex == self.current():
            paint_ring(painter, QRectF(rect), theme)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, column: Column) -> None:
        theme = self._theme
        key, down = self._model.sorted_by
        sorts = bool(column.sort) and column.sort == key
        painter.setFont(theme.font("caption-strong"))
        painter.setPen(theme.color("text2"))
        inner = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        arrow = theme.px(14)
        room = inner.width() - (arrow + theme.px(3) if sorts else 0)
        words = QFontMetricsF(painter.font()).elidedText(column.title, Qt.TextElideMode.ElideRight, room + 1)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
        left = inner.left() if not column.is_right else inner.right() - wide - (arrow + theme.px(3) if sorts else 0)
        place = QRectF(left, inner.top(), wide + 2, inner.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)
        if sorts:
            box = QRectF(left + wide + theme.px(3), rect.center().y() - arrow / 2, arrow, arrow)
            paint_icon(painter, box, "mdi6.arrow-down" if down else "mdi6.arrow-up", theme.color("accent"))

    def _paint_years(self, painter: QPainter, rect: QRectF) -> None:
        axis = self._model.axis
        if axis is None:
            return
        painter.setFont(self._theme.font("caption-strong"))
        painter.setPen(self._theme.color("text2"))
        after = rect.left()
        for year in axis.years():
            x = axis.at(year, rect.left(), rect.width() - self._theme.px(PAD))
            words = f"{year:%y}"
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
            left = max(x - wide / 2, rect.left())
            # Years never overlap; the later one is left out.
            if left < after or left + wide > rect.right():
                continue
            painter.drawText(
                QRectF(left, rect.top(), wide + 2, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), words
            )
            after = left + wide + self._theme.px(5)

    # Pointing

    def column_at(self, x: int) -> int:
        """The column under a place, the fixed ones first where they lie over the others."""
        if x < self.fixed_width:
            left = 0
            for column in self.shown():
                left += self.sectionSize(column)
                if x < left:
                    return column
        return self.logicalIndexAt(x)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint().x()
        if self._pressed_at >= self.fixed_width:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        before, self._pressed_at = self._pressed_at, None
        x = event.position().toPoint().x()
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        if before is not None and not resizing and abs(x - before) < 4 and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_title.emit(self.column_at(x))

    # Keys

    def current(self) -> int:
        """The column the keyboard is at."""
        shown = self.shown()
        self._place = min(max(self._place, 0), max(len(shown) - 1, 0))
        return shown[self._place] if shown else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        column = self.current()
        if step and control and shift:
            self._move(column, step)
        elif step and alt:
            self.resizeSection(
                column, max(self.sectionSize(column) + step * self._theme.px(8), self.minimumSectionSize())
            )
        elif step:
            self._place = min(max(self._place + step, 0), len(self.shown()) - 1)
            self.went_to.emit(self.current())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed_title.emit(column)
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
            return
        self.viewport().update()

    def _move(self, column: int, step: int) -> None:
        place = self.visualIndex(column) + step
        if 0 <= place < self.count():
            self.moveSection(self.visualIndex(column), place)
            self._place = self.shown().index(column)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
