"""The chart of what a week costs, drawn anew to the width there is."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QEvent, QTimer

from mhtracker.domain.dates import add_months
from mhtracker.domain.money.period_cost import cost_steps
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.cost_chart import CostCourse, draw_costs
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette

TEXT = 11.0
REDRAW_MS = 40
MONTHS_BACK = 24
LEAST_AHEAD_DAYS = 56


def course_of(summary: CaseSummary) -> CostCourse | None:
    """The last two years, and ahead as far as something is planned; None where no cost was ever recorded."""
    today = summary.as_at
    begun = min((stay.placement.started_on for stay in summary.stays), default=None)
    if begun is None:
        return None
    first = max(begun, add_months(today, -MONTHS_BACK))
    ahead = [day for line in summary.costs for day in (line.started_on, line.ended_on) if day is not None]
    ahead += [split.started_on for split in summary.splits]
    reach = timedelta(days=LEAST_AHEAD_DAYS)
    planned = max((day for day in ahead if day > today), default=today)
    last = min(planned + reach, add_months(today, MONTHS_BACK)) if summary.current is not None else today
    placements = [stay.placement for stay in summary.stays]
    wards = {stay.placement.stage_id for stay in summary.stays if is_hospital(stay.stage)}
    steps = cost_steps(placements, summary.costs, summary.splits, summary.statuses, first, last, wards=wards)
    known = any(step.cost is not None for step in steps)
    return CostCourse(steps, first, last, today) if known and last > first else None


class CostView(FigureView):
    """Its words never shrink with it."""

    def __init__(self, theme: Theme, course: CostCourse) -> None:
        super().__init__(theme, "What a week costs", grows=False)
        self._course, self._drawn = course, 0
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._draw()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._redraw.start()

    def _draw(self) -> None:
        px = self._theme.px
        width = self.width() if self.isVisible() else px(420)
        if width == self._drawn or width < px(160):
            return
        self._drawn = width
        size = TEXT * self._theme.scale
        picture = draw_costs(self._course, figure_palette(self._theme), width=float(width), text_size=size)
        self.show_picture(picture)
        self.setFixedHeight(round(picture.height))
