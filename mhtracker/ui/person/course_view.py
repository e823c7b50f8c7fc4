"""A small chart on a card, drawn anew to the width there is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from mhtracker.figures.course_chart import Course, draw_course
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette

TEXT = 11.0
WIDEST = 560
REDRAW_MS = 40


class CourseView(FigureView):
    """Shows one course up to a day; its words never shrink with it."""

    def __init__(self, theme: Theme, course: Course, as_at: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, course.name, grows=False, parent=parent)
        self._course, self._as_at, self._drawn = course, as_at, 0
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._draw()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._redraw.start()

    def _draw(self) -> None:
        px = self._theme.px
        width = min(self.width() if self.isVisible() else px(320), px(WIDEST))
        if width == self._drawn or width < px(100):
            return
        self._drawn = width
        size = TEXT * self._theme.scale
        picture = draw_course(
            self._course, self._as_at, figure_palette(self._theme), width=float(width), text_size=size
        )
        self.show_picture(picture)
        self.setFixedHeight(round(picture.height))
