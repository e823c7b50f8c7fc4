"""Waiting for what is measured: a layout at rest, however slow the machine."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget


def come_to_rest(root: QWidget) -> None:
    """Lays out everything beneath until nothing moves: what is measured afterwards is what a person sees."""
    for _ in range(50):
        before = _places(root)
        for widget in (root, *root.findChildren(QWidget)):
            layout = widget.layout()
            if layout is not None and widget.isVisible():
                layout.activate()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        if _places(root) == before:
            return


def _places(root: QWidget) -> list[tuple[int, int, int, int]]:
    found = [widget.geometry() for widget in (root, *root.findChildren(QWidget)) if widget.isVisible()]
    return [(each.x(), each.y(), each.width(), each.height()) for each in found]
