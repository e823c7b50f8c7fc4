"""A picture on the page: crisp at any density, its marks pressed, pointed at and read out."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mhtracker.figures.palette import CONTRAST, DARK, PAPER, Palette
from mhtracker.figures.picture import Mark, Picture
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip


def figure_palette(theme: Theme) -> Palette:
    """The colours that figures are drawn in under a theme."""
    return {"light": PAPER, "dark": DARK, "contrast": CONTRAST}[theme.name]


class FigureView(QWidget):
    """Shows a `Picture` at its own proportions, as wide as there is room for.

    `pressed(kind, record_id)` for a mark, by click or by Enter on the one that ← and → have gone to. `resized(width)`
    tells a page that draws pictures to measure; draw anew and `show_picture`.
    """

    pressed = Signal(str, str)
    resized = Signal(int)

    def __init__(self, theme: Theme, name: str, *, grows: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._grows = theme, grows
        self._picture: Picture | None = None
        self._renderer = QSvgRenderer(self)
        self._at = -1
        self._pointed: Mark | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture, or nothing. Its description and its marks' words are what screen readers get."""
        self._picture = picture
        self._at = -1
        self._pointed = None
        self._renderer.load(QByteArray(picture.svg() if picture is not None else b""))
        self.setAccessibleDescription(picture.description if picture is not None else "")
        # A picture with nothing to press is not a stop for the keyboard.
        stops = picture is not None and bool(picture.marks)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.NoFocus)
        self.setProperty(OWN_RING, False)
        self.updateGeometry()
        self.update()

    # Size

    def sizeHint(self) -> QSize:
        if self._picture is None:
            return QSize(self._theme.px(200), self._theme.px(40))
        return QSize(round(self._picture.width), round(self._picture.height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(20))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._picture is None or not self._picture.width:
            return self._theme.px(40)
        shown = width if self._grows else min(width, self._picture.width)
        return round(self._picture.height * shown / self._picture.width)

    def resizeEvent(self, event: QEvent) -> None:
        self.resized.emit(self.width())

    def _place(self) -> QRectF:
        """Where the picture stands inside the widget."""
        if self._picture is None:
            return QRectF()
        scale = min(self.width() / self._picture.width, self.height() / self._picture.height)
        if not self._grows:
            scale = min(scale, 1.0)
        return QRectF(0, 0, self._picture.width * scale, self._picture.height * scale)

    def box_of(self, mark: Mark) -> QRectF:
        """Where a mark stands, in this widget's coordinates."""
        if self._picture is None:
            return QRectF()
        scale = self._place().width() / self._picture.width
        return QRectF(mark.x * scale, (self._picture.height - mark.y - mark.h) * scale, mark.w * scale, mark.h * scale)

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a place of this widget."""
        place = self._place()
        if self._picture is None or not place.contains(point):
            return None
        scale = place.width() / self._picture.width
        return self._picture.mark_at(point.x() / scale, self._picture.height - point.y() / scale)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, self._place())
        mark = self._marked()
        if mark is not None and self.hasFocus():
            reach = self._theme.px(3)
            paint_ring(painter, self.box_of(mark).adjusted(-reach, -reach, reach, reach), self._theme)
        painter.end()

    # Pointing and keys

    def _marked(self) -> Mark | None:
        if self._picture is None or not 0 <= self._at < len(self._picture.marks):
            return None
        return self._picture.marks[self._at]

    def _press(self, mark: Mark | None) -> None:
        if mark is not None and mark.record_id:
            self.pressed.emit(mark.kind, mark.record_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(self.mark_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        if mark is not self._pointed:
            self._pointed = mark
            hand = mark is not None and bool(mark.record_id)
            self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            if mark is not None and mark.words:
                QToolTip.showText(event.globalPos(), plain_tooltip(mark.words), self, self.box_of(mark).toRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._picture is not None and self._picture.marks:
            self._at = min(max(self._at + step, 0), len(self._picture.marks) - 1)
            words = self._picture.marks[self._at].words
            self.setAccessibleDescription(words)
            corner = self.mapToGlobal(self.box_of(self._picture.marks[self._at]).bottomLeft().toPoint())
            QToolTip.showText(corner, plain_tooltip(words), self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._marked() is not None:
            self._press(self._marked())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._at = -1
        if self._picture is not None:
            self.setAccessibleDescription(self._picture.description)
        self.update()
