"""The ring round whatever has the keyboard: 2 px, with 1 px clear, outside the control's own border.

One ring serves every window, so no control can be without one. It lies on the control's scroll area or window as a
widget that nothing can click, and follows the control about.
"""

from __future__ import annotations

from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

REACH = 3
"""How far, at 100%, the ring stands out from its control; leave this much room round controls."""

OWN_RING = "ownRing"
"""A widget with this property true shows its focus itself."""


class Look(Protocol):
    """What the ring takes from the theme, which puts it on."""

    @property
    def changed(self) -> SignalInstance: ...
    def px(self, size: float) -> int: ...
    def color(self, token: str) -> QColor: ...


def paint_ring(painter: QPainter, rect: QRectF, theme: Look, radius: float = 0) -> None:
    """Draw the 2 px ring just inside `rect`, for what paints its own focus."""
    width = theme.px(2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    solid, square, corner = Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
    painter.setPen(QPen(theme.color("focus"), width, solid, square, corner))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    if radius:
        painter.drawRoundedRect(inner, radius, radius)
    else:
        painter.drawRect(inner)
    painter.restore()


class _Ring(QWidget):
    def __init__(self, theme: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Focus")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ring(painter, QRectF(self.rect()), self._theme, self._theme.px(5))
        painter.end()


class FocusRing(QObject):
    """Keeps the ring on the focused control of `app`; the last one made takes over from those before."""

    def __init__(self, theme: Look, app: QApplication) -> None:
        for earlier in app.findChildren(FocusRing):
            earlier.retire()
        super().__init__(app)
        self._app = app
        self._theme = theme
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._on_focus_changed)
        theme.changed.connect(self._place)

    def retire(self) -> None:
        """Take the ring away for good."""
        self._app.focusChanged.disconnect(self._on_focus_changed)
        self._let_go()
        self.setParent(None)
        self.deleteLater()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or not wears_ring(new):
            return
        host = _host_of(new)
        self._target = _framed_by(new)
        self._ring = _Ring(self._theme, host)
        self._ring.destroyed.connect(self._forget_ring)
        widget: QWidget | None = new
        while widget is not None and widget is not host:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _let_go(self) -> None:
        for widget in self._watched:
            if _alive(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        ring, self._ring = self._ring, None
        if ring is not None and _alive(ring):
            ring.destroyed.disconnect(self._forget_ring)
            ring.hide()
            ring.deleteLater()

    def _forget_ring(self) -> None:
        self._ring = self._target = None
        self._watched.clear()

    def _place(self) -> None:
        if self._ring is None or self._target is None or not (_alive(self._ring) and _alive(self._target)):
            return
        host = self._ring.parentWidget()
        if host is None or not host.isAncestorOf(self._target):
            return
        reach = self._theme.px(REACH)
        corner = self._target.mapTo(host, QPoint(0, 0))
        self._ring.setGeometry(QRect(corner, self._target.size()).adjusted(-reach, -reach, reach, reach))
        self._ring.setVisible(self._target.isVisibleTo(host))
        self._ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange)
        if event.type() in kinds:
            self._place()
        return False


def wears_ring(widget: QWidget) -> bool:
    """Whether the shared ring goes round `widget`: not windows, nor lists and pages that mark the place inside."""
    if widget.isWindow() or widget.property(OWN_RING):
        return False
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return True
    return not isinstance(widget, QAbstractItemView | QAbstractScrollArea)


def _framed_by(widget: QWidget) -> QWidget:
    """What is seen as the control: a combo box round its own line, a spin box round its."""
    parent = widget.parentWidget()
    return parent if isinstance(parent, QComboBox | QAbstractSpinBox) else widget


def _host_of(widget: QWidget) -> QWidget:
    """The widget the ring lies on: the inside of the nearest scroll area, so that it scrolls along, or the window."""
    inner = widget
    while (parent := inner.parentWidget()) is not None and not inner.isWindow():
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent and inner is not widget:
            return inner
        inner = parent
    return inner


def _alive(widget: QWidget) -> bool:
    return bool(shiboken6.isValid(widget))
